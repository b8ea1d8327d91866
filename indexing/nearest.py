"""The nearest entries to a query: exact cosines where the filters leave few entries, Chroma's graph where they leave many.

The vectors lie once more beside the collection, one row per entry in the entries' order, mapped into memory: a cosine over
some ten thousand rows takes less time than Chroma's filter, and it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexing.entries import Entry
from indexing.errors import IndexBroken
from indexing.vectors import Vectors

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
NEAREST = 120
EXACTLY, ALL = 100_000, 30_000
"""Up to so many rows every cosine is computed, and up to so many each of them is handed on: what a clause means counts
also where others come nearer."""
MOST = 5000
"""The most that Chroma is asked for, where its result is filtered afterwards."""
FILE = "vectors.npy"


class Nearest:
    """The vectors of one shelf, in its collection and in its file."""

    def __init__(self, path: Path, vectors: Vectors, entries: list[Entry]) -> None:
        """Raises IndexBroken when file or collection is damaged or of another build than ``entries``."""
        self.vectors, self.entries = vectors, entries
        self._numbers: dict[str, int] | None = None
        try:
            self.table: Floats = np.asarray(np.load(path / FILE, mmap_mode="r"))
        except (OSError, ValueError, EOFError) as error:
            raise IndexBroken("向量文件读不出来。请运行 tiaoli index build --full 重建。") from error
        if not len(self.table) == len(entries) == vectors.count():
            raise IndexBroken("向量索引和字面索引对不上。")

    def of(self, query: Iterable[float], rows: Ints) -> tuple[Ints, Floats]:
        """Of the entries ``rows`` (ascending) the nearest, or all of few: their numbers, ascending, and their cosines, above
        0."""
        vector = np.fromiter(query, np.float32)
        length = float(np.linalg.norm(vector))
        if not length or not len(rows):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if len(rows) <= EXACTLY:
            found, cosines = rows, self._cosines(vector / length, rows)
        else:
            found, cosines = self._by_graph(vector, rows)
        if len(found) > NEAREST and len(rows) > ALL:
            best = np.sort(np.argpartition(-cosines, NEAREST)[:NEAREST])
            found, cosines = found[best], cosines[best]
        return found[cosines > 0], cosines[cosines > 0]

    def _cosines(self, vector: Floats, rows: Ints) -> Floats:
        """Vectors have length 1. Beyond a third of the rows, reading all of them in a row is the faster way; and without
        BLAS, whose threads get into each other's way where several questions are answered at once."""
        if 3 * len(rows) > len(self.table):
            return np.asarray(np.einsum("ij,j->i", self.table, vector)[rows], np.float32)
        return np.asarray(np.einsum("ij,j->i", self.table[rows], vector), np.float32)

    def _by_graph(self, vector: Floats, rows: Ints) -> tuple[Ints, Floats]:
        """Chroma's nearest, asked for as many more as the filters are likely to leave out."""
        if self._numbers is None:
            self._numbers = {entry.id: n for n, entry in enumerate(self.entries)}
        wanted = min(int(NEAREST * len(self.table) / len(rows)), MOST, len(self.table))
        near = self.vectors.nearest([float(x) for x in vector], wanted)
        numbers = np.array([self._numbers[name] for name, _ in near], np.int64)
        cosines = np.array([cosine for _, cosine in near], np.float32)
        order = np.argsort(numbers)
        numbers, cosines = numbers[order], cosines[order]
        at = np.minimum(np.searchsorted(rows, numbers), len(rows) - 1)
        inside = rows[at] == numbers
        return numbers[inside], cosines[inside]
