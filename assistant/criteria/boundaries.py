"""The comparisons of a standard, taken from its tree, and what the checker makes of a number on their left side: a new standard is
tested on its thresholds, and shown in the fact-check table, without a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assistant.criteria.exact import evaluate
from assistant.criteria.mutate import TRACKS, plain
from assistant.criteria.operands import Known
from assistant.criteria.table import Table
from assistant.criteria.tree import bind
from assistant.facts.values import Facts, Value
from corpus.criteria_models import Standard
from corpus.criteria_tree import Calculation, Compare, Operand, Part, Reading, Score, Term, children
from corpus.facts_models import Dictionary

SCALE = Fraction(10**8)


def comparisons(node: Part) -> list[Compare]:
    """Every comparison of a fact or a calculation under a node, in readings and score tables too."""
    if isinstance(node, Compare):
        if isinstance(node.left, Score):
            return [one for item in node.left.items for part in item.conditions for one in comparisons(part)]
        return [node]
    parts = (node.of, node.other) if isinstance(node, Reading) else children(node)
    return [leaf for part in parts for leaf in comparisons(part)]


def thresholds(standard: Standard) -> dict[str, Compare]:
    """Every bound comparison of the standard, by a name that says where it stands."""
    found = (
        (f"{standard.id}-{criterion.id}-{track}-{plain(leaf)}", leaf)
        for criterion in standard.criteria
        for track in TRACKS
        for part in criterion.parts
        for leaf in comparisons(bind(part, track=track, round_year=standard.tests.round))
    )
    return dict(found)


def decided(leaf: Compare, number: Fraction, dictionary: Dictionary) -> int:
    """What the checker makes of the leaf where its left side is ``number``: 0, 1 or 2."""
    said = {key: Value.exact(value) for key, value in inputs(leaf.left, number)}
    return evaluate(leaf, only(said, dictionary)).value


def only(said: Facts, dictionary: Dictionary) -> Table:
    """What is known where nothing but ``said`` is known and nothing follows from it."""
    return Table(dictionary, {key: Known(value, (key,)) for key, value in said.items()}, said)


def inputs(operand: Operand, number: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Facts for which ``operand`` comes to ``number``; ValueError for a score, which is not calculated from numbers."""
    if isinstance(operand, Term):
        yield operand.key, number
        return
    if not isinstance(operand, Calculation):
        raise ValueError("分数不是由数字算出来的，没有踩线的输入")
    first, *rest = operand.of
    match operand.op:
        case "ratio":
            targets = [number * SCALE, SCALE]
        case "product":
            targets = [number, *(Fraction(1) for _ in rest)]
        case "growth":
            targets = [(1 + number) ** operand.years * SCALE, SCALE]
        case "compound" | "mean":
            targets = [number for _ in operand.of]
        case "sum" | "difference":
            targets = [number, *(Fraction(0) for _ in rest)]
    for part, target in zip((first, *rest), targets, strict=True):
        yield from inputs(part, target)
