"""Word files, read back: real headings, repeated heads, links to the clauses, Chinese fonts, pages counted."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from papers_made import HOSTILE, SHOWN, docx_text, every_block, paper, table

from assistant.export.docx import to_docx
from assistant.export.paper import Callout, Heading, Item, Listing, Paragraph, marked

BLOCKS = (
    Heading(text="结论"), Paragraph(text=marked("还不符合。[1]")), Callout(title="注意", lines=(marked("差20万元"),)),
    Listing(items=(Item(text="一"), Item(text="二", depth=1), Item(text="三", mark="1."))), Heading(text="细节", level=2),
    table(3),
)  # fmt: skip


@pytest.fixture(scope="module")
def document() -> object:
    return Document(BytesIO(to_docx(paper(*BLOCKS))))


def test_headings_lists_and_meta_are_real(document: object) -> None:
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert styles[0] == ("Title", "样例结果")
    assert [text for name, text in styles if name == "Heading 1"] == ["结论", "依据"]
    assert ("Heading 2", "细节") in styles
    assert ("List Bullet", "一") in styles
    assert ("List Bullet 2", "二") in styles
    assert ("Marked Item", "1.\t三") in styles
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["地区", "上海市"]
    known = document.core_properties
    assert (known.title, known.author, known.language) == ("样例结果", "条理", "zh-CN")


def test_the_first_row_repeats_and_short_rows_stay_whole(document: object) -> None:
    head, first, *_ = document.tables[1].rows
    assert [cell.text for cell in head.cells] == ["序号", "条款", "内容"]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert first._tr.trPr.find(qn("w:cantSplit")) is not None
    assert first._tr.trPr.find(qn("w:tblHeader")) is None
    widths = [cell.width for cell in first.cells]
    assert sum(widths) <= document.sections[0].page_width - 2 * document.sections[0].left_margin
    assert widths[2] == pytest.approx(3 * widths[1], rel=0.01)


def test_long_rows_may_be_cut_by_the_end_of_a_page() -> None:
    rows = Document(BytesIO(to_docx(paper(table(1, "长" * 4000))))).tables[1].rows
    assert rows[1]._tr.trPr.find(qn("w:cantSplit")) is None


def test_marks_lead_to_their_clause(document: object) -> None:
    body = document.element.body
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert links == {"source_1"} <= marks
    text = docx_text(to_docx(paper(*BLOCKS)))
    for words in ("还不符合。[1]", "[1] 《管理办法》第十七条", "某文〔2026〕2号，现行有效", "每年5月31日前更新。"):
        assert words in text


def test_pages_are_counted_and_headings_stay_with_their_text(document: object) -> None:
    footer = document.sections[0].footer._element
    fields = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    for name in ("Heading 1", "Heading 2", "Callout Title", "Source"):
        assert document.styles[name].paragraph_format.keep_with_next
    assert document.paragraphs[-1].text == "以主管部门审核认定为准。"


def test_every_style_names_a_chinese_font(document: object) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Cell Text", "Source", "Clause Text"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体")
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_hostile_text_stays_text() -> None:
    text = docx_text(to_docx(every_block(HOSTILE)))
    assert text.count(SHOWN) >= 15


def test_a_thousand_rows_are_all_there() -> None:
    rows = Document(BytesIO(to_docx(paper(table(1000))))).tables[1]._tbl.tr_lst
    assert len(rows) == 1001
