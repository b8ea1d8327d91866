"""Numbers and quantities in Chinese spelling: equal values from different spellings, and no time lost on junk."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import patience

from corpus.quantities import find_quantities, fold, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("4,800", 4800), ("1.5万", 15000), ("四千八百万", 48_000_000), ("三千五", 3500), ("一亿二", 120_000_000),
        ("1亿2千万", 120_000_000), ("1千2百万", 12_000_000), ("一亿半", 150_000_000), ("半个亿", 50_000_000),
        ("1.2个亿", 120_000_000), ("千万", 10_000_000), ("两", 2), ("二〇二五", 2025), ("一百零五", 105),
        ("三点五", Fraction(7, 2)), ("1亿2", 120_000_000), ("十五", 15), ("一百二", 120),
    ],
)  # fmt: skip
def test_number(words: str, value: Fraction | int) -> None:
    assert number(words) == value


@pytest.mark.parametrize("words", ["没有", "", "点五", "一点"])
def test_not_a_number(words: str) -> None:
    with pytest.raises(ValueError):
        number(words)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("奖励50万元", "money", 500_000), ("五十万元以内", "money", 500_000), ("1500 万元", "money", 15_000_000),
        ("占比3％", "percent", Fraction(3, 100)), ("百分之三点五", "percent", Fraction(35, 1000)),
        ("9成2", "percent", Fraction(92, 100)), ("三成", "percent", Fraction(3, 10)),
        ("4个百分点", "percent", Fraction(4, 100)), ("05-31前", "date", 531), ("5月31日", "date", 531),
        ("2026年4月1日起", "date", 20260401), ("近3个月内", "months", 3), ("得60分", "points", 60),
        ("有效期三年", "years", 3), ("第十七条", "articles", 17), ("1.2个亿", "number", 120_000_000),
    ],
)  # fmt: skip
def test_one_quantity(text: str, kind: str, value: Fraction | int) -> None:
    (found,) = find_quantities(text)
    assert (found.kind, found.value) == (kind, value)
    assert text[found.start : found.end] == found.text


@given(st.integers(1, 99_999_999))
def test_digits_and_grouping_agree(n: int) -> None:
    assert number(f"{n:,}") == number(str(n)) == n


@given(st.text(alphabet="0123456789.,万亿千百十半点零一二两三%成年月日元个分-  ", max_size=60))
def test_any_run_of_signs_is_read_without_error(text: str) -> None:
    found = find_quantities(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("sign", ["1", "一", "1万", "百分之", "1,", "3成", "2026年", "亿半", "1-"])
def test_hostile_runs_take_linear_time(sign: str) -> None:
    with patience():
        find_quantities(sign * (100_000 // len(sign)))


def test_every_character_is_folded_as_defined() -> None:
    """One character stays one character; those outside the first plane are folded too, though they are not kept."""
    text = "".join(map(chr, [*range(0x10000), *range(0x1D400, 0x1D800), 0x2F800, 0x1F3EE]))
    expected = "".join(form if len(form := normalize("NFKC", sign)) == 1 else sign for sign in text)
    assert fold(text) == expected
    assert fold(text) == expected  # looked up the second time
    assert len(expected) == len(text)


@pytest.mark.parametrize("text", ["77月20日", "13月5日", "12026年4月1日", "22025年"])
def test_an_altered_month_or_year_is_no_date(text: str) -> None:
    said = {(q.kind, int(q.value)) for q in find_quantities(text)}
    assert not said & {("date", 720), ("date", 305), ("date", 20260401), ("year", 2025)}
