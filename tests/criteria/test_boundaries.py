"""For every comparison of every standard: just below, equal, just above, missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from criteria_made import STANDARDS, passing, run

from assistant.criteria.boundaries import decided, inputs, thresholds
from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES, evaluate
from assistant.criteria.tree import bind_operand
from assistant.criteria.words import difference
from corpus.criteria_tree import Calculation, Compare, Operator, Score, Term, parse_constant, parse_operand, terms
from corpus.facts_models import load_dictionary

LEAVES = {
    name: (leaf, standard.tests.round) for standard in STANDARDS.values() for name, leaf in thresholds(standard).items()
}
DICTIONARY = load_dictionary()
HAIR = {"money": Fraction(1, 100), "ratio": Fraction(1, 10**9), "years": Fraction(1, 366), "points": Fraction(1, 100)}
"""The smallest step of a kind of number, in base units: one 分 of money, a billionth, a day, a hundredth of a point."""
WANTED: dict[Operator, tuple[int, int, int]] = {
    "ge": (NO, YES, YES), "gt": (NO, NO, YES), "le": (YES, YES, NO), "lt": (YES, NO, NO),
}  # fmt: skip
"""What has to come of below, equal and above."""


def triple(leaf: Compare) -> tuple[Fraction, Fraction, Fraction]:
    """Just below the threshold, on it, just above, in base units."""
    hair = HAIR.get(leaf.right.kind, Fraction(1))
    return leaf.right.value - hair, leaf.right.value, leaf.right.value + hair


def test_every_threshold_of_the_annexes_is_compared() -> None:
    texts = {(leaf.left.fact, leaf.right.text) for leaf, _ in LEAVES.values() if isinstance(leaf.left, Term)}
    assert texts >= {
        ("revenue", "1500万元"), ("new_equity_l2y", "2000万元"), ("main_share", "80%"), ("debt_ratio", "80%"),
        ("rd_expense", "100万元"), ("rd_ratio", "3%"), ("class_1_ip", "1项"), ("development_score", "50分"),
        ("revenue", "5000万元"), ("main_share", "90%"), ("revenue_cagr_l2y", "5%"), ("debt_ratio", "75%"),
        ("rd_expense_l2y", "1200万元"), ("class_1_ip", "4项"), ("market_share", "10%"), ("market_rank", "3名"),
        ("development_score", "60分"), ("niche_years", "3年"), ("award_rank", "3名"), ("leading_product_share", "50%"),
    }  # fmt: skip


@pytest.mark.parametrize(("leaf", "round_year"), LEAVES.values(), ids=list(LEAVES))
def test_below_equal_above_missing(leaf: Compare, round_year: int) -> None:
    found = []
    for number in triple(leaf):
        found.append(decided(leaf, number, DICTIONARY))
        if isinstance(leaf.left, Term):
            assert difference(number, leaf, DICTIONARY[leaf.left.fact])
    assert tuple(found) == WANTED[leaf.op]
    nothing = evaluate(leaf, build({}, DICTIONARY, round_year=round_year))
    assert nothing.value == UNKNOWN
    assert nothing.unsaid == {term.key for term in terms(leaf)}


@pytest.mark.parametrize(
    "operand",
    [
        {"ratio": ["main_revenue.Y1", "revenue.Y1"]},
        {"growth": ["revenue.Y1", "revenue.Y3", "2年"]},
        {"sum": "rd_expense.L2Y"},
        {"mean": ["revenue_growth.Y1", "revenue_growth.Y2"]},
        {"difference": ["class_1_ip_total", "ip_transferred_in"]},
        {"product": ["rd_ratio.Y1", "revenue.Y1"]},
        {"compound": ["revenue_growth.Y1", "revenue_growth.Y2"]},
    ],
    ids=lambda raw: next(iter(raw)),
)
def test_a_calculation_is_put_on_its_threshold_through_its_parts(operand: dict[str, object]) -> None:
    left = bind_operand(parse_operand(operand), 2026)
    assert isinstance(left, Calculation)
    for text in ("5%", "25%"):
        leaf = Compare(op="ge", left=left, right=parse_constant(text))
        assert tuple(decided(leaf, number, DICTIONARY) for number in triple(leaf)) == WANTED["ge"]


def test_a_score_has_no_input_on_its_threshold() -> None:
    with pytest.raises(ValueError, match="分数"):
        list(inputs(Score(name="total"), Fraction(60)))


SINGLE = [
    ("zjtx-2026", "main_share", "79.99%", "80%", "item_2"),
    ("zjtx-2026", "debt_ratio", "80.01%", "80%", "item_2"),
    ("xjr-2026", "main_share", "89.99%", "90%", "item_2"),
    ("xjr-2026", "debt_ratio", "75.01%", "75%", "item_2"),
]


@pytest.mark.parametrize(("standard", "fact", "failing", "met", "criterion"), SINGLE)
def test_a_hair_decides_the_verdict(standard: str, fact: str, failing: str, met: str, criterion: str) -> None:
    title = STANDARDS[standard].title
    wrong = run(title, {**passing(standard), fact: {2025: failing}}, track="first")
    assert wrong.outcome == "not_eligible"
    assert [c.id for c in wrong.criteria if c.outcome == "not_met"] == [criterion]
    assert run(title, {**passing(standard), fact: {2025: met}}, track="first").outcome == "eligible"
