"""The retired standards: their score table as a whole, derived facts that only they use, and what they say of themselves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from criteria_made import STANDARDS, passing, row, table
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Verdict
from assistant.criteria.check import check_against
from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.intervals import Range, divide

RETIRED = ["zjtx-2022", "xjr-2022", "xjr-2021", "zdxjr-2021"]


def against(standard: str, data: dict[str, object], **more: object) -> Verdict:
    known = STANDARDS[standard]
    round_ = known.tests.round
    facts, problems = facts_from_mapping(data, last_year=round_ - 1)
    day = date(round_, 11, 21)
    return check_against(known, facts, track="first", as_of=day, round_year=round_, problems=problems, **more)  # type: ignore[arg-type]


def test_the_score_table_adds_up_to_a_hundred() -> None:
    groups: dict[str, Fraction] = {}
    for item in STANDARDS["zjtx-2022"].scores:
        groups[item.group] = groups.get(item.group, Fraction(0)) + item.max.value
        best = max([band.points.value for band in item.bands], default=item.max.value)
        assert best == item.max.value, item.id
    assert groups == {"professional": 25, "refined": 25, "special": 15, "innovation": 35}


@pytest.mark.parametrize(
    ("data", "key", "value"),
    [
        ({"net_profit": {2025: "-50万元"}, "revenue": {2025: "1000万元"}}, "net_margin@2025", Fraction(-1, 20)),
        ({"main_revenue_growth": {2024: "-6%", 2025: "14%"}}, "main_revenue_growth_mean_l2y@2025", Fraction(1, 25)),
        ({"net_profit_growth": {2024: "-30%", 2025: "10%"}}, "net_profit_growth_mean_l2y@2025", Fraction(-1, 10)),
        (
            {"main_revenue": {2023: "1000万元", 2024: "1200万元", 2025: "1440万元"}},
            "main_revenue_growth_mean_l2y@2025",
            Fraction(1, 5),
        ),
        ({"revenue": {2024: "900万元", 2025: "1100万元"}}, "revenue_l2y@2025", Fraction(20_000_000)),
        (
            {"revenue": {2024: "900万元", 2025: "1100万元"}, "rd_expense": {2024: "20万元", 2025: "60万元"}},
            "rd_ratio_l2y@2025",
            Fraction(1, 25),
        ),
        ({"rd_staff": {2025: 12}, "staff": {2025: 48}}, "rd_staff_share@2025", Fraction(1, 4)),
    ],
)
def test_derived(data: dict[str, object], key: str, value: Fraction) -> None:
    known = table(data).get(key)
    assert known is not None
    assert known.range == Range.point(value)


ends = st.fractions(min_value=-50, max_value=50, max_denominator=8)
divisors = st.fractions(min_value=0, max_value=50, max_denominator=8)


@given(a=st.tuples(ends, ends), b=st.tuples(divisors, divisors), x=st.integers(0, 8), y=st.integers(0, 8))
def test_a_quotient_holds_every_quotient_of_numbers_in_its_parts(
    a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction], x: int, y: int
) -> None:
    top, bottom = Range(min(a), max(a)), Range(min(b), max(b))
    quotient = divide(top, bottom)
    divisor = min(b) + (max(b) - min(b)) * Fraction(y, 8)
    if quotient is None or divisor == 0:
        assert quotient is not None or max(b) == 0
        return
    number = (min(a) + (max(a) - min(a)) * Fraction(x, 8)) / divisor
    assert quotient.lo is None or quotient.lo <= number
    assert quotient.hi is None or number <= quotient.hi


def test_a_quality_certificate_is_a_management_certificate_but_not_the_other_way_round() -> None:
    certified = table({"quality_certified": True}).get("management_certified")
    assert certified is not None
    assert certified.value.flag is True
    assert table({"quality_certified": False}).get("management_certified") is None
    assert table({"management_certified": True}).get("quality_certified") is None


def test_the_compound_reading_of_the_mean_growth_is_named_where_it_decides_otherwise() -> None:
    uneven = {"main_revenue": {2022: "10000万元", 2023: "7000万元", 2024: "10000万元"}}
    verdict = against("xjr-2022", {**passing("xjr-2022"), **uneven, "main_share": {2024: "77.5%"}})
    assert "平均增长率怎么算附件没有写明" in row(verdict, "item_1").note
    assert row(verdict, "item_1").outcome == "met"
    steady = against("xjr-2022", passing("xjr-2022"))
    assert "平均增长率怎么算" not in row(steady, "item_1").note


def test_what_is_worked_out_from_figures_in_doubt_is_shown_with_its_origin() -> None:
    company = {**passing("xjr-2022"), "main_share": {2024: "95%"}}
    verdict = against("xjr-2022", company)
    assert verdict.outcome == "needs_info"
    assert "营业收入（2024年）：1.29亿元算出" in row(verdict, "item_4").values["研发占营收比重（2024年）"]


def test_what_comes_from_copies_is_marked_for_checking() -> None:
    verdict = against("xjr-2022", passing("xjr-2022"))
    for criterion in ("item_2", "item_5", "item_6"):
        assert "待核对原文" in row(verdict, criterion).note
    assert "待核对原文" not in row(verdict, "item_4").note


@pytest.mark.parametrize("standard", RETIRED)
def test_a_retired_standard_says_that_it_is_over(standard: str) -> None:
    known = STANDARDS[standard]
    assert known.in_force.until is not None
    assert known.in_force.until < date(2026, 11, 21)
    assert any("旧标准" in note or "结束" in note for note in against(standard, passing(standard)).notes)


def test_elsewhere_the_conditions_of_shanghai_fall_away() -> None:
    company = {**passing("zjtx-2022"), "place_registered_sh": False, "holds_innovative": False}
    assert against("zjtx-2022", company).outcome == "not_eligible"
    there = against("zjtx-2022", company, place="江苏省")
    assert there.outcome == "eligible"
    assert not any(one.id.startswith("shanghai") for one in there.criteria)
    assert any("特色化指标的15分由各省自己定" in note for note in there.notes)


def test_unknown_score_items_give_a_range_that_may_already_decide() -> None:
    company = passing("zjtx-2022")
    for fact in ("digital_level", "rd_staff_share", "chain_position"):
        company.pop(fact)
    verdict = against("zjtx-2022", company)
    assert (verdict.outcome, row(verdict, "item_4").outcome) == ("needs_info", "unknown")
    assert "51到66分" in row(verdict, "item_4").margin
    assert row(against("zjtx-2022", {**company, "net_margin": {2024: "0%"}}), "item_4").outcome == "not_met"
    best = {**company, "class_1_ip_self": 1, "class_1_ip_high_value": 1, "rd_institution": "national"}
    assert row(against("zjtx-2022", best), "item_4").outcome == "met"
