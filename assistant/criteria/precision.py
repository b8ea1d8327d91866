"""How precisely a number was said: half a unit of its last written digit ("3%" means 2.5 % to 3.5 %)."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.values import Value
from corpus.quantities import find_quantities, fold

MOST = Fraction(1, 20)  # of an amount: 1亿元 is not half of that more or less
DEFAULT_UNIT = {"money": Fraction(10_000), "ratio": Fraction(1, 100)}


def precision(value: Value, kind: str) -> Fraction:
    """Half of the last digit's place, in base units, for money at most a twentieth; 0 for kinds that are counted."""
    if kind not in DEFAULT_UNIT or value.lo is None or not value.is_exact:
        return Fraction(0)
    half = _written(value.lo, value.source) or _last_place(value.lo, DEFAULT_UNIT[kind]) / 2
    return min(half, abs(value.lo) * MOST) if kind == "money" else half


def _written(number: Fraction, source: str) -> Fraction | None:
    for quantity in find_quantities(fold(source)) if source else []:
        digits = re.match(r"[\d,]*\.?\d*", quantity.text)
        if quantity.value != number or digits is None or not digits[0].strip(".,"):
            continue
        figure = digits[0].replace(",", "")
        decimals = len(figure.partition(".")[2])
        written = Fraction(figure.rstrip("."))
        if written:
            return number / written / Fraction(10) ** decimals / 2
    return None


def _last_place(number: Fraction, unit: Fraction) -> Fraction:
    place = unit
    for _ in range(6):
        if (number / place).denominator == 1:
            return place
        place /= 10
    return place
