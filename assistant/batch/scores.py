"""Compile a comparison of points: every item of a score table from its worst to its best case, in integers.

Follows ``assistant.criteria.exact`` (``compare_score``, ``item_points``).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm

from assistant.batch.nodes import Node
from assistant.batch.steps import Ref, Steps
from corpus.criteria_tree import Compare, Part, Score, ScoreItem

Compile = Callable[[Part], Node]


def score_node(steps: Steps, part: Compare, score: Score, compile_: Compile) -> Node:
    """Points from the worst to the best case, in integers."""
    numbers = [part.right.value, *(number for item in score.items for number in _points(item))]
    unit = lcm(*(number.denominator for number in numbers))
    low = high = lost = steps.number(0, "int")
    nodes: list[Node] = []
    for item in score.items:
        node, least, most = _item(steps, item, unit, compile_)
        nodes.append(node)
        low, high = steps.calc("add", low, least), steps.calc("add", high, most)
        gone = steps.calc("sub", steps.number(int(item.max.value * unit), "int"), most)
        lost = steps.calc("add", lost, steps.where(node.told, gone, steps.number(0, "int")))
    bound = steps.number(int(part.right.value * unit), "int")
    strict = part.op in ("gt", "le")
    passes = steps.compare("gt" if strict else "ge", low, bound)
    fails = steps.compare("le" if strict else "lt", high, bound)
    value = steps.where(passes, steps.flag(True), steps.where(fails, steps.flag(False), steps.unknown))
    if part.op in ("le", "lt"):
        value = steps.negate(value)
    told = steps.any(one.told for one in nodes)
    uncovered = steps.any([_half_lost(steps, part, score, lost, unit), *(one.uncoverable for one in nodes)])
    uncoverable = steps.all([steps.is_null(value), uncovered])
    affirmed = steps.first([value, steps.where(uncovered, steps.unknown, steps.flag(True))])
    return Node(
        part, value, nodes, unsettled=steps.flag(False), uncoverable=uncoverable, affirmed=affirmed,
        said=steps.holds(value), told=told,
    )  # fmt: skip


def _half_lost(steps: Steps, part: Compare, score: Score, lost: Ref, unit: int) -> Ref:
    """Whether what was told has lost half of what a passing score may lose: "everything else" does not cover it then."""
    may_be_lost = sum((item.max.value for item in score.items), Fraction(0)) - part.right.value
    twice = steps.calc("add", lost, lost)
    enough = steps.compare("ge", twice, steps.number(int(may_be_lost * unit), "int"))
    return steps.all([steps.compare("gt", lost, steps.number(0, "int")), enough])


def _item(steps: Steps, item: ScoreItem, unit: int, compile_: Compile) -> tuple[Node, Ref, Ref]:
    nodes = [compile_(part) for part in item.conditions]
    asked = [steps.flag(True)] * len(nodes)
    if item.per:
        low, high = _per(steps, item, nodes, unit)
    else:
        low, high = _bands(steps, item, nodes, unit)
        for n in range(1, len(nodes)):
            asked[n] = steps.all([asked[n - 1], steps.negate(steps.holds(nodes[n - 1].value))])
    differ = steps.compare("lt", low, high)
    looked_at = steps.any(steps.all([flag, node.uncoverable]) for flag, node in zip(asked, nodes, strict=True))
    value = steps.where(differ, steps.unknown, steps.flag(True))
    node = Node(item, value, nodes, unsettled=steps.flag(False), affirmed=value, asked=asked)
    node.uncoverable = steps.all([differ, looked_at])
    node.told = steps.any(steps.all([flag, one.told]) for flag, one in zip(asked, nodes, strict=True))
    return node, low, high


def _bands(steps: Steps, item: ScoreItem, nodes: list[Node], unit: int) -> tuple[Ref, Ref]:
    low = high = steps.number(int(item.otherwise.value * unit), "int")
    for band, node in reversed(list(zip(item.bands, nodes, strict=True))):
        points = steps.number(int(band.points.value * unit), "int")
        held, unknown = steps.holds(node.value), steps.is_null(node.value)
        lower = steps.where(steps.compare("lt", points, low), points, low)
        upper = steps.where(steps.compare("gt", points, high), points, high)
        low = steps.where(held, points, steps.where(unknown, lower, low))
        high = steps.where(held, points, steps.where(unknown, upper, high))
    return low, high


def _per(steps: Steps, item: ScoreItem, nodes: list[Node], unit: int) -> tuple[Ref, Ref]:
    assert item.per
    each, most = steps.number(int(item.per.points.value * unit), "int"), int(item.max.value * unit)
    ends: list[Ref] = []
    for at_best in (False, True):
        count = steps.number(0, "int")
        for node in nodes:
            counts = steps.negate(steps.fails(node.value)) if at_best else steps.holds(node.value)
            count = steps.calc("add", count, steps.where(counts, each, steps.number(0, "int")))
        top = steps.number(most, "int")
        ends.append(steps.where(steps.compare("gt", count, top), top, count))
    return ends[0], ends[1]


def _points(item: ScoreItem) -> list[Fraction]:
    found = [item.max.value, item.otherwise.value, *(band.points.value for band in item.bands)]
    return [*found, item.per.points.value] if item.per else found
