"""Totals and differences of which only some parts are known: what they are at least and at most.

A part that is not known counts as anything from 0 up; what comes out is cut off at what is possible at all. As the last
step of the exact evaluator's derivations (``partial`` in ``derivations.yaml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.batch.columns import LARGEST
from assistant.batch.forms import Approx, Beyond, Decimal, Either, Quotient, Span, Whole, as_float, available
from assistant.batch.known import Known
from assistant.batch.steps import Kind, Ref, Steps
from corpus.criteria_tree import Calculation, Term


@dataclass(frozen=True)
class Ends:
    """Lowest and highest number of a part or a total as integers of one unit, or as floats; null is no end."""

    low: Ref
    high: Ref
    unit: Fraction | None

    def form(self, ref: Ref, steps: Steps) -> Whole | Approx:
        """One end as a number."""
        if self.unit is not None:
            return Whole(ref, self.unit, LARGEST * 8)
        return Approx(ref, steps.calc("abs", ref))


@dataclass(frozen=True)
class Partial:
    """What comes of the known parts: the ends, whether a part is known, which are not, and the doubts of all this.

    ``grows``: it is a sum of parts that are never negative.
    """

    ends: Ends
    any_known: Ref
    missing: tuple[tuple[str, Ref], ...]
    doubts: tuple[Ref, ...]
    grows: bool


def partial(known: Known, formula: Calculation) -> Partial | None:
    """The total or difference of the parts that are known; None where no column gives any.

    Raises ValueError for a formula that is no sum or difference of facts.
    """
    keys = [part.key for part in formula.of if isinstance(part, Term)]
    if formula.op not in ("sum", "difference") or len(keys) < len(formula.of):
        raise ValueError("只有几个事实的和与差才能写 partial")
    if not any(known.numbers.get(key) for key in keys):
        return None
    steps, doubts = known.steps, list[Ref]()
    unit = _common_unit(known, keys)
    parts = [_ends(known, key, unit, doubts) for key in keys]
    low, high = parts[0].low, parts[0].high
    for part in parts[1:]:
        if formula.op == "sum":
            low, high = steps.calc("add", low, part.low), steps.calc("add", high, part.high)
        else:
            low, high = steps.calc("sub", low, part.high), steps.calc("sub", high, part.low)
    ways = [way.form for key in keys for way in known.numbers.get(key, [])]
    if formula.op == "sum" and all(isinstance(form, Whole | Decimal | Quotient | Approx) for form in ways):
        high = steps.lit(None, steps.kind(high))  # with every part known the sum itself is there, before this
    grows = formula.op == "sum" and all(isinstance(form, Whole) and not form.negative for form in ways)
    has = {key: known.has(key) for key in keys}
    missing: dict[str, Ref] = {key: steps.negate(flag) for key, flag in has.items()}
    for key in keys:
        for name, gone in _open_parts(known, key):
            missing[name] = steps.any([missing.get(name, steps.flag(False)), gone])
    return Partial(Ends(low, high, unit), steps.any(has.values()), tuple(missing.items()), tuple(doubts), grows)


def limited(steps: Steps, found: Partial, bounds: tuple[Fraction | None, Fraction | None]) -> Span:
    """The span of a partial result within what is possible; none where nothing is left out by it."""
    ends = found.ends
    if found.grows and bounds[0] == 0 and bounds[1] is None and steps.is_lit(steps.is_null(ends.high), True):
        above = steps.compare("gt", ends.low, steps.number(0, "int"))  # never null: a missing part counts as 0
        return Span(above, ends.form(ends.low, steps), None, open=found.missing, positive=True)
    least, most = (None if bound is None else _bound(steps, bound, ends) for bound in bounds)
    low, high = ends.low, ends.high
    if least is not None:
        low = steps.first([steps.where(steps.compare("lt", low, least), least, low), least])
    if most is not None:
        high = steps.first([steps.where(steps.compare("gt", high, most), most, high), most])
    at_least = steps.is_null(low) if least is None else steps.holds(steps.compare("eq", low, least))
    at_most = steps.is_null(high) if most is None else steps.holds(steps.compare("eq", high, most))
    empty = steps.holds(steps.compare("gt", low, high))
    active = steps.all([found.any_known, steps.negate(steps.all([at_least, at_most])), steps.negate(empty)])
    return Span(active, ends.form(low, steps), ends.form(high, steps), open=found.missing)


def _bound(steps: Steps, bound: Fraction, ends: Ends) -> Ref:
    if ends.unit is None:
        return steps.number(float(bound), "float")
    return steps.number(int(bound / ends.unit), "int")


def _common_unit(known: Known, keys: list[str]) -> Fraction | None:
    """The unit in which every way to every part is an integer, if there is one."""
    units: set[Fraction | None] = set()
    for key in keys:
        for way in known.numbers.get(key, []):
            match way.form:
                case Whole(unit=unit) | Span(low=Whole(unit=unit)):
                    units.add(unit)
                case Beyond():
                    pass
                case _:
                    units.add(None)
    return units.pop() if len(units) == 1 else None


def _ends(known: Known, key: str, unit: Fraction | None, doubts: list[Ref]) -> Ends:
    """The ends of one part: those of the first way that a row has, else from 0 up."""
    steps = known.steps
    kind: Kind = "float" if unit is None else "int"
    low, high = steps.number(0 if kind == "int" else 0.0, kind), steps.lit(None, kind)
    for way in reversed(known.numbers.get(key, [])):
        there = available(steps, way.form)
        doubts += way.doubts
        match way.form:
            case Beyond(active=active):
                doubts.append(active)
            case Span(low=Whole() | Approx() as first, high=Whole() | Approx() | None as last):
                low = steps.where(there, _ref(steps, first, unit), low)
                most = steps.lit(None, kind) if last is None else _ref(steps, last, unit)
                high = steps.where(there, most, high)
            case Whole() | Decimal() | Quotient() | Approx() as point:
                number = _ref(steps, point, unit)
                low, high = steps.first([number, low]), steps.first([number, high])
            case Span() | Either():
                doubts.append(there)
    return Ends(low, high, unit)


def _ref(steps: Steps, point: Whole | Decimal | Quotient | Approx, unit: Fraction | None) -> Ref:
    return point.ref if unit is not None and isinstance(point, Whole) else as_float(steps, point).ref


def _open_parts(known: Known, key: str) -> list[tuple[str, Ref]]:
    """The parts that would narrow a part which is a span itself."""
    steps = known.steps
    found: list[tuple[str, Ref]] = []
    earlier: list[Ref] = []
    for way in known.numbers.get(key, []):
        there = available(steps, way.form)
        if isinstance(way.form, Span):
            chosen = steps.all([there, *(steps.negate(one) for one in earlier)])
            found += [(part, steps.all([chosen, gone])) for part, gone in way.form.open]
        earlier.append(there)
    return found
