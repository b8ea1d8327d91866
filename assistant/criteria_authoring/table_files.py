"""A fact-check table as Markdown and as a workbook that can be printed and signed."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from assistant.criteria_authoring.table import COLUMNS, Table

WIDTHS = (9, 14, 34, 16, 16, 30, 30, 12, 34, 18, 14)


def markdown(table: Table) -> str:
    """The table as one Markdown page."""
    lines = [f"# {table.head.title}", ""]
    lines += [f"- **{name}**：{text}" for name, text in table.head.lines]
    lines += ["", *table.head.how_to, "", _line(COLUMNS), _line(["---"] * len(COLUMNS))]
    for row in table.rows:
        cells = list(row.cells)
        if row.kind in ("criterion", "item"):
            cells[0], cells[1], cells[2] = (f"**{cell}**" if cell else "" for cell in cells[:3])
        lines.append(_line([cell.replace("|", "｜").replace("\n", " ") for cell in cells]))
    return "\n".join(lines) + "\n"


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def workbook(table: Table, path: Path) -> None:
    """Write the table as XLSX: landscape A4, header row on every page, wrapped cells, room to sign."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_size": 9})
        strong = book.add_format(
            {"text_wrap": True, "valign": "top", "border": 1, "font_size": 9, "bold": True, "bg_color": "#E8EEF4"}
        )
        top = book.add_format(
            {"text_wrap": True, "valign": "vcenter", "border": 1, "bold": True, "bg_color": "#D0DAE4"}
        )
        title = book.add_format({"bold": True, "font_size": 14})
        sheet = book.add_worksheet("核对表")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, COLUMNS, top)
        for n, row in enumerate(table.rows, 1):
            sheet.write_row(n, 0, row.cells, strong if row.kind in ("criterion", "item") else plain)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{table.id}&C第 &P 页，共 &N 页&R核对人：            日期：            ")
        about = book.add_worksheet("说明")
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 100)
        about.set_landscape()
        about.set_paper(9)
        about.write(0, 0, table.head.title, title)
        lines = [*table.head.lines, *(("用法", sentence) for sentence in table.head.how_to)]
        for n, (name, text) in enumerate(lines, 2):
            about.write(n, 0, name, plain)
            about.write(n, 1, text, plain)
