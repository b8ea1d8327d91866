"""The straight lines of a page, and which cell of a table a point lies in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

THIN = 3.0
REACH = 2.0
LEAST_LENGTH = 6.0
MOST = 4000

Matrix = Sequence[float]


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """A point under a transformation matrix of a PDF (a, b, c, d, e, f)."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


class Rulings:
    """Horizontal lines as (y, from x, to x), vertical ones as (x, from y, to y), in points."""

    def __init__(self) -> None:
        self.horizontal: list[tuple[float, float, float]] = []
        self.vertical: list[tuple[float, float, float]] = []
        self._at: tuple[float, float] | None = None

    def take(self, operator: bytes, operands: Sequence[Any], matrix: Matrix) -> None:
        """Look at one operator of a page's content. What is not a straight line is passed over."""
        if operator not in (b"re", b"m", b"l") or len(self.horizontal) + len(self.vertical) > MOST:
            return
        try:
            numbers = [float(n) for n in operands]
            if operator == b"re":
                x, y, w, h = numbers
                self._box(moved(x, y, matrix), moved(x + w, y + h, matrix))
                return
            point = moved(numbers[0], numbers[1], matrix)
        except (TypeError, ValueError, IndexError):
            return
        if operator == b"l" and self._at:
            self._line(self._at, point)
        self._at = point

    def _box(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        left, right = sorted((one[0], other[0]))
        bottom, top = sorted((one[1], other[1]))
        if top - bottom < THIN or right - left < THIN:
            self._line((left, bottom), (right, top))
            return
        for a, b in (
            ((left, bottom), (right, bottom)),
            ((left, top), (right, top)),
            ((left, bottom), (left, top)),
            ((right, bottom), (right, top)),
        ):
            self._line(a, b)

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        left, right = sorted((one[0], other[0]))
        bottom, top = sorted((one[1], other[1]))
        if top - bottom < THIN and right - left >= LEAST_LENGTH:
            self.horizontal.append(((bottom + top) / 2, left, right))
        elif right - left < THIN and top - bottom >= LEAST_LENGTH:
            self.vertical.append(((left + right) / 2, bottom, top))

    def cell(self, x: float, y: float) -> tuple[int, int, int, int] | None:
        """The nearest line on each side of a point, as left, bottom, right, top (rounded); None where one lacks."""
        beside = [at for at, low, high in self.vertical if low - REACH <= y <= high + REACH]
        above = [at for at, low, high in self.horizontal if low - REACH <= x <= high + REACH]
        left = max((at for at in beside if at <= x), default=None)
        right = min((at for at in beside if at > x), default=None)
        bottom = max((at for at in above if at <= y), default=None)
        top = min((at for at in above if at > y), default=None)
        if left is None or right is None or bottom is None or top is None:
            return None
        return (round(left / REACH), round(bottom / REACH), round(right / REACH), round(top / REACH))
