"""``tiaoli model train``: the static model and, where a folder with relevance pairs is given, the reranking stage.

Pairs come from our own corpus (every question beside a clause leads to its digest) and from the folder. The reranking
stage is trained on the cosines of tables that have not seen the question at hand, and measured on questions that it
has not seen either (five folds).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from corpus.load import Corpus
from indexing.embed import StaticEmbeddings
from indexing.entries import entries
from indexing.learned.beir import Beir
from indexing.learned.counts import Floats, Ints
from indexing.learned.features import Lexical, best, fuse
from indexing.learned.passages import Passages
from indexing.learned.rank import RankModel
from indexing.learned.train_rank import FOLDS, examples, fold_of, folds
from indexing.learned.train_rank import train as train_rank
from indexing.learned.train_static import LEAST, Start, start, vectors
from indexing.learned.train_static import train as train_static

HARDEST, DEPTH, FIRST = 150, 100, 10
TEXTS_A_STEP = 4500
"""With every so many texts a term has to stand in one more of them to be kept, up to ``LEAST``."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Trained:
    """What training made. ``figures``: stage → recall@10, recall@100 and MRR@10, each question ranked by models that
    have not seen it; empty without a folder. ``asked``: all questions that went in."""

    static: StaticEmbeddings
    rank: RankModel | None
    pairs: dict[str, int]
    asked: list[str]
    figures: dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Pairs:
    """Texts with their titles, questions, and each question's texts."""

    passages: Passages
    queries: list[str]
    relevant: list[set[int]]


def own_pairs(corpus: Corpus) -> Pairs:
    """The clauses, topics and gaps of our corpus (digests, without their questions) and the first wording of every
    question beside them: other wordings of the same pair say little that is new and take most of the time."""
    found = entries(corpus)
    texts = [e for e in found if e.kind in ("digest", "topic", "gap")]
    number = {e.target: n for n, e in enumerate(texts)}
    first = {(e.target, e.question): e for e in reversed(found) if e.kind == "question" and e.target in number}
    asked = list(reversed(first.values()))
    titles = [e.target.partition("#")[0] for e in texts]
    passages, order = Passages.grouped([e.id for e in texts], titles, [e.text for e in texts])
    position = np.argsort(order)
    return Pairs(passages, [e.text for e in asked], [{int(position[number[e.target]])} for e in asked])


def beir_pairs(beir: Beir) -> Pairs:
    """The texts and judged queries of a folder; pairs with texts that the corpus lacks are left out."""
    passages, order = Passages.grouped(beir.ids, beir.titles, beir.texts)
    position = np.argsort(order)
    relevant = [{int(position[n]) for n in good if n >= 0} for good in beir.relevant]
    return Pairs(passages, beir.queries, relevant)


def train_models(own: Pairs, beir: Beir | None, seed: int, progress: Progress) -> Trained:
    """Train. Raises IndexingError where torch, of the extra ``models``, is not installed."""
    sources = {"own": own} | ({"beir": beir_pairs(beir)} if beir else {})
    texts, queries, relevant, hard, lexicals = list[str](), list[str](), list[set[int]](), list[Ints](), {}
    for name, source in sources.items():
        progress("数词", 0, 1)
        lexicals[name] = Lexical(source.passages, source.queries)
        offset = len(texts)
        hard += [row + offset for pool in lexicals[name].pools(source.queries, size=HARDEST) for row in pool.candidates]
        texts += titled(source.passages)
        queries += source.queries
        relevant += [{n + offset for n in good} for good in source.relevant]
    progress("潜在语义分析", 0, 1)
    begun = start(texts, queries, max(2, min(LEAST, len(texts) // TEXTS_A_STEP)))
    everything = np.array([n for n, good in enumerate(relevant) if good])
    static = train_static(begun, everything, relevant, hard, seed, progress)
    pairs = {name: sum(map(len, source.relevant)) for name, source in sources.items()}
    if beir is None:
        return Trained(static, None, pairs, queries, {})
    fold = np.concatenate([np.full(len(own.queries), -1), fold_of(beir.query_ids)])
    tables = [
        train_static(begun, everything[fold[everything] != n], relevant, hard, seed, progress) for n in range(FOLDS)
    ]
    rank, figures = _rank(sources["beir"], lexicals["beir"], begun, tables, fold[len(own.queries) :], seed, progress)
    return Trained(static, rank, pairs, queries, figures)


def titled(passages: Passages) -> list[str]:
    """The texts with their titles before them, as the static model reads them."""
    return [f"{title}。{text}" for title, text in zip(passages.titles, passages.texts, strict=True)]


def _rank(
    source: Pairs, lexical: Lexical, begun: Start, tables: Sequence[StaticEmbeddings], fold: Ints, seed: int,
    progress: Progress,
) -> tuple[RankModel, dict[str, tuple[float, float, float]]]:  # fmt: skip
    """The reranking stage, and the figures of all stages over the questions of the folder (the last of ``begun``)."""
    cosines = np.zeros((len(source.queries), len(source.passages.texts)), np.float32)
    for n, table in enumerate(tables):
        text, asked = vectors(begun, table)
        held = np.flatnonzero(fold == n)
        cosines[held] = asked[-len(source.queries) :][held] @ text[-len(source.passages.texts) :].T
    given = iter(range(len(source.queries)))

    def dense(group: list[str]) -> Floats:
        return cosines[[next(given) for _ in group]]

    rankings: dict[str, list[Ints]] = {"BM25": [], "静态向量": [], "融合": []}
    for start_at, pool in zip(range(0, len(cosines), 64), lexical.pools(source.queries), strict=True):
        group = cosines[start_at : start_at + 64]
        for name, scores in (("BM25", pool.bm25), ("静态向量", group), ("融合", fuse(pool.bm25, group))):
            rankings[name].append(best(scores, min(DEPTH, scores.shape[1])))
    data, candidates = examples(lexical, source.queries, source.relevant, dense, progress)
    order = best(folds(data, fold, seed, progress), min(DEPTH, candidates.shape[1]))
    ranked = {name: np.concatenate(parts) for name, parts in rankings.items()}
    ranked["重排"] = np.take_along_axis(candidates, order, 1)
    figures = {name: _figures(rows, source.relevant) for name, rows in ranked.items()}
    return train_rank(data, np.arange(len(source.queries)), seed), figures


def _figures(rankings: Ints, relevant: Sequence[Set[int]]) -> tuple[float, float, float]:
    """Mean recall@10, recall@100 and MRR@10 of the questions with something to find."""
    found = []
    for row, good in zip(rankings.tolist(), relevant, strict=True):
        if good:
            first = next((1 / n for n, text in enumerate(row[:FIRST], 1) if text in good), 0.0)
            found.append((len(good & set(row[:FIRST])) / len(good), len(good & set(row)) / len(good), first))
    recall, deep, reciprocal = np.mean(found, axis=0).tolist()
    return recall, deep, reciprocal
