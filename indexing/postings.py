"""Which texts hold which terms, and what follows for a query: BM25, wording and coverage.

``bm25``: Lucene's variant (Kamphuis et al. 2020). ``wording``: the cosine of idf-weighted term sets of query and entry
(1.0: the same words). ``coverage``: the share of the query's idf weight that the entries of a target contain together,
unknown terms counting as the rarest. ``matter``: the share of the terms that say what the query is about.

Lists lie by term, sorted by entry, in files that are mapped into memory, so that a query reads only the lists of its own
terms. Where these are long, the rarest terms choose candidates, which are then looked up in every list: exact scores, for
fewer entries.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from indexing.grams import grams

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
K1, B = 1.2, 0.6
SMALL, BUDGET = 30_000, 100_000
"""Of more entries than ``SMALL`` (see ``Postings.reads_all``), so many places of lists are read for one query before only candidates are looked at."""
CANDIDATES = 2000
CHUNK = 20_000
MOST, TINY = 65_535, 1e-9
MAPPED = ("rows", "counts")
ARRAYS = (*MAPPED, "starts", "lengths", "norms", "idf", "targets")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Matches:
    """What a query has in common with entries: ``rows`` (ascending), and for each its ``bm25`` and ``wording``; with
    ``coverage`` and ``matter`` for every target, 0 for those that were not looked at."""

    rows: Ints
    bm25: Floats
    wording: Floats
    coverage: Floats
    matter: Floats


@dataclass(frozen=True)
class _Found:
    """Where terms and entries meet: the number of the term in ``columns``, the entry, how often it holds the term. In the
    order of the terms, then of the entries."""

    columns: Ints
    which: Ints
    rows: Ints
    counts: NDArray[np.uint16]


class Postings:
    """The terms of all entries. ``targets`` gives the number of each entry's target; targets count from 0."""

    def __init__(self, terms: Sequence[str], arrays: dict[str, Any]) -> None:
        self.column = {term: n for n, term in enumerate(terms)}
        self.arrays = arrays = {name: np.asarray(found) for name, found in arrays.items()}
        self.starts, self.rows, self.counts = arrays["starts"], arrays["rows"], arrays["counts"]
        self.lengths, self.norms, self.idf = arrays["lengths"], arrays["norms"], arrays["idf"]
        self.targets = arrays["targets"]
        if len(self.starts) != len(terms) + 1 or len(self.rows) != len(self.counts) or len(self.idf) != len(terms):
            raise ValueError("the lists of terms are of different builds")
        if not len(self.lengths) == len(self.norms) == len(self.targets):
            raise ValueError("the entries of the lists are of different builds")
        self.size = len(self.lengths)
        self.reads_all = self.size <= SMALL
        self.several = int(self.targets.max()) + 1 if self.size else 0
        self.rarest = float(np.log(1 + max(self.several, 1)))
        mean = float(self.lengths.mean()) if self.size else 1.0
        self.damping: Floats = (K1 * (1 - B + B * self.lengths / mean)).astype(np.float32)

    @classmethod
    def build(cls, texts: Iterable[str], targets: Sequence[int], progress: Progress = lambda done: None) -> Postings:
        """Take in the terms of ``texts``, one text after the other. Raises ValueError where entries of one target do not
        lie together."""
        of = np.asarray(targets, np.int64)
        if len(of) and (np.diff(of) < 0).any():
            raise ValueError("entries have to be in the order of their targets")
        column: dict[str, int] = {}
        parts, done, source = [], 0, iter(texts)
        while chunk := list(islice(source, CHUNK)):
            parts.append(_counted(chunk, column))
            done += len(chunk)
            progress(done)
        return cls(list(column), _arrays(parts, of, len(column)))

    def save(self, path: Path) -> None:
        """Write everything into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "terms.txt").write_text("\n".join(self.column), "utf-8")
        for name in ARRAYS:
            np.save(path / f"{name}.npy", self.arrays[name])

    @classmethod
    def load(cls, path: Path) -> Postings:
        """Read what ``save`` wrote; the lists stay in their files until they are needed. Raises OSError, ValueError or
        EOFError when it is damaged."""
        terms = (path / "terms.txt").read_text("utf-8")
        arrays = {name: np.load(path / f"{name}.npy", mmap_mode="r") for name in MAPPED}
        arrays |= {name: np.load(path / f"{name}.npy") for name in ARRAYS if name not in MAPPED}
        return cls(terms.split("\n") if terms else [], arrays)

    def matches(self, query: str, allowed: Mask | None, near: Ints, matter: frozenset[str] = frozenset()) -> Matches:
        """Scores of the entries that share terms with ``query``, of the ``allowed`` ones (None: all). Where the lists
        are long, of the likeliest among them and of those ``near`` by another measure, with all entries of their
        targets. ``matter``: the terms of the query that say what it is about."""
        asked = Counter(grams(query))
        known = {self.column[t]: n for t, n in asked.items() if t in self.column}
        unknown = sum(self.rarest for t in asked if t not in self.column and len(t) > 1)
        columns = sorted(known, key=lambda c: int(self.starts[c + 1] - self.starts[c]))
        read = np.cumsum([int(self.starts[c + 1] - self.starts[c]) for c in columns], dtype=np.int64)
        if self.reads_all or not len(read) or read[-1] <= BUDGET:
            found = self._lists(columns, allowed)
            rows = None
        else:
            first = columns[: max(1, int(np.searchsorted(read, BUDGET, "right")))]
            rows = self._candidates(first, allowed, near)
            found = self._among(columns, rows)
        weight = float(sum(float(self.idf[c]) for c in columns))
        norm = float(np.sqrt(sum(float(self.idf[c]) ** 2 for c in columns) + unknown * self.rarest)) or 1.0
        times = np.array([known[c] for c in columns], np.float64)
        about = np.isin(columns, [self.column[t] for t in matter if t in self.column]) / (len(matter) or 1)
        return self._scored(found, rows, times, norm, weight + unknown or 1.0, about)

    def _lists(self, columns: Sequence[int], allowed: Mask | None) -> _Found:
        """The lists of these terms, one after the other, without the entries that are not allowed."""
        parts = [slice(int(self.starts[c]), int(self.starts[c + 1])) for c in columns]
        rows = _joined([self.rows[part] for part in parts])
        counts = _joined([self.counts[part] for part in parts])
        which = np.repeat(np.arange(len(parts)), [part.stop - part.start for part in parts])
        if allowed is not None:
            kept = allowed[rows]
            rows, counts, which = rows[kept], counts[kept], which[kept]
        return _Found(np.asarray(columns, np.int64), which, rows, counts)

    def _among(self, columns: Sequence[int], wanted: Ints) -> _Found:
        """The same of the entries ``wanted`` only, found by bisection in each list."""
        rows, counts, sizes = [], [], []
        sought = wanted.astype(self.rows.dtype)  # of the lists' own kind, or every list would be copied for the search
        for column in columns:
            start, end = int(self.starts[column]), int(self.starts[column + 1])
            held = self.rows[start:end]
            at = np.searchsorted(held, sought)
            inside = np.flatnonzero(at < len(held))
            inside = inside[held[at[inside]] == sought[inside]]
            rows.append(wanted[inside])
            counts.append(self.counts[start:end][at[inside]])
            sizes.append(len(inside))
        which = np.repeat(np.arange(len(sizes)), sizes)
        return _Found(np.asarray(columns, np.int64), which, _joined(rows), _joined(counts))

    def _scored(
        self,
        found: _Found,
        rows: Ints | None,
        times: NDArray[np.float64],
        norm: float,
        weight: float,
        about: NDArray[np.float64],
    ) -> Matches:
        """The measures from the places where terms and entries meet. Of each term: ``times``, how often the query has it,
        and ``about``, its share of the query's matter."""
        if rows is None:
            size, at = self.size, found.rows
        else:
            size, at = len(rows), np.searchsorted(rows, found.rows)
        idf = self.idf[found.columns].astype(np.float64)
        among = (self.starts[found.columns + 1] - self.starts[found.columns]).astype(np.float64)
        rarity = times * np.log(1 + (self.size - among + 0.5) / (among + 0.5))
        bm25 = np.bincount(at, rarity[found.which] * found.counts / (found.counts + self.damping[found.rows]), size)
        shared = np.bincount(at, (idf**2)[found.which], size)
        targets = self.targets[found.rows]
        first = np.ones(len(targets), bool)  # a term counts once per target, however many of its entries hold it
        first[1:] = (targets[1:] != targets[:-1]) | (found.which[1:] != found.which[:-1])
        coverage = np.bincount(targets[first], idf[found.which[first]], self.several)
        matter = np.bincount(targets[first], about[found.which[first]], self.several)
        if rows is None:
            rows = np.flatnonzero(shared)
            bm25, shared = bm25[rows], shared[rows]
        wording = shared / (self.norms[rows] * norm)
        return Matches(
            rows,
            bm25.astype(np.float32),
            wording.astype(np.float32),
            (coverage / weight).astype(np.float32),
            matter.astype(np.float32),
        )

    def _candidates(self, columns: Sequence[int], allowed: Mask | None, near: Ints) -> Ints:
        """The entries that share most with the rarest terms, and those ``near``, with all others of their targets."""
        lists = self._lists(columns, allowed)
        weights = np.square(self.idf[lists.columns].astype(np.float64))[lists.which]
        sums = np.bincount(lists.rows, weights, self.size) / self.norms
        best = np.flatnonzero(sums)
        if len(best) > CANDIDATES:
            best = np.argpartition(-sums, CANDIDATES)[:CANDIDATES]
        rows = self.entries_of(np.unique(self.targets[np.union1d(best, near).astype(np.int64)]))
        return rows if allowed is None else rows[allowed[rows]]

    def entries_of(self, targets: Ints) -> Ints:
        """All entries of these targets, ascending. Entries of one target lie together."""
        first = np.searchsorted(self.targets, targets, "left")
        last = np.searchsorted(self.targets, targets, "right")
        sizes = last - first
        offsets = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.asarray(np.repeat(first, sizes) + offsets, np.int64)


def _joined(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _counted(texts: Sequence[str], column: dict[str, int]) -> csr_matrix:
    """How often each text holds each term; new terms get the next column."""
    ids, ends = array("i"), [0]
    for text in texts:
        ids.extend([column.setdefault(term, len(column)) for term in grams(text)])
        ends.append(len(ids))
    found = csr_matrix((np.ones(len(ids), np.int32), np.frombuffer(ids, np.int32), ends), (len(texts), len(column)))
    found.sum_duplicates()
    found.data = np.minimum(found.data, MOST).astype(np.uint16)
    return found


def _arrays(parts: list[csr_matrix], targets: Ints, columns: int) -> dict[str, Any]:
    """The lists by term, and what the measures need of each entry and term."""
    for part in parts:
        part.resize(part.shape[0], columns)
    by_entry = vstack(parts, "csr", np.uint16) if parts else csr_matrix((0, columns), dtype=np.uint16)
    parts.clear()
    lengths = np.maximum(np.asarray(by_entry.sum(1, np.int64)).ravel(), 1)
    row_ends, held = by_entry.indptr, by_entry.indices
    lists = by_entry.tocsc()
    starts, rows, counts = lists.indptr.astype(np.int64), lists.indices.astype(np.int32, copy=False), lists.data
    holders = targets[rows]  # ascending within each list, so that a target counts where it differs from the one before
    first = np.ones(len(rows), bool)
    first[1:] = holders[1:] != holders[:-1]
    first[starts[:-1][starts[:-1] < len(rows)]] = True
    among = np.add.reduceat(first, starts[:-1], dtype=np.int64) if columns else np.zeros(0, np.int64)
    several = int(targets.max()) + 1 if len(targets) else 1
    idf = np.log(1 + several / np.maximum(among, 1)).astype(np.float32)
    squares = csr_matrix((np.square(idf)[held], held, row_ends), by_entry.shape).sum(1)
    norms = np.maximum(np.sqrt(np.asarray(squares).ravel()), TINY).astype(np.float32)
    return {
        "starts": starts, "rows": rows, "counts": counts, "lengths": lengths, "norms": norms, "idf": idf,
        "targets": targets,
    }  # fmt: skip
