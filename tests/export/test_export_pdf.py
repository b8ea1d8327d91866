"""PDF files, read back: text, fonts inside, tagged, heads repeated, nothing in a text is markup."""

from __future__ import annotations

import pytest
from papers_made import HOSTILE, SHOWN, every_block, need_chinese_font, paper, pdf, pdf_text, table
from pypdf.generic import DictionaryObject

from assistant.export import pdf as writer
from assistant.export.paper import Heading, Paragraph, marked
from assistant.export.pdf import FontMissing, to_pdf


@pytest.fixture(scope="module")
def made() -> bytes:
    need_chinese_font()
    return to_pdf(paper(Heading(text="结论"), Paragraph(text=marked("还不符合。[1]")), table(80)))


def test_the_text_can_be_read_and_searched(made: bytes) -> None:
    text = pdf_text(made)
    for words in (
        "样例结果",
        "上海市",
        "还不符合。[1]",
        "第80行",
        "[1]《管理办法》第十七条",
        "每年5月31日前更新。",
        "以主管部门审核认定为准。",
    ):
        assert words in text


def test_the_head_of_a_table_stands_on_every_page_of_it(made: bytes) -> None:
    pages = ["".join(page.extract_text().split()) for page in pdf(made).pages]
    assert 2 <= len(pages) <= 5
    for number, text in enumerate(pages, 1):
        assert f"条理整理第{number}页，共{len(pages)}页" in text
        if "近两年每年研发费用" in text:
            assert "序号条款内容" in text


def test_it_is_tagged_with_language_outline_and_fonts_inside(made: bytes) -> None:
    document = pdf(made)
    catalogue = document.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower().startswith("zh")
    assert b"pdfaid:part" in catalogue["/Metadata"].get_data()
    assert document.metadata is not None
    assert document.metadata.title == "样例结果"
    assert [entry.title for entry in document.outline] == ["结论", "依据"]
    fonts = document.pages[0]["/Resources"]["/Font"].values()
    described = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    assert all("/FontFile3" in one.get_object() or "/FontFile2" in one.get_object() for one in described)


def test_marks_lead_to_their_clause_and_nowhere_else(made: bytes) -> None:
    links = [a.get_object() for page in pdf(made).pages for a in page.get("/Annots", [])]
    assert len(links) >= 81
    assert not [link for link in links if isinstance(link.get("/A"), DictionaryObject) and "/URI" in link["/A"]]


def test_hostile_text_is_shown_and_never_run() -> None:
    need_chinese_font()
    text = pdf_text(to_pdf(every_block(HOSTILE)))
    assert text.count("".join(SHOWN.split())) >= 10
    assert not [a for page in pdf(to_pdf(every_block("http://evil.example"))).pages for a in page.get("/Annots", [])]


@pytest.mark.parametrize("text", ["#panic()", '*/ #import "@preview/x:1.0.0": *', "\\", '"', "```", "😀\U000f0000", ""])
def test_any_text_can_be_set(text: str) -> None:
    need_chinese_font()
    assert len(pdf(to_pdf(every_block(text))).pages) >= 1


def test_very_long_texts_go_on_over_pages() -> None:
    need_chinese_font()
    made = to_pdf(paper(Paragraph(text="长" * 6000), table(1, "久" * 6000)))
    assert len(pdf(made).pages) > 5
    assert (pdf_text(made).count("长"), pdf_text(made).count("久")) == (6000, 6000)


def test_without_a_chinese_font_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SANS", ("No Such Font",))
    monkeypatch.setattr(writer, "SERIF", ())
    with pytest.raises(FontMissing, match=r"安装.*Word"):
        to_pdf(paper())


def test_the_same_paper_gives_the_same_file(made: bytes) -> None:
    again = to_pdf(paper(Heading(text="结论"), Paragraph(text=marked("还不符合。[1]")), table(80)))
    assert again == made
