"""Taxes told in ordinary words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria import check
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "message",
    ["税也没少缴", "税款从来没少报过", "从没漏过税", "我们从不偷税", "税一分没少交", "照章纳税", "税没偷过"],
)
def test_none_was_evaded(message: str) -> None:
    assert extract(message, as_of=TODAY).facts["tax_evasion_l3y"].flag is False


@pytest.mark.parametrize("message", ["税少交过一点", "有没有漏过税不知道", "如果没少交税呢", "税没少交过吗"])
def test_what_denies_nothing_says_nothing(message: str) -> None:
    told = extract(message, as_of=TODAY).facts.get("tax_evasion_l3y")
    assert told is None or told.flag is not False


def test_what_was_found_out_counts_more() -> None:
    found = extract("税没少交，去年被查出偷税罚了款", as_of=TODAY)
    assert found.facts["tax_evasion_l3y"].flag is True


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("", "eligible"),
        ("，注册在上海，非上市", "eligible"),
        ("，是不是在经营异常名录里没查过", "needs_info"),
        ("，产品属于淘汰类", "not_eligible"),
        ("，现在还在严重失信名单上", "not_eligible"),
    ],
)
def test_a_clean_record_in_ordinary_words(more: str, outcome: str) -> None:
    message = f"高企2025年发的，还有效，小企业，没上市，三年里没出过事故，税也没少缴{more}，创新型能评吗"
    found = extract(message, as_of=TODAY)
    verdict = check("创新型", found.facts, track="first", as_of=TODAY, excluded=found.excluded, place="上海市")
    assert verdict.outcome == outcome
    if outcome == "eligible":
        assert "没有列入经营异常名录" in "".join(verdict.notes)
