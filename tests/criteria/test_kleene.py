"""The law of the checker: what is definite with gaps stays so when the gaps are filled."""

from __future__ import annotations

from fractions import Fraction

import pytest
from criteria_made import STANDARDS
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES
from assistant.criteria.intervals import Range
from assistant.criteria.judge import judge_all
from assistant.facts.values import Facts, Value
from corpus.criteria_models import Standard, Track
from corpus.facts_models import load_dictionary

DICTIONARY = load_dictionary()
WAN = 10_000
TRACKS: st.SearchStrategy[Track] = st.sampled_from(["first", "review"])
LEVELS = st.sampled_from(["none", "municipal", "provincial", "national"])


@st.composite
def companies(draw: st.DrawFn) -> Facts:
    """A company of which everything is known and nothing contradicts."""
    facts = Facts()
    revenue = {y: draw(st.integers(800, 9000)) * WAN for y in (2023, 2024, 2025)}
    for year, money in revenue.items():
        facts[f"revenue@{year}"] = Value.exact(money)
    for year in (2024, 2025):
        spent = draw(st.sampled_from([0, 99, 100, 240, 600, 1200])) * WAN
        facts[f"rd_expense@{year}"] = Value.exact(min(spent, revenue[year]))
    main = draw(st.sampled_from([70, 80, 90, 100]))
    facts["main_revenue@2025"] = Value.exact(Fraction(revenue[2025] * main, 100))
    facts["total_assets@2025"] = Value.exact(5000 * WAN)
    facts["total_liabilities@2025"] = Value.exact(draw(st.sampled_from([3750, 4000, 4001])) * WAN)
    facts["new_equity_l2y@2025"] = Value.exact(draw(st.sampled_from([0, 1999, 2000])) * WAN)
    facts["niche_years@2025"] = Value.exact(draw(st.integers(0, 6)))
    for count in ("class_1_ip", "award_rank", "market_rank"):
        facts[count] = Value.exact(draw(st.integers(1 if count.endswith("rank") else 0, 5)))
    facts["market_share@2025"] = Value.exact(Fraction(draw(st.integers(0, 20)), 100))
    facts["leading_product_share@2025"] = Value.exact(Fraction(draw(st.integers(40, 70)), 100))
    for year in (2025, 2026):
        facts[f"development_score@{year}"] = Value.exact(draw(st.integers(40, 70)))
    facts["award_level_l3y"], facts["rd_institution"] = Value.one_of(draw(LEVELS)), Value.one_of(draw(LEVELS))
    for entry in DICTIONARY.entries.values():
        if entry.type == "flag" and entry.id not in {*DICTIONARY.unions, "abnormal_removed", "title_cancelled"}:
            facts[entry.id] = Value.yes(draw(st.booleans()))
    facts["dishonest_listed_now"] = Value.yes(not facts["credit_repaired"].flag)
    facts["title_cancelled_years_ago"] = Value.exact(draw(st.integers(0, 5)))
    facts["cancelled_for"] = Value.one_of(draw(st.sampled_from(["dishonesty", "falsification", "incident", "other"])))
    return facts


INFERRED = {"cancelled_for"}  # its reason is inferred from a word on repair, so it is never taken away here


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
@given(company=companies(), track=TRACKS, data=st.data())
@settings(max_examples=120, deadline=None)
def test_filling_a_gap_never_flips_a_definite_outcome(
    standard: Standard, company: Facts, track: Track, data: st.DataObject
) -> None:
    droppable = sorted(set(company) - INFERRED)
    dropped = data.draw(st.lists(st.sampled_from(droppable), unique=True, max_size=len(droppable)))
    gaps = {key: value for key, value in company.items() if key not in dropped}
    full = judge_all(standard, build(company, DICTIONARY, round_year=2026), track=track, round_year=2026)
    partly = judge_all(standard, build(gaps, DICTIONARY, round_year=2026), track=track, round_year=2026)
    for i, judged in partly.items():
        assert judged.value in (UNKNOWN, full[i].value), (i, dropped)


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
@given(company=companies(), track=TRACKS)
@settings(max_examples=60, deadline=None)
def test_a_complete_company_leaves_only_what_the_source_leaves_open(
    standard: Standard, company: Facts, track: Track
) -> None:
    judged = judge_all(standard, build(company, DICTIONARY, round_year=2026), track=track, round_year=2026)
    open_ids = {i for i, one in judged.items() if one.value == UNKNOWN}
    assert open_ids <= {"art_20", "item_1"}
    if track == "first":
        assert open_ids <= {"art_20"}


numbers = st.fractions(min_value=0, max_value=100, max_denominator=50)


@given(a=numbers, b=numbers, x=numbers, limit=numbers, op=st.sampled_from(["ge", "gt", "le", "lt"]))
def test_a_range_decides_only_what_every_number_in_it_decides(
    a: Fraction, b: Fraction, x: Fraction, limit: Fraction, op: str
) -> None:
    low, high = min(a, b), max(a, b)
    inside = min(max(x, low), high)
    decided = Range(low, high).compare(op, limit)
    if decided != UNKNOWN:
        assert Range.point(inside).compare(op, limit) == decided
    else:
        assert {Range.point(low).compare(op, limit), Range.point(high).compare(op, limit)} == {NO, YES}
