"""Single thresholds across standards: one line per fact.

A direction is given only where the threshold has to be reached by itself on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.criteria.words import COMPARED
from assistant.criteria_authoring.table_words import condition
from assistant.workshop.change import change
from assistant.workshop.demands import Conjunct, Theme, citation_of, when
from assistant.workshop.models import CHANGES, Change, Difference, Line, LineCell
from corpus.criteria_models import Standard
from corpus.criteria_tree import Compare, Each, Leaf, Term, terms
from corpus.facts_models import Dictionary

EVERY = {"L2Y": "近两年每年", "L3Y": "近三年每年"}


def lines(
    theme: Theme, found: Sequence[Sequence[Conjunct]], columns: Sequence[Standard], dictionary: Dictionary
) -> list[Line]:
    """The lines of a matter in the order of its facts. Several thresholds of one fact stand in one cell."""
    facts = [fact for fact in theme.facts if any(fact in part.facts for parts in found for part in parts)]
    return [_line(fact, found, columns, dictionary) for fact in facts]


def _line(fact: str, found: Sequence[Sequence[Conjunct]], columns: Sequence[Standard], dictionary: Dictionary) -> Line:
    about = [[part for part in parts if fact in part.facts] for parts in found]
    cells = [_cell(fact, parts, standard, dictionary) for parts, standard in zip(about, columns, strict=True)]
    pairs = combinations(range(len(about)), 2)
    kinds = [(i, j, _kind(cells[i], cells[j], about[i], about[j], dictionary)) for i, j in pairs]
    return Line(
        fact=fact, label=dictionary[fact].label, cells=cells,
        differences=[Difference(of=i, to=j, kind=kind, label=CHANGES[kind]) for i, j, kind in kinds],
    )  # fmt: skip


def _cell(fact: str, parts: list[Conjunct], standard: Standard, dictionary: Dictionary) -> LineCell | None:
    if not parts:
        return None
    texts = [
        _text(leaf, part, dictionary)
        for part in parts
        for leaf in part.leaves
        if fact in {term.fact for term in terms(leaf)}
    ]
    return LineCell(
        text="；".join(dict.fromkeys(texts)), must=any(part.alone for part in parts),
        clause="、".join(dict.fromkeys(part.criterion.clause for part in parts)),
        citation=citation_of(parts[0].criterion, standard),
    )  # fmt: skip


def _text(leaf: Leaf, part: Conjunct, dictionary: Dictionary) -> str:
    if isinstance(leaf, Compare):
        each = isinstance(leaf.left, Term) and leaf.left.period == "YEAR"
        over = part.part.over if isinstance(part.part, Each) else "L2Y"
        period = when(leaf, dictionary)
        return (EVERY[over] if each else "上年末" if period == "上" else period) + COMPARED[leaf.op] + leaf.right.text
    return condition(leaf, dictionary).rpartition("：")[2]


def _kind(
    one: LineCell | None, other: LineCell | None, old: list[Conjunct], new: list[Conjunct], dictionary: Dictionary
) -> Change:
    if one is None or other is None or all(part.alone for part in (*old, *new)):
        return change(old, new, dictionary)
    return "same" if one.text == other.text and old == new else "different"
