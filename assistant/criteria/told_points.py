"""Points of a score table as the company tells them: of its groups, or of all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.criteria.intervals import Range
from assistant.criteria.operands import Known
from assistant.criteria.table import Table
from corpus.criteria_tree import Score

TOTAL = "total"
CONTRADICTS = "您说的得分同各部分合起来的分数对不上，请核对"


@dataclass(frozen=True)
class Told:
    """What the points told come to; ``known`` is None where they contradict what else was told, and ``why`` says so."""

    known: Known | None = None
    why: str = ""


def total(ranges: Sequence[Range]) -> Range:
    """The sum of points, from the worst to the best case."""
    zero = Fraction(0)
    return Range(sum((one.lo or zero for one in ranges), zero), sum((one.hi or zero for one in ranges), zero))


def told_points(score: Score, items: Sequence[Range], table: Table) -> Told | None:
    """The points of ``score`` as far as they were told; None where nothing was. ``items`` are those that follow from
    the company's figures."""
    facts = dict(score.told)
    said = {name: known for name, fact in facts.items() if (known := table.get(fact)) and known.value.lo is not None}
    if not said:
        return None
    if score.name != TOTAL:
        own = said.get(score.name) or _left_over(score.name, facts, said)
        return _within(own, total(items)) if own else None
    groups: dict[str, list[Range]] = {}
    for item, points in zip(score.items, items, strict=True):
        groups.setdefault(item.group, []).append(points)
    parts = [said[name].range.both(total(p)) if name in said else total(p) for name, p in groups.items()]
    if any(part.empty for part in parts):
        return Told(why=CONTRADICTS)
    used = tuple(dict.fromkeys(key for known in said.values() for key in known.used))
    summed = Known(total(parts).value(), used)
    return _within(said[TOTAL], summed.range) if TOTAL in said else Told(summed)


def _left_over(name: str, facts: dict[str, str], said: dict[str, Known]) -> Known | None:
    """What the total leaves for a group where every other group was told."""
    others = [said.get(other) for other in facts if other not in (name, TOTAL)]
    whole = said.get(TOTAL)
    told = [one for one in others if one is not None and one.value.is_exact]
    if whole is None or not whole.value.is_exact or len(told) < len(others):
        return None
    left = (whole.value.lo or Fraction(0)) - sum((one.value.lo or Fraction(0) for one in told), Fraction(0))
    return Known(Range.point(left).value(), tuple(key for one in (whole, *told) for key in one.used))


def _within(own: Known, possible: Range) -> Told:
    """The points told, cut to what is possible; a contradiction where nothing is left."""
    if not own.range.meets(possible):
        return Told(why=CONTRADICTS)
    return Told(Known(own.range.both(possible).value(own.value.source), own.used))
