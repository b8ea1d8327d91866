"""Workbooks, read back: sheets, text that never is a formula, what is too long, charts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from papers_made import HOSTILE, SHOWN, every_block, paper, table, xlsx_text

from assistant.export.paper import Chart, Heading, Paragraph, Table
from assistant.export.xlsx import to_xlsx


def test_overview_tables_and_citations_have_their_sheets() -> None:
    data = to_xlsx(paper(Heading(text="结论"), Paragraph(text="还不符合。"), table(3), table(2)))
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["总览", "逐条结果", "逐条结果 2", "依据"]
    sheet = book["逐条结果"]
    assert [cell.value for cell in sheet[1]] == ["序号", "条款", "内容"]
    assert [cell.value for cell in sheet[2]] == ["第1行", "第十七条[1]", "近两年每年研发费用不低于100万元"]
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.page_setup.paperSize) == ("$1:$1", "B2", 9)
    assert book["依据"]["A2"].value == "[1]"
    for words in ("样例结果", "结论", "还不符合。", "见工作表“逐条结果 2”", "以主管部门审核认定为准。"):
        assert words in xlsx_text(data)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", HOSTILE, "http://a.example", "'=1", "0012"])
def test_no_cell_is_a_formula_a_link_or_a_number(text: str) -> None:
    data = to_xlsx(every_block(text))
    book = load_workbook(BytesIO(data))
    charted = {cell.coordinate for cell in book.worksheets[2]["B"]}
    cells = [
        cell for n, sheet in enumerate(book.worksheets) for row in sheet.iter_rows() for cell in row
        if cell.value is not None and not (n == 2 and cell.coordinate in charted and cell.row > 1)
    ]  # fmt: skip
    assert {cell.data_type for cell in cells} == {"s"}
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in cells if cell.value == SHOWN or cell.value == text)
    with ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_what_is_too_long_for_a_cell_says_so() -> None:
    data = to_xlsx(paper(table(1, "长" * 40_000)))
    value = load_workbook(BytesIO(data))["逐条结果"]["C2"].value
    assert len(value) <= 32_767
    assert value.endswith("全文在 Word 和 PDF 里）")


@pytest.mark.parametrize("name", ["a/b[c]:d*?", "History", "x" * 60, "", "'引号'"])
def test_any_name_makes_a_sheet(name: str) -> None:
    made = Table(name=name, columns=table(1).columns, rows=table(1).rows)
    names = load_workbook(BytesIO(to_xlsx(paper(made, made)))).sheetnames
    assert len(names) == len({one.lower() for one in names}) == 4
    assert all(0 < len(one) <= 31 for one in names)


def test_counts_are_numbers_with_a_chart_beside_them() -> None:
    data = to_xlsx(paper(Chart(name="结论", bars=(("符合", 12), ("不符合", 7)))))
    sheet = load_workbook(BytesIO(data))["结论"]
    assert [[cell.value for cell in row] for row in sheet["A1:B3"]] == [["名称", "家"], ["符合", 12], ["不符合", 7]]
    with ZipFile(BytesIO(data)) as parts:
        assert "xl/charts/chart1.xml" in parts.namelist()


def test_thousands_of_rows_are_all_there() -> None:
    sheet = load_workbook(BytesIO(to_xlsx(paper(table(5000)))), read_only=True)["逐条结果"]
    assert sum(1 for _ in sheet.iter_rows(min_row=2, max_row=5001, values_only=True)) == 5000
