"""BM25 over characters and bigrams (bm25s), and term overlap measures that BM25 does not give.

``wording`` is the cosine of idf-weighted term vectors of query and entry (1.0: the same words); ``coverage`` is the
share of the query's idf weight that a target's texts contain, unknown terms counting as the rarest.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from indexing.grams import grams

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces every index it builds
Scores = NDArray[np.float32]
K1, B = 1.2, 0.6
PARTS = ("data", "indices", "indptr", "shape")


class Bm25:
    """BM25 scores of all texts at once."""

    def __init__(self, model: Any) -> None:
        self.model = model

    @classmethod
    def build(cls, texts: Sequence[str]) -> Bm25:
        """Index ``texts``; position in the sequence is the document number."""
        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        model.index([list(grams(t)) or [""] for t in texts], show_progress=False)
        return cls(model)

    @property
    def size(self) -> int:
        """How many texts are indexed."""
        return int(self.model.scores["num_docs"])

    def scores(self, query: str) -> Scores:
        """One score per text, 0 where nothing is shared."""
        known = [g for g in grams(query) if g in self.model.vocab_dict]
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self.model.get_scores(known), np.float32)

    def save(self, path: Path) -> None:
        """Write the index into a folder."""
        self.model.save(str(path), show_progress=False)

    @classmethod
    def load(cls, path: Path) -> Bm25:
        """Read what ``save`` wrote."""
        return cls(bm25s.BM25.load(str(path), load_corpus=False))


class Overlap:
    """Term overlap of a query with entries and with targets (each target: all its entries together)."""

    def __init__(self, terms: Sequence[str], idf: Scores, entries: csr_matrix, bags: csr_matrix) -> None:
        self.column = {t: n for n, t in enumerate(terms)}
        self.idf, self.entries, self.bags = idf, entries, bags
        self.rarest = float(np.log(1 + max(bags.shape[0], 1)))

    @classmethod
    def build(cls, texts: Sequence[str], targets: Sequence[str]) -> Overlap:
        """Count the terms of ``texts``; ``targets`` names the target of each."""
        rows = {target: n for n, target in enumerate(dict.fromkeys(targets))}
        term_sets = [set(grams(t)) for t in texts]
        bags: list[set[str]] = [set() for _ in rows]
        for terms, target in zip(term_sets, targets, strict=True):
            bags[rows[target]] |= terms
        document_frequency = Counter(t for bag in bags for t in bag)
        column = {t: n for n, t in enumerate(sorted(document_frequency))}
        n = max(len(bags), 1)
        idf = np.array([np.log(1 + n / document_frequency[t]) for t in column], np.float32)
        return cls(list(column), idf, _matrix(term_sets, column, idf), _matrix(bags, column, None))

    def save(self, path: Path) -> None:
        """Write the counts into one ``.npz`` file."""
        arrays = {f"{name}_{part}": getattr(matrix, part) for name, matrix in self._matrices() for part in PARTS}
        np.savez(path, terms=np.array(list(self.column)), idf=self.idf, **arrays)

    @classmethod
    def load(cls, path: Path) -> Overlap:
        """Read what ``save`` wrote. Raises OSError, ValueError, KeyError, EOFError or BadZipFile when it is damaged."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            entries, bags = (
                csr_matrix(tuple(data[f"{name}_{part}"] for part in PARTS[:3]), data[f"{name}_shape"])
                for name in ("entries", "bags")
            )
            return cls([str(t) for t in data["terms"]], data["idf"], entries, bags)

    def _matrices(self) -> list[tuple[str, csr_matrix]]:
        return [("entries", self.entries), ("bags", self.bags)]

    def _weights(self, query: str) -> tuple[dict[int, float], float]:
        """Column → idf of the query's known terms; and the weight of its unknown ones."""
        terms = set(grams(query))
        known = {self.column[t]: float(self.idf[self.column[t]]) for t in terms if t in self.column}
        unknown = sum(self.rarest for t in terms if t not in self.column and len(t) > 1)
        return known, unknown

    def wording(self, query: str) -> Scores:
        """Cosine with every entry, 0 to 1."""
        known, unknown = self._weights(query)
        vector = np.zeros(len(self.column), np.float32)
        vector[list(known)] = list(known.values())
        norm = float(np.sqrt((vector**2).sum() + unknown * self.rarest)) or 1.0
        return np.asarray(self.entries @ (vector / norm), np.float32)

    def coverage(self, query: str) -> Scores:
        """Covered share of the query's weight for every target, 0 to 1."""
        known, unknown = self._weights(query)
        vector = np.zeros(len(self.column), np.float32)
        vector[list(known)] = list(known.values())
        return np.asarray(self.bags @ vector, np.float32) / (sum(known.values()) + unknown or 1.0)


def _matrix(sets: Sequence[set[str]], column: Mapping[str, int], idf: Scores | None) -> csr_matrix:
    """One row per set; with ``idf`` its weights at length 1, else ones."""
    indptr, indices = [0], list[int]()
    data: list[float] = []
    for terms in sets:
        columns = [column[t] for t in terms]
        values = np.ones(len(columns), np.float32) if idf is None else idf[columns]
        norm = 1.0 if idf is None else float(np.sqrt((values**2).sum()))
        indices.extend(columns)
        data.extend(values / (norm or 1.0))
        indptr.append(len(indices))
    return csr_matrix((data, indices, indptr), shape=(len(sets), len(column)), dtype=np.float32)
