"""Why a benefit may be had or not: the conditions that matter, with what is known of the company."""

from __future__ import annotations

from assistant.criteria.derive import Table
from assistant.criteria.exact import NO, UNKNOWN, YES, Trace
from assistant.criteria.explain import describe
from assistant.criteria.words import COMPARED, name_of, say
from corpus.criteria_tree import AnyOf, ChoiceAtLeast, ChoiceIn, Compare, Flag, Term, Unsettled

MARKS = {YES: "✓", NO: "✗", UNKNOWN: "?"}


def reasons(trace: Trace, table: Table) -> list[str]:
    """A line per condition: what fails where the whole fails, else everything that carries or is open."""
    return list(dict.fromkeys([*(_line(leaf, table) for leaf in _shown(trace)), *_notes(trace)]))


def _shown(trace: Trace) -> list[Trace]:
    """The leaves that make the outcome: of alternatives those of the same value, of a failing whole what fails."""
    if not trace.children:
        return [] if isinstance(trace.node, Unsettled) else [trace]
    narrow = isinstance(trace.node, AnyOf) or trace.value == NO
    return [leaf for child in trace.children if not narrow or child.value == trace.value for leaf in _shown(child)]


def _notes(trace: Trace) -> list[str]:
    """Other readings of the words, where they matter."""
    return [f"? {note}" for note in trace.notes] if trace.value == YES else []


def _line(leaf: Trace, table: Table) -> str:
    mark, node = MARKS[leaf.value], leaf.node
    if isinstance(node, Compare) and isinstance(node.left, Term):
        term = node.left
    elif isinstance(node, Flag | ChoiceIn | ChoiceAtLeast):
        term = node.term
    else:
        return f"{mark} {describe(node, table.dictionary)}"
    entry, known = table.dictionary[term.fact], table.get(term.key)
    name = name_of(term.key, table.dictionary)
    limit = node.right if isinstance(node, Compare) and node.right.value else None
    if known is None:
        unsure = table.why_blocked(term.key) == "uncertain"
        return f"{mark} {name}：{'您说还不清楚' if unsure else '还不知道'}"
    words = f"{mark} {name}：{say(known.value, entry, limit.value if limit else None)}"
    if limit and isinstance(node, Compare):
        words += f"（要{COMPARED[node.op]}{limit.text}）"
    elif isinstance(node, ChoiceIn) and leaf.value == NO:
        words += f"（要是{'、'.join(entry.choice_labels.get(c, c) for c in node.choices)}）"
    return words
