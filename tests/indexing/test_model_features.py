"""Counts, BM25 and the features against plain references."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexing.grams import grams
from indexing.learned.counts import K1, B, Counts, query_counts, scores, terms, vocabulary
from indexing.learned.features import Lexical, best
from indexing.learned.passages import Passages
from tests.indexing.made_beir import QUERIES, records

MADE = records()


def _passages() -> Passages:
    return Passages.grouped([r["_id"] for r in MADE], [r["title"] for r in MADE], [r["text"] for r in MADE])[0]


@given(st.text(alphabet="灯塔ＡbＢ12％ \u200b。", max_size=12))
def test_terms_are_the_grams_and_trigrams(text: str) -> None:
    assert sorted(t for t in terms(text) if len(t) < 3 or t[0] < "\u3400") == sorted(grams(text))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(alphabet="灯塔渔船12", max_size=8), min_size=1, max_size=5),
    st.text(alphabet="灯塔渔9", max_size=5),
)
def test_bm25_equals_the_formula(texts: list[str], query: str) -> None:
    column = vocabulary([query])
    counts = Counts.of(texts, column)
    found = scores(query_counts([query], column), counts.idf, counts.saturated())[0]
    mean = max(sum(map(len, texts)) / len(texts), 1)
    for text, score in zip(texts, found, strict=True):
        expected = 0.0
        for term in column:
            df, tf = sum(term in terms(t) for t in texts), terms(text).count(term)
            idf = log(1 + (len(texts) - df + 0.5) / (df + 0.5))
            asked = min(terms(query).count(term), 2)
            expected += asked * idf * tf / (tf + K1 * (1 - B + B * len(text) / mean)) if tf else 0
        assert score == pytest.approx(expected, abs=1e-4)


def test_works_and_citations() -> None:
    shuffled = [MADE[n] for n in (3, 0, 5, 1, 4, 6, 2, 7)]
    passages, order = Passages.grouped(*([r[k] for r in shuffled] for k in ("_id", "title", "text")))
    assert [passages.ids[n] for n in range(8)] == [shuffled[n]["_id"] for n in order]
    assert passages.names == ["灯塔法实施条例（试行）", "灯塔法", "渔船规定"]
    assert passages.sizes.tolist() == [2, 3, 3]
    works, texts = passages.citations
    assert works.tolist() == [0, 1, 0]
    assert [passages.ids[n] for n in np.flatnonzero(texts)] == ["灯塔法第二条"]
    assert passages.of_works()["work_provisional"].tolist() == [1, 0, 0]


def test_texts_without_a_title_are_works_of_their_own() -> None:
    passages, _ = Passages.grouped(["a", "b", "c"], ["", "题", ""], ["甲", "乙", "丙"])
    assert passages.sizes.tolist() == [1, 1, 1]


def test_features_of_a_pool() -> None:
    passages = _passages()
    (pool,) = Lexical(passages, list(QUERIES.values())).pools(list(QUERIES.values()), size=5)
    value = {name: pool.features[:, :, n] for n, name in enumerate(pool.names)}
    assert pool.candidates.shape == (3, 5)
    assert np.isfinite(pool.features).all()
    assert (np.diff(value["bm25"], axis=1) <= 1e-6).all()
    assert value["bm25_share"][:, 0] == pytest.approx([1, 1, 1])
    assert passages.ids[pool.candidates[1, 0]] == "渔船规定第二条"
    at = pool.candidates[1].tolist().index(passages.ids.index("渔船规定第二条"))
    assert value["coverage_2"][1, at] > 0
    assert value["in_work"][1, at] == pytest.approx(1)
    own = pool.bm25[1]
    neighbours = [own[n] for n in (5, 7)]  # of the second text of the work with three
    assert value["neighbour_1"][1, at] == pytest.approx(sum(neighbours) / 2 / own.max(), abs=1e-5)
    assert value["sentence"].max() > 0


def test_candidates_do_not_depend_on_the_group() -> None:
    asked = list(QUERIES.values())
    lexical = Lexical(_passages(), asked)
    together = next(lexical.pools(asked)).features
    alone = [next(lexical.pools([query])).features[0] for query in asked]
    assert np.allclose(together, np.stack(alone), atol=1e-5)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.integers(1, 20))
def test_best_is_a_stable_sort(values: list[int], k: int) -> None:
    k = min(k, len(values))
    expected = sorted(range(len(values)), key=lambda n: -values[n])
    found = best(np.array([values], np.float32), k)[0].tolist()
    assert [values[n] for n in found] == [values[n] for n in expected[:k]]
    assert found == sorted(found, key=lambda n: (-values[n], n))
