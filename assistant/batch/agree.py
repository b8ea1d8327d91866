"""Whether a said number plainly agrees with its calculation: within half of the last digit that was said.

The exact evaluator gives more room (the parts may be rounded too, see ``assistant.criteria.precision``); what agrees
here agrees there. What does not is in doubt.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.batch.forms import Approx, Decimal, Either, Form, Point, Whole, as_float
from assistant.batch.steps import Ref, Steps
from assistant.criteria.precision import DEFAULT_UNIT, MOST
from corpus.facts_models import FactEntry

PLACES = 6
"""How many digits behind the usual unit are looked at."""
HALF = 0.4999
"""Nearly half: a float may be off in its last digits."""


def agrees(steps: Steps, said: Form, counted: Point, entry: FactEntry) -> Ref:
    """Whether ``said`` (a column) and ``counted`` plainly agree; null where one of them is not known."""
    said = said.said if isinstance(said, Either) else said
    if isinstance(said, Whole) and isinstance(counted, Whole) and said.unit == counted.unit:
        return _whole(steps, said, counted, entry)
    assert isinstance(said, Whole | Decimal)
    return _float(steps, as_float(steps, said), as_float(steps, counted), entry)


def _whole(steps: Steps, said: Whole, counted: Whole, entry: FactEntry) -> Ref:
    away = steps.calc("abs", steps.calc("sub", said.ref, counted.ref))
    equal = steps.compare("eq", away, steps.number(0, "int"))
    if entry.type not in DEFAULT_UNIT:
        return equal
    share = steps.calc("mul", away, steps.number(int(1 / MOST), "int"))
    small = steps.compare("le", share, steps.calc("abs", said.ref))
    found = [equal]
    for digit in range(PLACES + 1):
        place = int(DEFAULT_UNIT[entry.type] / said.unit / Fraction(10) ** digit)
        if place > 1:
            half = steps.compare("le", away, steps.number(place // 2, "int"))
            ends = steps.compare("eq", steps.calc("mod", said.ref, data=place), steps.number(0, "int"))
            found.append(steps.all([half, ends, small]))
    return steps.any(found)


def _float(steps: Steps, said: Approx, counted: Approx, entry: FactEntry) -> Ref:
    away = steps.calc("abs", steps.calc("sub", said.ref, counted.ref))
    if entry.type not in DEFAULT_UNIT:
        return steps.compare("eq", away, steps.number(0.0, "float"))
    if entry.type == "money":
        return steps.flag(False)
    found: list[Ref] = []
    for digit in range(2, 2 + PLACES):
        half = steps.compare("le", away, steps.number(HALF * 10.0**-digit, "float"))
        ends = steps.compare("eq", steps.calc("round", said.ref, data=digit), said.ref)
        found.append(steps.all([half, ends]))
    least = steps.compare("le", away, steps.number(HALF * 10.0 ** -(2 + PLACES), "float"))
    return steps.any([*found, least])
