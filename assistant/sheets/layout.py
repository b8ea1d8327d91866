"""Where a sheet's header is, and what each column is: a fact of a year in a unit, a name, or nothing we use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from assistant.sheets.header_cells import Meaning, meaning, only_frame
from assistant.sheets.header_words import normal, span_of, told
from assistant.sheets.raw import Merge, Sheet
from assistant.sheets.units import IN_BRACKETS, SAID, Unit, unit_named
from corpus.facts_models import FactEntry, load_dictionary

ColumnRole = Literal["fact", "name", "code", "passed_over", "unknown", "ambiguous"]
MOST_LEVELS = 3
FIRST_YEAR = 1990
YEAR_ALONE = re.compile(r"(?:19|20)\d{2}(?:年度?)?")


@dataclass(frozen=True)
class Context:
    """The year of today, and for each fact the newest year that the standards look at."""

    this_year: int
    newest: Mapping[str, int] = field(default_factory=dict)

    def default_year(self, entry: FactEntry) -> int:
        """The year of a column that names none."""
        return self.newest.get(entry.id, self.this_year - 1)


@dataclass(frozen=True)
class Column:
    """One column as understood. ``unit`` is None where a money or ratio column does not say it; ``notes`` are
    sentences for people."""

    index: int
    header: str
    role: ColumnRole
    fact: str = ""
    year: int | None = None
    unit: Unit | None = None
    dated: bool = False
    notes: tuple[str, ...] = ()

    @property
    def entry(self) -> FactEntry:
        """The fact's entry. Raises KeyError where the column is none."""
        return load_dictionary()[self.fact]

    @property
    def key(self) -> str:
        """The fact key: revenue@2025."""
        return self.entry.key(self.year) if self.role == "fact" else ""

    @property
    def factor(self) -> Fraction | None:
        """Base units in one unit."""
        return self.unit.factor(self.entry.type) if self.unit else None

    def noted(self, sentence: str) -> Column:
        """The column with one more sentence."""
        return replace(self, notes=(*self.notes, sentence))


@dataclass(frozen=True)
class Layout:
    """A table: its header rows (numbers from 1; 0 where the columns have names of their own) and its columns."""

    sheet: str
    first: int
    last: int
    columns: tuple[Column, ...]
    texts: tuple[str, ...]
    """The cells of the last header row, normalised."""

    @property
    def facts(self) -> list[Column]:
        """The columns that are facts."""
        return [column for column in self.columns if column.role == "fact"]

    def one(self, role: ColumnRole) -> Column | None:
        """The first column of a role."""
        return next((column for column in self.columns if column.role == role), None)


def find_layout(sheet: Sheet, context: Context, rows: tuple[int, int] | None = None) -> Layout | None:
    """The layout of a sheet's first table; ``rows`` are its header rows where they are given (from 1, both included).

    None where no header with at least two known columns, one of them a fact, is found.
    """
    if sheet.named:
        return layout_at(sheet, 1, 1, context, named=True)
    if rows:
        return layout_at(sheet, rows[0], rows[1], context)
    best: tuple[float, int, int] | None = None
    for first in range(1, len(sheet.head) + 1):
        for last in range(first, min(first + MOST_LEVELS, len(sheet.head) + 1)):
            score = _score(sheet, first, last)
            if score > 0 and (best is None or score > best[0]):
                best = (score, first, last)
    return layout_at(sheet, best[1], best[2], context) if best else None


def layout_at(sheet: Sheet, first: int, last: int, context: Context, *, named: bool = False) -> Layout:
    """The layout with its header in the rows from ``first`` to ``last``."""
    above = _title(sheet, first)
    columns = [
        _column(index, levels, meaning(levels), context, above)
        for index, levels in enumerate(_levels(sheet.head, sheet.merged, first, last))
    ]
    texts = tuple(normal(cell) for cell in sheet.head[last - 1])
    number = (0, 0) if named else (first, last)
    return Layout(sheet.name, *number, tuple(_unique(columns)), texts)


def _levels(
    head: tuple[tuple[str, ...], ...], merged: tuple[Merge, ...], first: int, last: int
) -> list[tuple[str, ...]]:
    """The header cells above each column, merged ones repeated; without merges a blank in an upper row belongs to the
    cell on its left, as long as something stands below it."""
    rows = [list(head[number - 1]) for number in range(first, last + 1)]
    for merge in merged:
        for number in range(max(merge.top, first), min(merge.bottom, last) + 1):
            text = head[merge.top - 1][merge.left] if merge.left < len(head[merge.top - 1]) else ""
            for index in range(merge.left, min(merge.right + 1, len(rows[number - first]))):
                rows[number - first][index] = text
    for row, below in pairwise(rows):
        text = ""
        for index, cell in enumerate(row):
            if cell:
                text = cell
            elif below[index] and not any(m.left == index and m.top <= first for m in merged):
                row[index] = text if only_frame(below[index]) else ""
    return [tuple(row[index] for row in rows) for index in range(len(rows[-1]))]


def _score(sheet: Sheet, first: int, last: int) -> float:
    """How well the rows would do as the header; 0 where they cannot be it."""
    if any(not any(sheet.head[number - 1]) for number in range(first, last + 1)):
        return 0
    levels = _levels(sheet.head, sheet.merged, first, last)
    found: dict[tuple[object, ...], int] = {}
    years = units = 0
    for column in levels:
        if len(column) > 1 and not _header_like(column):
            return 0
        one = meaning(column)
        if one.role in ("fact", "name", "code"):
            found[one.role, one.facts, one.year, one.back] = 1
            years += one.timed
            units += one.unit is not None
    roles = [key[0] for key in found]
    if "fact" not in roles or len(found) < 2:
        return 0
    if first < last and not _upper_counts(sheet, first, last):
        return 0
    grouped = any(m.top == first and m.left < m.right < len(levels) and m.left > 0 for m in sheet.merged)
    return (
        3 * len(found) + years + (0.6 * units if first == last or grouped else 0) - 0.5 * (last - first) - 0.01 * first
    )


def _header_like(levels: tuple[str, ...]) -> bool:
    """Whether what stands below a cell that is a column's whole name is header, too: a year, a unit, another name."""
    for above, below in pairwise(levels):
        if not below or below == above or meaning((above,)).role == "unknown":
            continue
        frame = only_frame(below) and not re.fullmatch(r"[\d.,]+", below)
        header = frame or YEAR_ALONE.fullmatch(below) or meaning((below,)).role != "unknown"
        if not header and meaning((above, below)) == meaning((above,)):
            return False
    return True


def _upper_counts(sheet: Sheet, first: int, last: int) -> bool:
    """Whether the upper rows are part of the header: no title over everything, and years below them in earnest."""
    for number in range(first, last):
        texts = {cell for cell in sheet.head[number - 1] if cell}
        if len(texts) < 2 and meaning((next(iter(texts), ""),)).role != "fact":
            return False
        below = [cell for cell in sheet.head[number] if cell]
        years = [cell for cell in below if YEAR_ALONE.fullmatch(cell)]
        if years and len(years) < 2 and len(below) > 1 and all(cell.isdigit() for cell in years):
            return False
    return True


@dataclass(frozen=True)
class _Above:
    """What the lines above the header say of the whole table."""

    unit: Unit | None = None
    year: int | None = None


def _title(sheet: Sheet, first: int) -> _Above:
    units: list[Unit] = []
    year = None
    for row in sheet.head[: first - 1]:
        for cell in filter(None, row):
            text = normal(cell)
            match = SAID.search(text) or IN_BRACKETS.search(text)
            if match and (unit := unit_named(match[1])):
                units.append(unit)
            parts = told(cell)
            year = parts.year if parts.year and parts.years == 1 and not parts.partial else year
    return _Above(units[0] if len(set(units)) == 1 else None, year)


def _column(index: int, levels: tuple[str, ...], one: Meaning, context: Context, above: _Above) -> Column:
    header = " / ".join(text for i, text in enumerate(levels) if text and text not in levels[:i])
    column = Column(index, " ".join(header.split()), one.role)
    if one.role != "fact":
        return column
    if len(one.facts) > 1:
        names = "、".join(f"{load_dictionary()[f].label}（{f}）" for f in one.facts)
        return replace(column, role="ambiguous").noted(
            f"可能是{names}，分不清，没有使用。请改表头，或在对照文件里指定。"
        )
    entry = load_dictionary()[one.facts[0]]
    column = replace(column, fact=entry.id, unit=one.unit)
    if above.unit and not column.unit and above.unit.factor(entry.type) is not None and entry.type == "money":
        column = replace(column, unit=above.unit).noted(f"单位{above.unit.name}取自表头上方的说明。")
    if entry.period == "now":
        if one.year is not None and one.year < context.this_year - 1:
            return replace(column, role="unknown").noted(f"这一项看现在的情况，{one.year}年的数用不上。")
        return column
    if one.timed:
        year = one.year if one.year is not None else context.this_year - (one.back or 0)
        if not FIRST_YEAR <= year <= context.this_year:
            return replace(column, role="unknown").noted(
                f"{year}年{'还没有到' if year > FIRST_YEAR else '太早了'}，没有使用。"
            )
        return replace(column, year=year, dated=True)
    if above.year is not None:
        return replace(column, year=above.year, dated=True).noted(f"年份{above.year}取自表头上方的说明。")
    year = context.default_year(entry)
    words = f"{year - span_of(entry) + 1}—{year}年" if entry.period == "span" else f"{year}年"
    return replace(column, year=year).noted(f"表头没有写年份，按{words}读，请核对。")


def _unique(columns: list[Column]) -> list[Column]:
    """Two columns for the same: the one that names its year counts; where both do, neither."""
    by_key: dict[str, list[Column]] = {}
    for column in columns:
        name = column.key or (column.role if column.role in ("name", "code") else "")
        if name:
            by_key.setdefault(name, []).append(column)
    changed: dict[int, Column] = {}
    for same in (group for group in by_key.values() if len(group) > 1):
        for column in _but_one(same):
            others = "、".join(f"“{c.header}”" for c in same if c is not column)
            changed[column.index] = replace(column, role="ambiguous").noted(
                f"与{others}是同一项，分不清用哪一列，没有使用。请改表头，或在对照文件里指定。"
            )
    return [changed.get(column.index, column) for column in columns]


def _but_one(same: list[Column]) -> list[Column]:
    if same[0].role in ("name", "code"):
        return same[1:]
    dated = [column for column in same if column.dated]
    return [column for column in same if not column.dated] if len(dated) == 1 else same
