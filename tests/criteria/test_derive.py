"""Derived facts, contradictions beyond what was said precisely, and absurd values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from criteria_made import asked, outcomes, passing, row, run, table

from assistant.criteria.bounds import check_bounds
from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.intervals import Range, divide, root, subtract
from assistant.criteria.precision import precision
from assistant.facts.values import Value
from corpus.facts_models import load_dictionary


def number(data: dict[str, object], key: str) -> Range:
    known = table(data).get(key)
    assert known is not None
    return known.range


@pytest.mark.parametrize(
    ("data", "key", "value"),
    [
        ({"revenue": {2025: "2000万元"}, "main_revenue": {2025: "1600万元"}}, "main_share@2025", Fraction(4, 5)),
        ({"revenue": {2025: "2000万元"}, "main_share": {2025: "80%"}}, "main_revenue@2025", Fraction(16_000_000)),
        (
            {"total_assets": {2025: "5000万元"}, "total_liabilities": {2025: "4100万元"}},
            "debt_ratio@2025",
            Fraction(41, 50),
        ),
        ({"revenue": {2024: "3400万元"}, "rd_expense": {2024: "100万元"}}, "rd_ratio@2024", Fraction(1, 34)),
        ({"revenue": {2025: "4000万元"}, "rd_ratio": {2025: "3%"}}, "rd_expense@2025", Fraction(1_200_000)),
        ({"rd_expense": {2024: "550万元", 2025: "600万元"}}, "rd_expense_l2y@2025", Fraction(11_500_000)),
        (
            {"rd_expense_l2y": {2025: "1200万元"}, "rd_expense": {2025: "700万元"}},
            "rd_expense@2024",
            Fraction(5_000_000),
        ),
        (
            {"rd_expense_l2y": {2025: "1200万元"}, "rd_expense": {2024: "700万元"}},
            "rd_expense@2025",
            Fraction(5_000_000),
        ),
        ({"revenue": {2024: "100万元", 2025: "130万元"}}, "revenue_growth@2025", Fraction(3, 10)),
        ({"revenue": {2023: "8000万元", 2025: "8820万元"}}, "revenue_cagr_l2y@2025", Fraction(1, 20)),
        ({"revenue_growth": {2024: "5%", 2025: "5%"}}, "revenue_cagr_l2y@2025", Fraction(1, 20)),
        ({"class_1_ip_total": 5, "ip_transferred_in": 2}, "class_1_ip", Fraction(3)),
    ],
)
def test_derived(data: dict[str, object], key: str, value: Fraction) -> None:
    assert number(data, key) == Range(value, value)


def test_one_year_of_two_bounds_the_sum() -> None:
    bounded = number({"rd_expense": {2025: "1300万元"}}, "rd_expense_l2y@2025")
    assert bounded == Range(Fraction(13_000_000), None)
    verdict = run("小巨人", {"rd_expense": {2025: "1300万元"}, "rd_ratio": {2024: "4%", 2025: "5%"}}, track="first")
    assert outcomes(verdict)["item_3"] == "met"
    open_ = run("小巨人", {"rd_expense": {2025: "700万元"}, "rd_ratio": {2024: "4%", 2025: "5%"}}, track="first")
    assert "rd_expense@2024" in asked(open_)


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("2022", "met"),
        ("2023-01", "unknown"),
        ("2023年1月1日", "met"),
        ("2023-02", "not_met"),
        ("2023", "unknown"),
        ("2024", "not_met"),
    ],
)
def test_years_in_the_market_from_the_start(start: str, outcome: str) -> None:
    verdict = run("专精特新", {"niche_start": start, "holds_tech": True}, track="first")
    assert outcomes(verdict)["item_1"] == outcome


def test_a_growth_rate_that_is_no_fraction_is_bounded_both_ways() -> None:
    growth = subtract(root(Range.point(2), 2), Range.point(1))
    assert growth.lo is not None
    assert growth.hi is not None
    assert (1 + growth.lo) ** 2 < 2 < (1 + growth.hi) ** 2
    assert growth.hi - growth.lo < Fraction(1, 10**30)
    with pytest.raises(ValueError, match="一年和两年"):
        root(Range.point(2), 3)


def test_division_by_nothing_has_no_result() -> None:
    assert divide(Range.point(1), Range.point(0)) is None
    verdict = run("专精特新", {"revenue": {2025: "0元"}, "rd_expense": {2025: "0元"}}, track="first")
    assert outcomes(verdict)["item_3"] == "not_met"


def test_a_contradiction_is_reported_and_not_used() -> None:
    said = {"revenue": {2025: "8000万元"}, "rd_expense": {2025: "1300万元"}, "rd_ratio": {2025: "3%"}}
    verdict = run("小巨人", said, rest=True, track="first")
    assert (verdict.outcome, outcomes(verdict)["item_3"], outcomes(verdict)["item_2"]) == (
        "needs_info",
        "unknown",
        "met",
    )
    assert "16.25%" in verdict.conflicts[0]
    assert "前后对不上" in row(verdict, "item_3").note


def test_a_contradiction_puts_the_whole_in_doubt_too() -> None:
    said = {"revenue": {2025: "1000万元"}, "rd_expense": {2025: "300万元"}, "rd_ratio": {2025: "3%"}}
    verdict = run("专精特新", {**said, "new_equity_l2y": {2025: "0元"}}, rest=True, track="first")
    assert (verdict.outcome, outcomes(verdict)["item_2"]) == ("needs_info", "unknown")


@pytest.mark.parametrize(
    ("said", "clash"), [("3%", False), ("2.9%", False), ("3.0%", False), ("3.1%", True), ("2%", True), ("2.94%", False)]
)
def test_rounding_is_no_contradiction(said: str, clash: bool) -> None:
    facts = {"revenue": {2025: "3400万元"}, "rd_expense": {2025: "100万元"}, "rd_ratio": {2025: said}}
    found = table(facts)
    assert bool(found.conflicts) is clash
    if not clash:
        verdict = run("专精特新", facts, rest=True, track="first")
        assert outcomes(verdict)["item_3"] == "not_met"
        assert "2.94%" in row(verdict, "item_3").values["研发占营收比重（2025年）"]


def test_round_hundred_millions_still_contradict() -> None:
    said = {"total_assets": {2025: "1亿元"}, "total_liabilities": {2025: "6000万元"}, "debt_ratio": {2025: "80%"}}
    verdict = run("小巨人", said, rest=True, track="first")
    assert (verdict.outcome, outcomes(verdict)["item_2"]) == ("needs_info", "unknown")


def test_a_total_below_one_of_its_parts_is_a_contradiction() -> None:
    verdict = run(
        "小巨人", {"rd_expense": {2025: "1300万元"}, "rd_expense_l2y": {2025: "1200万元"}}, rest=True, track="first"
    )
    assert (verdict.outcome, len(verdict.conflicts)) == ("needs_info", 1)


@pytest.mark.parametrize(
    ("value", "kind", "half"),
    [
        (Value.exact(Fraction(3, 100), "研发占比百分之三"), "ratio", Fraction(1, 200)),
        (Value.exact(Fraction(3, 100), "研发占比3%"), "ratio", Fraction(1, 200)),
        (Value.exact(Fraction(3, 100), "研发占比3.0%"), "ratio", Fraction(1, 2000)),
        (Value.exact(Fraction(85_000_000), "营收0.85亿元"), "money", Fraction(500_000)),
        (Value.exact(Fraction(100_000_000), "资产1亿"), "money", Fraction(5_000_000)),
        (Value.exact(Fraction(80_000_000), "营收8000万元"), "money", Fraction(5000)),
        (Value.exact(3), "count", Fraction(0)),
        (Value.interval(None, Fraction(1)), "ratio", Fraction(0)),
    ],
)
def test_precision_is_half_of_the_last_digit(value: Value, kind: str, half: Fraction) -> None:
    assert precision(value, kind) == half


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"revenue": {2025: "-5万元"}}, "不可能是负数"),
        ({"main_share": {2025: "120%"}}, "不可能超过100%"),
        ({"rd_ratio": {2025: "150%"}}, "不可能超过100%"),
        ({"development_score": {2026: "120分"}}, "不可能超过100分"),
        ({"revenue": {2031: "5000万元"}}, "还没有到"),
        ({"revenue": {1920: "5000万元"}}, "太早"),
        ({"class_1_ip": "1.5"}, "应当是整数"),
        ({"market_rank": 0}, "不可能低于1名"),
        ({"niche_start": "2031"}, "不可能"),
        (
            {"revenue": {2025: "900万元"}, "rd_expense": {2025: "1000万元"}},
            "研发费用（1000万元）比营业收入（900万元）还高",
        ),
        ({"revenue": {2025: "900万元"}, "main_revenue": {2025: "1000万元"}}, "主营业务收入（1000万元）比营业收入"),
        ({"revenue": {2025: "2000万元到1000万元"}}, "下限比上限还大"),
    ],
)
def test_absurd(data: dict[str, object], words: str) -> None:
    facts, _ = facts_from_mapping(data, last_year=2025)
    problems = check_bounds(facts, load_dictionary(), date(2026, 11, 21))
    assert len(problems) == 1
    assert words in problems[0].sentence


def test_the_possible_is_left_alone() -> None:
    facts, _ = facts_from_mapping(
        {"debt_ratio": {2025: "130%"}, "revenue_growth": {2025: "-20%"}, "award_rank": "不清楚"}
    )
    assert check_bounds(facts, load_dictionary(), date(2026, 11, 21)) == []


def test_absurd_values_are_dropped_and_the_rest_kept() -> None:
    only = run("专精特新", {"debt_ratio": {2025: "-20%"}}, track="first")
    assert only.outcome == "invalid_input"
    with_more = run("专精特新", {"debt_ratio": {2025: "-20%"}, "class_1_ip": 2}, track="first")
    assert with_more.outcome == "needs_info"
    failing = run("专精特新", {"debt_ratio": {2025: "-20%"}, "is_sme": False}, track="first")
    assert failing.outcome == "not_eligible"
    blanket = run("专精特新", {"main_share": {2025: "120%"}}, rest=True, track="first")
    assert (blanket.outcome, outcomes(blanket)["item_2"], asked(blanket)) == (
        "needs_info",
        "unknown",
        ["main_share@2025"],
    )
    clash = run("专精特新", {"rd_expense": {2025: "800万元"}, "revenue": {2025: "600万元"}}, track="first")
    assert clash.outcome == "needs_info"


def test_a_passing_company_with_one_absurd_value_waits() -> None:
    facts = {**passing("zjtx-2026"), "staff": {2025: -3}}
    assert run("专精特新", facts, track="first").outcome == "needs_info"
