"""Tables as they stand in a file, before anything is understood: sheets, their first rows, and pieces of their cells.

A piece holds consecutive rows. Its columns are named ``"0"``, ``"1"`` …; text columns hold the cells as written, with
a mark at the end where the workbook says more than the text does (see ``PERCENT``, ``NO_RESULT`` and ``ERROR``).
Columns of Parquet files keep their types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

PERCENT = "\x1f%"
"""Behind a number that the workbook shows as a percentage: ``"0.032\\x1f%"`` is shown as 3.2%."""
NO_RESULT = "\x1f="
"""All of a cell whose formula has no stored result."""
ERROR = "\x1f#"
"""Before the name of an error: ``"\\x1f##DIV/0!"``."""
HEAD = 60


@dataclass(frozen=True)
class Merge:
    """Cells joined to one; rows count from 1, columns from 0, all four included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its first rows and what is merged in them. ``named``: the columns have names of their own
    (Parquet), so that no header row has to be found and the first row is data."""

    name: str
    head: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class Piece:
    """Consecutive rows of a sheet; ``first`` is the number of the first one, as a spreadsheet counts (from 1)."""

    sheet: str
    first: int
    cells: pl.DataFrame

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + self.cells.height - 1

    def rows(self, first: int, last: int) -> Piece:
        """The rows from ``first`` to ``last``, both included, as far as the piece has them."""
        low, high = max(first, self.first), min(last, self.last)
        return Piece(self.sheet, low, self.cells.slice(low - self.first, max(0, high - low + 1)))


class Source(Protocol):
    """A file of tables. ``notes`` are sentences about the file as a whole."""

    path: Path
    notes: list[str]

    def sheets(self) -> list[Sheet]:
        """The sheets, in order."""

    def pieces(self, sheet: str, size: int) -> Iterator[Piece]:
        """All rows of a sheet, at most ``size`` at a time, in order, in memory one piece at a time where possible."""


def letter(index: int) -> str:
    """The name of a column: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """The number of a column: A → 0, AA → 26."""
    number = 0
    for sign in name.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def bare(text: str) -> str:
    """A cell's text without its mark, as a person would see it written."""
    if text.startswith(ERROR):
        return text[len(ERROR) :]
    if text == NO_RESULT:
        return ""
    return text.removesuffix(PERCENT)
