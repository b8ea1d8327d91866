"""What kind of difference there is between two sets of conditions about one matter, worked out from the rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Literal, cast

from assistant.criteria_authoring.sets import Box, TooManyBoxes, boxes, implies
from assistant.workshop.demands import Conjunct
from assistant.workshop.models import Change
from corpus.criteria_tree import All, AnyOf, Part, Reading
from corpus.facts_models import Dictionary

Which = Literal["of", "other"]
READINGS: tuple[Which, ...] = ("of", "other")


def change(old: Sequence[Conjunct], new: Sequence[Conjunct], dictionary: Dictionary) -> Change:
    """How ``new`` differs from ``old``. Stricter: whoever passes the new conditions passes the old ones, and not the other
    way round. Where the words can be read in two ways, a direction is given only if both readings give it."""
    if not old or not new:
        return "absent" if not old and not new else "new" if new else "gone"
    if [part.node for part in old] == [part.node for part in new]:
        return "same"
    found = {_direction(old, new, pair, dictionary) for pair in product(READINGS, READINGS)}
    direction = found.pop() if len(found) == 1 else None
    if direction is not None:
        return direction
    apart = {fact for part in old for fact in part.facts}.isdisjoint(fact for part in new for fact in part.facts)
    return "unit" if apart else "different"


def _direction(
    old: Sequence[Conjunct], new: Sequence[Conjunct], readings: tuple[Which, Which], dictionary: Dictionary
) -> Change | None:
    before, after = let_through(old, dictionary, readings[0]), let_through(new, dictionary, readings[1])
    if before is None or after is None:
        return None
    narrower, wider = implies(after, before), implies(before, after)
    if not narrower and not wider:
        return None
    return "same" if narrower and wider else "stricter" if narrower else "looser"


def let_through(parts: Sequence[Conjunct], dictionary: Dictionary, reading: Which = "of") -> list[Box] | None:
    """The companies that conditions let through, as boxes; None where it cannot be said exactly: too many ways, or points
    of a score table, whose items differ from standard to standard."""
    if any(part.scored for part in parts):
        return None
    try:
        return boxes(All(of=tuple(_read(part.node, reading) for part in parts)), dictionary)
    except TooManyBoxes:
        return None


def _read(node: Part, which: Which) -> Part:
    match node:
        case Reading():
            return cast(Part, getattr(node, which))
        case All(of=of):
            return All(of=tuple(_read(part, which) for part in of))
        case AnyOf(of=of):
            return AnyOf(of=tuple(_read(part, which) for part in of))
    return node
