"""The output: results as a workbook, CSV or Parquet, and beside it every line about single cells.

Everything is written under another name first and renamed at the end: a file that is there is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow.parquet as pq

from assistant.errors import BadInput
from assistant.sheets.guard import guarded
from assistant.sheets.results import in_words
from assistant.sheets.workplace import Workplace

if TYPE_CHECKING:
    from assistant.sheets.job import Done, Watcher

KINDS = {
    "read": "已换算", "vague": "大概的数", "wrong": "读不懂", "absurd": "不可能的数", "unit": "疑似单位写错", "unsure": "写了不清楚",
    "extra": "表头外的格子", "total": "合计或说明行",
}  # fmt: skip
LINE_HEADINGS = {
    "sheet": "工作表", "row": "行号", "column": "列", "header": "表头", "written": "写的是", "kind": "情况", "note": "读成什么，或有什么问题"
}  # fmt: skip


def write(done: Done, work: Workplace, watch: Watcher) -> Path | None:
    """Write the output and, where there is anything to say of cells, the report beside it, whose path is returned."""
    from assistant.sheets.write_xlsx import write_xlsx

    many = len({part.sheet for part in done.survey.parts}) > 1
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda path: _csv((in_words(f, done.screened, many_sheets=many) for f in work.results()), path),
        ".parquet": lambda path: _parquet(work.results(), path),
        ".xlsx": lambda path: write_xlsx(done, work, path, watch, many_sheets=many),
    }
    watch("写结果", 0, None)
    try:
        with _finished(done.target) as path:
            writers[done.target.suffix.lower()](path)
        if not done.tally.cells:
            return None
        report = done.target.with_name(f"{done.target.stem}.读数报告.csv")
        with _finished(report) as path:
            _csv((line_words(frame) for frame in work.lines()), path)
        return report
    except OSError as error:
        raise BadInput(
            f"结果写不进 {done.target}：{error.strerror or error}。做好的部分留着，再运行一次就接着写。"
        ) from error


def line_words(frame: pl.DataFrame) -> pl.DataFrame:
    """The lines about cells as people read them."""
    return frame.with_columns(pl.col("kind").replace(KINDS)).rename(LINE_HEADINGS).select(LINE_HEADINGS.values())


@contextmanager
def _finished(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes ``path`` when all went well and vanishes when not."""
    part = path.with_name(f".{path.name}.writing")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _csv(frames: Iterator[pl.DataFrame], path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        for number, frame in enumerate(frames):
            guarded(frame).write_csv(file, include_header=number == 0)


def _parquet(frames: Iterator[pl.DataFrame], path: Path) -> None:
    writer: pq.ParquetWriter | None = None
    try:
        for frame in frames:
            table = frame.to_arrow()
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()
