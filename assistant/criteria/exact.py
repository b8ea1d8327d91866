"""Evaluate one company exactly, with a full trace: strong Kleene logic, 0 not met, 1 unknown, 2 met.

All is the minimum, any the maximum; every part is looked at, so that the list of what is missing is complete. Filling
in an unknown never changes a 0 or a 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.criteria.intervals import Range
from assistant.criteria.operands import Known, calculate
from assistant.criteria.table import Table
from assistant.criteria.told_points import told_points, total
from corpus.criteria_tree import (
    All,
    AnyOf,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Flag,
    NotExamined,
    Part,
    Reading,
    Score,
    ScoreItem,
    Unsettled,
    terms,
)

NO, UNKNOWN, YES = 0, 1, 2


@dataclass(frozen=True)
class Trace:
    """What came of a node. ``unsaid`` and ``blocked`` (with the reason) are the keys that keep a leaf unknown.

    ``covered``: counted as met because the asker said that everything else is met (see ``affirm``).
    """

    node: Part
    value: int
    children: tuple[Trace, ...] = ()
    known: Known | None = None
    unsaid: frozenset[str] = frozenset()
    blocked: tuple[tuple[str, str], ...] = ()
    covered: bool = False
    notes: tuple[str, ...] = ()

    def with_value(self, value: int, *, covered: bool = False) -> Trace:
        """A copy with another value."""
        return replace(self, value=value, covered=covered or self.covered)

    def leaves(self) -> list[Trace]:
        """The traces of the leaves, in order."""
        return [self] if not self.children else [leaf for child in self.children for leaf in child.leaves()]

    def tests(self) -> list[Trace]:
        """The traces of what is compared or asked, in order: as ``leaves``, but a score is one test."""
        if not self.children or isinstance(self.node, Compare):
            return [self]
        return [test for child in self.children for test in child.tests()]

    @property
    def points(self) -> Range:
        """The number that was compared, or the points of a score item."""
        return self.known.range if self.known else Range()

    @property
    def said(self) -> bool:
        """Whether a fact under this node was said or follows from what was said."""
        return any(leaf.known is not None and not leaf.known.assumed for leaf in self.leaves())


def evaluate(node: Part, table: Table) -> Trace:
    """The trace of a bound node (see ``tree.bind``) over what is known."""
    match node:
        case All(of=of):
            parts = tuple(evaluate(part, table) for part in of)
            return Trace(node, min(part.value for part in parts), parts, notes=_notes(parts))
        case AnyOf(of=of):
            return any_of(node, tuple(evaluate(part, table) for part in of))
        case Reading(of=one):
            return reading(node, (evaluate(one, table), evaluate(node.other, table)))
        case NotExamined(why=why):
            return Trace(node, YES, notes=(why,))
        case Unsettled():
            return Trace(node, UNKNOWN)
        case Compare(left=Score() as score):
            return compare_score(node, score, table)
        case Compare(left=left, op=op, right=right):
            known = calculate(left, table.get)
            if known is None or known.value.state != "known":
                return _leaf(node, known, NO if known else UNKNOWN, table)
            value = known.range.compare(op, right.value)
            if value == NO and "estimate" in known.marks:
                blocked = tuple((term.key, "estimate") for term in terms(node))
                return Trace(node, UNKNOWN, known=known, blocked=blocked)
            return _leaf(node, known, value, table)
        case Flag(term=term, holds=holds):
            known = table.get(term.key)
            return _leaf(node, known, _truth(None if known is None else bool(known.value.flag), holds), table)
        case ChoiceAtLeast(term=term, holds=holds) | ChoiceIn(term=term, holds=holds):
            known = table.get(term.key)
            return _leaf(node, known, _truth(_chosen(node, known, table), holds), table)
    raise ValueError(f"“{type(node).__name__}”要先绑定到轮次和申报方式才能判断")


def compare_score(node: Compare, score: Score, table: Table) -> Trace:
    """The trace of a comparison of points: its children are the items, theirs the conditions that were looked at.

    Points that the company tells itself decide without the items, unless what it tells of these contradicts them.
    """
    items = tuple(item_points(item, table) for item in score.items)
    points = total([item.points for item in items])
    used = dict.fromkeys(key for item in items if item.known for key in item.known.used)
    told = told_points(score, [item.points for item in items], table)
    if told is not None and told.known is None:
        return Trace(node, UNKNOWN, items, known=Known(points.value(), tuple(used)), notes=(told.why,))
    if told is not None and told.known is not None:
        value = told.known.range.compare(node.op, node.right.value)
        if value != UNKNOWN:
            return Trace(node, value, known=told.known)
        points = told.known.range
    return Trace(node, points.compare(node.op, node.right.value), items, known=Known(points.value(), tuple(used)))


def item_points(item: ScoreItem, table: Table) -> Trace:
    """The points of one item, from its worst to its best case; the trace's value is 2 where they are known, else 1."""
    parts: list[Trace] = []
    possible: list[Fraction] = []
    if item.per:
        parts = [evaluate(part, table) for part in item.per.of]
        counts = [sum(part.value >= value for part in parts) for value in (YES, UNKNOWN)]
        possible = [min(item.per.points.value * count, item.max.value) for count in counts]
    else:
        for band in item.bands:
            part = evaluate(band.when, table)
            parts.append(part)
            if part.value != NO:
                possible.append(band.points.value)
            if part.value == YES:
                break
        else:
            possible.append(item.otherwise.value)
    points = Range(min(possible), max(possible))
    used = dict.fromkeys(key for part in parts for leaf in part.leaves() if leaf.known for key in leaf.known.used)
    return Trace(item, YES if points.exact else UNKNOWN, tuple(parts), known=Known(points.value(), tuple(used)))


def any_of(node: Part, parts: tuple[Trace, ...]) -> Trace:
    """The maximum of the parts; where only an unsettled part is left, its words are the reason."""
    value = max(part.value for part in parts)
    words: tuple[str, ...] = ()
    if value == UNKNOWN:
        open_parts = [part for part in parts if part.value == UNKNOWN]
        if all(map(is_unsettled, open_parts)):
            words = tuple(word for part in open_parts for word in unsettled_words(part))
    shown = tuple(part for part in parts if part.value == value)
    return Trace(node, value, parts, notes=words or _notes(shown))


def reading(node: Reading, parts: tuple[Trace, Trace]) -> Trace:
    """The first reading's value; its note where the second reading is decided and another."""
    one, other = parts
    differs = {one.value, other.value} == {NO, YES} and not one.covered
    return Trace(node, one.value, (one,), notes=(*one.notes, *((node.note,) if differs else ())))


def is_unsettled(trace: Trace) -> bool:
    """Whether nothing but what the source leaves open keeps the trace unknown."""
    if isinstance(trace.node, Unsettled):
        return True
    if isinstance(trace.node, All | AnyOf):
        return all(is_unsettled(part) for part in trace.children if part.value == UNKNOWN) and trace.value == UNKNOWN
    return False


def unsettled_words(trace: Trace) -> list[str]:
    """The words of what the source leaves open, under this trace."""
    return [leaf.node.why for leaf in trace.leaves() if isinstance(leaf.node, Unsettled)]


def _notes(parts: tuple[Trace, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for part in parts for note in part.notes))


def _truth(holds: bool | None, wanted: bool) -> int:
    if holds is None:
        return UNKNOWN
    return YES if holds is wanted else NO


def _chosen(node: ChoiceAtLeast | ChoiceIn, known: Known | None, table: Table) -> bool | None:
    """Whether the choice reaches the level or is among the choices; ``flag`` False with a choice: not that one."""
    if known is None:
        return None
    choice = known.value.choice
    if choice is None:
        return False
    below = known.value.flag is False
    if isinstance(node, ChoiceIn):
        if below:
            return False if set(node.choices) <= {choice} else None
        return choice in node.choices
    order = table.dictionary[node.term.fact].choices
    if below:
        return False if order.index(node.level) >= order.index(choice) else None
    return order.index(choice) >= order.index(node.level)


def _leaf(node: Part, known: Known | None, value: int, table: Table) -> Trace:
    if value != UNKNOWN:
        return Trace(node, value, known=known)
    if known is not None and not known.open:
        reason = "assumed" if known.assumed else ("conflict" if "either" in known.marks else "straddles")
        return Trace(node, value, known=known, blocked=tuple((term.key, reason) for term in terms(node)))
    keys = sorted(known.open) if known else [term.key for term in terms(node) if table.get(term.key) is None]
    reasons = {key: table.why_blocked(key) for key in keys}
    blocked = tuple((key, reason) for key, reason in reasons.items() if reason)
    return Trace(node, value, known=known, unsaid=frozenset(k for k, r in reasons.items() if not r), blocked=blocked)
