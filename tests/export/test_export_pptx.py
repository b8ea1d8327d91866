"""Slides, read back: one matter each, nothing lost between them, sizes to be read from afar, clauses in the notes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from papers_made import HOSTILE, SHOWN, every_block, paper, pptx_text, table
from pptx import Presentation
from pptx.util import Pt

from assistant.export.paper import Callout, Chart, Heading, Item, Listing, Paragraph, Span, Table, marked, plain
from assistant.export.pptx import to_pptx
from assistant.export.pptx_flow import (
    HEIGHT,
    LINES,
    TABLE,
    heads,
    height,
    lead_height,
    row_height,
    shares,
    slides,
    split,
)

LONG = "每年研发费用不低于100万元，占营收不低于3%；" * 40


def titles(data: bytes) -> list[str]:
    return [slide.shapes.title.text for slide in Presentation(BytesIO(data)).slides]


def test_every_heading_has_its_slide() -> None:
    blocks = (
        Heading(text="第一部分"), Heading(text="条件", level=2), Paragraph(text="六项。"), Heading(text="期限", level=2),
        Paragraph(text="5月31日。"), Chart(name="结果", bars=(("符合", 2),)), Heading(text="第二部分"), Paragraph(text="完。"),
    )  # fmt: skip
    data = to_pptx(paper(*blocks))
    assert titles(data) == ["样例结果", "条件", "期限", "期限（续）", "第二部分", "依据"]
    assert pptx_text(data).count("第一部分") == 3
    assert "符合" in pptx_text(data)


def test_a_long_table_goes_on_with_its_head_and_loses_nothing() -> None:
    data = to_pptx(paper(Heading(text="结果"), table(45)))
    tables = [s.table for slide in Presentation(BytesIO(data)).slides for s in slide.shapes if s.has_table]
    assert len(tables) > 2
    assert all([cell.text for cell in one.rows[0].cells] == ["序号", "条款", "内容"] for one in tables)
    rows = [row.cells[0].text for one in tables for row in list(one.rows)[1:]]
    assert rows == [f"第{n}行" for n in range(1, 46)]


def test_very_many_rows_are_left_to_the_workbook_and_that_is_said() -> None:
    data = to_pptx(paper(Heading(text="结果"), table(500)))
    assert "还有 440 行没有放进幻灯片" in pptx_text(data)
    assert len(titles(data)) < 40


@pytest.mark.parametrize("rows", [1, 5, 20])
def test_nothing_stands_below_the_end_of_a_slide(rows: int) -> None:
    lines = Listing(items=tuple(Item(text=LONG) for _ in range(rows)))
    made = paper(Heading(text="一"), lines, Heading(text="二"), Paragraph(text="看表。"), table(rows, LONG))
    found = list(slides(made))
    for slide in found:
        if slide.columns:
            widths = shares(slide.columns)
            used = sum(row_height(row, widths, slide.size) for row in (heads(slide.columns), *slide.rows))
            assert used + lead_height(slide.lines) <= HEIGHT + 0.01
        else:
            assert sum(height(line.text, 1000) for line in slide.lines) <= LINES
    said = "".join(plain(line.text) for slide in found for line in slide.lines)
    assert said.count(LONG[:20]) >= rows
    assert said.replace("看表。", "") == LONG * rows
    cells = "".join(plain(row[2].text) for slide in found for row in slide.rows)
    assert cells == LONG * rows


def test_a_short_table_is_written_large() -> None:
    short, long = (next(slides(paper(Heading(text="一"), table(rows)))) for rows in (2, 60))
    assert (short.size, long.size) == (TABLE[0], TABLE[-1])


@pytest.mark.parametrize("most", [1, 2, 7])
def test_a_cut_text_is_whole_together(most: int) -> None:
    text = marked("第一句话说完了。[1]第二句 with Latin words 也说完了。\n第三句[2]")
    head, tail = split(text, 10, most)
    assert plain(head) + plain(tail) == plain(text)
    assert height([span for span in head if span.cite is None], 10) <= most  # a mark stays with its sentence
    assert [span.cite for span in (*head, *tail) if span.cite] == [1, 2]


def test_sizes_fonts_and_notes() -> None:
    blocks = (
        Heading(text="结论"), Callout(title="还不符合", lines=(marked("差20万元。[1]"),)), Heading(text="别的"),
        Paragraph(text=(Span(text="没有依据的话", bold=True),)), Heading(text="表"), table(4),
    )  # fmt: skip
    show = Presentation(BytesIO(to_pptx(paper(*blocks))))
    notes = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in show.slides]
    assert "《管理办法》第十七条" in notes[1]
    assert "每年5月31日前更新。" in notes[1]
    assert notes[2] == ""
    assert "《管理办法》第十七条" in notes[3]
    runs: list[Any] = [
        run for slide in show.slides for shape in slide.shapes if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs for run in paragraph.runs
    ]  # fmt: skip
    assert all(run._r.rPr.find("{*}ea") is not None for run in runs)
    body = [run.font.size for run in runs if run.text in ("还不符合", "差20万元。", "没有依据的话")]
    assert body == [Pt(20)] * 3


def test_hostile_text_stays_text() -> None:
    data = to_pptx(every_block(HOSTILE))
    assert "".join(pptx_text(data).split()).count("".join(SHOWN.split())) >= 4
    empty = Table(name="空", columns=table(1).columns, rows=())
    assert "没有。" in pptx_text(to_pptx(paper(Heading(text="一"), empty)))
