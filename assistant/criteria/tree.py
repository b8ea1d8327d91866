"""Bind a criterion's tree to a round and a track: what is left is all, any, readings and leaves over concrete keys.

Every evaluator (``exact`` here, a batch back-end later) works on bound trees, so that it knows few kinds of node:
``All``, ``AnyOf``, ``Compare``, ``Flag``, ``ChoiceAtLeast``, ``ChoiceIn``, ``NotExamined``, ``Unsettled``, ``Reading``.
"""

from __future__ import annotations

from typing import cast

from corpus.criteria_models import Track
from corpus.criteria_tree import (
    FLIPPED,
    SPANS,
    All,
    AnyOf,
    ByTrack,
    Calculation,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Each,
    Flag,
    Not,
    Operand,
    Part,
    Reading,
    Score,
    ScoreItem,
    Term,
)

YEAR = "YEAR"


def bind(node: Part, *, track: Track, round_year: int) -> Part:
    """``node`` with its years filled in, ``each`` and ``by_track`` resolved and ``not`` pushed down to the leaves.

    Raises ValueError where a ``not`` stands over something that has no opposite.
    """
    match node:
        case All(of=of):
            return All(of=tuple(bind(part, track=track, round_year=round_year) for part in of))
        case AnyOf(of=of):
            return AnyOf(of=tuple(bind(part, track=track, round_year=round_year) for part in of))
        case Not(of=one):
            return negate(bind(one, track=track, round_year=round_year))
        case Each(over=over, test=test):
            years = SPANS[over]
            copies = (_in_year(test, period, len(years)) for period in years)
            return All(of=tuple(bind(copy, track=track, round_year=round_year) for copy in copies))
        case ByTrack(first=first, review=review):
            return bind(first if track == "first" else review, track=track, round_year=round_year)
        case Reading(of=one, other=other, note=note):
            first_reading = bind(one, track=track, round_year=round_year)
            return Reading(of=first_reading, other=bind(other, track=track, round_year=round_year), note=note)
        case Compare(left=Score() as score):
            return node.model_copy(update={"left": bind_score(score, track=track, round_year=round_year)})
        case Compare(left=left):
            return node.model_copy(update={"left": bind_operand(left, round_year)})
        case Flag(term=term) | ChoiceAtLeast(term=term) | ChoiceIn(term=term):
            return node.model_copy(update={"term": term.at(round_year)})
    return node


def bind_score(score: Score, *, track: Track, round_year: int) -> Score:
    """The score with every condition of its items bound."""

    def bound(item: ScoreItem) -> ScoreItem:
        parts = [bind(part, track=track, round_year=round_year) for part in item.conditions]
        if item.per:
            return item.model_copy(update={"per": item.per.model_copy(update={"of": tuple(parts)})})
        bands = zip(item.bands, parts, strict=True)
        return item.model_copy(update={"bands": tuple(band.model_copy(update={"when": p}) for band, p in bands)})

    return score.model_copy(update={"items": tuple(map(bound, score.items))})


def bind_operand(operand: Operand, base: int) -> Operand:
    """The operand with its years, counted from ``base``."""
    if isinstance(operand, Term):
        return operand.at(base)
    assert isinstance(operand, Calculation)
    return operand.model_copy(update={"of": tuple(bind_operand(part, base) for part in operand.of)})


def negate(node: Part) -> Part:
    """The opposite of a bound node (De Morgan), again without ``not``."""
    match node:
        case All(of=of):
            return AnyOf(of=tuple(negate(part) for part in of))
        case AnyOf(of=of):
            return All(of=tuple(negate(part) for part in of))
        case Compare(op=op):
            return node.model_copy(update={"op": FLIPPED[op]})
        case Flag(holds=holds) | ChoiceAtLeast(holds=holds) | ChoiceIn(holds=holds):
            return cast(Part, node).model_copy(update={"holds": not holds})
    raise ValueError(f"“{type(node).__name__}”没有反面，不能写在 not 里")


def _in_year(node: Part, period: str, window: int) -> Part:
    """A copy in which the period YEAR is ``period``; comparisons know that ``window`` years are looked at."""

    def term_in(term: Term) -> Term:
        return term.model_copy(update={"period": period}) if term.period == YEAR else term

    def operand_in(operand: Operand) -> Operand:
        if isinstance(operand, Term):
            return term_in(operand)
        assert isinstance(operand, Calculation)
        return operand.model_copy(update={"of": tuple(operand_in(part) for part in operand.of)})

    match node:
        case All(of=of) | AnyOf(of=of):
            return cast(Part, node).model_copy(update={"of": tuple(_in_year(part, period, window) for part in of)})
        case Not(of=one):
            return Not(of=_in_year(one, period, window))
        case Compare(left=left):
            return node.model_copy(update={"left": operand_in(left), "window": window})
        case Flag(term=term) | ChoiceAtLeast(term=term) | ChoiceIn(term=term):
            return cast(Part, node).model_copy(update={"term": term_in(term)})
    raise ValueError(f"“{type(node).__name__}”不能写在 each 里")
