"""Which rows hold something impossible: outside a fact's bounds, of a year to come, a part above its whole."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from assistant.batch.columns import LARGEST
from assistant.batch.known import UNITS, Known
from assistant.batch.steps import Ref, Steps
from assistant.criteria.bounds import FIRST_YEAR
from corpus.facts_models import FactEntry, split_key

FURTHEST = 1e15
"""The largest ratio, number of years or of points with which is calculated."""


def impossible(known: Known, as_of: date) -> list[Ref]:
    """The flags of rows with an impossible value in any column (null where there is no value)."""
    found: list[Ref] = []
    for key in sorted(known.columns):
        entry, year = known.dictionary.of_key(key), split_key(key)[1]
        ref = known.column(key)
        if year is not None and not FIRST_YEAR <= year <= as_of.year:
            found.append(known.steps.is_known(ref))
        elif entry.type == "date":
            found.append(known.steps.negate(_possible_date(known.steps, ref, as_of.year)))
        elif known.steps.kind(ref) in ("int", "float"):
            found += _outside(known.steps, ref, entry)
    return [*found, *_limits(known)]


def _outside(steps: Steps, ref: Ref, entry: FactEntry) -> list[Ref]:
    kind = steps.kind(ref)
    unit = UNITS.get(entry.type, Fraction(1))
    ends: list[float] = []
    for bound, furthest in zip(entry.bounds, (-1, 1), strict=True):
        number = None if bound is None else Fraction(str(bound)) / unit
        if kind == "int":
            ends.append(furthest * LARGEST if number is None else min(int(number), LARGEST))
        else:
            ends.append(furthest * FURTHEST if number is None else float(number))
    found = [steps.outside(ref, *ends)]
    if entry.whole and kind == "float":
        found.append(steps.negate(steps.compare("eq", steps.calc("round", ref, data=0), ref)))
    return found


def _possible_date(steps: Steps, ref: Ref, last: int) -> Ref:
    def between(low: int, high: int) -> Ref:
        ends = [steps.compare("ge", ref, steps.number(low, "int")), steps.compare("le", ref, steps.number(high, "int"))]
        return steps.all(ends)

    return steps.any([between(1900, last), between(1900 * 10_000, last * 10_000 + 9_999)])


def _limits(known: Known) -> list[Ref]:
    """Parts that are said to be larger than their whole."""
    steps, found = known.steps, list[Ref]()
    for limit in known.dictionary.links.limits:
        for key in sorted(known.columns):
            fact, year = split_key(key)
            whole = limit.whole.at(year).key if year is not None else ""
            if fact != limit.part.fact or whole not in known.columns:
                continue
            found.append(steps.compare("gt", known.column(key), known.column(whole)))
    return found
