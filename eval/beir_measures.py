"""Retrieval over whole rankings: recall@k, reciprocal rank and nDCG as BEIR counts them, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence, Set
from math import log2

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from eval.intervals import Mean

RECALL_AT = (1, 5, 10, 100)
DEPTH = 10


class Measures(BaseModel):
    """Means over queries. Recall is the share of a query's relevant texts among the first ``k``."""

    recall: dict[int, Mean]
    mrr: Mean
    ndcg: Mean

    @classmethod
    def over(cls, rankings: NDArray[np.int64], relevant: Sequence[Set[int]]) -> Measures:
        """The figures for rankings (queries × ranks, best first) against each query's relevant texts."""
        hits = [[int(text) in good for text in row] for row, good in zip(rankings, relevant, strict=True)]
        pairs = list(zip(hits, relevant, strict=True))
        return cls(
            recall={k: Mean.over([sum(row[:k]) / len(good) for row, good in pairs]) for k in RECALL_AT},
            mrr=Mean.over([_reciprocal(row[:DEPTH]) for row in hits]),
            ndcg=Mean.over([_gain(row[:DEPTH]) / _gain([True] * min(DEPTH, len(good))) for row, good in pairs]),
        )


def _reciprocal(hits: Sequence[bool]) -> float:
    return next((1 / rank for rank, hit in enumerate(hits, 1) if hit), 0.0)


def _gain(hits: Sequence[bool]) -> float:
    return sum(1 / log2(1 + rank) for rank, hit in enumerate(hits, 1) if hit)
