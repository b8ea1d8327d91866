"""Tables of a Word file, written as XML in one go: a table of thousands of rows takes seconds and not minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.shared import Length
from docx.text.paragraph import Paragraph

from assistant.export import docx_style as style
from assistant.export.paper import Cell, Span, Table, plain

Put = Callable[[Any, Sequence[Span]], None]
TWIP = 635  # EMU
LONG_CELL = 300
"""A row with a cell of more characters than these may be cut by the end of a page."""


def add_table(document: Doc, table: Table, width: Length, put: Put) -> None:
    """The table, as wide as the page; its first row repeats on every page, short rows are kept whole."""
    shares = [int(width / TWIP * column.weight / table.total) for column in table.columns]
    made = document.add_table(rows=0, cols=len(shares), style="Table Grid")
    made.autofit = False
    properties = made._tbl.tblPr
    style.mark(properties, "tblCaption", val=table.name)
    for column, share in zip(made._tbl.tblGrid.gridCol_lst, shares, strict=True):
        column.w = Length(share * TWIP)
    head, body = (document.styles[name].style_id for name in (style.CELL_HEAD, style.CELL))
    names = [Cell(text=column.name) for column in table.columns]
    made._tbl.append(_row(made, names, shares, put, head, head=True))
    for row in table.rows:
        made._tbl.append(_row(made, row, shares, put, body))
    document.add_paragraph(style=style.SMALL)


def _row(
    table: Any, cells: Sequence[Cell], shares: Sequence[int], put: Put, style_id: str, *, head: bool = False
) -> Any:
    row = OxmlElement("w:tr")
    properties = row.get_or_add_trPr()
    if head or all(len(plain(cell.text)) <= LONG_CELL for cell in cells):
        style.mark(properties, "cantSplit")
    if head:
        style.mark(properties, "tblHeader")
    for cell, share in zip(cells, shares, strict=True):
        made = OxmlElement("w:tc")
        style.mark(made.get_or_add_tcPr(), "tcW", w=str(share), type="dxa")
        if head or cell.tone != "plain":
            style.shade(made, style.HEAD_FILL if head else style.FILL[cell.tone])
        paragraph = made.add_p()
        paragraph.style = style_id
        put(Paragraph(paragraph, table), cell.text)
        row.append(made)
    return row
