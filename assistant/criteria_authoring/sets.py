"""What a condition lets through, as boxes: for every fact that it looks at, the values that pass.

A condition without ``not`` is a union of boxes. The bounds of the fact dictionary are the room that there is, so that a
threshold outside them can never hold, and one that covers them always does. Facts are taken to vary freely: that one
follows from another is not used, so that what is reported here is certain.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from assistant.criteria.intervals import Range
from assistant.criteria.mutate import plain
from corpus.criteria_tree import (
    All,
    AnyOf,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Flag,
    Leaf,
    NotExamined,
    Part,
    Reading,
    Score,
    Term,
    Unsettled,
    terms,
)
from corpus.facts_models import Dictionary, FactEntry

Allowed = Range | frozenset[str]
Box = dict[str, Allowed]
FLAG = frozenset({"yes", "no"})
MOST = 400  # boxes of one condition; beyond that nothing is said of it
PLAIN = {"ge": (True, True), "gt": (True, False), "le": (False, True), "lt": (False, False)}


class TooManyBoxes(Exception):
    """The condition has more alternatives than are looked at."""


def boxes(node: Part, dictionary: Dictionary) -> list[Box]:
    """The boxes of a bound node; none where it can never hold. Raises TooManyBoxes."""
    match node:
        case All(of=of):
            found: list[Box] = [{}]
            for part in of:
                pairs = [(a, b) for a in found for b in boxes(part, dictionary)]
                if len(pairs) > MOST:
                    raise TooManyBoxes
                found = [box for a, b in pairs if (box := both(a, b)) is not None]
            return found
        case AnyOf(of=of):
            return [box for part in of for box in boxes(part, dictionary)]
        case Reading(of=one):
            return boxes(one, dictionary)
        case NotExamined():
            return [{}]
        case Unsettled(why=why):
            return [{f"unsettled {why}": frozenset({"open"})}]
        case Compare() | Flag() | ChoiceAtLeast() | ChoiceIn():
            allowed = values(node, dictionary)
            return [] if is_empty(allowed) else [{key_of(node): allowed}]
    raise ValueError(f"“{type(node).__name__}”要先绑定到轮次和申报方式")


def key_of(leaf: Leaf) -> str:
    """What a leaf looks at."""
    if isinstance(leaf, Compare):
        return leaf.left.key if isinstance(leaf.left, Term) else f"{plain(leaf.left)} {terms_of(leaf)}"
    return leaf.term.key


def terms_of(leaf: Compare) -> str:
    """The keys under a calculation, so that the same formula of two years is not one thing."""
    return ",".join(term.key for term in terms(leaf.left))


def values(leaf: Leaf, dictionary: Dictionary) -> Allowed:
    """The values with which the leaf holds."""
    room = room_of(leaf, dictionary)
    match leaf:
        case Compare(op=op, right=right):
            assert isinstance(room, Range)
            lower, closed = PLAIN[op]
            limit = Range(right.value, None, closed) if lower else Range(None, right.value, True, closed)
            whole = isinstance(leaf.left, Term) and dictionary[leaf.left.fact].whole
            return _whole(room.both(limit)) if whole else room.both(limit)
        case Flag(holds=holds):
            return frozenset({"yes" if holds else "no"})
        case ChoiceAtLeast(term=term, level=level, holds=holds):
            order = dictionary[term.fact].choices
            chosen = frozenset(order[order.index(level) :]) if level in order else frozenset()
        case ChoiceIn(choices=choices, holds=holds):
            chosen = frozenset(choices)
    assert isinstance(room, frozenset)
    return chosen & room if holds else room - chosen


def room_of(leaf: Leaf, dictionary: Dictionary) -> Allowed:
    """All that is possible for what the leaf looks at."""
    match leaf:
        case Compare(left=Term(fact=fact)):
            return _bounds(dictionary[fact])
        case Compare(left=Score(items=items)):
            return Range(Fraction(0), sum((item.max.value for item in items), Fraction(0)))
        case Compare():
            return Range()
        case Flag():
            return FLAG
    return frozenset(dictionary[leaf.term.fact].choices)


def _bounds(entry: FactEntry) -> Range:
    least, most = (None if bound is None else Fraction(str(bound)) for bound in entry.bounds)
    return Range(least, most)


def _whole(span: Range) -> Range:
    """The whole numbers of a range, as a closed range."""
    low, high = span.lo, span.hi
    if low is not None:
        low = Fraction(ceil(low)) if span.lo_closed or low.denominator != 1 else low + 1
    if high is not None:
        high = Fraction(floor(high)) if span.hi_closed or high.denominator != 1 else high - 1
    return Range(low, high)


def both(a: Box, b: Box) -> Box | None:
    """The box of what is in both; None where nothing is."""
    found = dict(a)
    for key, allowed in b.items():
        found[key] = meet(found[key], allowed) if key in found else allowed
        if is_empty(found[key]):
            return None
    return found


def meet(a: Allowed, b: Allowed) -> Allowed:
    """What both let through; nothing for two kinds that cannot meet."""
    if isinstance(a, Range) and isinstance(b, Range):
        return a.both(b)
    if isinstance(a, frozenset) and isinstance(b, frozenset):
        return a & b
    return frozenset()


def is_empty(allowed: Allowed) -> bool:
    """Whether nothing passes."""
    if isinstance(allowed, frozenset):
        return not allowed
    point = allowed.lo is not None and allowed.lo == allowed.hi
    return allowed.empty or (point and not (allowed.lo_closed and allowed.hi_closed))


def within(small: Allowed, large: Allowed) -> bool:
    """Whether everything that ``small`` lets through is let through by ``large``."""
    return meet(small, large) == small


def implies(some: list[Box], others: list[Box]) -> bool:
    """Whether every box of ``some`` lies in one of ``others``: where the first holds, the second does."""

    def inside(a: Box, b: Box) -> bool:
        return all(key in a and within(a[key], allowed) for key, allowed in b.items())

    return all(any(inside(a, b) for b in others) for a in some)
