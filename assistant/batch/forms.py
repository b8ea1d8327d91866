"""The numbers of the fast evaluator, and their comparison with a threshold.

Every form says in what sense it is exact:

- ``Whole``: an integer column or a sum of such, times a unit. Compared as integers.
- ``Decimal``: a float column, which stands for the shortest decimal that reads back as it (see ``columns``).
- ``Quotient``: the root of a quotient of integers (a ratio, a growth). Compared by cross-multiplication, as integers.
- ``Approx``: a float from rounding operations. Where it is within a billionth of the threshold the row is in doubt.
- ``Span``: from a lowest to a highest number.
- ``Either``: a number as it was said, and the same as calculated: in doubt where they decide differently.
- ``Beyond``: a number that only the exact evaluator can have: always in doubt.

A row in doubt is judged by the exact evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.batch.steps import Ref, Steps
from corpus.criteria_tree import Operator

CLOSE = 1e-9
ROOM = 2**63 - 1
BETWEEN: dict[Operator, Operator] = {"ge": "gt", "gt": "gt", "le": "le", "lt": "le"}
"""Against a number between two integers: the comparison with the lower integer that decides alike."""


@dataclass(frozen=True)
class Whole:
    """``ref`` × ``unit`` in base units (元, pieces); ``ref`` never exceeds ``most`` in size and, where that is known
    (``negative`` is false), is never below 0."""

    ref: Ref
    unit: Fraction
    most: int
    negative: bool = True


@dataclass(frozen=True)
class Decimal:
    """A float column."""

    ref: Ref


@dataclass(frozen=True)
class Quotient:
    """(``top`` ÷ ``bottom`` × ``unit``) to the power 1 ÷ ``degree``, less 1 for a growth; none where ``bottom`` ≤ 0."""

    top: Whole
    bottom: Whole
    degree: int = 1
    growth: bool = False
    only_if: Ref | None = None

    @property
    def unit(self) -> Fraction:
        """Unit of the quotient."""
        return self.top.unit / self.bottom.unit


@dataclass(frozen=True)
class Approx:
    """A float; ``scale`` bounds the size of what it was calculated from."""

    ref: Ref
    scale: Ref


@dataclass(frozen=True)
class Span:
    """From ``low`` to ``high`` (None: no end) where ``active``. ``open``: key → flag of a part that would narrow it.

    ``positive``: it is active exactly where ``low`` is above 0.
    """

    active: Ref
    low: Whole | Approx | Fraction | None
    high: Whole | Approx | Fraction | None
    low_closed: bool = True
    open: tuple[tuple[str, Ref], ...] = ()
    assumed: bool = False
    positive: bool = False


@dataclass(frozen=True)
class Either:
    """As said, and as calculated where that can be."""

    said: Decimal
    counted: Quotient


@dataclass(frozen=True)
class Beyond:
    """Known to the exact evaluator alone, where ``active``."""

    active: Ref


Point = Whole | Decimal | Quotient | Approx
Form = Point | Span | Either | Beyond
Compared = tuple[Ref, Ref]
"""The flag of a comparison (null where there is no number or the span straddles), and the flag of doubt."""


def available(steps: Steps, form: Form) -> Ref:
    """Whether a row has this number (never null)."""
    match form:
        case Whole(ref=ref) | Decimal(ref=ref) | Approx(ref=ref) | Either(said=Decimal(ref=ref)):
            return steps.is_known(ref)
        case Quotient(top=top, bottom=bottom, only_if=only_if):
            positive = steps.holds(steps.compare("gt", bottom.ref, steps.number(0, "int")))
            parts = [steps.is_known(top.ref), positive, *([only_if] if only_if is not None else [])]
            return steps.all(parts)
        case Span(active=active) | Beyond(active=active):
            return active


def compare(steps: Steps, form: Form, op: Operator, limit: Fraction) -> Compared:
    """``form op limit``; ``limit`` in base units."""
    sure = steps.flag(False)
    match form:
        case Whole():
            return _scaled(steps, form, op, limit / form.unit), sure
        case Decimal(ref=ref):
            nearest = float(limit)
            bound = steps.number(nearest, "float")
            exact = Fraction(repr(nearest)) == limit
            return steps.compare(op, ref, bound), sure if exact else steps.compare("eq", ref, bound)
        case Quotient():
            return _quotient(steps, form, op, limit)
        case Approx(ref=ref, scale=scale):
            bound = steps.number(float(limit), "float")
            return steps.compare(op, ref, bound), _near(steps, ref, scale, float(limit))
        case Span():
            return _span(steps, form, op, limit)
        case Either(said=said, counted=counted):
            value, doubt = compare(steps, said, op, limit)
            other, other_doubt = compare(steps, counted, op, limit)
            differs = steps.any([steps.all([value, steps.negate(other)]), steps.all([steps.negate(value), other])])
            return value, steps.any([doubt, other_doubt, differs])
        case Beyond(active=active):
            return steps.unknown, active


def as_float(steps: Steps, form: Point | Either) -> Approx:
    """The number as a float; an ``Either`` as it was said."""
    match form:
        case Approx():
            return form
        case Whole(ref=ref, unit=unit):
            value = _times(steps, steps.calc("float", ref), unit)
        case Decimal(ref=ref) | Either(said=Decimal(ref=ref)):
            value = ref
        case Quotient(top=top, bottom=bottom, degree=degree, growth=growth):
            divided = steps.calc("div", steps.calc("float", top.ref), steps.calc("float", bottom.ref))
            value = _times(steps, divided, form.unit)
            value = steps.calc("sqrt", value) if degree == 2 else value
            if form.only_if is not None:
                value = steps.where(form.only_if, value, steps.lit(None, "float"))
            scale = steps.calc("abs", value)
            if growth:
                one = steps.number(1.0, "float")
                value, scale = steps.calc("sub", value, one), steps.calc("add", scale, one)
            return Approx(value, scale)
    return Approx(value, steps.calc("abs", value))


def _times(steps: Steps, value: Ref, unit: Fraction) -> Ref:
    return value if unit == 1 else steps.calc("mul", value, steps.number(float(unit), "float"))


def _scaled(steps: Steps, whole: Whole, op: Operator, limit: Fraction) -> Ref:
    """``whole.ref op limit`` with integers alone: a limit between two integers is moved to the one that decides alike."""
    bound = limit.numerator // limit.denominator
    if limit.denominator != 1:
        op = BETWEEN[op]
    bound = max(-ROOM, min(ROOM, bound))
    return steps.compare(op, whole.ref, steps.number(bound, "int"))


def _quotient(steps: Steps, form: Quotient, op: Operator, limit: Fraction) -> Compared:
    target = limit + 1 if form.growth else limit
    if form.degree > 1 and target < 0:
        always = steps.flag(op in ("ge", "gt"))
        return steps.where(available(steps, form), always, steps.unknown), steps.flag(False)
    crossed = cross(steps, form, op, limit)
    if crossed is None:
        return compare(steps, as_float(steps, form), op, limit)
    divisible = steps.compare("gt", form.bottom.ref, steps.number(0, "int"))
    conditions = [divisible, *([form.only_if] if form.only_if is not None else [])]
    return steps.where(steps.all(conditions), crossed, steps.unknown), steps.flag(False)


def cross(steps: Steps, form: Quotient, op: Operator, limit: Fraction) -> Ref | None:
    """The comparison multiplied out, for a ``bottom`` above 0; None where the integers may be too large for it."""
    target = (limit + 1 if form.growth else limit) ** form.degree / form.unit
    by_top, by_bottom = target.denominator, target.numerator
    if form.top.most * by_top > ROOM or form.bottom.most * abs(by_bottom) > ROOM:
        return None
    return steps.compare(op, _multiple(steps, form.top.ref, by_top), _multiple(steps, form.bottom.ref, by_bottom))


def _multiple(steps: Steps, ref: Ref, by: int) -> Ref:
    if by in (0, 1):
        return ref if by else steps.number(0, "int")
    return steps.calc("mul", ref, steps.number(by, "int"))


def never_below(form: Form, bound: Fraction) -> bool:
    """Whether a number is never below ``bound``, whatever the row."""
    match form:
        case Whole(negative=negative):
            return bound <= 0 and not negative
        case Quotient(top=top, growth=growth):
            return bound <= (-1 if growth else 0) and not top.negative
    return False


def _near(steps: Steps, value: Ref, scale: Ref, limit: float) -> Ref:
    away = steps.calc("abs", steps.calc("sub", value, steps.number(limit, "float")))
    room = steps.calc("add", scale, steps.number(abs(limit), "float"))
    return steps.compare("le", away, steps.calc("mul", room, steps.number(CLOSE, "float")))


def _span(steps: Steps, span: Span, op: Operator, limit: Fraction) -> Compared:
    """Yes where every number of the span passes, no where none does."""
    if op in ("le", "lt"):
        value, doubt = _span(steps, span, "gt" if op == "le" else "ge", limit)
        return steps.negate(value), doubt
    strict_low: Operator = "ge" if op == "ge" or not span.low_closed else "gt"
    passes, doubt_low = _end(steps, span.low, strict_low, limit)
    below: Operator = "lt" if op == "ge" else "le"
    fails, doubt_high = _end(steps, span.high, below, limit)
    value = steps.where(passes, steps.flag(True), steps.where(fails, steps.flag(False), steps.unknown))
    if not (span.positive and span.high is None and limit > 0):  # what passes is above 0 then
        value = steps.where(span.active, value, steps.unknown)
    return value, steps.all([span.active, steps.any([doubt_low, doubt_high])])


def _end(steps: Steps, end: Whole | Approx | Fraction | None, op: Operator, limit: Fraction) -> Compared:
    if end is None:
        return steps.flag(False), steps.flag(False)
    if isinstance(end, Fraction):
        held = {"ge": end >= limit, "gt": end > limit, "le": end <= limit, "lt": end < limit}[op]
        return steps.flag(held), steps.flag(False)
    return compare(steps, end, op, limit)
