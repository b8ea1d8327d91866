"""A paper as a Word file: real headings and lists, tables whose first row repeats, marks that lead to their clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from assistant.export import docx_style as style
from assistant.export.docx_table import add_table
from assistant.export.paper import (
    Blank,
    Block,
    Callout,
    Chart,
    Column,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Source,
    Span,
    Table,
)

LONGEST_PROPERTY = 255
FEW = 6  # a list of no more items stays on one page
BAR = 24  # characters of the longest bar


def to_docx(paper: Paper) -> bytes:
    """The file's bytes."""
    document = Document()
    width = style.page(document, landscape=paper.landscape)
    style.styles(document, landscape=paper.landscape)
    _properties(document, paper)
    document.add_heading(paper.title, level=0)
    if paper.meta:
        columns = (Column(name="项目", weight=1), Column(name="内容", weight=8 if paper.landscape else 5))
        add_table(document, Table(name="概要", columns=columns, rows=paper.meta), width, put)
    for block in paper.blocks:
        _block(document, block, width)
    if paper.sources:
        document.add_heading("依据", level=1)
    for source in paper.sources:
        _source(document, source)
    if paper.closing:
        document.add_paragraph(paper.closing, style=style.SMALL)
    style.footer(document, paper.footer)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _properties(document: Doc, paper: Paper) -> None:
    known = document.core_properties
    known.title, known.language = paper.title[:LONGEST_PROPERTY], "zh-CN"
    known.author = known.last_modified_by = "条理"
    known.comments = paper.closing[:LONGEST_PROPERTY]
    known.created = known.modified = datetime.combine(paper.day, time())


def _block(document: Doc, block: Block, width: Length) -> None:
    match block:
        case Heading():
            heading = document.add_heading(block.text, level=block.level)
            heading.paragraph_format.page_break_before = block.new_page or None
        case Paragraph():
            role = {"question": style.QUESTION, "small": style.SMALL, "body": "Normal"}[block.role]
            put(document.add_paragraph(style=role), block.text)
        case Listing():
            _listing(document, block)
        case Table():
            if block.rows:
                add_table(document, block, width, put)
            else:
                document.add_paragraph(block.empty)
        case Callout():
            _callout(document, block)
        case Chart():
            columns = tuple(Column(name=name, weight=n) for name, n in (("名称", 8), ("图示", 14), ("数量", 4)))
            rows = tuple((name, bar(n, block.most), f"{n} {block.unit}") for name, n in block.bars)
            add_table(document, Table(name=block.name, columns=columns, rows=rows), width, put)
        case Blank():
            for _ in range(block.lines):
                document.add_paragraph(style=style.LINE)


def bar(count: int, most: int) -> str:
    """A bar of text, at least one sign long where there is anything."""
    return "█" * (max(1, round(BAR * count / most)) if count else 0)


def _listing(document: Doc, block: Listing) -> None:
    for item in block.items:
        together = len(block.items) <= FEW and item is not block.items[-1]
        if item.mark == "•":
            paragraph = document.add_paragraph(style="List Bullet 2" if item.depth else "List Bullet")
            paragraph.paragraph_format.keep_with_next = together or None
            put(paragraph, item.text)
            continue
        paragraph = document.add_paragraph(style=style.ITEM)
        paragraph.paragraph_format.keep_with_next = together or None
        indent = paragraph.paragraph_format
        indent.left_indent, indent.first_line_indent = Cm(0.8 * (item.depth + 1)), -Cm(0.8)
        indent.tab_stops.add_tab_stop(indent.left_indent)
        paragraph.add_run(f"{item.mark}\t")
        put(paragraph, item.text)


def _callout(document: Doc, block: Callout) -> None:
    title = document.add_paragraph(block.title, style=style.CALLOUT_TITLE)
    style.frame(title, block.tone)
    for line in block.lines:
        paragraph = document.add_paragraph(style=style.CALLOUT)
        style.frame(paragraph, block.tone)
        put(paragraph, line)
    document.add_paragraph(style=style.SMALL)


def _source(document: Doc, source: Source) -> None:
    head = document.add_paragraph(style=style.SOURCE)
    style.mark(head._p, "bookmarkStart", id=str(source.n), name=_anchor(source.n))
    head.add_run(f"[{source.n}] {source.where}")
    style.mark(head._p, "bookmarkEnd", id=str(source.n))
    facts = document.add_paragraph(f"{source.facts}　{source.text_kind}：", style=style.SMALL)
    facts.paragraph_format.left_indent = Cm(0.8)
    facts.paragraph_format.keep_with_next = True
    for line in filter(str.strip, source.text.split("\n")):
        document.add_paragraph(line.strip(), style=style.CLAUSE)


def put(paragraph: Any, text: Sequence[Span]) -> None:
    """The spans at the end of a paragraph; line breaks stay, marks lead to their clause."""
    for span in text:
        if span.cite is None:
            run = paragraph.add_run(span.text)
            run.bold = span.bold or None
        else:
            run = paragraph.add_run(span.shown)
            run._r.style = style.CITATION_ID  # by name, every run would look the style up
            paragraph._p.append(_link(run, span.cite))


def _link(run: Any, n: int) -> Any:
    found = OxmlElement("w:hyperlink")
    found.set(qn("w:anchor"), _anchor(n))
    found.set(qn("w:history"), "1")
    found.append(run._r)
    return found


def _anchor(n: int) -> str:
    return f"source_{n}"
