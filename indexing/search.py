"""Hybrid search: BM25, wording overlap and vectors, fused by reciprocal rank, then reranked on measured features.

Filters come first: what lies outside the places, or is not in force on the day, is never returned, so a filtered
search with no match is empty. Several entries lead to one target; a hit is a target with its best entry.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import ArrayLike, NDArray

from indexing import build, embed
from indexing.entries import Entry, packed
from indexing.errors import IndexBroken, IndexingError
from indexing.grams import matter_of
from indexing.nearest import Nearest
from indexing.postings import Floats, Ints, Mask, Postings
from indexing.vectors import Vectors

log = logging.getLogger(__name__)
Scores = NDArray[np.float64]
POOL = 60
RRF_K = 20
FILTERS_KEPT, TARGETS_KEPT = 32, 4096
DEEP = 3000
"""Beyond so many, a rank adds next to nothing, and sorting would take longer than all the rest."""
NOT_ASKED = np.float32(0.8)
"""Of the wording of what nobody asks in these words: digests and answers."""
# Weights of the reranking stage; chosen on the gold questions, see docs/evaluation.md. A clause of an original has no
# questions beside it and may be long, so that what it covers of the query says more than how alike the two are.
WEIGHTS = {"wording": 0.21, "dense": 0.37, "coverage": 0.26, "fused": 0.05, "matter": 0.11}
COMMON = 0.4
"""A cosine that any two texts of the project's own shelf have: only what is above says something."""
WORDING_WEIGHTS = {"wording": 0.30, "dense": 0.25, "coverage": 0.40, "fused": 0.05, "matter": 0.0}


@dataclass(frozen=True)
class Hit:
    """A target with its score (0 to about 1), the features that made it, and the question it matched best; ``groups``
    has the match of every question group of the target."""

    target: str
    kind: str
    score: float
    question: int
    features: dict[str, float] = field(default_factory=dict)
    groups: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Allowed:
    """What the filters let through: a mask over all entries (None: everything), and the numbers of the entries."""

    mask: Mask | None
    rows: Ints


class Searcher:
    """One open generation of the index: a shelf of it (see ``indexing.shelf``), that of the corpus unless named."""

    def __init__(self, generation: Path, shelf: str = "") -> None:
        self.generation = generation
        self.folder = generation / shelf
        self.weights = WORDING_WEIGHTS if shelf else WEIGHTS
        self.meaning = np.asarray if shelf else uncommon
        self.manifest = build.read_manifest(generation)
        try:
            self.entries = [Entry(**e) for e in json.loads((self.folder / "entries.json").read_text("utf-8"))]
            self.postings = Postings.load(self.folder / "terms")
            if self.postings.size != len(self.entries):
                raise ValueError("entries and lexical index are of different builds")
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise IndexBroken("字面索引坏了。请运行 tiaoli index build --full 重建。") from error
        self.targets = list(dict.fromkeys(e.target for e in self.entries))
        self.number = {t: n for n, t in enumerate(self.targets)}
        self.target_of = self.postings.targets
        self.question = [e.question for e in self.entries]
        self.asked = np.array([e.kind == "question" for e in self.entries])
        self.valid_from = np.array([e.valid_from for e in self.entries], np.int32)
        self.valid_until = np.array([e.valid_until for e in self.entries], np.int32)
        self.places = list(dict.fromkeys(e.place for e in self.entries))
        code = {place: n for n, place in enumerate(self.places)}
        self.place = np.array([code[e.place] for e in self.entries], np.int32)
        self.near, self.embedding = self._open_vectors()
        self._allowed = lru_cache(maxsize=FILTERS_KEPT)(self._filtered)
        self._groups = lru_cache(maxsize=TARGETS_KEPT)(self._groups_of)

    @classmethod
    def open(cls) -> Searcher:
        """The generation in use. Raises IndexMissing or IndexBroken."""
        return cls(build.current())

    @cached_property
    def originals(self) -> Searcher | None:
        """The shelf of imported originals; None when nothing was imported. Opened when it is first asked for."""
        if not self.manifest.originals:
            return None
        return Searcher(self.generation, build.ORIGINALS)

    @cached_property
    def twins(self) -> dict[str, list[str]]:
        """Clause of an original → the clauses of other documents that read alike, in the order of their ids."""
        found: dict[str, list[str]] = {}
        try:
            groups = json.loads((self.folder / build.TWINS).read_text("utf-8"))
            for group in groups:
                for ref in group:
                    document = ref.partition("#")[0]
                    found.setdefault(ref, []).extend(other for other in group if other.partition("#")[0] != document)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            log.warning("相同段落的清单读不出来（%s），不再合并显示。", type(error).__name__)
        return {ref: list(dict.fromkeys(others)) for ref, others in found.items()}

    @property
    def degraded(self) -> bool:
        """Whether search goes on without vectors."""
        return self.near is None

    def _open_vectors(self) -> tuple[Nearest | None, Embeddings | None]:
        try:
            model: Embeddings
            if self.manifest.setting == "static":
                model = embed.StaticEmbeddings.load(self.folder / "static.npz")
            else:
                model = embed.open_transformer(self.manifest.setting)
            return Nearest(self.folder, Vectors(self.folder / "chroma", model), self.entries), model
        except IndexingError as error:
            log.warning("向量索引用不了（%s），先按字面检索。请运行 tiaoli index build --full 修复。", error)
            return None, None

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        places: Sequence[str] | None = None,
        as_of: date | None = None,
        kinds: Sequence[str] | None = None,
    ) -> list[Hit]:
        """The ``k`` best targets. ``places``: only these; ``as_of``: only what is in force on that day (None: all);
        ``kinds``: of clause, topic, gap. Empty when the filters or the words match nothing."""
        allowed = self._allowed(None if places is None else tuple(places), as_of)
        if not len(allowed.rows):
            return []
        near, cosines = self._nearest(query, allowed.rows)
        matches = self.postings.matches(query, allowed.mask, near, matter_of(query))
        found_at = np.zeros(len(self.entries), bool)
        found_at[matches.rows] = found_at[near] = True
        rows = np.flatnonzero(found_at)
        if not len(rows):
            return []
        wording, bm25, dense = (
            _spread(rows, matches.rows, matches.wording),
            _spread(rows, matches.rows, matches.bm25),
            _spread(rows, near, cosines),
        )
        of = self.target_of[rows]
        first = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
        numbers = of[first]
        by_target = {
            "wording": np.maximum.reduceat(np.where(self.asked[rows], wording, wording * NOT_ASKED), first),
            "bm25": np.maximum.reduceat(bm25, first),
            "dense": np.maximum.reduceat(dense, first),
        }
        fused = np.sum([_reciprocal_rank(scores) for scores in by_target.values()], axis=0)
        by_target |= {
            "coverage": matches.coverage[numbers],
            "matter": matches.matter[numbers],
            "fused": fused / (fused.max() or 1.0),
        }
        ranked = np.flatnonzero(fused)
        pool = ranked[np.argsort(-fused[ranked], kind="stable")[:POOL]]
        features = {name: scores[pool].astype(np.float64) for name, scores in by_target.items()}
        scores = self._score(features)
        ends = np.append(first, len(rows))
        found: list[Hit] = []
        for i in np.argsort(-scores, kind="stable").tolist():
            n = int(pool[i])
            target = self.targets[int(numbers[n])]
            kind = self._kind(target)
            if len(found) < k and (kinds is None or kind in kinds):
                part = slice(int(ends[n]), int(ends[n + 1]))
                groups = self._matched(int(numbers[n]), rows[part], wording[part] + 0.5 * dense[part])
                question = max(groups, key=lambda g: groups[g]) if groups else -1
                own = {name: float(of_all[i]) for name, of_all in features.items()}
                found.append(Hit(target, kind, float(scores[i]), question, own, groups))
        return found

    def _score(self, features: dict[str, Scores]) -> Scores:
        """The weighted sum of the features of the targets, one number each."""
        counted = features | {"dense": self.meaning(features["dense"])}
        return np.asarray(np.sum([weight * counted[name] for name, weight in self.weights.items()], axis=0))

    def knows(self, term: str) -> bool:
        """Whether any entry holds the term: a word of another script, a Chinese character or a pair of them."""
        return term in self.postings.column

    def entry_of(self, hit: Hit) -> Entry:
        """The text that stands for a hit: its digest (or original), else the first that leads to it."""
        own = [self.entries[n] for n in self._rows_of(self.number[hit.target])]
        return next((e for e in own if e.kind in ("digest", "topic", "original")), own[0])

    def place_of(self, target: str) -> str:
        """The place of a target's document; empty when the document names none."""
        return self.places[int(self.place[self._rows_of(self.number[target]).start])]

    def _rows_of(self, number: int) -> range:
        """The entries of a target; they lie together."""
        first, last = np.searchsorted(self.target_of, [number, number + 1])
        return range(int(first), int(last))

    def _filtered(self, places: tuple[str, ...] | None, as_of: date | None) -> _Allowed:
        mask = np.ones(len(self.entries), bool)
        if places is not None:
            mask &= np.isin(self.places, places)[self.place] if self.places else mask
        if as_of is not None:
            day = packed(as_of)
            mask &= (self.valid_from <= day) & (day <= self.valid_until)
        return _Allowed(None if mask.all() else mask, np.flatnonzero(mask))

    def _nearest(self, query: str, rows: Ints) -> tuple[Ints, Floats]:
        """The nearest of these entries and their cosines; none where there are no vectors."""
        if self.near is not None and self.embedding is not None:
            try:
                return self.near.of(self.embedding.embed_query(query), rows)
            except IndexingError as error:
                log.warning("%s", error)
                self.near = None
        return np.zeros(0, np.int64), np.zeros(0, np.float32)

    def _groups_of(self, target: int) -> tuple[int, ...]:
        """The question groups of a target."""
        own = self._rows_of(target)
        return tuple(dict.fromkeys(q for q in self.question[own.start : own.stop] if q >= 0))

    def _matched(self, target: int, rows: Ints, matched: Floats) -> dict[int, float]:
        """The best match among the wordings of each question group of a target."""
        found = dict.fromkeys(self._groups(target), 0.0)
        for n, score in zip(rows.tolist(), matched.tolist(), strict=True):
            question = self.question[n]
            if question >= 0:
                found[question] = max(found[question], score)
        return found

    @staticmethod
    def _kind(target: str) -> str:
        head = target.partition(":")[0]
        return head if head in ("topic", "gap") else "clause"


def uncommon(cosines: ArrayLike) -> Scores:
    """What of each cosine is beyond ``COMMON``, as a share of all that could be."""
    return np.maximum(0.0, np.asarray(cosines) - COMMON) / (1 - COMMON)


def _spread(rows: Ints, some: Ints, scores: Floats) -> Floats:
    """``scores`` of ``some`` of the ``rows`` as one array over all of them, 0 for the others. Both ascend."""
    found = np.zeros(len(rows), np.float32)
    found[np.searchsorted(rows, some)] = scores
    return found


def _reciprocal_rank(scores: Floats) -> Floats:
    """Reciprocal rank fusion's share of one ranking (Cormack et al. 2009); what has no score gets none."""
    some = np.flatnonzero(scores > 0)
    if len(some) > DEEP:
        some = np.sort(some[np.argpartition(-scores[some], DEEP)[:DEEP]])
    best = some[np.argsort(-scores[some], kind="stable")]
    shares = np.zeros(len(scores), np.float32)
    shares[best] = 1.0 / (RRF_K + np.arange(1, len(best) + 1))
    return shares
