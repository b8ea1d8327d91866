"""Years from a date to the end of a year, in whole 372nds of a year (twelve months of 31 parts)."""

from __future__ import annotations

from fractions import Fraction

from assistant.batch.forms import Span, Whole
from assistant.batch.steps import Ref, Steps

PARTS = 372
LONGEST = 10_000 * PARTS


def since(steps: Steps, start: Ref, year: int) -> Span:
    """From the packed date ``start`` (2019, 20190300 or 20190315) to the end of ``year``; a span where it is not full."""
    short = steps.compare("lt", start, steps.number(10_000, "int"))
    packed = steps.where(short, steps.calc("mul", start, steps.number(10_000, "int")), start)
    began = steps.calc("floordiv", packed, data=10_000)
    month = steps.calc("mod", steps.calc("floordiv", packed, data=100), data=100)
    day = steps.calc("mod", packed, data=100)

    def parts(last: bool) -> Whole:
        months = _or(steps, month, 12 if last else 1)
        days = _or(steps, day, 31 if last else 1)
        passed = steps.calc("mul", began, steps.number(-PARTS, "int"))
        for one, weight in ((months, -31), (days, -1)):
            passed = steps.calc("add", passed, steps.calc("mul", one, steps.number(weight, "int")))
        whole = steps.calc("add", passed, steps.number((year + 1) * PARTS + 31 + 1, "int"))
        return Whole(whole, Fraction(1, PARTS), LONGEST)

    low = parts(last=True)
    below = steps.compare("lt", low.ref, steps.number(0, "int"))
    never_less = Whole(steps.where(below, steps.number(0, "int"), low.ref), low.unit, low.most)
    return Span(steps.is_known(start), never_less, parts(last=False))


def _or(steps: Steps, part: Ref, missing: int) -> Ref:
    """A month or a day, or the one that stands for it where it was not said (0)."""
    absent = steps.compare("eq", part, steps.number(0, "int"))
    return steps.where(absent, steps.number(missing, "int"), part)
