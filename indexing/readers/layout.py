"""Pieces of text with positions → lines in reading order.

The order in which a PDF draws its text is not the order in which it is read. Pieces on one baseline make a line, lines
go from top to bottom, two columns one after the other, and what stands in the cells of a ruled table becomes one line
per row.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indexing.pages import CELLS
from indexing.readers.rulings import Rulings

SAME_LINE = 0.5
WORD_GAP = 0.3
WIDTH_ERROR = 0.05
LEAST_COLUMN_LINES = 6
LEAST_COLUMN_WIDTH = 8
DESCENT = 0.2


@dataclass(frozen=True)
class Piece:
    """A run of text: where its baseline begins, its size, and how far it reaches (points)."""

    text: str
    x: float
    y: float
    size: float
    end: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return (self.x, self.y - DESCENT * self.size, self.end, self.y + (1 - DESCENT) * self.size)


@dataclass(frozen=True)
class Placed:
    """A line and its box."""

    text: str
    box: tuple[float, float, float, float]


def width(text: str, size: float) -> float:
    """About how wide a run is: a full-width character takes its size, any other half of it."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def arranged(pieces: Sequence[Piece], rulings: Rulings | None = None) -> list[Placed]:
    """The lines of a page, in the order in which they are read."""
    kept = _once(pieces)
    rows, free = _tables(kept, rulings) if rulings else ([], kept)
    columns = _columns(free)
    lines = [line for column in columns for line in _lines(column)]
    if not rows:
        return lines
    return sorted([*lines, *rows], key=lambda line: -line.box[3])


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Without what is printed twice at one place to look bold."""
    seen: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if all(math.hypot(p.x - piece.x, p.y - piece.y) > 0.3 * piece.size for p in seen[piece.text]):
            seen[piece.text].append(piece)
    kept = {id(p) for group in seen.values() for p in group}
    return [p for p in pieces if id(p) in kept]


def _lines(pieces: Sequence[Piece]) -> list[Placed]:
    """Lines from top to bottom."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x)):
        if found and found[-1][0].y - piece.y < SAME_LINE * max(piece.size, found[-1][0].size):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [line for group in found if (line := _joined(group)).text]


def _joined(pieces: Sequence[Piece]) -> Placed:
    ordered = sorted(pieces, key=lambda p: p.x)
    text, end = "", ordered[0].x
    for piece in ordered:
        gap = piece.x - end
        slack = WORD_GAP * piece.size + WIDTH_ERROR * (end - ordered[0].x)
        text += (" " if text and gap > slack else "") + piece.text
        end = max(end, piece.end)
    return Placed(text.strip(), _around([p.box for p in ordered]))


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def _columns(pieces: Sequence[Piece]) -> list[Sequence[Piece]]:
    """The two columns of a page that has two; else all as one."""
    if len(pieces) < 2 * LEAST_COLUMN_LINES:
        return [pieces]
    left, _, right, _ = _around([p.box for p in pieces])
    for step in range(30, 71, 2):
        x = left + (right - left) * step / 100
        sides = [p for p in pieces if p.end <= x], [p for p in pieces if p.x >= x]
        crossing = len(pieces) - len(sides[0]) - len(sides[1])
        if crossing == 0 and all(_is_column(side) for side in sides):
            return list(sides)
    return [pieces]


def _is_column(pieces: Sequence[Piece]) -> bool:
    baselines = {round(p.y / max(p.size, 1)) for p in pieces}
    return (
        len(baselines) >= LEAST_COLUMN_LINES and sum(len(p.text) for p in pieces) / len(baselines) >= LEAST_COLUMN_WIDTH
    )


def _tables(pieces: Sequence[Piece], rulings: Rulings) -> tuple[list[Placed], list[Piece]]:
    """One line per row of the ruled tables, and the pieces that stand in none."""
    cells: dict[tuple[int, int, int, int], list[Piece]] = defaultdict(list)
    free = []
    for piece in pieces:
        cell = rulings.cell(piece.x + 0.1 * piece.size, piece.y + 0.3 * piece.size)
        if cell:
            cells[cell].append(piece)
        else:
            free.append(piece)
    rows: dict[int, list[tuple[int, list[Piece]]]] = defaultdict(list)
    for (left, _, _, top), inside in cells.items():
        rows[top].append((left, inside))
    side_by_side = {top for top, row in rows.items() if len(row) > 1}
    if not side_by_side:
        return [], list(pieces)
    found = []
    for row in rows.values():
        ordered = [_cell(inside) for _, inside in sorted(row, key=lambda cell: cell[0])]
        filled = [cell for cell in ordered if cell.text]
        if filled:
            found.append(Placed(CELLS.join(c.text for c in filled), _around([c.box for c in filled])))
    return found, free


def _cell(pieces: Sequence[Piece]) -> Placed:
    lines = _lines(pieces)
    if not lines:
        return Placed("", pieces[0].box)
    return Placed("".join(line.text for line in lines), _around([line.box for line in lines]))
