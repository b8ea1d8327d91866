"""Matters called met by name count as met, and no others."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria.check import check
from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("message", "facts", "others"),
    [
        ("研发、负债、专利这些都达标", {"rd_ratio", "debt_ratio", "class_1_ip"}, {"revenue", "main_share"}),
        ("营收，专利，评分都ok", {"revenue", "class_1_ip", "development_score"}, {"revenue_cagr_l2y", "rd_ratio"}),
        ("称号、领域和基本条件都没毛病", {"holds_zjtx", "field_fit", "is_sme", "incidents_l3y"}, {"niche_years"}),
        ("负债跟研发两块都行", {"debt_ratio", "rd_expense"}, {"class_1_ip"}),
        ("研发占比、主营占比样样达标", {"rd_ratio", "main_share"}, {"rd_expense_l2y"}),
    ],
)
def test_named_matters_are_affirmed(message: str, facts: set[str], others: set[str]) -> None:
    found = extract(f"{message}，能报吗", as_of=TODAY, title="小巨人")
    assert facts <= found.affirmed.keys()
    assert not others & found.affirmed.keys()
    assert found.rest_affirmed is None
    assert not found.statements
    assert not unread(f"{message}，能报吗", found)


@pytest.mark.parametrize(
    "message",
    [
        "研发、专利都达标吗",
        "如果研发、专利都达标",
        "研发、专利基本都达标",
        "除了研发、专利都达标",
        "研发、专利都不达标",
    ],
)
def test_what_is_asked_supposed_or_half_met_affirms_nothing(message: str) -> None:
    assert not extract(message, as_of=TODAY, title="小巨人").affirmed


def test_the_checker_counts_exactly_the_named_matters() -> None:
    message = "营收6000万，负债率七成八；研发、专利、评分都达标"
    found = extract(message, as_of=TODAY, title="小巨人")
    verdict = check("小巨人", found.facts, track="review", as_of=TODAY, affirmed=found.affirmed)
    rows = {row.id: row.outcome for row in verdict.criteria}
    assert verdict.outcome == "not_eligible"
    assert rows["item_2"] == "not_met"
    assert rows["item_3"] == rows["item_4"] == rows["item_7"] == "met"
    assert rows["item_1"] == rows["item_5"] == "unknown"


def test_a_figure_told_beside_stands_above_the_word() -> None:
    found = extract("研发、专利都达标，发明专利2项", as_of=TODAY, title="小巨人")
    verdict = check("小巨人", found.facts, track="first", as_of=TODAY, affirmed=found.affirmed)
    assert {row.id: row.outcome for row in verdict.criteria}["item_4"] != "met"
