"""The law of the checker: what is definite with gaps stays so when the gaps are filled."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from companies_made import DICTIONARY, companies
from criteria_made import STANDARDS
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.criteria.bounds import check_bounds
from assistant.criteria.derive import Table, build
from assistant.criteria.exact import NO, UNKNOWN, YES
from assistant.criteria.intervals import Range
from assistant.criteria.judge import judge_all
from assistant.criteria.tree import bind
from assistant.facts.values import Facts
from corpus.criteria_models import Standard, Track
from corpus.criteria_tree import Compare, Part, Score, Unsettled, children

TRACKS: st.SearchStrategy[Track] = st.sampled_from(["first", "review"])
INFERRED = {"cancelled_for"}  # its reason is inferred from a word on repair, so it is never taken away here
EACH = pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))


def known(standard: Standard, facts: Facts) -> Table:
    return build(facts, DICTIONARY, round_year=standard.tests.round)


@EACH
@given(data=st.data(), track=TRACKS)
@settings(max_examples=25, deadline=None)
def test_filling_a_gap_never_flips_a_definite_outcome(standard: Standard, track: Track, data: st.DataObject) -> None:
    company = data.draw(companies(standard))
    droppable = sorted(set(company) - INFERRED)
    dropped = data.draw(st.lists(st.sampled_from(droppable), unique=True, max_size=len(droppable)))
    gaps = {key: value for key, value in company.items() if key not in dropped}
    round_ = standard.tests.round
    full = judge_all(standard, known(standard, company), track=track, round_year=round_)
    partly = judge_all(standard, known(standard, gaps), track=track, round_year=round_)
    for i, judged in partly.items():
        assert judged.value in (UNKNOWN, full[i].value), (i, dropped)


@EACH
@given(data=st.data(), track=TRACKS)
@settings(max_examples=15, deadline=None)
def test_a_complete_company_leaves_only_what_the_source_leaves_open(
    standard: Standard, track: Track, data: st.DataObject
) -> None:
    company = data.draw(companies(standard))
    table = known(standard, company)
    assert [problem.sentence for problem in table.conflicts] == []
    judged = judge_all(standard, table, track=track, round_year=standard.tests.round)
    for criterion in standard.criteria:
        if judged[criterion.id].value == UNKNOWN:
            assert leaves_open(bind(criterion.test, track=track, round_year=standard.tests.round)), criterion.id


@EACH
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_the_companies_are_possible(standard: Standard, data: st.DataObject) -> None:
    company = data.draw(companies(standard))
    assert check_bounds(company, DICTIONARY, date(standard.tests.round, 11, 21)) == []


def leaves_open(node: Part) -> bool:
    """Whether the source leaves something open under a node."""
    if isinstance(node, Compare) and isinstance(node.left, Score):
        return any(leaves_open(part) for item in node.left.items for part in item.conditions)
    return isinstance(node, Unsettled) or any(map(leaves_open, children(node)))


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
