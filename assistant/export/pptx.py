"""A paper as slides: a title, one matter per slide, the clauses in the speaker's notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Inches, Pt

from assistant.export.paper import Cell, Paper, Source, Span
from assistant.export.pptx_flow import (
    ABOVE,
    SIDE,
    TEXT,
    WIDTH,
    Line,
    Slide,
    heads,
    lead_height,
    row_height,
    shares,
    slides,
)

FONT = "微软雅黑"
INK, GREY, BLUE = RGBColor(0x1F, 0x29, 0x37), RGBColor(0x55, 0x5F, 0x6D), RGBColor(0x1D, 0x4E, 0x89)
HEAD = RGBColor(0xE3, 0xE9, 0xF2)
FILL = {
    "good": RGBColor(0xE3, 0xF1, 0xE7), "bad": RGBColor(0xFB, 0xE6, 0xE4), "open": RGBColor(0xFD, 0xF3, 0xDC),
    "changed": RGBColor(0xFF, 0xF1, 0xB8), "plain": RGBColor(0xFF, 0xFF, 0xFF),
}  # fmt: skip
LEFT, WIDE = Inches(0.62), Pt(WIDTH)
TOP_TITLE, TOP_BODY, BOTTOM = Inches(0.55), Inches(1.55), Inches(7.05)
GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's table style with lines and nothing else
COVER, PLAIN = 0, 5  # layouts of the library's own template: title slide, title only
LONGEST_TITLE = 48
LONGEST_PROPERTY = 255
SOURCES_PER_SLIDE = 8


def to_pptx(paper: Paper) -> bytes:
    """The file's bytes."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    known = show.core_properties
    known.title, known.author, known.language = paper.title[:LONGEST_PROPERTY], "条理", "zh-CN"
    known.created = known.modified = datetime.combine(paper.day, time())
    _cover(show, paper)
    sources = {source.n: source for source in paper.sources}
    for slide in (*slides(paper), *_sources(paper)):
        made = _slide(show, slide, paper)
        notes = [_spoken(sources[n]) for n in slide.cited if n in sources]
        if notes:
            made.notes_slide.notes_text_frame.text = "\n\n".join(["这一页的依据：", *notes])
    buffer = BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def _sources(paper: Paper) -> list[Slide]:
    """The citations by name; what they say stands in the notes."""
    found = []
    for start in range(0, len(paper.sources), SOURCES_PER_SLIDE):
        part = paper.sources[start : start + SOURCES_PER_SLIDE]
        lines = [Line((Span(cite=s.n), Span(text=f" {_cut(s.where, 80)}")), "small") for s in part]
        found.append(Slide("依据" if start == 0 else "依据（续）", lines=lines))
    return found


def _spoken(source: Source) -> str:
    return f"[{source.n}] {source.where}\n{source.facts}\n{source.text_kind}：{source.text}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _cover(show: Any, paper: Paper) -> None:
    slide = show.slides.add_slide(show.slide_layouts[COVER])
    title, under = slide.shapes.title, slide.placeholders[1]
    _place(title, LEFT, Inches(1.6), WIDE, Inches(1.6))
    _place(under, LEFT, Inches(3.4), WIDE, Inches(3.6))
    _fill(title.text_frame, [Line((Span(text=_cut(paper.title, 60)),), "strong")], 36)
    lines = [Line((Span(text=f"{name}：{_cut(value, 120)}"),), "small") for name, value in paper.meta[:6]]
    _fill(under.text_frame, [*lines, Line((Span(text=_cut(paper.closing, 200)),), "small")], TEXT - 2)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _slide(show: Any, slide: Slide, paper: Paper) -> Any:
    made = show.slides.add_slide(show.slide_layouts[PLAIN])
    title = made.shapes.title
    _place(title, LEFT, TOP_TITLE, WIDE, Inches(0.9))
    _fill(
        title.text_frame,
        [Line((Span(text=_cut(slide.title, LONGEST_TITLE)),), "strong")],
        28 if len(slide.title) < 30 else 22,
    )
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if slide.above:
        _box(made, LEFT, Inches(0.25), WIDE, Inches(0.35), [Line((Span(text=_cut(slide.above, 60)),), "small")], 12)
    if slide.chart:
        _chart(made, slide)
    elif slide.columns:
        _table(made, slide)
    if slide.lines:
        _box(made, LEFT, TOP_BODY, WIDE, BOTTOM - TOP_BODY, slide.lines, TEXT)
    number = f"{paper.footer}　{len(show.slides)}" if paper.footer else str(len(show.slides))
    _box(made, LEFT, Inches(7.05), WIDE, Inches(0.35), [Line((Span(text=number),), "small")], 11)
    return made


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


def _box(slide: Any, left: int, top: int, width: int, height: int, lines: Sequence[Line], size: float) -> None:
    box = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height))
    _fill(box.text_frame, lines, size)


def _fill(frame: Any, lines: Sequence[Line], size: float) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.25)
        _left(paragraph, line, size)
        if line.mark:
            _run(paragraph, Span(text=f"{line.mark}\t"), size, line.role)
        for span in line.text:
            _run(paragraph, span, size, line.role)


def _left(paragraph: Any, line: Line, size: float) -> None:
    """Text at the left; what has a mark hangs beside it."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("algn", "l")
    indent = int(Pt(size * 1.6)) if line.mark else 0
    properties.set("marL", str(indent * (line.depth + 1)))
    properties.set("indent", str(-indent))


def _run(paragraph: Any, span: Span, size: float, role: str) -> None:
    for n, text in enumerate(span.shown.split("\n")):
        if n:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.name, font.size, font.bold = FONT, Pt(size), span.bold or role in ("strong", "question")
        font.color.rgb = BLUE if span.cite is not None else GREY if role == "small" else INK
        properties = run._r.get_or_add_rPr()
        properties.set("lang", "zh-CN")
        if span.cite is not None:
            properties.set("baseline", "30000")
        asian = OxmlElement("a:ea")
        asian.set("typeface", FONT)
        properties.find(qn("a:latin")).addnext(asian)


def _table(slide: Any, part: Slide) -> None:
    top = Emu(TOP_BODY + Pt(lead_height(part.lines)))
    shape = slide.shapes.add_table(len(part.rows) + 1, len(part.columns), LEFT, top, WIDE, Inches(0.5))
    table, widths = shape.table, shares(part.columns)
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = GRID
    for width, made in zip(widths, table.columns, strict=True):
        made.width = Pt(width)
    for row, made in zip([heads(part.columns), *part.rows], table.rows, strict=True):
        made.height = Pt(row_height(row, widths, part.size))
    for name, cell in zip(heads(part.columns), table.rows[0].cells, strict=True):
        _cell(cell, name, HEAD, part.size, bold=True)
    for n, row in enumerate(part.rows, 1):
        for cell, made in zip(row, table.rows[n].cells, strict=True):
            _cell(made, cell, FILL[cell.tone], part.size)


def _cell(made: Any, cell: Cell, colour: RGBColor, size: float, *, bold: bool = False) -> None:
    made.fill.solid()
    made.fill.fore_color.rgb = colour
    made.margin_top = made.margin_bottom = Pt(ABOVE)
    made.margin_left = made.margin_right = Pt(SIDE)
    paragraph = made.text_frame.paragraphs[0]
    for span in cell.text:
        _run(paragraph, span, size, "strong" if bold else "body")


def _chart(slide: Any, part: Slide) -> None:
    assert part.chart is not None
    data = CategoryChartData()
    data.categories = [name for name, _ in part.chart.bars]
    data.add_series(part.chart.name, [count for _, count in part.chart.bars])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, LEFT, TOP_BODY, WIDE, BOTTOM - TOP_BODY, data)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(16), FONT
    plot = chart.plots[0]
    plot.has_data_labels, plot.gap_width = True, 60
    plot.data_labels.show_value = True
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = RGBColor(0x4B, 0x78, 0xAB)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
