"""What the asker's "everything else is met" (其他都达标) covers.

It covers a leaf that is unknown only because nothing was ever said of its facts. It does not cover facts that the asker
left open, does not know or contradicted, figures that straddle the threshold, and no alternative or exemption once
another way in its group was said not to hold: with a turnover below the line and no word on equity, equity is asked. Nor does
it fill up a score once the items that were told have lost half of the points that may be lost: it names no points, so
the other items are asked for.

Matters that are called good by name (研发、负债、专利都达标) are such a blanket over their facts alone.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.criteria.exact import NO, UNKNOWN, YES, Trace, any_of, is_unsettled, reading
from corpus.criteria_tree import All, AnyOf, Compare, Reading, Score, ScoreItem, Unsettled, terms


def affirm(trace: Trace, only: frozenset[str] | None = None) -> Trace:
    """The trace with everything counted as met that the blanket covers; with ``only`` it covers these facts alone."""
    if trace.value != UNKNOWN and not isinstance(trace.node, Reading):
        return trace
    match trace.node:
        case All():
            parts = tuple(affirm(part, only) for part in trace.children)
            return _rebuilt(trace, parts, min(part.value for part in parts))
        case AnyOf():
            if any(part.value == NO or uncoverable(part) for part in trace.children):
                return trace
            parts = tuple(affirm(part, only) for part in trace.children)
            rebuilt = any_of(trace.node, parts)
            return rebuilt.with_value(rebuilt.value, covered=rebuilt.value == YES)
        case Reading():
            one = affirm(trace.children[0], only)
            return reading(trace.node, (one, one)) if one is not trace.children[0] else trace
        case Unsettled():
            return trace
        case Compare() if uncoverable(trace):
            return trace
    if only is not None and (trace.children or not {term.fact for term in terms(trace.node)} <= only):
        return trace
    return trace if trace.blocked else trace.with_value(YES, covered=True)


def uncoverable(trace: Trace) -> bool:
    """Whether something under an unknown trace stays unknown whatever the blanket says (open words of law apart)."""
    if trace.value != UNKNOWN or is_unsettled(trace):
        return False
    if not trace.children:
        return bool(trace.blocked)
    if isinstance(trace.node, Compare) and isinstance(trace.node.left, Score) and _half_lost(trace, trace.node):
        return True
    return any(uncoverable(part) for part in trace.children)


def _half_lost(trace: Trace, node: Compare) -> bool:
    """Whether the items that were told leave, at best, less than half of what a passing score may lose."""
    told = [(item.node.max.value, item) for item in trace.children if isinstance(item.node, ScoreItem) and item.said]
    most = sum((item.node.max.value for item in trace.children if isinstance(item.node, ScoreItem)), Fraction(0))
    lost = sum((best - (item.points.hi or Fraction(0)) for best, item in told), Fraction(0))
    return lost > 0 and 2 * lost >= most - node.right.value


def _rebuilt(trace: Trace, parts: tuple[Trace, ...], value: int) -> Trace:
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    covered = value == YES and any(part.covered for part in parts)
    return Trace(trace.node, value, parts, notes=notes, covered=covered)
