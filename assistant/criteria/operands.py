"""Calculate an operand (a fact, a ratio, a sum, growth …) from what is known, as an exact range with its origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from assistant.criteria.intervals import Range, add, divide, multiply, root, subtract
from assistant.facts.values import Value
from corpus.criteria_tree import Calculation, Operand, Term

ZERO_UP = Range(Fraction(0), None)


@dataclass(frozen=True)
class Known:
    """A usable value. ``used`` are the said keys that it rests on, ``open`` unsaid keys that would narrow it.

    ``marks``: assumed (nothing was said of it), either (figures disagree, this is the span of both readings), estimate
    (from a share, with years that were not said: it cannot make anything fail).
    """

    value: Value
    used: tuple[str, ...]
    open: frozenset[str] = frozenset()
    how: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def assumed(self) -> bool:
        """Whether it was taken for granted."""
        return "assumed" in self.marks

    @property
    def range(self) -> Range:
        """The number."""
        return Range.of(self.value)


Lookup = Callable[[str], Known | None]


def calculate(operand: Operand, lookup: Lookup, *, partial: bool = False) -> Known | None:
    """The operand's value, or None where a part is not known.

    With ``partial`` a part that is not known counts as anything from 0 up, as long as another one is known.
    """
    if isinstance(operand, Term):
        return lookup(operand.key)
    assert isinstance(operand, Calculation), "a score is compared by exact.compare_score"
    parts = [calculate(part, lookup) for part in operand.of]
    pairs = zip(operand.of, parts, strict=True)
    missing = [term.key for term, part in pairs if part is None and isinstance(term, Term)]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) and not (partial and found):
        return None
    ranges = [ZERO_UP if part is None else part.range for part in parts]
    result = apply(operand, ranges)
    if result is None:
        return None
    used = tuple(dict.fromkeys(key for part in found for key in part.used))
    unsaid = frozenset(missing).union(*(part.open for part in found))
    marks = frozenset[str]().union(*(part.marks for part in found))
    return Known(result.value(), used, unsaid, operand.op, marks)


def apply(operand: Calculation, ranges: list[Range]) -> Range | None:
    """The calculation on ranges; None where it has no result (division by 0)."""
    one = Range.point(1)
    match operand.op:
        case "ratio":
            return divide(ranges[0], ranges[1])
        case "product":
            return multiply(ranges[0], ranges[1])
        case "difference":
            return subtract(ranges[0], ranges[1])
        case "sum":
            return _total(ranges)
        case "mean":
            return divide(_total(ranges), Range.point(len(ranges)))
        case "growth":
            quotient = divide(ranges[0], ranges[1])
            return None if quotient is None else subtract(root(quotient, operand.years), one)
        case "compound":
            factor = one
            for rate in ranges:
                factor = multiply(factor, add(rate, one))
            return subtract(root(factor, operand.years), one)


def _total(ranges: list[Range]) -> Range:
    total = ranges[0]
    for part in ranges[1:]:
        total = add(total, part)
    return total
