"""What stands on which slide: one matter each, long texts and tables go on over several. Sizes in points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from assistant.export.paper import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Span,
    Table,
    plain,
)

WIDTH, HEIGHT = 870.0, 380.0
"""What a slide has below its title."""
TEXT, TABLE = 20, (20, 18, 16, 14)
"""Of the text, and of tables: the largest with which a table stands on one slide, else the last."""
LEADING = 1.4
LINES = int(HEIGHT / (TEXT * LEADING)) - 1
FEW = 3
"""Lines that may stand above a table."""
SIDE, ABOVE = 7.2, 3.6  # margins inside a cell
SPARE = 0.9  # of a line: no character is cut in two, and fonts differ
MOST_ROWS = 60
LATIN, BETWEEN = 0.6, 0.25  # how wide a Latin letter is beside a Chinese one, and the gap between the two
NEXT = "（续）"
Role = Literal["body", "question", "item", "strong", "small"]


@dataclass(frozen=True)
class Line:
    """A paragraph on a slide."""

    text: tuple[Span, ...]
    role: Role = "body"
    mark: str = ""
    depth: int = 0


@dataclass
class Slide:
    """One slide: its title, the heading above it, and lines, rows of a table (in characters of ``size``) or a chart. A
    few lines may stand above a table."""

    title: str
    above: str = ""
    lines: list[Line] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    size: float = TABLE[-1]
    chart: Chart | None = None

    @property
    def cited(self) -> list[int]:
        """The numbers of the citations marked on it."""
        texts = [line.text for line in self.lines] + [cell.text for row in self.rows for cell in row]
        return list(dict.fromkeys(span.cite for text in texts for span in text if span.cite is not None))


def slides(paper: Paper) -> Iterator[Slide]:
    """The slides after the title's. A heading without anything under it only stands above the next one."""
    above: list[Heading] = []
    group: list[Block] = []
    for block in (*paper.blocks, None):
        if block is not None and not isinstance(block, Heading):
            group.append(block)
            continue
        if group:
            yield from _group([heading.text for heading in above] or [paper.title], group)
        group = []
        if block is not None:
            above = [*(heading for heading in above if heading.level < block.level), block]


def _group(headings: Sequence[str], blocks: Sequence[Block]) -> Iterator[Slide]:
    title, above = headings[-1], headings[-2] if len(headings) > 1 else ""
    lines: list[Line] = []
    first = True
    for block in (*blocks, None):
        if block is not None and not _is_figure(block):
            lines += _lines(block)
            continue
        lead: list[Line] = []
        if isinstance(block, Table) and lines_of(lines) <= FEW:
            lead, lines = lines, []
        for found in (*_over_slides(lines), *([] if block is None else _figure(block, lead))):
            found.title, found.above, first = title + ("" if first else NEXT), above, False
            yield found
        lines = []


def _is_figure(block: Block) -> bool:
    return isinstance(block, Chart) or (isinstance(block, Table) and bool(block.rows))


def _lines(block: Block) -> list[Line]:
    match block:
        case Paragraph():
            return [Line(block.text, block.role)]
        case Listing():
            return [Line(item.text, "item", item.mark, item.depth) for item in block.items]
        case Table():
            return [Line((Span(text=block.empty),))]
        case Callout():
            return [Line((Span(text=block.title),), "strong"), *(Line(text) for text in block.lines)]
    return []


def _over_slides(lines: Sequence[Line]) -> Iterator[Slide]:
    """The lines over as many slides as they need."""
    slide, left = Slide(""), LINES
    waiting = list(lines)
    while waiting:
        line = waiting.pop(0)
        per_line = _per_line(line)
        need = height(line.text, per_line)
        if need > left and need <= LINES and slide.lines:
            yield slide
            slide, left = Slide(""), LINES
        head, tail = split(line.text, per_line, max(left, 1))
        slide.lines.append(Line(head, line.role, line.mark, line.depth))
        left -= height(head, per_line)
        if tail:
            waiting.insert(0, Line(tail, line.role, "　" if line.mark else "", line.depth))
            yield slide
            slide, left = Slide(""), LINES
    if slide.lines:
        yield slide


def lines_of(lines: Sequence[Line]) -> int:
    """How many lines of a slide these paragraphs take."""
    return sum(height(line.text, _per_line(line)) for line in lines)


def _per_line(line: Line) -> float:
    return WIDTH / TEXT * SPARE - (2 * (line.depth + 1) if line.mark else 0)


def lead_height(lines: Sequence[Line]) -> float:
    """What the lines above a table take away from it."""
    return lines_of(lines) * TEXT * LEADING + TEXT if lines else 0.0


def _figure(block: Block, lead: list[Line]) -> Iterator[Slide]:
    if isinstance(block, Chart):
        yield Slide("", chart=block)
    elif isinstance(block, Table):
        yield from _table(block, lead)


def _table(table: Table, lead: list[Line]) -> Iterator[Slide]:
    widths, rows = shares(table.columns), table.rows[:MOST_ROWS]
    top = HEIGHT - lead_height(lead)
    size = next((size for size in TABLE if _whole_height(table, widths, size) <= top), TABLE[-1])
    room = HEIGHT - row_height(heads(table.columns), widths, size)
    slide, left = Slide("", lines=lead, columns=table.columns, size=size), room - lead_height(lead)
    for row in chain.from_iterable(_row_parts(whole, widths, left if lead else room, size) for whole in rows):
        need = row_height(row, widths, size)
        if need > left and slide.rows:
            yield slide
            slide, left = Slide("", columns=table.columns, size=size), room
        slide.rows.append(row)
        left -= need
    yield slide
    if len(table.rows) > MOST_ROWS:
        rest = f"还有 {len(table.rows) - MOST_ROWS} 行没有放进幻灯片，全部内容请看表格文件。"
        yield Slide("", lines=[Line((Span(text=rest),))])


def _whole_height(table: Table, widths: Sequence[float], size: float) -> float:
    """The height of the table on one slide."""
    if len(table.rows) > HEIGHT / size:
        return float("inf")
    return sum(row_height(row, widths, size) for row in (heads(table.columns), *table.rows))


def shares(columns: Sequence[Column]) -> list[float]:
    """The widths of the columns."""
    total = sum(column.weight for column in columns)
    return [WIDTH * column.weight / total for column in columns]


def heads(columns: Sequence[Column]) -> list[Cell]:
    """The first row."""
    return [Cell(text=column.name) for column in columns]


def _row_parts(row: Sequence[Cell], widths: Sequence[float], room: float, size: float) -> Iterator[tuple[Cell, ...]]:
    """The row, cut where it is higher than a slide."""
    most = max(int((room - 2 * ABOVE) / (size * LEADING)), 1)
    rest = list(row)
    while True:
        cut = [split(cell.text, _inside(width, size), most) for cell, width in zip(rest, widths, strict=True)]
        yield tuple(Cell(text=head, tone=cell.tone) for (head, _), cell in zip(cut, rest, strict=True))
        rest = [Cell(text=tail, tone=cell.tone) for (_, tail), cell in zip(cut, rest, strict=True)]
        if not any(cell.text for cell in rest):
            return


def _inside(width: float, size: float) -> float:
    """How many characters stand in one line of a cell."""
    return (width - 2 * SIDE) / size * SPARE


def row_height(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    """The height of a row."""
    lines = max(height(cell.text, _inside(width, size)) for cell, width in zip(row, widths, strict=True))
    return lines * size * LEADING + 2 * ABOVE


def height(text: Sequence[Span], per_line: float) -> int:
    """How many lines the text takes where ``per_line`` Chinese characters stand in one."""
    return _walk(plain(text), per_line)[-1] if text else 1


def split(text: Sequence[Span], per_line: float, most: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The text cut after ``most`` lines."""
    shown, lines = plain(text), _walk(plain(text), per_line)
    end = next((n for n, line in enumerate(lines) if line > most), len(shown))
    head: list[Span] = []
    tail: list[Span] = []
    at = 0
    for span in text:
        cut = min(max(end - at, 0), len(span.shown))
        at += len(span.shown)
        if span.cite is not None:
            (head if cut else tail).append(span)
            continue
        head += [span.model_copy(update={"text": span.text[:cut]})] if cut else []
        tail += [span.model_copy(update={"text": span.text[cut:]})] if cut < len(span.text) else []
    return tuple(head), tuple(tail)


def _walk(text: str, per_line: float) -> list[int]:
    """The line on which each character stands, and last the number of lines."""
    line, used, found, wide = 1, 0.0, [], True
    for char in text:
        before, wide = wide, unicodedata.east_asian_width(char) in "WFA"
        width = (1.0 if wide else LATIN) + (BETWEEN if wide != before else 0)
        if char != "\n" and used + width > max(per_line, 1.0):
            line, used = line + 1, 0.0
        found.append(line)
        used += width
        if char == "\n":
            line, used = line + 1, 0.0
    return [*found, line]
