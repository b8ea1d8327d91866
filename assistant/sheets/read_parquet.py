"""Parquet files: read in batches, each column with its own type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from assistant.errors import BadInput
from assistant.sheets.raw import Piece, Sheet

SHEET = "表"


class ParquetSource:
    """A Parquet file; its columns have names, and its first row is row 1."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise BadInput(f"{path.name} 不是完整的 Parquet 文件，读不了。请重新导出或下载。") from error
        self.height = self._file.metadata.num_rows

    def sheets(self) -> list[Sheet]:
        """The one table of the file."""
        return [Sheet(SHEET, (tuple(self._file.schema_arrow.names),), named=True)]

    def pieces(self, sheet: str, size: int) -> Iterator[Piece]:
        """The rows, ``size`` at a time."""
        first = 1
        try:
            for batch in self._file.iter_batches(batch_size=size):
                names = [str(i) for i in range(batch.num_columns)]
                frame = pl.from_arrow(batch.rename_columns(names))
                assert isinstance(frame, pl.DataFrame)
                texts = pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String)
                yield Piece(sheet, first, frame.with_columns(texts.str.strip_chars().replace("", None)))
                first += frame.height
        except (pa.ArrowInvalid, OSError) as error:
            raise BadInput(f"{self.path.name} 从第 {first:,} 行起损坏，读不下去。请重新导出或下载。") from error
