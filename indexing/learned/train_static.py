"""Training of the static model: a table from latent semantic analysis, then contrastive training on question → text pairs.

A batch of questions is told its own texts from those of the others and from texts that BM25 ranks high for them
(Karpukhin et al. 2020). What was never in a pair keeps the place that the SVD gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags

from indexing.embed import StaticEmbeddings
from indexing.errors import IndexingError
from indexing.grams import grams
from indexing.learned.counts import Floats, Ints

DIMENSIONS = 96
LEAST = 12
"""Texts that a term must stand in."""
RANK = 1e-3
"""Singular values below this share of the largest are left out."""
EPOCHS, BATCH, RATE, TEMPERATURE, HARD, AMONG = 20, 64, 2e-3, 0.07, 16, 150
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Start:
    """The table before training on pairs: terms, rows, weights, and the weighted counts of texts and questions."""

    terms: list[str]
    table: Floats
    weights: Floats
    texts: csr_matrix
    queries: csr_matrix


def start(texts: Sequence[str], queries: Sequence[str], least: int = LEAST) -> Start:
    """Latent semantic analysis (Deerwester et al. 1990): the truncated SVD of log counts with idf. Deterministic."""
    from scipy.sparse.linalg import svds

    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(set(grams(text)))
    terms = sorted(term for term, n in frequency.items() if n >= least)
    column = {term: n for n, term in enumerate(terms)}
    counts, asked = _counts(texts, column), _counts(queries, column)
    weights = np.array([np.log(1 + len(texts) / frequency[term]) for term in terms], np.float32)
    smaller = min(counts.shape)
    if smaller <= 2:
        raise IndexingError("文本太少，训练不出静态模型。请给更多的文本。")
    seen = counts.copy()
    seen.data = np.log1p(seen.data) * weights[seen.indices]
    lengths = np.sqrt(np.asarray(seen.multiply(seen).sum(1)).ravel())
    seen = csr_matrix(diags(1 / np.maximum(lengths, 1e-9)) @ seen)
    _, s, v = svds(
        seen.astype(np.float64), k=min(DIMENSIONS, smaller - 1), v0=np.ones(smaller), rng=np.random.default_rng(0)
    )
    real = s > s.max() * RANK  # beyond the rank of the counts there is only noise
    v = v[real] * np.sign(v[real, np.abs(v[real]).argmax(1)])[:, None]  # a singular vector's sign is arbitrary
    table = (v.T / np.sqrt(s[real])).astype(np.float32)
    table /= float(np.sqrt((table**2).sum(1).mean())) or 1.0
    return Start(terms, table, weights, csr_matrix(counts @ diags(weights)), csr_matrix(asked @ diags(weights)))


def _counts(texts: Sequence[str], column: dict[str, int]) -> csr_matrix:
    indptr, indices, data = [0], list[int](), list[int]()
    for text in texts:
        counted = Counter(column[term] for term in grams(text) if term in column)
        indices.extend(counted.keys())
        data.extend(counted.values())
        indptr.append(len(indices))
    return csr_matrix((np.array(data, np.float32), indices, indptr), shape=(len(texts), len(column)))


def train(
    begun: Start, rows: Ints, relevant: Sequence[Set[int]], hard: Sequence[Ints], seed: int, progress: Progress
) -> StaticEmbeddings:
    """Train on the questions ``rows``. ``relevant``: each question's texts; ``hard``: those that BM25 ranks high.

    Raises IndexingError where torch, of the extra ``models``, is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise IndexingError("训练要用 torch。请先安装 tiaoli[models]。") from error
    torch.set_num_threads(1)  # sums in the same order on every machine
    draw = np.random.default_rng(seed)
    table = torch.nn.Parameter(torch.from_numpy(begun.table.copy()))
    optimizer = torch.optim.Adam([table], lr=RATE)
    for n, chosen in enumerate(_batches(rows, draw)):
        progress("静态模型", n, EPOCHS * max(len(rows) // BATCH, 1))
        among: set[int] = set()
        for question in chosen:
            among |= relevant[question] | set(draw.permutation(hard[question][:AMONG])[:HARD].tolist())
        candidates = np.array(sorted(among))
        good = torch.tensor([[c in relevant[q] for c in candidates.tolist()] for q in chosen], dtype=torch.float32)
        sides = begun.queries[chosen], begun.texts[candidates]
        values = table.detach().numpy()
        sums = [torch.from_numpy(np.asarray(counts @ values)).requires_grad_() for counts in sides]
        asked, found = (torch.nn.functional.normalize(side, dim=1) for side in sums)
        listed = torch.log_softmax(asked @ found.T / TEMPERATURE, 1)
        loss = -((listed * good).sum(1) / good.sum(1)).mean()
        loss.backward()
        # the sums are linear in the table, so its gradient is a sparse product: several times faster than autograd's
        slopes = [side.grad.numpy() for side in sums if side.grad is not None]
        table.grad = torch.from_numpy(sides[0].T @ slopes[0] + sides[1].T @ slopes[1])
        optimizer.step()
    return StaticEmbeddings(begun.terms, table.detach().numpy(), begun.weights)


def vectors(begun: Start, table: StaticEmbeddings) -> tuple[Floats, Floats]:
    """The vectors of the texts and of the questions, at length 1."""
    return _unit(begun.texts @ table.table), _unit(begun.queries @ table.table)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


def _batches(rows: Ints, draw: np.random.Generator) -> Iterator[Ints]:
    for _ in range(EPOCHS):
        order = draw.permutation(rows)
        for begin in range(0, max(len(order) - BATCH + 1, 1), BATCH):
            yield order[begin : begin + BATCH]
