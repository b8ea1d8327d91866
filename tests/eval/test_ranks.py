"""Recall, reciprocal rank and nDCG on rankings worked out by hand, and the laws that they keep."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ranks import CUTS, Retrieval, ndcg, ranks_of, recall_at, reciprocal

RANKS = st.lists(st.one_of(st.none(), st.integers(1, 12)), min_size=1, max_size=6)


def test_ranks_of_groups() -> None:
    ranking = [["x"], ["a", "b"], ["c__para_2"], []]
    assert ranks_of([["b"], ["c"], ["z", "x"], ["y"]], ranking) == [2, 3, 1, None]
    assert ranks_of([["a__para_1"]], [["a"]]) == [None]


@pytest.mark.parametrize(
    ("found", "k", "recall"),
    [
        ([1, 4], 1, 1.0),
        ([1, 4], 3, 0.5),
        ([2, 4], 1, 0.0),
        ([1, 4], 5, 1.0),
        ([None, None], 10, 0.0),
        ([1, 1, 1], 1, 1.0),
    ],
)
def test_recall(found: list[int | None], k: int, recall: float) -> None:
    assert recall_at(found, k) == recall


def test_reciprocal_rank_and_ndcg() -> None:
    assert reciprocal([4, 2]) == 0.5
    assert reciprocal([11]) == reciprocal([None]) == 0.0
    assert ndcg([1, 2]) == pytest.approx(1.0)
    assert ndcg([3]) == pytest.approx(0.5)
    assert ndcg([2, None]) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
    assert ndcg([1, 1]) == 1.0


@given(RANKS)
def test_laws(found: list[int | None]) -> None:
    assert all(0 <= recall_at(found, k) <= 1 for k in CUTS)
    assert 0 <= ndcg(found) <= 1
    assert (reciprocal(found) > 0) == (ndcg(found) > 0) == (recall_at(found, 10) > 0)
    worse = [rank and rank + 1 for rank in found]
    assert ndcg(worse) <= ndcg(found)
    assert reciprocal(worse) <= reciprocal(found)


def test_means_over_questions() -> None:
    found = Retrieval.over([[1], [None]])
    assert found.recall[1].value == found.mrr.value == found.ndcg.value == 0.5
    assert (found.mrr.low, found.mrr.high, found.mrr.of) == (0.0, 1.0, 2)
    assert Retrieval.over([]).mrr.value is None
