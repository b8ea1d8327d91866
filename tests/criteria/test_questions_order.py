"""The order in which questions are answered makes no difference, and nothing is asked twice."""

from __future__ import annotations

from datetime import date

import pytest
from companies_made import DICTIONARY, companies
from criteria_made import STANDARDS
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Verdict
from assistant.criteria.check import check_against
from assistant.criteria.derive import build
from assistant.criteria.table import Table
from assistant.facts.values import Facts, Value
from corpus.criteria_models import Standard, Track

MOST_ROUNDS = 120


def verdict_on(standard: Standard, facts: Facts, track: Track) -> Verdict:
    round_ = standard.tests.round
    return check_against(standard, facts, track=track, as_of=date(round_, 11, 21), round_year=round_)


def answer(key: str, company: Facts, world: Table) -> Value:
    """What a person who knows the whole company says when asked for one fact; "at least so much" is not known."""
    known = world.get(key)
    if key in company:
        return company[key]
    if known is None or known.assumed or known.open or (known.value.lo is None) != (known.value.hi is None):
        return Value.uncertain("不清楚")
    return known.value


def unasked(standard: Standard, company: Facts, world: Table) -> Facts:
    """What nobody is asked for because it is taken for granted: it has to be said of one's own accord."""
    keys = [assumption.fact.at(standard.tests.round).key for assumption in standard.assume]
    return {key: answer(key, company, world) for key in keys if key in company or world.get(key)}


def ready(asked: list[str]) -> list[str]:
    """The questions that may be answered now: not those from whose answer another open one would be inferred."""
    guessing = {f for one in DICTIONARY.links.implied if one.if_said and one.fact in asked for f in one.if_said}
    return [key for key in asked if key not in guessing] or asked


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
@given(data=st.data(), track=st.sampled_from(["first", "review"]))
@settings(max_examples=5, deadline=None)
def test_answers_in_any_order_come_to_the_same_verdict(standard: Standard, track: Track, data: st.DataObject) -> None:
    company = data.draw(companies(standard))
    unsure = data.draw(st.lists(st.sampled_from(sorted(company)), unique=True, max_size=3))
    company |= {key: Value.uncertain("不清楚") for key in unsure}
    world = build(company, DICTIONARY, round_year=standard.tests.round)
    told = unasked(standard, company, world)
    for _ in range(MOST_ROUNDS):
        verdict = verdict_on(standard, told, track)
        asked = [missing.fact for missing in verdict.missing]
        assert not set(asked) & set(told), "asked again"
        if not asked:
            break
        pick = data.draw(st.lists(st.sampled_from(ready(asked)), unique=True, min_size=1, max_size=4))
        told |= {key: answer(key, company, world) for key in pick}
    else:
        pytest.fail("the questions never end")
    assert verdict.outcome == verdict_on(standard, company, track).outcome


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
def test_whoever_knows_nothing_is_asked_everything_once(standard: Standard) -> None:
    told: Facts = {}
    for _ in range(MOST_ROUNDS):
        asked = [missing.fact for missing in verdict_on(standard, told, "first").missing]
        assert not set(asked) & set(told)
        if not asked:
            break
        told |= {key: Value.uncertain("不知道") for key in asked}
    verdict = verdict_on(standard, told, "first")
    assert (verdict.outcome, verdict.missing) == ("needs_info", [])
