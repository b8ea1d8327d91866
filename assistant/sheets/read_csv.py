"""Text tables (.csv, .tsv, .txt): encoding and separator found out, read in constant memory, no row lost.

UTF-8 with or without a mark, UTF-16 with one, and GB 18030 (which holds GBK and GB 2312). Rows may be shorter or longer
than the header. A quotation mark that is never closed would swallow what follows: such a row is read as it stands.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from assistant.errors import BadInput
from assistant.sheets.raw import HEAD, Piece, Sheet

SEPARATORS = ",\t;|，"
BLOCK = 2**20
LINES_IN_A_ROW = 60
SHEET = "表"
MOST_COLUMNS = 2_000


class CsvSource:
    """A text table. ``notes`` say in which encoding it is, and which rows have an open quotation mark."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = find_encoding(path)
        self.notes: list[str] = []
        if self.encoding == "gb18030":
            self.notes.append("文件不是 UTF-8，按 GBK（GB 18030）读。")
        self.separator = self._separator()
        self._open_quotes: set[int] = set()

    def sheets(self) -> list[Sheet]:
        """The one table of the file."""
        head = list(islice(self._rows(), HEAD))
        width = max((len(row) for row in head), default=0)
        if width > MOST_COLUMNS:
            raise BadInput(f"{self.path.name} 有 {width:,} 列，最多读 {MOST_COLUMNS:,} 列。请只留要核对的列。")
        return [Sheet(SHEET, tuple((*row, *[""] * (width - len(row))) for row in head))] if width else []

    def pieces(self, sheet: str, size: int) -> Iterator[Piece]:
        """The rows, ``size`` at a time."""
        rows, first = self._rows(), 1
        while batch := list(islice(rows, size)):
            width = min(max(map(len, batch), default=0), MOST_COLUMNS)
            padded = [row + [""] * (width - len(row)) for row in batch]
            columns = zip(*padded, strict=False)  # a row beyond the widest column allowed is cut
            series = [pl.Series(str(i), column, dtype=pl.String) for i, column in enumerate(columns)]
            yield Piece(sheet, first, pl.DataFrame(series).with_columns(pl.all().str.strip_chars().replace("", None)))
            first += len(batch)

    def _rows(self) -> Iterator[list[str]]:
        for number, (row, closed) in enumerate(read_rows(self.path, self.encoding, self.separator), 1):
            if not closed and number not in self._open_quotes:
                self._open_quotes.add(number)
                self.notes.append(f"第 {number:,} 行有一个没有配对的引号，这一行按原样读，请核对。")
            yield row

    def _separator(self) -> str:
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            lines = [line for line in islice(file, HEAD) if line.strip()]
        counts = {sign: sorted(line.count(sign) for line in lines) for sign in SEPARATORS}
        # the sign that stands in the typical line most often; the comma where none stands out
        return max(SEPARATORS, key=lambda sign: (counts[sign][len(lines) // 2], sign == ",")) if lines else ","


def find_encoding(path: Path) -> str:
    """The encoding of a text file, every byte of which it has to fit. Raises BadInput where none does."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise BadInput(f"{path.name} 是空文件。")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        if _fits(path, encoding):
            return encoding
    raise BadInput(f"{path.name} 的文字编码认不出（不是 UTF-8，也不是 GBK）。请在表格软件里另存为“CSV UTF-8”再试。")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                if "\x00" in decoder.decode(block):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """The lines of a file for csv readers, with those put back first. A reader that takes too many for one row is told
    that the file ends there."""

    def __init__(self, file: Iterable[str]) -> None:
        self.file = iter(file)
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= LINES_IN_A_ROW:
            raise StopIteration
        line = self.waiting.popleft() if self.waiting else next(self.file)
        self.taken.append(line)
        return line

    def put_back(self) -> str:
        """The first line taken; the others go back. Empty at the end of the file."""
        first = self.taken[0] if self.taken else ""
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.taken.clear()
        return first


def read_rows(path: Path, encoding: str, separator: str) -> Iterator[tuple[list[str], bool]]:
    """Each row, and whether its quotation marks are closed."""
    csv.field_size_limit(2**24)
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        while True:
            try:
                for row in csv.reader(lines, delimiter=separator):
                    if len(lines.taken) > 1 and sum(line.count('"') for line in lines.taken) % 2:
                        break
                    lines.taken.clear()
                    yield row, True
                else:
                    return
            except csv.Error:
                pass
            first = lines.put_back()
            yield next(csv.reader([first], delimiter=separator, quoting=csv.QUOTE_NONE), []), False
