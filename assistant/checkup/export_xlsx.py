"""The check-up as a workbook: overview, benefits, titles, open questions. Every cell is text, never a formula."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assistant.checkup.models import CheckUp
from assistant.checkup.report import Sheet, heading, overview, printable, sheets

FONT = "微软雅黑"
A4 = 9
LONGEST = 32_000  # a cell holds 32,767 characters
FORMULA_SIGNS = ("=", "+", "-", "@")


def to_xlsx(report: CheckUp) -> bytes:
    """The workbook's bytes."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({
            "title": printable(heading(report)),
            "comments": report.disclaimer,
            "created": datetime.combine(date.fromisoformat(report.as_of), time()),
        })  # fmt: skip
        styles = Styles(book)
        _overview(book.add_worksheet("总览"), report, styles)
        for sheet in sheets(report):
            _table(book.add_worksheet(sheet.heading), sheet, styles, report)
    return buffer.getvalue()


class Styles:
    """The formats of a workbook. ``quoted`` marks text that begins like a formula, so that it stays text when edited."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
        self.text: Format = book.add_format(base)
        self.quoted: Format = book.add_format({**base, "quote_prefix": True})
        self.head: Format = book.add_format({**base, "bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"})
        self.title: Format = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})

    def of(self, text: str) -> Format:
        """The format for a cell with this text."""
        return self.quoted if text.startswith(FORMULA_SIGNS) else self.text


def _overview(page: Worksheet, report: CheckUp, styles: Styles) -> None:
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, printable(heading(report))[:LONGEST], styles.title)
    page.write_row(2, 0, ["项目", "内容"], styles.head)
    for n, (name, value) in enumerate(overview(report), 3):
        page.write_string(n, 0, name, styles.head)
        page.write_string(n, 1, value[:LONGEST], styles.of(value))
    page.freeze_panes(3, 0)
    _print_setup(page)


def _table(page: Worksheet, sheet: Sheet, styles: Styles, report: CheckUp) -> None:
    for n, (name, width) in enumerate(sheet.columns):
        page.set_column(n, n, width)
        page.write_string(0, n, name, styles.head)
    for r, row in enumerate(sheet.rows, 1):
        for c, text in enumerate(row):
            page.write_string(r, c, text[:LONGEST], styles.of(text))
    last = len(sheet.rows)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    page.write_string(last + 2, 0, f"{report.place}，{report.as_of}。{report.disclaimer}")
    page.repeat_rows(0)
    _print_setup(page)


def _print_setup(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
