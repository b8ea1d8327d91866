"""What the asker's "everything else is met" (其他都达标) covers.

It covers a leaf that is unknown only because nothing was ever said of its facts. It does not cover facts that the asker
left open, does not know or contradicted, figures that straddle the threshold, and no alternative or exemption once
another way in its group was said not to hold: with a turnover below the line and no word on equity, equity is asked. Nor does
it fill up a score of which some items were told: it names no points, so the other items are asked for.
"""

from __future__ import annotations

from assistant.criteria.exact import NO, UNKNOWN, YES, Trace, any_of, is_unsettled, reading
from corpus.criteria_tree import All, AnyOf, Compare, Reading, Score, Unsettled


def affirm(trace: Trace) -> Trace:
    """The trace with everything counted as met that the blanket covers."""
    if trace.value != UNKNOWN and not isinstance(trace.node, Reading):
        return trace
    match trace.node:
        case All():
            parts = tuple(affirm(part) for part in trace.children)
            return _rebuilt(trace, parts, min(part.value for part in parts))
        case AnyOf():
            if any(part.value == NO or uncoverable(part) for part in trace.children):
                return trace
            parts = tuple(affirm(part) for part in trace.children)
            rebuilt = any_of(trace.node, parts)
            return rebuilt.with_value(rebuilt.value, covered=rebuilt.value == YES)
        case Reading():
            one = affirm(trace.children[0])
            return reading(trace.node, (one, one)) if one is not trace.children[0] else trace
        case Unsettled():
            return trace
        case Compare() if any(map(uncoverable, trace.children)):
            return trace
        case Compare(left=Score()) if any(item.said for item in trace.children):
            return trace
    return trace if trace.blocked else trace.with_value(YES, covered=True)


def uncoverable(trace: Trace) -> bool:
    """Whether something under an unknown trace stays unknown whatever the blanket says (open words of law apart)."""
    if trace.value != UNKNOWN or is_unsettled(trace):
        return False
    if not trace.children:
        return bool(trace.blocked)
    return any(uncoverable(part) for part in trace.children)


def _rebuilt(trace: Trace, parts: tuple[Trace, ...], value: int) -> Trace:
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    covered = value == YES and any(part.covered for part in parts)
    return Trace(trace.node, value, parts, notes=notes, covered=covered)
