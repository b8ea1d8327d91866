"""Fields of the form: what may be typed, how it is read, how it stands in the field again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.facts.describe import words_of
from assistant.facts.values import Value
from assistant.profile.values import read, written

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("key", "typed", "words", "again"),
    [
        ("revenue@2025", "4800", "4800万元", "4800"),
        ("revenue@2025", "4800万", "4800万元", "4800"),
        ("revenue@2025", "1.2亿", "1.2亿元", "12000"),
        ("revenue@2025", "5,000", "5000万元", "5000"),
        ("revenue@2025", "４８００", "4800万元", "4800"),
        ("revenue@2025", "3000到4000", "3000万元到4000万元", "3000到4000"),
        ("revenue@2025", "3000到4000万", "3000万元到4000万元", "3000到4000"),
        ("revenue@2025", "3000以上", "至少3000万元", "3000以上"),
        ("debt_ratio@2025", "70以下", "不超过70%", "70以下"),
        ("rd_ratio@2025", "3.5", "3.5%", "3.5"),
        ("rd_ratio@2025", "3到4%", "3%到4%", "3到4"),
        ("class_1_ip", "2", "2项", "2"),
        ("new_equity_l2y@2025", "没有", "0元", "0"),
        ("niche_years@2025", "3", "3年", "3"),
        ("is_sme", True, "是", "是"),
        ("is_sme", "否", "否", "否"),
        ("award_level_l3y", "省部级", "省部级", "provincial"),
        ("award_level_l3y", "provincial", "省部级", "provincial"),
        ("revenue@2025", "不清楚", "不清楚", "不清楚"),
    ],
)
def test_what_is_typed_is_read_and_stands_there_again(key: str, typed: object, words: str, again: str) -> None:
    value = read(key, typed, TODAY)
    assert words_of(key, value) == words
    assert written(key, value) == again


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("revenue@2025", "很多", "要填数字，单位万元"),
        ("revenue@2025", "", "没有填"),
        ("revenue@2025", "-5", "不可能是负数"),
        ("revenue@2030", "5", "还没有到"),
        ("revenue", "5", "要写明年度"),
        ("class_1_ip@2025", "5", "不分年度"),
        ("class_1_ip", "2.5", "应当是整数"),
        ("rd_ratio@2025", "150", "不可能超过100%"),
        ("is_sme", "也许", "要填是或否"),
        ("award_level_l3y", "乱", "只能是"),
        ("revenue@2025", "9" * 200, "太长"),
        ("no_such_fact", "1", "没有编号为"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(key: str, typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as wrong:
        read(key, typed, TODAY)
    assert str(wrong.value).endswith("。")


@given(st.decimals(min_value=0, max_value=10**7, places=4))
def test_an_amount_stands_in_its_field_as_it_was_read(number: object) -> None:
    value = Value.exact(Fraction(str(number)) * 10_000)
    assert read("revenue@2025", written("revenue@2025", value), TODAY).lo == value.lo
