"""Calculations of the fast evaluator: ratio, product, difference, sum, mean, growth and compound growth of numbers.

Sums and differences of integers stay integers, a ratio or growth of two integers stays a quotient; all else is done in
floats that remember the size of what they came from (see ``forms``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.batch.forms import (
    Approx,
    Beyond,
    Decimal,
    Either,
    Form,
    Point,
    Quotient,
    Span,
    Whole,
    as_float,
    available,
)
from assistant.batch.steps import Ref, Steps
from corpus.criteria_tree import Calculation


@dataclass(frozen=True)
class Way:
    """One way to a number: the columns that it needs, the divisors that must not be 0, and what puts it in doubt."""

    needs: frozenset[str]
    form: Form
    divisors: frozenset[Ref] = frozenset()
    doubts: tuple[Ref, ...] = ()

    def makes_idle(self, later: Way) -> bool:
        """Whether ``later`` never counts, because this way is there whenever it is."""
        return self.needs <= later.needs and self.divisors <= later.divisors and not isinstance(self.form, Span)


def combine(steps: Steps, operand: Calculation, parts: tuple[Way, ...]) -> Way:
    """The calculation on one way to each part."""
    needs = frozenset[str]().union(*(part.needs for part in parts))
    doubts = tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts))
    divisors = frozenset[Ref]().union(*(part.divisors for part in parts))
    points: list[Point] = []
    for part in parts:
        if isinstance(part.form, Span | Beyond | Either):
            there = steps.all(available(steps, one.form) for one in parts)
            return Way(needs, Beyond(there), divisors, doubts)
        points.append(part.form)
    form = CALCULATIONS[operand.op](steps, points, operand.years)
    if operand.op in ("ratio", "growth"):
        bottom = form.bottom.ref if isinstance(form, Quotient) else as_float(steps, points[1]).ref
        divisors |= {bottom}
    return Way(needs, form, divisors, doubts)


def _wholes(points: list[Point]) -> list[Whole]:
    """The parts as integers of one unit, or nothing."""
    found = [point for point in points if isinstance(point, Whole)]
    same = len(found) == len(points) and len({one.unit for one in found}) == 1
    return found if same else []


def total(steps: Steps, points: list[Point], years: int = 1) -> Point:
    """The sum of the parts."""
    wholes = _wholes(points)
    if wholes:
        ref = wholes[0].ref
        for one in wholes[1:]:
            ref = steps.calc("add", ref, one.ref)
        return Whole(ref, wholes[0].unit, sum(one.most for one in wholes), any(one.negative for one in wholes))
    return _fold(steps, "add", points)


def _fold(steps: Steps, op: str, points: list[Point]) -> Approx:
    """Parts joined by ``op`` as floats; the scale is what their sizes come to when nothing cancels."""
    floats = [as_float(steps, point) for point in points]
    value, scale = floats[0].ref, floats[0].scale
    for one in floats[1:]:
        value = steps.calc(op, value, one.ref)
        scale = steps.calc("add" if op == "sub" else op, scale, one.scale)
    return Approx(value, scale)


def _difference(steps: Steps, points: list[Point], years: int) -> Point:
    wholes = _wholes(points)
    if not wholes:
        return _fold(steps, "sub", points)
    first, second = wholes
    return Whole(steps.calc("sub", first.ref, second.ref), first.unit, first.most + second.most)


def _product(steps: Steps, points: list[Point], years: int) -> Point:
    return _fold(steps, "mul", points)


def _ratio(steps: Steps, points: list[Point], years: int) -> Point:
    top, bottom = points
    if isinstance(top, Whole) and isinstance(bottom, Whole):
        return Quotient(top, bottom)
    return _divide(steps, as_float(steps, top), as_float(steps, bottom))


def _divide(steps: Steps, top: Approx, bottom: Approx) -> Approx:
    scale = steps.calc("div", steps.calc("mul", top.scale, bottom.scale), bottom.ref)
    return Approx(steps.calc("div", top.ref, bottom.ref), steps.calc("div", scale, bottom.ref))


def _mean(steps: Steps, points: list[Point], years: int) -> Point:
    whole = total(steps, points)
    if isinstance(whole, Whole):
        return replace(whole, unit=whole.unit / len(points))
    count = steps.number(float(len(points)), "float")
    return _divide(steps, as_float(steps, whole), Approx(count, count))


def _growth(steps: Steps, points: list[Point], years: int) -> Point:
    last, first = points
    if isinstance(last, Whole) and isinstance(first, Whole):
        return Quotient(last, first, degree=years, growth=True)
    return _yearly(steps, _divide(steps, as_float(steps, last), as_float(steps, first)), years)


def _compound(steps: Steps, points: list[Point], years: int) -> Point:
    one = Decimal(steps.number(1.0, "float"))
    factors: list[Point] = [_fold(steps, "add", [point, one]) for point in points]
    return _yearly(steps, _fold(steps, "mul", factors), years)


def _yearly(steps: Steps, factor: Approx, years: int) -> Approx:
    """The yearly rate of a factor over one or two years."""
    one = steps.number(1.0, "float")
    root = steps.calc("sqrt", factor.ref) if years == 2 else factor.ref
    size = steps.calc("sqrt", factor.scale) if years == 2 else factor.scale
    return Approx(steps.calc("sub", root, one), steps.calc("add", size, one))


CALCULATIONS: dict[str, Callable[[Steps, list[Point], int], Point]] = {
    "ratio": _ratio, "product": _product, "difference": _difference, "sum": total, "mean": _mean,
    "growth": _growth, "compound": _compound,
}  # fmt: skip
