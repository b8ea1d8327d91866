"""The lists of terms against plain references of their measures; and search over candidates against search over all."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexing import postings
from indexing.grams import grams
from indexing.postings import K1, B, Postings

TEXTS = [
    "专精特新企业的营收要1500万元以上",
    "小巨人企业近两年研发费用合计1200万元以上",
    "更新信息每年5月31日前",
    "更新更新更新信息",
    "",
    "水费",
]
TARGETS = [0, 0, 1, 1, 2, 3]
NONE = np.zeros(0, np.int64)


def reference(texts: list[str], targets: list[int], query: str) -> list[tuple[float, float, float]]:
    """BM25 (Kamphuis et al. 2020), wording and coverage of every text, written down plainly."""
    bags = [Counter(grams(t)) for t in texts]
    lengths = [max(sum(bag.values()), 1) for bag in bags]
    mean, several = sum(lengths) / len(lengths), max(targets) + 1
    together = [set().union(*(bags[n] for n, t in enumerate(targets) if t == one)) for one in range(several)]
    holders = {t: sum(t in bag for bag in together) for t in set().union(*bags)}
    idf = {t: math.log(1 + several / n) for t, n in holders.items()}
    asked = set(grams(query))
    known, rarest = asked & set(idf), math.log(1 + several)
    unknown = sum(rarest for t in asked - known if len(t) > 1)
    norm = math.sqrt(sum(idf[t] ** 2 for t in known) + unknown * rarest) or 1.0
    weight = sum(idf[t] for t in known) + unknown or 1.0
    found = []
    for bag, length, target in zip(bags, lengths, targets, strict=True):
        score = 0.0
        for term in grams(query):
            if tf := bag[term]:
                df = sum(term in other for other in bags)
                rarity = math.log(1 + (len(bags) - df + 0.5) / (df + 0.5))
                score += rarity * tf / (tf + K1 * (1 - B + B * length / mean))
        own = math.sqrt(sum(idf[t] ** 2 for t in bag)) or 1.0
        wording = sum(idf[t] ** 2 for t in known & set(bag)) / (own * norm)
        found.append((score, wording, sum(idf[t] for t in known & together[target]) / weight))
    return found


def scores(lists: Postings, query: str, allowed: object = None) -> list[tuple[float, float, float]]:
    found = lists.matches(query, allowed, NONE)  # type: ignore[arg-type]
    bm25, wording = np.zeros(lists.size), np.zeros(lists.size)
    bm25[found.rows], wording[found.rows] = found.bm25, found.wording
    return list(zip(bm25.tolist(), wording.tolist(), found.coverage[lists.targets].tolist(), strict=True))


def same(found: list[tuple[float, float, float]], expected: list[tuple[float, float, float]]) -> bool:
    return bool(np.allclose(np.array(found), np.array(expected), atol=1e-4))


@pytest.mark.parametrize("query", ["更新信息", "1500万", "企业营收和研发费用", "更新更新", "没有的字眼xyz", "", "水"])
def test_the_measures_equal_their_definitions(query: str) -> None:
    assert same(scores(Postings.build(TEXTS, TARGETS), query), reference(TEXTS, TARGETS, query))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(alphabet="专精特新企业营收12a ", max_size=12), st.booleans()), min_size=1, max_size=8),
    st.text(alphabet="专精特新业9a", max_size=8),
)
def test_they_do_so_on_any_texts(texts: list[tuple[str, bool]], query: str) -> None:
    targets = np.cumsum([0, *(new for _, new in texts[1:])]).tolist()
    words = [text for text, _ in texts]
    assert same(scores(Postings.build(words, targets), query), reference(words, targets, query))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="专精特新企业营收12", min_size=1, max_size=12), min_size=2, max_size=12),
    st.text(alphabet="专精特新企业", min_size=1, max_size=8),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_candidates_have_exact_scores(texts: list[str], query: str, let_through: list[bool]) -> None:
    """With a budget of one place only candidates are looked at; what they get is what they get when all is read."""
    lists, allowed = Postings.build(texts, list(range(len(texts)))), np.array(let_through[: len(texts)])
    whole = scores(lists, query, allowed)
    lists.reads_all = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "BUDGET", 1)
        found = lists.matches(query, allowed, NONE)
    for n, row in enumerate(found.rows.tolist()):
        assert allowed[row]
        assert (found.bm25[n], found.wording[n]) == pytest.approx(whole[row][:2], abs=1e-4)
        assert found.coverage[lists.targets[row]] == pytest.approx(whole[row][2], abs=1e-4)


def test_the_best_are_among_the_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    words = [f"{chr(0x4E00 + a)}{chr(0x5E00 + a)}" for a in range(400)]
    texts = ["".join(random.choice(words, 12, p=_falling(400))) for _ in range(600)]
    lists = Postings.build(texts, list(range(600)))
    queries = [text[4:8] + words[0] + text[14:18] for text in texts[::20]]
    whole = [lists.matches(q, None, NONE) for q in queries]
    monkeypatch.setattr(postings, "BUDGET", 300)
    monkeypatch.setattr(postings, "CANDIDATES", 50)
    lists.reads_all = False
    for query, found in zip(queries, whole, strict=True):
        few = lists.matches(query, None, NONE)
        assert len(few.rows) <= 50 < len(found.rows)
        assert few.rows[few.wording.argmax()] == found.rows[found.wording.argmax()]


def _falling(size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    shares = 1 / np.arange(2, size + 2)
    return np.asarray(shares / shares.sum(), np.float64)


def test_what_is_near_is_looked_at_with_all_of_its_target(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = Postings.build(["特新", "特", "新", "特新特新"], [0, 1, 1, 2])
    lists.reads_all = False
    monkeypatch.setattr(postings, "BUDGET", 1)
    monkeypatch.setattr(postings, "CANDIDATES", 1)
    assert set(lists.matches("特新", None, np.array([1])).rows.tolist()) >= {1, 2}


def test_saved_and_loaded(tmp_path: Path) -> None:
    built = Postings.build(TEXTS, TARGETS)
    built.save(tmp_path / "terms")
    assert scores(Postings.load(tmp_path / "terms"), "更新信息") == scores(built, "更新信息")
    Postings.build([], []).save(tmp_path / "none")
    assert scores(Postings.load(tmp_path / "none"), "更新") == []


@pytest.mark.parametrize("name", ["rows.npy", "starts.npy", "targets.npy", "terms.txt"])
def test_files_of_different_builds(tmp_path: Path, name: str) -> None:
    Postings.build(TEXTS, TARGETS).save(tmp_path / "a")
    Postings.build(TEXTS[:3], TARGETS[:3]).save(tmp_path / "b")
    (tmp_path / "a" / name).write_bytes((tmp_path / "b" / name).read_bytes())
    with pytest.raises(ValueError, match="different builds"):
        Postings.load(tmp_path / "a")


def test_entries_of_a_target_have_to_lie_together() -> None:
    with pytest.raises(ValueError, match="order of their targets"):
        Postings.build(["一", "二", "三"], [0, 1, 0])
