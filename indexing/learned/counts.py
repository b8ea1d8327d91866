"""Counts of character n-grams and their BM25 weights as sparse matrices, for many queries over many texts at once.

Only terms of the queries are counted: nothing else can take part in a score, and 55,000 texts fit in a few seconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from corpus.quantities import fold
from indexing.clean import strip_invisible
from indexing.grams import RUN

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
LONGEST = 3
UNKNOWN = -1
K1, B = 1.2, 0.75
AT_MOST = 2
"""A term that a query repeats counts this often."""


def runs(text: str) -> list[str]:
    """Stretches of Chinese characters, words and numbers; widths folded, lower case, as ``indexing.grams`` has them."""
    other = {ch for ch in set(text) if not "\u3400" <= ch <= "\u9fff"}
    return RUN.findall(strip_invisible(text.translate({ord(ch): fold(ch) for ch in other})).lower())


def terms(text: str) -> list[str]:
    """Character n-grams up to ``LONGEST``; words and numbers whole."""
    return _terms(runs(text))


def _terms(stretches: Sequence[str]) -> list[str]:
    found: list[str] = []
    for run in stretches:
        if "\u3400" <= run[0] <= "\u9fff":
            for n in range(1, LONGEST + 1):
                found.extend(run[i : i + n] for i in range(len(run) - n + 1))
        else:
            found.append(run)
    return found


def order_of(term: str) -> int:
    """1 to ``LONGEST`` for Chinese n-grams; a word or number says as much as a bigram."""
    return len(term) if "\u3400" <= term[0] <= "\u9fff" else 2


@dataclass
class Counts:
    """How often each term of ``column`` stands in each text (rows), and how long the texts are, in characters."""

    column: dict[str, int]
    matrix: csr_matrix
    lengths: Floats

    @classmethod
    def of(cls, texts: Sequence[str], column: dict[str, int]) -> Counts:
        """Count the terms of ``column`` in ``texts``."""
        found, ends, lengths = array("i"), [0], list[int]()
        for text in texts:
            stretches = runs(text)
            found.extend(map(column.get, _terms(stretches), repeat(UNKNOWN)))
            ends.append(len(found))
            lengths.append(sum(map(len, stretches)))
        columns = np.frombuffer(found, np.int32) if found else np.zeros(0, np.int32)
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(ends))
        known = columns != UNKNOWN
        ones = np.ones(int(known.sum()), np.float32)
        matrix = csr_matrix((ones, (rows[known], columns[known])), shape=(len(texts), len(column)))
        return cls(column, matrix, np.array(lengths, np.float32))

    def summed(self, starts: Ints) -> Counts:
        """The counts of neighbouring rows together: one row for all from each start to the next."""
        ends = np.append(starts[1:], self.matrix.shape[0])
        rows = np.repeat(np.arange(len(starts)), ends - starts)
        gather = csr_matrix((np.ones(len(rows), np.float32), (rows, np.arange(len(rows)))))
        return Counts(self.column, csr_matrix(gather @ self.matrix), np.add.reduceat(self.lengths, starts))

    def __add__(self, other: Counts) -> Counts:
        """Both counts together, row by row."""
        return Counts(self.column, csr_matrix(self.matrix + other.matrix), self.lengths + other.lengths)

    def rows(self, chosen: Ints) -> Counts:
        """These rows, in this order."""
        return Counts(self.column, self.matrix[chosen], self.lengths[chosen])

    @cached_property
    def idf(self) -> Floats:
        """Lucene's inverse document frequency of every term."""
        n, frequency = self.matrix.shape[0], np.bincount(self.matrix.indices, minlength=len(self.column))
        found: Floats = np.log(1 + (n - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        return found

    def saturated(self, b: float = B) -> csr_matrix:
        """BM25's term frequencies without idf, transposed: terms × texts."""
        weights = self.matrix.copy()
        rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
        relative = self.lengths / max(float(self.lengths.mean()), 1.0)
        weights.data = weights.data / (weights.data + K1 * (1 - b + b * relative[rows]))
        return weights.T.tocsr()

    def present(self) -> csr_matrix:
        """1 where a term occurs, transposed: terms × texts."""
        found = self.matrix.copy()
        found.data[:] = 1
        return found.T.tocsr()


def vocabulary(queries: Sequence[str]) -> dict[str, int]:
    """Every term of the queries → its column."""
    return {term: n for n, term in enumerate(dict.fromkeys(t for query in queries for t in terms(query)))}


def scores(queries: csr_matrix, weights: Floats, texts: csr_matrix) -> Floats:
    """Sum over shared terms of query count × weight × text weight: queries × texts. ``texts``: terms × texts."""
    found = (queries @ diags(weights)) @ texts
    return np.asarray(found.toarray(), np.float32)


def query_counts(queries: Sequence[str], column: dict[str, int]) -> csr_matrix:
    """Counts of the queries' terms, each at most ``AT_MOST``."""
    matrix = Counts.of(queries, column).matrix
    matrix.data = np.minimum(matrix.data, AT_MOST)
    return matrix
