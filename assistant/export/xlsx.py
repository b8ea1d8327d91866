"""A paper as a workbook: an overview, one sheet per table, the citations. Every cell is text, never a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assistant.export.paper import (
    Blank,
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
from assistant.export.pptx_flow import height

FONT = "微软雅黑"
A4 = 9
LONGEST = 32_000  # a cell holds 32,767 characters
CUT = "…（太长，这里没有写完，全文在 Word 和 PDF 里）"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\n")
OVERVIEW, SOURCES = "总览", "依据"
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_SHEET_NAME = 31
NARROW, WIDE = 8, 70
LINE, HIGHEST = 15, 409
"""The height of a line and of the highest row that there can be, in points."""
CHINESE = 0.45  # Chinese characters in the width of a Latin one
OVERVIEW_WIDTH = 90
COLOURS = {"good": "#E3F1E7", "bad": "#FBE6E4", "open": "#FDF3DC", "changed": "#FFF1B8"}
SOURCE_COLUMNS = tuple(
    Column(name=name, weight=n)
    for name, n in (("编号", 8), ("条款", 44), ("文件", 50), ("文字", 16), ("条文", 70))
)  # fmt: skip


def to_xlsx(paper: Paper) -> bytes:
    """The workbook's bytes."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({
            "title": paper.title, "comments": paper.closing, "author": "条理",
            "created": datetime.combine(paper.day, time()),
        })  # fmt: skip
        _Book(book, paper).fill()
    return buffer.getvalue()


class _Book:
    """The sheets of one workbook as they are filled."""

    def __init__(self, book: Workbook, paper: Paper) -> None:
        self.book, self.paper, self.names = book, paper, {"history"}
        base = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
        framed = {**base, "border": 1, "border_color": "#9AA3AF"}
        self.head = self._pair({**framed, "bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"})
        self.title = self._pair({"font_name": FONT, "font_size": 16, "bold": True})
        self.strong = self._pair({**base, "text_wrap": False, "bold": True})
        self.free = self._pair(base)
        self.plain = self._pair({"font_name": FONT, "font_size": 10})
        self.tones = {
            tone: self._pair({**framed, **({"bg_color": colour} if colour else {})})
            for tone, colour in {"plain": "", **COLOURS}.items()
        }

    def _pair(self, format: dict[str, object]) -> tuple[Format, Format]:
        """A format, and the same for text that begins like a formula, so that it stays text when it is edited."""
        return self.book.add_format(format), self.book.add_format({**format, "quote_prefix": True})

    def fill(self) -> None:
        """Overview first, then every table and chart, then the citations."""
        page = self._sheet(OVERVIEW)
        sheets = [(block, self._sheet(block.name)) for block in self.paper.blocks if isinstance(block, Table | Chart)]
        self._overview(page, {id(block): sheet.name for block, sheet in sheets})
        for block, sheet in sheets:
            if isinstance(block, Table):
                self._table(sheet, block.columns, block.rows)
            else:
                self._chart(sheet, block)
        if self.paper.sources:
            rows = [
                [Cell(text=text) for text in (f"[{s.n}]", s.where, s.facts, s.text_kind, s.text)]
                for s in self.paper.sources
            ]  # fmt: skip
            self._table(self._sheet(SOURCES), SOURCE_COLUMNS, rows)

    def _sheet(self, wanted: str) -> Worksheet:
        """A new sheet; its name is cut and counted so that Excel takes it."""
        cleaned = NOT_IN_SHEET_NAMES.sub(" ", wanted).strip() or "表"
        name, n = cleaned[:LONGEST_SHEET_NAME], 1
        while name.lower() in self.names:
            n += 1
            name = f"{cleaned[: LONGEST_SHEET_NAME - len(str(n)) - 1]} {n}"
        self.names.add(name.lower())
        return self.book.add_worksheet(name)

    def _write(self, page: Worksheet, row: int, column: int, text: str, pair: tuple[Format, Format]) -> None:
        shown = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
        page.write_string(row, column, shown, pair[shown.startswith(FORMULA_SIGNS)])

    def _overview(self, page: Worksheet, sheets: dict[int, str]) -> None:
        page.set_column(0, 0, 16)
        page.set_column(1, 1, OVERVIEW_WIDTH)
        self._write(page, 0, 0, self.paper.title, self.title)
        page.write_row(2, 0, ["项目", "内容"], self.head[0])
        row = 3
        for name, value in self.paper.meta:
            self._write(page, row, 0, name, self.head)
            self._write(page, row, 1, value, self.tones["plain"])
            lines = height([Span(text=value)], OVERVIEW_WIDTH * CHINESE)
            page.set_row(row, min(lines * LINE + 3, HIGHEST))
            row += 1
        page.freeze_panes(3, 0)
        row += 1
        for block in self.paper.blocks:
            row = self._lines(page, row, block, sheets)
        _print_setup(page)

    def _lines(self, page: Worksheet, row: int, block: Block, sheets: dict[int, str]) -> int:
        """What is no table, line by line; returns the next free row."""
        match block:
            case Heading():
                self._write(page, row, 0, block.text, self.strong)
                return row + 1
            case Callout():
                self._write(page, row, 0, block.title, self.strong)
                row, lines = row + 1, [plain(line) for line in block.lines]
            case Paragraph():
                lines = [plain(block.text)]
            case Listing():
                lines = [f"{'　' * item.depth}{item.mark} {plain(item.text)}" for item in block.items]
            case Table() | Chart():
                lines = [f"见工作表“{sheets[id(block)]}”"]
            case Blank():
                lines = []
        for n, line in enumerate(lines):
            self._write(page, row + n, 1, line, self.free)
            lines_high = height([Span(text=line)], OVERVIEW_WIDTH * CHINESE)
            page.set_row(row + n, min(lines_high * LINE + 3, HIGHEST))
        return row + len(lines)

    def _table(self, page: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        for n, column in enumerate(columns):
            page.set_column(n, n, _width(column))
            self._write(page, 0, n, column.name, self.head)
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                self._write(page, r, c, plain(cell.text), self.tones[cell.tone])
            lines = max(height(cell.text, _width(one) * CHINESE) for cell, one in zip(row, columns, strict=True))
            page.set_row(r, min(lines * LINE + 3, HIGHEST))
        last = len(rows)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(last, 1), max(len(columns) - 1, 0))
        said = [text.rstrip("。") + "。" for text in (self.paper.footer, self.paper.closing) if text]
        self._write(page, last + 2, 0, "".join(said), self.plain)
        page.repeat_rows(0)
        _print_setup(page)

    def _chart(self, page: Worksheet, block: Chart) -> None:
        page.set_column(0, 0, 30)
        self._write(page, 0, 0, "名称", self.head)
        self._write(page, 0, 1, block.unit, self.head)
        for row, (name, count) in enumerate(block.bars, 1):
            self._write(page, row, 0, name, self.tones["plain"])
            page.write_number(row, 1, count, self.tones["plain"][0])
        last = max(len(block.bars), 1)
        chart = self.book.add_chart({"type": "bar"})
        chart.add_series({
            "name": block.name,
            "categories": [page.name, 1, 0, last, 0],
            "values": [page.name, 1, 1, last, 1],
            "data_labels": {"value": True}, "fill": {"color": "#4B78AB"}, "gap": 60,
        })  # fmt: skip
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"none": True})
        chart.set_title({"name": block.name, "name_font": {"size": 12}})
        page.insert_chart(0, 3, chart, {"description": block.name})
        _print_setup(page)


def _width(column: Column) -> int:
    """The width of a column in Latin characters."""
    return min(max(column.weight, NARROW), WIDE)


def _print_setup(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
