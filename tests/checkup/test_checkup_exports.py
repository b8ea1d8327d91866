"""The reports, read back with other libraries: complete, dated, sourced, and safe with hostile text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from checkup_made import run
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from assistant.checkup import CheckUp
from assistant.checkup.export import WRITERS, export, writer
from assistant.checkup.export_html import to_html
from assistant.checkup.report import STATUS
from assistant.errors import BadInput

COMPANY = {"holds_zjtx": True, "digital_contract": "60万元", "revenue": {2024: "2500万元", 2025: "3200万元"}}
to_docx, to_xlsx = WRITERS[".docx"], WRITERS[".xlsx"]
HOSTILE = '=HYPERLINK("http://evil.example","点我")<script>alert(1)</script>\x07|&'
SIGNS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]


@pytest.fixture(scope="module")
def report() -> CheckUp:
    return run(COMPANY, place="上海市青浦区", company="样例公司")


class Page(HTMLParser):
    """Tags with their attributes, texts, and cells per table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def test_the_workbook_has_four_sheets_with_every_row(report: CheckUp) -> None:
    book = load_workbook(BytesIO(to_xlsx(report)))
    assert book.sheetnames == ["总览", "优惠", "称号", "还要了解"]
    benefits = [[cell.value or "" for cell in line] for line in book["优惠"].iter_rows(min_row=2)]
    for one, line in zip(report.benefits, benefits, strict=False):
        assert line[0] == STATUS[one.status]
        assert one.name in line[1]
        assert one.ref in line[-1]
    assert len([line for line in book["还要了解"].iter_rows(min_row=2) if line[1].value]) == len(report.questions)
    titles = [line[0].value for line in book["称号"].iter_rows(min_row=2, max_row=1 + len(report.titles))]
    assert titles == [one.name for one in report.titles]
    overview = "\n".join(str(cell.value) for line in book["总览"].iter_rows() for cell in line if cell.value)
    for words in ("样例公司", "上海市青浦区", "2026年11月21日", report.disclaimer):
        assert words in overview


def test_the_workbook_can_be_read_and_printed(report: CheckUp) -> None:
    book = load_workbook(BytesIO(to_xlsx(report)))
    sheet = book["优惠"]
    assert sheet.freeze_panes == "B2"
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width > 15
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref is not None
    for one in book.worksheets[1:]:
        assert report.disclaimer in "".join(str(cell.value) for line in one.iter_rows() for cell in line)


@pytest.mark.parametrize("name", [*SIGNS, HOSTILE])
def test_no_cell_of_the_workbook_is_a_formula(name: str) -> None:
    data = to_xlsx(run(COMPANY, company=name))
    cells = [c for sheet in load_workbook(BytesIO(data)).worksheets for line in sheet.iter_rows() for c in line]
    assert {c.data_type for c in cells if c.value is not None} == {"s"}
    assert any(name.replace("\x07", "") in str(c.value) for c in cells)
    with ZipFile(BytesIO(data)) as book:
        sheets = [book.read(part).decode() for part in book.namelist() if part.startswith("xl/worksheets/sheet")]
        assert not any("<f>" in text or "<hyperlink" in text for text in sheets)
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_a_name_like_a_formula_is_quoted_in_its_cell() -> None:
    overview = load_workbook(BytesIO(to_xlsx(run(COMPANY, company="=1+1"))))["总览"]
    named = next(line[1] for line in overview.iter_rows() if line[0].value == "企业")
    assert named.value == "=1+1"
    assert named.quotePrefix


def test_the_document_has_real_headings_and_tables(report: CheckUp) -> None:
    document = Document(BytesIO(to_docx(report)))
    assert document.paragraphs[0].style.name == "Title"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["优惠", "称号", "还要了解"]
    overview, benefits, titles, questions = document.tables
    assert len(benefits.rows) == 1 + len(report.benefits)
    assert len(titles.rows) == 1 + len(report.titles)
    assert len(questions.rows) == 1 + len(report.questions)
    assert report.benefits[0].ref in benefits.rows[1].cells[-1].text
    words = "\n".join(cell.text for line in overview.rows for cell in line.cells)
    for expected in ("样例公司", "上海市青浦区", "2026年11月21日", report.disclaimer):
        assert expected in words
    assert benefits.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.paragraphs[-1].text == report.disclaimer


def test_the_document_sets_chinese_fonts(report: CheckUp) -> None:
    document = Document(BytesIO(to_docx(report)))
    for style, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Title", "黑体")):
        fonts = document.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height


def test_the_page_has_every_row_and_loads_nothing(report: CheckUp) -> None:
    text = to_html(report)
    page = Page(text)
    assert [len(table) for table in page.tables] == [
        1 + len(report.benefits), 1 + len(report.titles), 1 + len(report.questions),
    ]  # fmt: skip
    assert report.benefits[0].ref in page.tables[0][1][-1]
    for expected in ("样例公司", "上海市青浦区", "2026年11月21日", report.disclaimer):
        assert any(expected in part for part in page.texts)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [attrs for _, attrs in page.tags if {"src", "href", "srcset"} & attrs.keys()]
    assert "@import" not in text
    assert "url(" not in text
    assert "@media print" in text
    assert ("html", {"lang": "zh-CN"}) in page.tags


def test_hostile_text_stays_text_in_page_and_document() -> None:
    hostile = run(COMPANY, company=HOSTILE)
    page = Page(to_html(hostile))
    assert "script" not in {tag for tag, _ in page.tags}
    assert any("<script>alert(1)</script>" in text for text in page.texts)
    document = Document(BytesIO(to_docx(hostile)))
    assert "<script>alert(1)</script>" in document.paragraphs[0].text
    assert "\x07" not in document.paragraphs[0].text


def test_a_report_without_benefits_can_be_written() -> None:
    elsewhere = run(COMPANY, place="江苏省")
    for make in WRITERS.values():
        assert len(make(elsewhere)) > 1000
    assert "没有收录江苏省" in to_html(elsewhere)


def test_the_same_report_gives_the_same_page(report: CheckUp) -> None:
    assert to_html(report) == to_html(report)
    assert not re.search(r"\{\{|\{%", to_html(report))


def test_the_ending_of_the_name_says_how(report: CheckUp, tmp_path: Path) -> None:
    for ending in WRITERS:
        export(report, tmp_path / f"体检{ending}")
        assert (tmp_path / f"体检{ending}").stat().st_size > 1000
    with pytest.raises(BadInput, match="xlsx"):
        writer(tmp_path / "report.txt")
    with pytest.raises(BadInput, match="不存在"):
        writer(tmp_path / "missing" / "report.xlsx")
