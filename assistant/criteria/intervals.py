"""Exact interval arithmetic over fractions: a number, or the numbers between two ends, which may be open or missing.

Quantities of a company are not negative, except growth rates and profits; products and divisors here rely on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from assistant.facts.values import Value

ROOT_SCALE = 10**40  # roots are taken to this many parts; amounts in 分 cannot come closer to a threshold


@dataclass(frozen=True)
class Range:
    """``lo ≤ x ≤ hi``; None is no end; an open end is not reached."""

    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_closed: bool = True
    hi_closed: bool = True

    @classmethod
    def of(cls, value: Value) -> Range:
        """The number of a value."""
        return cls(value.lo, value.hi, value.lo_closed, value.hi_closed)

    @classmethod
    def point(cls, number: Fraction | int) -> Range:
        """One number."""
        return cls(Fraction(number), Fraction(number))

    def value(self, source: str = "") -> Value:
        """As a value."""
        return Value(lo=self.lo, hi=self.hi, lo_closed=self.lo_closed, hi_closed=self.hi_closed, source=source)

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.lo is not None and self.lo == self.hi

    @property
    def empty(self) -> bool:
        """Whether no number is in it."""
        return self.lo is not None and self.hi is not None and self.lo > self.hi

    def compare(self, op: str, limit: Fraction) -> int:
        """2 where every number of the range passes, 0 where none does, else 1."""
        match op:
            case "ge":
                if self.lo is not None and self.lo >= limit:
                    return 2
                below = self.hi is not None and (self.hi < limit or (self.hi == limit and not self.hi_closed))
                return 0 if below else 1
            case "gt":
                if self.lo is not None and (self.lo > limit or (self.lo == limit and not self.lo_closed)):
                    return 2
                return 0 if self.hi is not None and self.hi <= limit else 1
            case "le":
                return 2 - self.compare("gt", limit)
            case "lt":
                return 2 - self.compare("ge", limit)
        raise ValueError(f"没有名叫“{op}”的比较")

    def widen(self, by: Fraction) -> Range:
        """The range with ``by`` more room at each end."""
        return Range(None if self.lo is None else self.lo - by, None if self.hi is None else self.hi + by)

    def meets(self, other: Range) -> bool:
        """Whether both have a number in common (ends are taken as reached)."""
        return not (_below(self.hi, other.lo) or _below(other.hi, self.lo))

    def both(self, other: Range) -> Range:
        """The numbers in both."""
        lo, lo_closed = _tighter(self.lo, self.lo_closed, other.lo, other.lo_closed, 1)
        hi, hi_closed = _tighter(self.hi, self.hi_closed, other.hi, other.hi_closed, -1)
        return Range(lo, hi, lo_closed, hi_closed)

    def hull(self, other: Range) -> Range:
        """From the lowest to the highest of both."""
        lo = None if self.lo is None or other.lo is None else min(self.lo, other.lo)
        hi = None if self.hi is None or other.hi is None else max(self.hi, other.hi)
        return Range(lo, hi)

    def within(self, least: Fraction | None, most: Fraction | None) -> Range:
        """Cut off at what is possible at all."""
        return self.both(Range(least, most))


def _below(a: Fraction | None, b: Fraction | None) -> bool:
    return a is not None and b is not None and a < b


def _tighter(
    a: Fraction | None, a_closed: bool, b: Fraction | None, b_closed: bool, sign: int
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return (b, b_closed) if a is None else (a, a_closed)
    if a == b:
        return a, a_closed and b_closed
    return (a, a_closed) if (a - b) * sign > 0 else (b, b_closed)


def add(a: Range, b: Range) -> Range:
    """a + b."""
    return Range(
        None if a.lo is None or b.lo is None else a.lo + b.lo,
        None if a.hi is None or b.hi is None else a.hi + b.hi,
        a.lo_closed and b.lo_closed,
        a.hi_closed and b.hi_closed,
    )


def subtract(a: Range, b: Range) -> Range:
    """a - b."""
    minus = Range(None if b.hi is None else -b.hi, None if b.lo is None else -b.lo, b.hi_closed, b.lo_closed)
    return add(a, minus)


def multiply(a: Range, b: Range) -> Range:
    """a × b of numbers that are not negative."""
    lo = None if a.lo is None or b.lo is None else a.lo * b.lo
    hi = None if a.hi is None or b.hi is None else a.hi * b.hi
    return Range(lo, hi, a.lo_closed and b.lo_closed, a.hi_closed and b.hi_closed)


def divide(a: Range, b: Range) -> Range | None:
    """a ÷ b, where b is not negative and a (a profit, the mean of growth rates) may be; None where b is 0."""
    if b.hi is not None and b.hi <= 0:
        return None
    lo, lo_closed = _quotient(a.lo, a.lo_closed, b, by_largest=a.lo is not None and a.lo >= 0)
    hi, hi_closed = _quotient(a.hi, a.hi_closed, b, by_largest=a.hi is not None and a.hi < 0)
    return Range(lo, hi, lo_closed, hi_closed)


def _quotient(end: Fraction | None, closed: bool, b: Range, *, by_largest: bool) -> tuple[Fraction | None, bool]:
    """One end of a quotient: divided by the largest number of ``b`` (no largest: nearly nothing is left) or the least."""
    if end is None:
        return None, True
    if by_largest:
        return (end / b.hi, closed and b.hi_closed) if b.hi is not None else (Fraction(0), closed)
    return (end / b.lo, closed and b.lo_closed) if b.lo else (None, True)


def root(a: Range, degree: int) -> Range:
    """The square root (``degree`` 2; 1 leaves it) of numbers that are not negative, exact where it is a fraction.

    Otherwise its ends are rounded outwards at 40 digits, so that a comparison is never wrong.
    """
    if degree == 1:
        return a
    if degree != 2:
        raise ValueError("只支持一年和两年的复合增长")
    low = None if a.lo is None else _root(max(a.lo, Fraction(0)))[0]
    high = None if a.hi is None else _root(max(a.hi, Fraction(0)))[1]
    return Range(low, high, a.lo_closed, a.hi_closed)


def _root(x: Fraction) -> tuple[Fraction, Fraction]:
    top, bottom = isqrt(x.numerator), isqrt(x.denominator)
    if top * top == x.numerator and bottom * bottom == x.denominator:
        return Fraction(top, bottom), Fraction(top, bottom)
    below = isqrt(x.numerator * ROOT_SCALE**2 // x.denominator)
    return Fraction(below, ROOT_SCALE), Fraction(below + 1, ROOT_SCALE)
