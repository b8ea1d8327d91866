"""Features of query and text, for the reranking stage of ``rank``: lexical, of the work, of neighbours, of place.

``Lexical`` is built once for texts and the queries to come; ``pool`` then takes queries in small groups: the best texts
by BM25 and, for each, one value a feature. All features are measured relative to the query's own best where they would
otherwise depend on its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from indexing.learned.counts import Counts, Floats, Ints, order_of, query_counts, scores, vocabulary
from indexing.learned.passages import Passages

GROUP = 64
POOL = 400
NEIGHBOURS = (1, 2, 3)
TINY = 1e-9
DENSE_SHARE = 1.5
"""Weight of the cosine beside BM25, both in deviations from the query's mean."""
Dense = Callable[[list[str]], Floats]


@dataclass(frozen=True)
class Pool:
    """Of some queries (rows): the candidates' positions, best first, and their features, queries × candidates × names.

    ``bm25`` and ``dense``: the scores of all texts, queries × texts.
    """

    candidates: Ints
    names: list[str]
    features: Floats
    bm25: Floats
    dense: Floats | None


class Lexical:
    """Counts and weights of texts, sentences and titles over the terms of ``queries``."""

    def __init__(self, passages: Passages, queries: Sequence[str], *, titled: bool = True) -> None:
        self.passages = passages
        self.column = vocabulary(queries)
        self.order = np.array([order_of(term) for term in self.column])
        parts, self.begin = passages.sentences
        sentences, titles = Counts.of(parts, self.column), Counts.of(passages.names, self.column)
        texts = sentences.summed(self.begin)
        if titled:
            texts += titles.rows(passages.work)
        self.idf, self.title_idf = texts.idf, titles.idf
        self.texts, self.present = texts.saturated(), texts.present()
        self.sentences = sentences.saturated(0.6)
        self.titles, self.titled = titles.saturated(0.5), titles.present()
        self.length, self.title_length = texts.lengths, titles.lengths
        self.of_works, self.of_texts = passages.of_works(), passages.of_texts()

    def bm25(self, counts: csr_matrix, orders: tuple[int, ...] = (1, 2)) -> Floats:
        """BM25 of every text over n-grams of these lengths."""
        return scores(counts, self.idf * np.isin(self.order, orders), self.texts)

    def pools(self, queries: Sequence[str], dense: Dense | None = None, size: int = POOL) -> Iterator[Pool]:
        """The pools of the queries, a group at a time. ``dense``: cosines of queries with all texts; they join BM25 in
        choosing the candidates, and are a feature."""
        for start in range(0, len(queries), GROUP):
            group = list(queries[start : start + GROUP])
            counts = query_counts(group, self.column)
            by_order = {n: self.bm25(counts, (n,)) for n in (1, 2, 3)}
            bm25 = by_order[1] + by_order[2]
            cosines = dense(group) if dense else None
            fused = bm25 if cosines is None else fuse(bm25, cosines)
            candidates = best(fused, min(size, fused.shape[1]))
            features = self._features(counts, by_order, bm25, candidates)
            if cosines is not None:
                features["dense"] = np.take_along_axis(cosines, candidates, 1)
            names = sorted(features)
            stacked = np.stack([features[name] for name in names], -1).astype(np.float32)
            yield Pool(candidates, names, stacked, bm25, cosines)

    def _features(
        self, counts: csr_matrix, by_order: dict[int, Floats], bm25: Floats, candidates: Ints
    ) -> dict[str, Floats]:
        highest = bm25.max(1, keepdims=True) + TINY
        work = self.passages.work[candidates]

        def chosen(values: Floats) -> Floats:
            return np.take_along_axis(values, candidates, 1)

        found = {f"bm25_{n}": chosen(values) for n, values in by_order.items()}
        found |= {"bm25": chosen(bm25), "bm25_share": chosen(bm25) / highest}
        found["rank"] = np.log1p(np.broadcast_to(np.arange(candidates.shape[1], dtype=np.float32), candidates.shape))
        found["sentence"] = chosen(self._sentence(counts))
        for n in (1, 2, 3):
            weights = self.idf * (self.order == n)
            whole = np.asarray(counts.sign() @ weights, np.float32)[:, None] + np.float32(TINY)
            found[f"coverage_{n}"] = chosen(scores(counts.sign(), weights, self.present)) / whole
        shared = scores(counts.sign(), (self.order == 2).astype(np.float32), self.present)
        found["density"] = np.asarray(chosen(shared) / np.maximum(self.length[candidates], 1), np.float32)
        found |= self._of_titles(counts, work)
        found |= self._of_works(bm25, highest, chosen(bm25), work)
        for n in NEIGHBOURS:
            found[f"neighbour_{n}"] = chosen(self._neighbour(bm25, n)) / highest
        found["length"] = np.log1p(self.length[candidates])
        long = np.log1p(np.asarray(counts.sum(1), np.float32))
        found["query_length"] = np.broadcast_to(long, candidates.shape)
        found |= {name: values[work] for name, values in self.of_works.items()}
        return found | {name: values[candidates] for name, values in self.of_texts.items()}

    def _sentence(self, counts: csr_matrix) -> Floats:
        """BM25 of each text's best sentence."""
        each = scores(counts, self.idf * (self.order < 3), self.sentences)
        return np.maximum.reduceat(each, self.begin, axis=1)

    def _of_titles(self, counts: csr_matrix, work: Ints) -> dict[str, Floats]:
        bigrams = self.order == 2
        score = scores(counts, self.title_idf * bigrams, self.titles)
        covered = scores(counts.sign(), bigrams.astype(np.float32), self.titled) / np.maximum(self.title_length - 1, 1)
        rows = np.arange(len(work))[:, None]
        return {
            "title": score[rows, work],
            "title_share": score[rows, work] / (score.max(1, keepdims=True) + TINY),
            "title_covered": covered[rows, work],
        }

    def _of_works(self, bm25: Floats, highest: Floats, own: Floats, work: Ints) -> dict[str, Floats]:
        """How well the rest of the work fits: its best text, and all its good ones together."""
        starts, rows = self.passages.starts, np.arange(len(work))[:, None]
        top = np.maximum.reduceat(bm25, starts, axis=1)
        above = np.maximum(bm25 - bm25.mean(1, keepdims=True), 0) / highest
        together = np.add.reduceat(above**4, starts, axis=1)[rows, work]
        return {
            "work_best": top[rows, work] / highest,
            "work_together": np.log1p(together),
            "work_dense": together / np.log1p(self.passages.sizes[work]),
            "in_work": own / (top[rows, work] + TINY),
        }

    def _neighbour(self, bm25: Floats, distance: int) -> Floats:
        """Mean BM25 of the texts ``distance`` before and after, inside the work."""
        found = np.zeros(bm25.shape, np.float32)
        if distance < bm25.shape[1]:
            same = self.passages.work[distance:] == self.passages.work[:-distance]
            found[:, distance:] += bm25[:, :-distance] * same
            found[:, :-distance] += bm25[:, distance:] * same
        return found / np.float32(2)


def fuse(bm25: Floats, dense: Floats) -> Floats:
    """BM25 and cosine as one score: the sum of both in deviations from the query's mean."""
    return _standard(bm25) + DENSE_SHARE * _standard(dense)


def _standard(values: Floats) -> Floats:
    return np.asarray((values - values.mean(1, keepdims=True)) / (values.std(1, keepdims=True) + TINY), np.float32)


def best(values: Floats, k: int) -> Ints:
    """Positions of the ``k`` highest of each row, highest first; equals in their order."""
    if k < values.shape[1]:
        found = np.sort(np.argpartition(-values, k - 1, axis=1)[:, :k], axis=1)
    else:
        found = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    order = np.argsort(-np.take_along_axis(values, found, 1), axis=1, kind="stable")
    return np.take_along_axis(found, order, 1)
