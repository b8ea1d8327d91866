"""Binding: years, tracks and opposites."""

from __future__ import annotations

import pytest

from assistant.criteria.affirm import affirm
from assistant.criteria.derive import build
from assistant.criteria.exact import evaluate
from assistant.criteria.tree import bind
from assistant.facts.values import Facts, Value
from corpus.criteria_tree import All, AnyOf, Part, parse_node, terms
from corpus.facts_models import load_dictionary


def bound(raw: object, round_year: int = 2026) -> Part:
    return bind(parse_node(raw), track="first", round_year=round_year)


def value(raw: object, facts: Facts) -> int:
    return evaluate(bound(raw), build(facts, load_dictionary(), round_year=2026)).value


def test_years_count_from_the_round() -> None:
    node = bound(
        {"all": [{"ge": ["revenue.Y1", "1万元"]}, {"ge": ["development_score.THIS", "50分"]}, {"flag": "is_sme"}]}, 2027
    )
    assert [term.key for term in terms(node)] == ["revenue@2026", "development_score@2027", "is_sme"]


def test_each_year_becomes_all() -> None:
    node = bound({"each": {"over": "L2Y", "test": {"ge": ["rd_ratio.YEAR", "3%"]}}})
    assert isinstance(node, All)
    assert [term.key for term in terms(node)] == ["rd_ratio@2025", "rd_ratio@2024"]


def test_not_goes_down_to_the_leaves() -> None:
    raw = {
        "all": [
            {"ge": ["revenue.Y1", "100万元"]},
            {"flag": "is_sme"},
            {"choice_at_least": ["rd_institution", "provincial"]},
        ]
    }
    node = bound({"not": raw})
    assert isinstance(node, AnyOf)
    facts = {
        "revenue@2025": Value.exact(1_000_000),
        "is_sme": Value.yes(True),
        "rd_institution": Value.one_of("national"),
    }
    for known in (facts, {}, {**facts, "is_sme": Value.yes(False)}, {"is_sme": Value.yes(True)}):
        assert value({"not": raw}, known) == 2 - value(raw, known)
        assert value({"not": {"not": raw}}, known) == value(raw, known)
    with pytest.raises(ValueError, match="没有反面"):
        bound({"not": {"unsettled": "没有写明"}})


def test_all_parts_are_looked_at_even_where_one_decides() -> None:
    node = bound({"all": [{"flag": "is_sme"}, {"flag": "holds_tech"}, {"flag": "holds_zjtx"}]})
    trace = evaluate(node, build({"is_sme": Value.yes(False)}, load_dictionary(), round_year=2026))
    assert trace.value == 0
    assert {key for leaf in trace.leaves() for key in leaf.unsaid} == {"holds_tech", "holds_zjtx"}


def test_calculated_operands() -> None:
    facts = {"main_revenue@2025": Value.exact(80), "revenue@2025": Value.exact(100), "revenue@2023": Value.exact(64)}
    assert value({"ge": [{"ratio": ["main_revenue.Y1", "revenue.Y1"]}, "80%"]}, facts) == 2
    assert value({"gt": [{"ratio": ["main_revenue.Y1", "revenue.Y1"]}, "80%"]}, facts) == 0
    assert value({"ge": [{"growth": ["revenue.Y1", "revenue.Y3", "2年"]}, "25%"]}, facts) == 2
    assert value({"gt": [{"growth": ["revenue.Y1", "revenue.Y3", "2年"]}, "25%"]}, facts) == 0
    assert value({"ge": [{"sum": "rd_expense.L2Y"}, "1万元"]}, facts) == 1


def test_not_applicable_is_no() -> None:
    absent = {"award_rank": Value(state="not_applicable"), "award_level_l3y": Value(state="not_applicable")}
    assert value({"le": ["award_rank", "3名"]}, absent) == 0
    assert value({"choice_at_least": ["award_level_l3y", "municipal"]}, absent) == 0


def test_the_blanket_leaves_decided_parts_alone() -> None:
    node = bound({"all": [{"flag": "is_sme"}, {"flag": "holds_tech"}]})
    table = build({"is_sme": Value.yes(False)}, load_dictionary(), round_year=2026)
    assert affirm(evaluate(node, table)).value == 0
