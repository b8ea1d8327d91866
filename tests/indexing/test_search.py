"""Searching: filters, fusion, determinism, and what is left when a part of the index is damaged."""

from __future__ import annotations

import logging
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from small_corpus import HELP, TIANJIN

from corpus.load import Corpus, load_corpus
from indexing import build
from indexing.entries import entries, packed
from indexing.errors import IndexBroken
from indexing.retriever import ClauseRetriever
from indexing.search import RRF_K, WEIGHTS, Searcher, _reciprocal_rank, uncommon

SHANGHAI = ["上海市", "国家"]


@pytest.fixture
def searcher(own_home: Path, small_root: Path) -> Searcher:
    build.build(corpus=load_corpus(small_root))
    return Searcher.open()


@pytest.fixture(scope="module")
def real(house: object, home: Path) -> Searcher:
    return Searcher.open()


def targets(searcher: Searcher, query: str, **filters: object) -> list[str]:
    return [h.target for h in searcher.search(query, **filters)]  # type: ignore[arg-type]


def test_the_right_clause_comes_first(searcher: Searcher) -> None:
    hit = searcher.search("资产负债率多高就不行了")[0]
    assert (hit.target, hit.kind, hit.question) == (f"{HELP}#art_1", "clause", 0)
    assert searcher.search("灯塔贷款的利息")[0].kind == "gap"
    assert searcher.search("两个日期到底听谁的")[0].kind == "topic"


def test_places_filter(searcher: Searcher) -> None:
    everywhere = targets(searcher, "天津几号前更新信息")
    assert f"{TIANJIN}#art_1" in everywhere
    assert f"{TIANJIN}#art_1" not in targets(searcher, "天津几号前更新信息", places=["国家"])
    assert set(targets(searcher, "天津几号前更新信息", places=["天津市"])) <= {f"{TIANJIN}#art_1", f"{TIANJIN}#art_2"}


def test_date_filter(searcher: Searcher) -> None:
    for day, there in ((date(2025, 12, 31), True), (date(2026, 1, 1), False)):
        assert (f"{TIANJIN}#art_1" in targets(searcher, "天津几号前更新信息", as_of=day)) == there
        assert (f"{HELP}#art_3" in targets(searcher, "灯塔水费能免吗", as_of=day)) == there
    assert f"{HELP}#art_1" not in targets(searcher, "灯塔企业要多少营收", as_of=date(2025, 1, 31))


@pytest.mark.parametrize(
    "filters",
    [
        {"places": ["火星基地"]},
        {"places": []},
        {"places": ["天津市"], "as_of": date(2020, 1, 1)},
        {"kinds": ["nothing"]},
    ],
)
def test_filters_that_match_nothing_give_nothing(searcher: Searcher, filters: dict[str, object]) -> None:
    assert targets(searcher, "天津灯塔企业几号前更新信息", **filters) == []
    assert not searcher.degraded
    assert targets(searcher, "天津灯塔企业几号前更新信息") != []


@pytest.mark.parametrize("query", ["", "   ", "，。", "\u200b", "xyzzy plugh", "\ud800", "🏮"])
def test_words_that_match_nothing_give_nothing(searcher: Searcher, query: str) -> None:
    assert targets(searcher, query) == []


def test_kinds_filter(searcher: Searcher) -> None:
    assert {h.kind for h in searcher.search("更新日期", kinds=["topic"])} == {"topic"}
    assert {h.kind for h in searcher.search("灯塔企业更新信息贷款")} == {"clause", "topic", "gap"}


def test_k(searcher: Searcher) -> None:
    all_hits = targets(searcher, "灯塔企业更新信息", k=50)
    assert len(all_hits) == len(set(all_hits)) > 3
    assert targets(searcher, "灯塔企业更新信息", k=2) == all_hits[:2]
    assert targets(searcher, "灯塔企业更新信息", k=0) == []


def test_reciprocal_rank_by_hand() -> None:
    shares = _reciprocal_rank(np.array([0.5, 0.0, 3.0, 0.5], np.float32))
    expected = [1 / (RRF_K + 2), 0, 1 / (RRF_K + 1), 1 / (RRF_K + 3)]
    assert shares.tolist() == pytest.approx(expected)


def test_scores_are_the_weighted_features(searcher: Searcher) -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    hits = searcher.search("灯塔企业几月更新信息", 50)
    by_rank: dict[str, float] = {}
    for name in ("wording", "bm25", "dense"):
        ranked = sorted((h for h in hits if h.features[name] > 0), key=lambda h: -h.features[name])
        for n, hit in enumerate(ranked, 1):
            by_rank[hit.target] = by_rank.get(hit.target, 0) + 1 / (RRF_K + n)
    best = max(by_rank.values())
    for hit in hits:
        counted = hit.features | {"dense": uncommon(hit.features["dense"])}
        assert hit.score == pytest.approx(sum(w * counted[name] for name, w in WEIGHTS.items()))
        assert hit.features["fused"] == pytest.approx(by_rank[hit.target] / best, abs=0.02)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_the_same_question_gets_the_same_hits(real: Searcher) -> None:
    again = Searcher(real.generation)
    for query in ("专精特新企业信息更新截止时间", "小巨人研发费用要多少", "上海首次上规奖励", "青浦培育目标"):
        first = real.search(query, 20, places=SHANGHAI)
        assert real.search(query, 20, places=SHANGHAI) == first
        assert again.search(query, 20, places=SHANGHAI) == first


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("每年最晚几月几号前要把企业信息填报更新", "cn/miit/2026/2#art_17"),
        ("小巨人由哪个部门认定", "cn/miit/2026/2#art_4"),
        ("企业合并重组以后要多久报告", "cn/miit/2026/2#art_18"),
    ],
)
def test_shipped_corpus(real: Searcher, query: str, target: str) -> None:
    assert target in [h.target for h in real.search(query, 3, places=["国家"], kinds=["clause"])]


def test_filters_hold_for_every_hit_of_the_shipped_corpus(real: Searcher, corpus: Corpus) -> None:
    spans = {e.target: (e.place, e.valid_from, e.valid_until) for e in entries(corpus)}
    for day in (date(2026, 3, 31), date(2026, 11, 21), date(2027, 11, 11)):
        for hit in real.search("专精特新企业更新信息的日期和奖励金额", 60, places=SHANGHAI, as_of=day):
            place, start, end = spans[hit.target]
            assert place in SHANGHAI
            assert start <= packed(day) <= end
    assert all(
        h.kind == "gap" or "2026/2" not in h.target for h in real.search("更新信息", 60, as_of=date(2026, 3, 31))
    )


DAMAGE = {
    "missing": shutil.rmtree,
    "emptied": lambda path: [f.write_bytes(b"") for f in path.rglob("*") if f.is_file()],
    "garbage": lambda path: [f.write_bytes(b"garbage" * 500) for f in path.rglob("*") if f.is_file()],
    "database": lambda path: (path / "chroma.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000),
    "cut": lambda path: (path / "chroma.sqlite3").write_bytes((path / "chroma.sqlite3").read_bytes()[:9000]),
    "a file": lambda path: (shutil.rmtree(path), path.write_text("x")),
}


@pytest.mark.parametrize("kind", list(DAMAGE))
def test_damaged_vectors_leave_the_words(
    own_home: Path, small_root: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    build.build(corpus=load_corpus(small_root))
    moved = build.current().with_name("gen-copy")  # chromadb keeps folders of this process open
    shutil.copytree(build.current(), moved)
    DAMAGE[kind](moved / "chroma")
    with caplog.at_level(logging.WARNING):
        found = Searcher(moved)
        hits = found.search("资产负债率多高就不行了", places=["国家"])
    assert found.degraded
    assert "index build --full" in caplog.text
    assert hits[0].target == f"{HELP}#art_1"
    assert hits[0].features["dense"] == 0


def test_a_damaged_table_leaves_the_words(searcher: Searcher, caplog: pytest.LogCaptureFixture) -> None:
    (searcher.generation / "static.npz").write_bytes(b"")
    found = Searcher(searcher.generation)
    assert found.degraded
    assert targets(found, "资产负债率多高就不行了")[0] == f"{HELP}#art_1"


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"[1]", b'[{"id": "x"}]', b"[]", b"\xff"])
def test_damaged_entries(searcher: Searcher, content: bytes) -> None:
    (searcher.generation / "entries.json").write_bytes(content)
    with pytest.raises(IndexBroken, match="字面索引坏了。请运行 tiaoli index build --full"):
        Searcher(searcher.generation)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\xfe", None])
@pytest.mark.parametrize("name", ["*", "rows.npy", "starts.npy", "terms.txt"])
def test_damaged_terms(searcher: Searcher, content: bytes | None, name: str) -> None:
    for path in (searcher.generation / "terms").glob(name):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    with pytest.raises(IndexBroken, match="--full"):
        Searcher(searcher.generation)


@pytest.mark.parametrize("content", [b"", b"garbage", None])
def test_a_damaged_vector_file_leaves_the_words(searcher: Searcher, content: bytes | None) -> None:
    path = searcher.generation / "vectors.npy"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    found = Searcher(searcher.generation)
    assert found.degraded
    assert targets(found, "资产负债率多高就不行了")[0] == f"{HELP}#art_1"


def test_the_graph_finds_what_the_cosines_find(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over few entries every cosine is computed, over many Chroma is asked; here both, over the same ones."""
    queries = [
        (q, places) for q in ("灯塔企业更新信息", "资产负债率多高", "灯塔贷款的利息") for places in (None, ["国家"])
    ]
    exact = [searcher.search(q, 50, places=places) for q, places in queries]
    monkeypatch.setattr("indexing.nearest.EXACTLY", 0)
    for (query, places), hits in zip(queries, exact, strict=True):
        found = searcher.search(query, 50, places=places)
        assert [h.target for h in found] == [h.target for h in hits]
        assert [h.features["dense"] for h in found] == pytest.approx([h.features["dense"] for h in hits], abs=1e-4)
    assert not searcher.degraded


def test_a_graph_that_fails_leaves_the_words(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexing.nearest.EXACTLY", 0)
    assert searcher.near is not None
    searcher.near.vectors.client.delete_collection("clauses")
    assert searcher.search("资产负债率多高就不行了")[0].target == f"{HELP}#art_1"
    assert searcher.degraded


def test_as_a_langchain_retriever(searcher: Searcher) -> None:
    found = ClauseRetriever(searcher=searcher, k=2, places=["国家"]).invoke("资产负债率多高就不行了")
    assert len(found) == 2
    assert found[0].metadata["target"] == f"{HELP}#art_1"
    assert "不得高于70%" in found[0].page_content
    assert found[0].metadata["score"] >= found[1].metadata["score"]
    assert ClauseRetriever(searcher=searcher, places=["火星基地"]).invoke("灯塔企业") == []
