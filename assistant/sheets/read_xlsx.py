"""Workbooks (.xlsx, .xlsm): checked as containers, read with calamine through fastexcel, marked from their XML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import fastexcel
import polars as pl

from assistant.errors import BadInput
from assistant.sheets.raw import HEAD, PERCENT, Merge, Piece, Sheet
from assistant.sheets.xlsx_marks import Marks, percent_styles, scan, sheet_parts
from assistant.sheets.zip_guard import blocks, open_container

NUMBER = r"^-?[0-9]"
NEAR_TOP = HEAD + 2


class XlsxSource:
    """A workbook. Its sheets are read one at a time; hidden ones are named in ``notes`` and left out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        self._loaded: dict[str, tuple[pl.DataFrame, bool]] = {}
        self._marks: dict[str, Marks] = {}
        with open_container(path) as container:
            if "xl/sharedStrings.xml" in container.namelist():
                for _ in blocks(container, "xl/sharedStrings.xml", path.name):
                    pass
            styles = percent_styles(container, path.name)
            for name, part in sheet_parts(container, path.name).items():
                self._marks[name] = scan(container, part, path.name, styles)

    @cached_property
    def _reader(self) -> fastexcel.ExcelReader:
        try:
            return fastexcel.read_excel(self.path)
        except (fastexcel.FastExcelError, OSError, ValueError) as error:
            raise BadInput(f"{self.path.name} 损坏或不完整，读不了。请在 Excel 里打开后另存一份。") from error

    def sheets(self) -> list[Sheet]:
        """The visible sheets that have any cells."""
        found: list[Sheet] = []
        for name in self._reader.sheet_names:
            if name not in self._marks:  # a chart of its own
                continue
            frame, visible = self._load(name)
            if not visible:
                self.notes.append(f"工作表“{name}”是隐藏的，没有读。")
                continue
            if frame.width:
                head = tuple(tuple(cell or "" for cell in row) for row in frame.head(HEAD).rows())
                merged = tuple(m for m in self._marks[name].merged if m.top <= NEAR_TOP)
                found.append(Sheet(name, head, merged))
        return found

    def pieces(self, sheet: str, size: int) -> Iterator[Piece]:
        """The rows of a sheet."""
        frame, _ = self._load(sheet)
        for first in range(0, frame.height, size):
            yield Piece(sheet, first + 1, frame.slice(first, size))

    def _load(self, name: str) -> tuple[pl.DataFrame, bool]:
        """A sheet's cells, and whether it is visible. The last one stays in memory."""
        if name not in self._loaded:
            self._loaded.clear()
            try:
                sheet = self._reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
                frame = sheet.to_polars()
            except (fastexcel.FastExcelError, ValueError) as error:
                raise BadInput(
                    f"{self.path.name} 的工作表“{name}”读不了。请在 Excel 里打开后另存一份，或另存为 CSV。"
                ) from error
            frame.columns = [str(i) for i in range(frame.width)]
            self._loaded[name] = _marked(frame, self._marks[name]), sheet.visible == "visible"
        return self._loaded[name]


def _marked(frame: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """The cells with their marks, trimmed, blank ones null, the values of vertical merges repeated downwards."""
    width = max([frame.width, *(column + 1 for _, column in marks.instead)])
    frame = frame.with_columns(pl.lit(None, pl.String).alias(str(i)) for i in range(frame.width, width))
    columns = frame.with_columns(pl.all().str.strip_chars().replace("", None)).get_columns()
    for index, rows in marks.percent.items():
        if index < width:
            at = pl.Series(rows, dtype=pl.UInt32) - 1
            at = at.filter(at < frame.height)
            cells = columns[index].gather(at)
            shown = pl.select(pl.when(cells.str.contains(NUMBER)).then(cells + PERCENT).otherwise(cells)).to_series()
            columns[index] = columns[index].scatter(at, shown)
    for (row, index), text in marks.instead.items():
        if row <= frame.height:
            columns[index] = columns[index].scatter(row - 1, text)
    return _filled(pl.DataFrame([c.alias(str(i)) for i, c in enumerate(columns)]), marks.merged)


def _filled(frame: pl.DataFrame, merged: list[Merge]) -> pl.DataFrame:
    """Text that is merged over several rows belongs to each of them; of a number that is not certain."""
    columns = frame.get_columns()
    for merge in merged:
        if merge.bottom == merge.top or merge.left >= frame.width or merge.top > frame.height:
            continue
        text = columns[merge.left][merge.top - 1]
        if text is not None and not text[:1].isdigit():
            rows = pl.Series(range(merge.top, min(merge.bottom, frame.height)), dtype=pl.UInt32)
            columns[merge.left] = columns[merge.left].scatter(rows, text)
    return pl.DataFrame(columns)
