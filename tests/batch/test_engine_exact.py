"""The fast evaluator says what the exact one says: per criterion, of the company, and of what is missing."""

from __future__ import annotations

import random
from datetime import date

import engine_made as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.batch.columns import facts_of_row
from assistant.batch.plan import Plan, compile_plan
from assistant.batch.rows import Cell, RowEvaluator, RowVerdict
from assistant.batch.settle import exact_verdict
from assistant.criteria.check import check_against
from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES, evaluate
from assistant.criteria.words import name_of
from corpus.criteria_models import Track, load_standards

STANDARDS = {standard.id: standard for standard in load_standards()}
TRACKS: st.SearchStrategy[Track | None] = st.sampled_from(["first", "review", None])
VALUES = {True: YES, False: NO, None: UNKNOWN}


def differences(found: RowVerdict, row: dict[str, Cell], plan: Plan) -> list[str]:
    """What the fast evaluator says otherwise than the exact one."""
    exact = exact_verdict(row, plan)
    wrong = [
        f"{c.id}: {found.criteria[c.id]}, exact {c.outcome}"
        for c in exact.criteria
        if found.criteria[c.id] != c.outcome
    ]
    if found.outcome != exact.outcome:
        wrong.append(f"{found.outcome}, exact {exact.outcome}")
    missing = {name for c in exact.criteria for name in c.missing} if exact.outcome == "needs_info" else set[str]()
    if {name_of(key, made.DICTIONARY) for key in found.missing} != missing:
        wrong.append(f"missing {found.missing}, exact {missing}")
    return wrong


def settled(row: dict[str, Cell], evaluator: RowEvaluator) -> bool:
    """Whether the row was judged fast, and then as exactly."""
    found = evaluator.of(row)
    assert found.exact or differences(found, row, evaluator.plan) == []
    return not found.exact


@pytest.mark.parametrize("name", list(STANDARDS))
@given(seed=st.integers(0, 2**32), track=TRACKS, rest=st.booleans(), share=st.floats(0.05, 1))
@settings(max_examples=8, deadline=None)
def test_random_companies_with_gaps(name: str, seed: int, track: Track | None, rest: bool, share: float) -> None:
    standard = STANDARDS[name]
    chance = random.Random(seed)
    keys = [key for key in made.keys_of(standard) if chance.random() < share]
    evaluator = RowEvaluator(compile_plan(standard, track, made.ROUND, keys, rest=rest))
    for gaps in (0.1, 0.5, 0.7, 0.9):
        settled(made.row(standard, keys, chance, gaps=gaps), evaluator)


@pytest.mark.parametrize("staff", [299, 300, 1000])
def test_a_size_that_is_large_in_some_trade_is_not_covered_by_the_rest(staff: int) -> None:
    """Whatever a sheet says of the rest, with 300 people or more the trade has to be told."""
    standard = STANDARDS["cxx-2022"]
    plan = compile_plan(standard, "first", made.ROUND, ["staff@2025", "high_tech_valid"], rest=True)
    row: dict[str, Cell] = {"staff@2025": staff, "high_tech_valid": True}
    assert settled(row, RowEvaluator(plan))
    assert exact_verdict(row, plan).outcome == ("eligible" if staff < 300 else "needs_info")


@pytest.mark.parametrize("name", list(STANDARDS))
def test_most_companies_without_contradictions_are_judged_fast(name: str) -> None:
    """The columns that a standard names itself hold no contradictions: hardly any of their rows are in doubt."""
    standard = STANDARDS[name]
    chance = random.Random(7)
    named = [key for key in made.keys_of(standard) if key.partition("@")[0] in made.direct(standard)]
    evaluator = RowEvaluator(compile_plan(standard, "first", made.ROUND, named))
    fast = [settled(made.row(standard, named, chance, gaps=0.7), evaluator) for _ in range(30)]
    assert sum(fast) > 10


@pytest.mark.parametrize("name", list(STANDARDS))
@pytest.mark.parametrize("track", ["first", "review"])
def test_every_way_to_fail_one_criterion(name: str, track: Track) -> None:
    """The sample company, one fact after the other turned round or taken away."""
    standard = STANDARDS[name]
    keys = sorted(made.sample(standard))
    evaluator = RowEvaluator(compile_plan(standard, track, standard.tests.round, keys))
    chance = random.Random(1)
    limits = made.thresholds(standard)
    for key in keys:
        company = made.sample(standard)
        settled({**company, key: None}, evaluator)
        settled({**company, key: made.cell(made.DICTIONARY.of_key(key), limits, chance)}, evaluator)


@pytest.mark.parametrize("name", list(STANDARDS))
@given(seed=st.integers(0, 2**32))
@settings(max_examples=3, deadline=None)
def test_the_trace_has_the_value_of_every_leaf(name: str, seed: int) -> None:
    standard = STANDARDS[name]
    chance = random.Random(seed)
    keys = made.keys_of(standard)[:40]
    row = made.row(standard, keys, chance, gaps=0.6)
    found = RowEvaluator(compile_plan(standard, "first", made.ROUND, keys)).of(row)
    if found.exact:
        return
    table = build(facts_of_row(row, made.DICTIONARY), made.DICTIONARY, assume=standard.assume, round_year=made.ROUND)
    for leaf in found.leaves:
        assert VALUES[leaf.holds] == evaluate(leaf.node, table).value, leaf
        assert all(row[column] == cell for column, cell in leaf.operands.items())


def test_a_contradiction_and_an_impossible_value_go_the_exact_way() -> None:
    standard = STANDARDS["zjtx-2026"]
    keys = ["revenue@2025", "rd_expense@2025", "rd_ratio@2025", "development_score@2026"]
    evaluator = RowEvaluator(compile_plan(standard, "first", made.ROUND, keys))
    wan = 1_000_000
    agreeing = {"revenue@2025": 3000 * wan, "rd_expense@2025": 100 * wan, "rd_ratio@2025": 0.0333}
    assert not evaluator.of(agreeing).exact
    assert evaluator.of({**agreeing, "rd_ratio@2025": 0.05}).exact
    assert evaluator.of({**agreeing, "rd_expense@2025": 3001 * wan}).exact
    assert evaluator.of({"development_score@2026": 101.0}).exact
    assert evaluator.of({"development_score@2026": float("nan")}).exact
    assert evaluator.of({"revenue@2025": -1}).exact
    assert evaluator.of({"revenue@2025": 10**18}).exact


def test_facts_of_a_year_to_come_are_impossible() -> None:
    standard = STANDARDS["zjtx-2026"]
    today = date(2026, 11, 21)
    plan = compile_plan(standard, "first", 2027, ["revenue@2026", "development_score@2027"], as_of=today)
    assert RowEvaluator(plan).of({"development_score@2027": 60.0}).exact
    assert not RowEvaluator(plan).of({"revenue@2026": 1}).exact
    facts = facts_of_row({"development_score@2027": 60.0}, made.DICTIONARY)
    verdict = check_against(standard, facts, track="first", as_of=today, round_year=2027)
    assert verdict.outcome == exact_verdict({"revenue@2026": None, "development_score@2027": 60.0}, plan).outcome


def test_points_that_are_told_go_the_exact_way() -> None:
    evaluator = RowEvaluator(compile_plan(STANDARDS["cxx-2022"], "first", made.ROUND, ["points_total", "revenue@2025"]))
    assert evaluator.of({"points_total": 58.0}).exact
    assert not evaluator.of({"revenue@2025": 10**12}).exact
