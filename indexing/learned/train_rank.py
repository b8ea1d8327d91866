"""Training of the reranking stage: listwise softmax over each query's candidates (Cao et al. 2007), by torch's AdamW.

Every figure that is reported comes from ``folds``: questions of one fold are ranked by a model that has not seen them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from indexing.errors import IndexingError
from indexing.learned.counts import Floats, Ints
from indexing.learned.features import Dense, Lexical, Pool
from indexing.learned.rank import LIMIT, TINY, RankModel, inputs, title_terms

FOLDS = 5
CANDIDATES = 128
"""Per question while training; the pool is deeper."""
HIDDEN = (32, 16)
EPOCHS, BATCH, RATE, DECAY, DROPOUT = 12, 32, 3e-3, 1e-2, 0.1
PRIOR_RATE, PRIOR_PENALTY = 2e-2, 1e-3
NETWORKS = 3
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Examples:
    """Questions (rows) with their candidates' inputs and which of them are relevant; titles as bags of bigrams."""

    names: list[str]
    values: Floats
    relevant: Floats
    work: Ints
    terms: list[str]
    bags: Floats

    def of(self, rows: Ints) -> tuple[Floats, Floats, Ints]:
        """Inputs, relevance and works of these questions whose candidates hold something relevant."""
        rows = rows[self.relevant[rows, :CANDIDATES].sum(1) > 0]
        return self.values[rows, :CANDIDATES], self.relevant[rows, :CANDIDATES], self.work[rows, :CANDIDATES]


def examples(
    lexical: Lexical, queries: Sequence[str], relevant: Sequence[Set[int]], dense: Dense, progress: Progress
) -> tuple[Examples, Ints]:
    """Features of every question's pool, and the candidates themselves. ``relevant``: positions in the passages."""
    passages = lexical.passages
    pools: list[Pool] = []
    for pool in lexical.pools(queries, dense):
        pools.append(Pool(pool.candidates, pool.names, inputs(pool), pool.bm25[:, :0], None))
        progress("特征", sum(len(p.candidates) for p in pools), len(queries))
    candidates = np.concatenate([p.candidates for p in pools])
    good = np.array([[int(c) in r for c in row] for row, r in zip(candidates, relevant, strict=True)], np.float32)
    bags = [title_terms(name) for name in passages.names]
    terms = sorted({term for bag in bags for term in bag})
    column = {term: n for n, term in enumerate(terms)}
    matrix = np.zeros((len(bags), len(terms)), np.float32)
    for row, bag in zip(matrix, bags, strict=True):
        row[[column[term] for term in bag]] = 1 / np.sqrt(max(len(bag), 1))
    values = np.concatenate([p.features for p in pools])
    return Examples(pools[0].names, values, good, passages.work[candidates], terms, matrix), candidates


def fold_of(query_ids: Sequence[str]) -> Ints:
    """The fold of every question, from its id alone."""
    return np.array([zlib.crc32(f"f{query}".encode()) % FOLDS for query in query_ids], np.int64)


def folds(data: Examples, fold: Ints, seed: int, progress: Progress) -> Floats:
    """Scores of all candidates, each question's from a model that was trained without its fold."""
    scores = np.zeros(data.relevant.shape, np.float32)
    for n in range(FOLDS):
        progress("交叉验证", n, FOLDS)
        held = np.flatnonzero(fold == n)
        scores[held] = _scores(train(data, np.flatnonzero(fold != n), seed), data, held)
    return scores


def _scores(model: RankModel, data: Examples, rows: Ints) -> Floats:
    weight = dict(zip(model.title_terms, model.title_weights.tolist(), strict=True))
    prior = data.bags @ np.array([weight.get(term, 0.0) for term in data.terms], np.float32)
    values = ((data.values[rows] - model.mean) / model.deviation).clip(-LIMIT, LIMIT)
    return model.forward(values) + prior[data.work[rows]]


def train(data: Examples, rows: Ints, seed: int) -> RankModel:
    """The model of these questions. Raises IndexingError where torch, of the extra ``models``, is not installed."""
    try:
        import torch
    except ImportError as error:
        raise IndexingError("训练要用 torch。请先安装 tiaoli[models]。") from error
    values, relevant, work = data.of(rows)
    mean, deviation = values.mean((0, 1)), values.std((0, 1)) + TINY
    scaled = torch.from_numpy(((values - mean) / deviation).clip(-LIMIT, LIMIT))
    tensors = scaled, torch.from_numpy(relevant), torch.from_numpy(work), torch.from_numpy(data.bags)
    trained = [_network(seed + n, *tensors) for n in range(NETWORKS)]
    prior: Floats = np.stack([prior for _, prior in trained]).mean(0)
    kept = np.flatnonzero(np.abs(prior) > 1e-3)
    return RankModel(
        data.names, mean, deviation, [layers for layers, _ in trained], [data.terms[n] for n in kept], prior[kept]
    )


def _network(seed: int, values: Any, relevant: Any, work: Any, bags: Any) -> tuple[list[Floats], Floats]:
    """One network's layers, and the weights of the titles' terms."""
    import torch
    from torch import nn

    torch.set_num_threads(1)  # sums in the same order on every machine
    torch.manual_seed(seed)
    sizes = [values.shape[-1], *HIDDEN]
    layers = [nn.Linear(a, b) for a, b in pairwise(sizes)]
    hidden = [part for layer in layers for part in (layer, nn.ReLU(), nn.Dropout(DROPOUT))]
    last = nn.Linear(sizes[-1], 1)
    network, prior = nn.Sequential(*hidden, last), nn.Parameter(torch.zeros(bags.shape[1]))
    steps = EPOCHS * max(len(values) // BATCH, 1)
    groups = [
        {"params": network.parameters(), "weight_decay": DECAY},
        {"params": [prior], "lr": PRIOR_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, PRIOR_RATE], total_steps=steps + 1)
    for chosen in _batches(len(values), torch):
        scores = network(values[chosen]).squeeze(-1) + (bags @ prior)[work[chosen]]
        good = relevant[chosen]
        loss = -((torch.log_softmax(scores, 1) * good).sum(1) / good.sum(1)).mean()
        loss = loss + PRIOR_PENALTY * (prior**2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    found = [part.detach().numpy() for layer in [*layers, last] for part in (layer.weight.T, layer.bias)]
    return [np.ascontiguousarray(part, np.float32) for part in found], prior.detach().numpy()


def _batches(size: int, torch: Any) -> Iterator[Any]:
    for _ in range(EPOCHS):
        order = torch.randperm(size)
        for start in range(0, max(size - BATCH + 1, 1), BATCH):
            yield order[start : start + BATCH]
