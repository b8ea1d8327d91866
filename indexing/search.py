"""Hybrid search: BM25, wording overlap and vectors, fused by reciprocal rank, then reranked on measured features.

Filters come first: what lies outside the places, or is not in force on the day, is never returned, so a filtered
search with no match is empty. Several entries lead to one target; a hit is a target with its best entry.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from indexing import build, embed
from indexing.entries import Entry, packed
from indexing.errors import IndexBroken, IndexingError
from indexing.lexical import Bm25, Overlap, Scores
from indexing.vectors import Vectors, where

log = logging.getLogger(__name__)
POOL = 60
RRF_K = 20
NEAREST = 120
WIDE = 0.5
Mask = NDArray[np.bool_]
# Weights of the reranking stage; chosen on the gold questions, see docs/evaluation.md. A clause of an original has no
# questions beside it and may be long, so that what it covers of the query says more than how alike the two are.
WEIGHTS = {"wording": 0.50, "dense": 0.25, "coverage": 0.20, "fused": 0.05}
WORDING_WEIGHTS = {"wording": 0.30, "dense": 0.25, "coverage": 0.40, "fused": 0.05}


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


class Searcher:
    """One open generation of the index: a shelf of it (see ``indexing.shelf``), that of the corpus unless named."""

    def __init__(self, generation: Path, shelf: str = "") -> None:
        self.generation = generation
        self.folder = generation / shelf
        self.weights = WORDING_WEIGHTS if shelf else WEIGHTS
        self.manifest = build.read_manifest(generation)
        try:
            self.entries = [Entry(**e) for e in json.loads((self.folder / "entries.json").read_text("utf-8"))]
            self.bm25, self.overlap = Bm25.load(self.folder / "bm25"), Overlap.load(self.folder / "terms.npz")
            if not self.bm25.size == len(self.entries) == self.overlap.entries.shape[0]:
                raise ValueError("entries and lexical index are of different builds")
        except (OSError, ValueError, TypeError, KeyError, AttributeError, EOFError, BadZipFile, zlib.error) as error:
            raise IndexBroken("字面索引坏了。请运行 tiaoli index build --full 重建。") from error
        self.targets = list(dict.fromkeys(e.target for e in self.entries))
        self.number = {t: n for n, t in enumerate(self.targets)}
        self.target_of = np.array([self.number[e.target] for e in self.entries], np.int64)
        self.rows_of = [np.flatnonzero(self.target_of == n) for n in range(len(self.targets))]
        self.position = {e.id: n for n, e in enumerate(self.entries)}
        self.asked = np.array([e.kind == "question" for e in self.entries])
        self.valid_from = np.array([e.valid_from for e in self.entries])
        self.valid_until = np.array([e.valid_until for e in self.entries])
        self.place = np.array([e.place for e in self.entries])
        self.vectors, self.embedding = self._open_vectors()

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
        return self.vectors is None

    def _open_vectors(self) -> tuple[Vectors | None, Embeddings | None]:
        try:
            model: Embeddings
            if self.manifest.setting == "static":
                model = embed.StaticEmbeddings.load(self.folder / "static.npz")
            else:
                model = embed.open_transformer(self.manifest.setting)
            vectors = Vectors(self.folder / "chroma", model)
            if vectors.count() != len(self.entries):
                raise IndexBroken("向量索引和字面索引对不上。")
            return vectors, model
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
        allowed = self._allowed(places, as_of)
        if not allowed.any():
            return []
        wording = np.where(allowed, self.overlap.wording(query), 0).astype(np.float32)
        bm25 = np.where(allowed, self.bm25.scores(query), 0).astype(np.float32)
        dense = self._dense(query, places, as_of, allowed)
        by_target = {
            "wording": self._best(np.where(self.asked, wording, wording * 0.8).astype(np.float32)),
            "bm25": self._best(bm25),
            "dense": self._best(dense),
        }
        reachable = np.zeros(len(self.targets), bool)
        reachable[self.target_of[allowed]] = True
        coverage = np.where(reachable, self.overlap.coverage(query), 0)
        fused = sum(_reciprocal_rank(scores) for scores in by_target.values())
        pool = [int(n) for n in np.argsort(-np.asarray(fused), kind="stable")[:POOL] if np.asarray(fused)[n] > 0]
        best_fused = float(np.max(fused)) if len(self.targets) else 1.0
        hits = []
        for n in pool:
            features = {name: float(scores[n]) for name, scores in by_target.items()}
            features["coverage"] = float(coverage[n])
            features["fused"] = float(np.asarray(fused)[n]) / (best_fused or 1.0)
            score = sum(weight * features[name] for name, weight in self.weights.items())
            kind = self._kind(self.targets[n])
            if kinds is None or kind in kinds:
                groups = self._groups(n, wording, dense)
                question = max(groups, key=lambda g: groups[g]) if groups else -1
                hits.append(Hit(self.targets[n], kind, score, question, features, groups))
        return sorted(hits, key=lambda h: -h.score)[:k]

    def entry_of(self, hit: Hit) -> Entry:
        """The text that stands for a hit: its digest (or original), else the first that leads to it."""
        own = [e for e in self.entries if e.target == hit.target]
        return next((e for e in own if e.kind in ("digest", "topic", "original")), own[0])

    def place_of(self, target: str) -> str:
        """The place of a target's document; empty when the document names none."""
        return str(self.place[self.rows_of[self.number[target]][0]])

    def _allowed(self, places: Sequence[str] | None, as_of: date | None) -> Mask:
        mask = np.ones(len(self.entries), bool)
        if places is not None:
            mask &= np.isin(self.place, list(places))
        if as_of is not None:
            day = packed(as_of)
            mask &= (self.valid_from <= day) & (day <= self.valid_until)
        return mask

    def _dense(self, query: str, places: Sequence[str] | None, as_of: date | None, allowed: Mask) -> Scores:
        """Cosine of the nearest entries. Where the filters let most entries through, more are fetched and filtered
        here; Chroma's own filter, several times slower, is used where they let few through."""
        scores = np.zeros(len(self.entries), np.float32)
        if self.vectors is None or self.embedding is None:
            return scores
        share = float(allowed.mean())
        wide = share >= WIDE
        filters = None if wide else where(places, packed(as_of) if as_of else None)
        k = int(NEAREST / share) if wide else NEAREST
        try:
            for entry, similarity in self.vectors.nearest(self.embedding.embed_query(query), k, filters):
                scores[self.position[entry]] = max(similarity, 0.0)
            scores[~allowed] = 0.0
        except IndexingError as error:
            log.warning("%s", error)
            self.vectors = None
        return scores

    def _best(self, scores: Scores) -> Scores:
        best = np.zeros(len(self.targets), np.float32)
        np.maximum.at(best, self.target_of, scores)
        return best

    def _groups(self, target: int, wording: Scores, dense: Scores) -> dict[int, float]:
        """The best match among the wordings of each question group of a target."""
        found: dict[int, float] = {}
        for n in self.rows_of[target]:
            question = self.entries[n].question
            if question >= 0:
                found[question] = max(found.get(question, 0.0), float(wording[n] + 0.5 * dense[n]))
        return found

    @staticmethod
    def _kind(target: str) -> str:
        head = target.partition(":")[0]
        return head if head in ("topic", "gap") else "clause"


def _reciprocal_rank(scores: Scores) -> Scores:
    """Reciprocal rank fusion's share of one ranking (Cormack et al. 2009); what has no score gets none."""
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > 0, 1.0 / (RRF_K + ranks), 0).astype(np.float32)
