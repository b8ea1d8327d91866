"""Papers for tests of the writers, and the text of what they wrote."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from assistant.export.paper import (
    Blank,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Heading,
    Item,
    Listing,
    Paper,
    Paragraph,
    Source,
    Span,
    Table,
    marked,
)

DAY = date(2026, 11, 21)
HOSTILE = (
    '=HYPERLINK("http://evil.example")<script>alert(1)</script>#eval("1")$x$ *a* @b \\u{41} [[/read("x")]]\x07\u202e|&'
)
SHOWN = HOSTILE.replace("\x07", "").replace("\u202e", "")
"""The same without what no file may hold."""


def table(rows: int, text: str = "近两年每年研发费用不低于100万元") -> Table:
    """A table with numbered rows."""
    columns = (Column(name="序号", weight=8), Column(name="条款", weight=20), Column(name="内容", weight=60))
    made = tuple((f"第{n}行", Cell(text=marked("第十七条[1]"), tone="bad"), text) for n in range(1, rows + 1))
    return Table(name="逐条结果", columns=columns, rows=made)


def paper(*blocks: Block, title: str = "样例结果") -> Paper:
    """A paper with one citation."""
    source = Source(
        n=1,
        where="《管理办法》第十七条",
        facts="某文〔2026〕2号，现行有效",
        text_kind="摘要",
        text="每年5月31日前更新。",
    )
    return Paper(
        title=title, day=DAY, meta=(("地区", "上海市"),), blocks=blocks, sources=(source,),
        closing="以主管部门审核认定为准。", footer="条理整理",
    )  # fmt: skip


def every_block(text: str) -> Paper:
    """``text`` wherever a paper can hold one."""
    spans = (Span(text=text),)
    return Paper(
        title=text, day=DAY, meta=((text, text),),
        blocks=(
            Heading(text=text), Paragraph(text=text), Paragraph(text=text, role="question"),
            Listing(items=(Item(text=text), Item(text=text, mark=text, depth=1))),
            Table(name=text, columns=(Column(name=text), Column(name=text)), rows=((text, text),)),
            Callout(title=text, lines=(spans,)), Chart(name=text, bars=((text, 3),), unit=text), Blank(lines=1),
            Table(name=text, columns=(Column(name=text),), rows=(), empty=text),
        ),
        sources=(Source(n=1, where=text, facts=text, text_kind=text, text=text),),
        closing=text, footer=text,
    )  # fmt: skip


def docx_text(data: bytes) -> str:
    """Everything a Word file says in its body."""
    document = Document(BytesIO(data))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pdf(data: bytes) -> PdfReader:
    """The PDF, opened."""
    return PdfReader(BytesIO(data))


def pdf_text(data: bytes) -> str:
    """Everything a PDF says, without spaces and line breaks, which are the typesetter's."""
    return "".join("".join(page.extract_text().split()) for page in pdf(data).pages)


def xlsx_text(data: bytes) -> str:
    """Every cell of a workbook."""
    sheets = load_workbook(BytesIO(data)).worksheets
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value)


def pptx_text(data: bytes) -> str:
    """Everything on the slides, without the notes."""
    found = []
    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_chart:
                found += [str(category) for category in shape.chart.plots[0].categories]
    return "\n".join(found)


def need_chinese_font() -> None:
    """Skip where a PDF cannot be set."""
    from assistant.export.pdf import FontMissing, families

    try:
        families()
    except FontMissing as error:
        pytest.skip(str(error))
