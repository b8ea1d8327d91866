"""Retrieval in figures: recall@k, reciprocal rank and nDCG over groups of gold clauses.

A question names groups of clauses; a group is found at the first rank that leads to any of its alternatives. One rank
(a topic, a piece of text) may lead to several groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log2

from pydantic import BaseModel

from eval.intervals import Mean

CUTS = (1, 3, 5, 10)
PARAGRAPH = re.compile(r"__para_\d+$")
Found = Sequence[int | None]
"""For each group the rank, from 1, at which it is found; None where it is not."""


class Retrieval(BaseModel):
    """Means over questions: recall by cut, reciprocal rank of the first group found, nDCG over ten ranks."""

    recall: dict[int, Mean]
    mrr: Mean
    ndcg: Mean

    @classmethod
    def over(cls, found: Sequence[Found]) -> Retrieval:
        """The figures over these questions."""
        return cls(
            recall={k: Mean.over([recall_at(ranks, k) for ranks in found]) for k in CUTS},
            mrr=Mean.over([reciprocal(ranks) for ranks in found]),
            ndcg=Mean.over([ndcg(ranks) for ranks in found]),
        )


def ranks_of(gold: Sequence[Sequence[str]], ranking: Sequence[Iterable[str]]) -> list[int | None]:
    """Where each group is found. A paragraph of a clause leads to the clause as well, never the other way round."""
    reached = [{name for ref in rank for name in (ref, PARAGRAPH.sub("", ref))} for rank in ranking]
    return [next((n for n, refs in enumerate(reached, 1) if refs & set(group)), None) for group in gold]


def recall_at(found: Found, k: int) -> float:
    """Share of the groups found within ``k`` ranks, of as many as fit there."""
    return min(1.0, sum(rank is not None and rank <= k for rank in found) / min(k, len(found)))


def reciprocal(found: Found, depth: int = 10) -> float:
    """1 over the rank of the first group found; 0 beyond ``depth``."""
    first = min((rank for rank in found if rank is not None), default=depth + 1)
    return 1 / first if first <= depth else 0.0


def ndcg(found: Found, depth: int = 10) -> float:
    """Each group gains 1 / log2(1 + rank); the ideal has one group a rank. At most 1 (Järvelin and Kekäläinen, 2002)."""
    gained = sum(1 / log2(1 + rank) for rank in found if rank is not None and rank <= depth)
    ideal = sum(1 / log2(1 + rank) for rank in range(1, min(depth, len(found)) + 1))
    return min(1.0, gained / ideal)
