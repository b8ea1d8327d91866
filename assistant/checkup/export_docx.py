"""The check-up as a Word document: headings, tables with repeated header rows, Chinese fonts."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from assistant.checkup.models import CheckUp
from assistant.checkup.report import Sheet, heading, overview, printable, sheets

BODY_FONT, HEAD_FONT = "宋体", "黑体"
A4_LONG, A4_SHORT, MARGIN = Cm(29.7), Cm(21), Cm(1.5)


def to_docx(report: CheckUp) -> bytes:
    """The document's bytes."""
    document = Document()
    _page(document)
    for style, font, size in (("Normal", BODY_FONT, 9), ("Title", HEAD_FONT, 20), ("Heading 1", HEAD_FONT, 14)):
        _font(document, style, font, size)
    document.core_properties.title = printable(heading(report))[:255]
    document.core_properties.created = datetime.combine(date.fromisoformat(report.as_of), time())
    document.add_heading(printable(heading(report)), level=0)
    table = _table(document, ["项目", "内容"], [list(pair) for pair in overview(report)])
    _widths(table, (1, 8))
    for sheet in sheets(report):
        document.add_heading(sheet.heading, level=1)
        if sheet.rows:
            _widths(_table(document, [name for name, _ in sheet.columns], sheet.rows), _weights(sheet))
        else:
            document.add_paragraph("没有。")
    document.add_paragraph(report.disclaimer)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = A4_LONG, A4_SHORT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _font(document: Doc, style: str, font: str, size: int) -> None:
    """The font of a style for Latin and for Chinese characters."""
    found = document.styles[style]
    found.font.name, found.font.size = font, Pt(size)
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)


def _table(document: Doc, columns: list[str], rows: list[list[str]]) -> Table:
    table: Table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    head, *body = table.rows
    for cell, name in zip(head.cells, columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line, row in zip(body, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    return table


def _weights(sheet: Sheet) -> tuple[int, ...]:
    return tuple(width for _, width in sheet.columns)


def _widths(table: Table, weights: tuple[int, ...]) -> None:
    """Share the width of the page among the columns."""
    table.autofit = False
    usable = A4_LONG - 2 * MARGIN
    for column, weight in zip(table.columns, weights, strict=True):
        for cell in column.cells:
            cell.width = usable * weight // sum(weights)
