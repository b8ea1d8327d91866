"""For every comparison of every standard: just below, equal, just above, missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from criteria_made import STANDARDS, passing, run

from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES, evaluate
from assistant.criteria.tree import bind
from assistant.criteria.words import difference
from assistant.facts.values import Value
from corpus.criteria_models import Track
from corpus.criteria_tree import Compare, Part, Reading, Term, children
from corpus.facts_models import load_dictionary

HAIR = {"money": Fraction(1, 100), "ratio": Fraction(1, 10**9), "years": Fraction(1, 366), "points": Fraction(1, 100)}
WANTED = {"ge": (NO, YES, YES), "gt": (NO, NO, YES), "le": (YES, YES, NO), "lt": (YES, NO, NO)}


def comparisons(node: Part) -> list[Compare]:
    if isinstance(node, Compare):
        return [node]
    parts = (node.of, node.other) if isinstance(node, Reading) else children(node)
    return [leaf for part in parts for leaf in comparisons(part)]


def all_leaves() -> dict[str, Compare]:
    tracks: tuple[Track, ...] = ("first", "review")
    return {
        f"{standard.id}-{criterion.id}-{track}-{leaf.left.key}-{leaf.right.text}": leaf
        for standard in STANDARDS.values()
        for criterion in standard.criteria
        for track in tracks
        for part in criterion.parts
        for leaf in comparisons(bind(part, track=track, round_year=2026))
        if isinstance(leaf.left, Term)
    }


LEAVES = all_leaves()


def test_every_threshold_of_the_annexes_is_compared() -> None:
    texts = {(leaf.left.fact, leaf.right.text) for leaf in LEAVES.values() if isinstance(leaf.left, Term)}
    assert texts >= {
        ("revenue", "1500万元"), ("new_equity_l2y", "2000万元"), ("main_share", "80%"), ("debt_ratio", "80%"),
        ("rd_expense", "100万元"), ("rd_ratio", "3%"), ("class_1_ip", "1项"), ("development_score", "50分"),
        ("revenue", "5000万元"), ("main_share", "90%"), ("revenue_cagr_l2y", "5%"), ("debt_ratio", "75%"),
        ("rd_expense_l2y", "1200万元"), ("class_1_ip", "4项"), ("market_share", "10%"), ("market_rank", "3名"),
        ("development_score", "60分"), ("niche_years", "3年"), ("award_rank", "3名"), ("leading_product_share", "50%"),
    }  # fmt: skip


@pytest.mark.parametrize("leaf", LEAVES.values(), ids=list(LEAVES))
def test_below_equal_above_missing(leaf: Compare) -> None:
    assert isinstance(leaf.left, Term)
    dictionary = load_dictionary()
    entry = dictionary[leaf.left.fact]
    hair = HAIR.get(entry.type, Fraction(1))
    found = []
    for number in (leaf.right.value - hair, leaf.right.value, leaf.right.value + hair):
        known = build({leaf.left.key: Value.exact(number)}, dictionary, round_year=2026)
        found.append(evaluate(leaf, known).value)
        assert difference(number, leaf, entry)
    assert tuple(found) == WANTED[leaf.op]
    nothing = evaluate(leaf, build({}, dictionary, round_year=2026))
    assert nothing.value == UNKNOWN
    assert nothing.unsaid == {leaf.left.key}


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
