"""The bands of a score table: can each of them hold, and do they meet without gap or overlap?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.criteria.intervals import Range
from assistant.criteria.tree import bind
from assistant.criteria_authoring.sets import Box, TooManyBoxes, boxes, implies, is_empty, room_of
from corpus.criteria_lint import Draft, Finding
from corpus.criteria_tree import ScoreItem, leaves
from corpus.facts_models import Dictionary


def check_bands(draft: Draft, dictionary: Dictionary) -> Iterator[Finding]:
    """Bands that nobody can be in, and on one number: gaps and overlaps."""
    for item in draft.standard.scores:
        try:
            yield from _item(draft, item, dictionary)
        except TooManyBoxes:
            continue


def _item(draft: Draft, item: ScoreItem, dictionary: Dictionary) -> Iterator[Finding]:
    bound = [bind(part, track="first", round_year=draft.standard.tests.round) for part in item.conditions]
    found = [boxes(part, dictionary) for part in bound]
    names = [band.points.text for band in item.bands] or [f"第{n}项" for n in range(1, len(bound) + 1)]
    for name, one in zip(names, found, strict=True):
        if not one:
            yield draft.finding(item.id, f"{name} 的条件永远不成立", "核对门槛，或 corpus/facts 里的 bounds")
    if item.per:
        return
    for n, one in enumerate(found):
        earlier = [box for other in found[:n] for box in other]
        if one and earlier and implies(one, earlier):
            yield draft.finding(item.id, f"{names[n]} 一档走不到：够得上它的，前面的档次都先够上了", "核对门槛和顺序")
    spans = [_span(one) for one in found]
    keys = {key for one in found for box in one for key in box}
    rooms = [room_of(leaf, dictionary) for part in bound for leaf in leaves(part)]
    if len(keys) != 1 or not rooms or not isinstance(rooms[0], Range):
        return
    for (upper, higher), (lower, next_) in pairwise(zip(names, spans, strict=True)):
        if higher is not None and next_ is not None:
            yield from _meeting(draft, item, (upper, higher), (lower, next_), rooms[0])


def _span(found: list[Box]) -> Range | None:
    """The range of a band that is one range of one number."""
    if len(found) != 1 or len(found[0]) != 1:
        return None
    allowed = next(iter(found[0].values()))
    return allowed if isinstance(allowed, Range) else None


def _meeting(
    draft: Draft, item: ScoreItem, one: tuple[str, Range], other: tuple[str, Range], room: Range
) -> Iterator[Finding]:
    """Two neighbouring bands: numbers between them that belong to none, or to both as written."""
    (name, a), (next_name, b) = one, other
    above = a.lo is not None and a.lo != room.lo and (b.lo is None or b.lo < a.lo)
    between = (
        Range(b.hi, a.lo, not b.hi_closed, not a.lo_closed)
        if above
        else Range(a.hi, b.lo, not a.hi_closed, not b.lo_closed)
    )
    if between.lo is not None and between.hi is not None and not is_empty(between):
        yield draft.finding(item.id, f"{name} 和 {next_name} 两档之间有空隙，落在里面的得不到分", "让两档的门槛接上")
    limited = (b.hi is not None and b.hi != room.hi) if above else (b.lo is not None and b.lo != room.lo)
    if limited and not is_empty(a.both(b)):
        yield draft.finding(
            item.id, f"{name} 和 {next_name} 两档有重叠", "让上一档的下限等于下一档的上限，只留一边含这个数"
        )
