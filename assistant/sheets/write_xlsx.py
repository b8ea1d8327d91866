"""The workbook of results: 结果, 汇总 with charts, 读数报告, 列对照. Written row by row in constant memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from assistant.sheets.results import OUTCOMES, in_words
from assistant.sheets.workplace import Workplace

if TYPE_CHECKING:
    from assistant.sheets.job import Done, Watcher

ROWS_A_SHEET = 1_000_000
LINES_SHOWN = 5_000
MOST_BARS = 12
ORDER = ["wrong", "absurd", "unit", "vague", "extra", "total", "unsure", "read"]
COLOURS = {"eligible": "#2E7D32", "not_eligible": "#C62828", "needs_info": "#F9A825", "invalid_input": "#6D4C41"}
WIDTHS = {"行号": 8, "工作表": 12, "企业名称": 28, "统一社会信用代码": 22}
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip


def write_xlsx(done: Done, work: Workplace, path: Path, watch: Watcher, *, many_sheets: bool) -> None:
    """Write the workbook to ``path``."""
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        sheets = [book.add_worksheet("结果")]
        sheets += [book.add_worksheet(f"结果{n + 1}") for n in range(1, -(-done.tally.rows // ROWS_A_SHEET))]
        summary, report, columns = (book.add_worksheet(name) for name in ("汇总", "读数报告", "列对照"))
        _results(done, work, sheets, formats, watch, many_sheets=many_sheets)
        _summary(book, summary, done, formats)
        _report(report, done, work, formats)
        _columns(columns, done, formats)


def _results(
    done: Done, work: Workplace, sheets: list[Worksheet], formats: dict[str, Any], watch: Watcher, *, many_sheets: bool
) -> None:
    headings: list[str] = []
    written = 0
    for frame in work.results():
        words = in_words(frame, done.screened, many_sheets=many_sheets)
        if not headings:
            headings = words.columns
            for sheet in sheets:
                _head(sheet, headings, formats["head"])
        for cells in words.iter_rows():
            sheet = sheets[written // ROWS_A_SHEET]
            _row(sheet, 1 + written % ROWS_A_SHEET, cells)
            written += 1
        watch("写结果", written, done.tally.rows)
    for number, sheet in enumerate(sheets):
        last = min(ROWS_A_SHEET, written - number * ROWS_A_SHEET)
        if headings and last:
            sheet.autofilter(0, 0, last, len(headings) - 1)


def _head(sheet: Worksheet, headings: list[str], bold: Any) -> None:
    for index, heading in enumerate(headings):
        sheet.set_column(index, index, WIDTHS.get(heading, 14 if heading.endswith("结论") else 36))
    for index, heading in enumerate(headings):
        sheet.write_string(0, index, heading, bold)
    sheet.freeze_panes(1, 2 if len(headings) > 2 else 0)


def _row(sheet: Worksheet, row: int, cells: tuple[Any, ...]) -> None:
    """Text is always written as text, so that nothing in it is ever run as a formula."""
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(row, index, cell[:32_000])
        elif cell is not None:
            sheet.write_number(row, index, cell)


def _summary(book: xlsxwriter.Workbook, sheet: Worksheet, done: Done, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, 8, 14)
    titles = [one.standard.title for one in done.screened]
    line = _lines(sheet, 0, [f"共核对 {done.tally.rows:,} 家企业"], formats["title"])
    line = _lines(sheet, line, [one.standard.name for one in done.screened])
    line = _lines(sheet, line, ["这是根据表里数据做的预检，不是认定结论；是否通过，以主管部门审核认定为准。"])
    line = _lines(sheet, line, [*done.survey.notes, *done.notes]) + 1
    first = line
    _table(sheet, line, ["结论", *titles], formats["head"])
    for number, (outcome, words) in enumerate(OUTCOMES.items(), 1):
        counts = [done.tally.titles[one.name].outcomes.get(outcome, 0) for one in done.screened]
        _row(sheet, line + number, (words, *counts))
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for number, outcome in enumerate(OUTCOMES, 1):
        chart.add_series(
            {
                "name": [sheet.name, first + number, 0], "categories": [sheet.name, first, 1, first, len(titles)],
                "values": [sheet.name, first + number, 1, first + number, len(titles)],
                "fill": {"color": COLOURS[outcome]},
            }
        )  # fmt: skip
    charts = [(chart, "各称号的结论")]
    line += len(OUTCOMES) + 2
    for one in done.screened:
        counts_of = done.tally.titles[one.name]
        failing = dict(counts_of.failing.most_common(MOST_BARS))
        missing = dict(counts_of.missing.most_common(MOST_BARS))
        for heading, bars in (("最常不满足的条款", failing), ("最常缺的信息", missing)):
            name = f"{one.standard.title}：{heading}"
            line, bar = _bars(book, sheet, line, name, bars, formats)
            charts += [(bar, name)] if bar else []
    for number, (one_chart, name) in enumerate(charts):
        one_chart.set_title({"name": name, "name_font": {"size": 11}})
        one_chart.set_size({"width": 640, "height": 300})
        sheet.insert_chart(number * 16, 10, one_chart)


def _bars(
    book: xlsxwriter.Workbook, sheet: Worksheet, line: int, name: str, bars: dict[str, int], formats: dict[str, Any]
) -> tuple[int, Any]:
    """A table of counts and its chart; the next free line."""
    if not bars:
        return line, None
    _table(sheet, line, [name, "企业数"], formats["head"])
    for number, (label, count) in enumerate(bars.items(), 1):
        _row(sheet, line + number, (label, count))
    chart = book.add_chart({"type": "bar"})
    first, last = line + 1, line + len(bars)
    chart.add_series(
        {"name": "企业数", "categories": [sheet.name, first, 0, last, 0], "values": [sheet.name, first, 1, last, 1]}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    return last + 2, chart


def _table(sheet: Worksheet, line: int, headings: list[str], bold: Any) -> None:
    for index, heading in enumerate(headings):
        sheet.write_string(line, index, heading, bold)


def _lines(sheet: Worksheet, line: int, texts: list[str], style: Any = None) -> int:
    for number, text in enumerate(texts):
        sheet.write_string(line + number, 0, text, style)
    return line + len(texts)


def _report(sheet: Worksheet, done: Done, work: Workplace, formats: dict[str, Any]) -> None:
    """What is wrong first, then what was converted; the whole list stands in the CSV beside the workbook."""
    from assistant.sheets.write import KINDS, LINE_HEADINGS, line_words

    total = sum(done.tally.cells.values())
    counts = "，".join(f"{KINDS[kind]} {done.tally.cells[kind]:,}" for kind in ORDER if done.tally.cells[kind])
    line = _lines(
        sheet, 0, [f"有话要说的格子共 {total:,} 个" + (f"：{counts}。" if counts else "。")], formats["title"]
    )
    if total > LINES_SHOWN:
        rest = total - LINES_SHOWN
        line = _lines(sheet, line, [f"这里列出 {LINES_SHOWN:,} 个，其余 {rest:,} 个见同一文件夹里的读数报告 CSV。"])
    others = [f"工作表“{name}”第 {row:,} 行{why}，没有当作企业。" for name, row, why in done.survey.passed_over]
    line = _lines(sheet, line, others[:50])
    for index, width in enumerate((12, 8, 6, 28, 28, 14, 70)):
        sheet.set_column(index, index, width)
    _table(sheet, line, list(LINE_HEADINGS.values()), formats["head"])
    line += 1
    for cells in line_words(_first_lines(work)).iter_rows():
        _row(sheet, line, cells)
        line += 1


def _first_lines(work: Workplace) -> pl.DataFrame:
    """The lines that are shown, those with the gravest problems first."""
    kept: pl.DataFrame | None = None
    rank = pl.col("kind").replace_strict({kind: n for n, kind in enumerate(ORDER)}, default=len(ORDER))
    for frame in work.lines():
        joined = frame if kept is None else pl.concat([kept, frame])
        kept = joined.sort(rank, maintain_order=True).head(LINES_SHOWN)
    assert kept is not None
    return kept


def _columns(sheet: Worksheet, done: Done, formats: dict[str, Any]) -> None:
    from assistant.sheets.preview import COLUMN_HEADINGS, column_rows

    for index, width in enumerate((12, 6, 36, 34, 8, 24, 70)):
        sheet.set_column(index, index, width)
    _table(sheet, 0, list(COLUMN_HEADINGS), formats["head"])
    line = 1
    for part in done.survey.parts:
        for cells in column_rows(part):
            _row(sheet, line, cells)
            line += 1
