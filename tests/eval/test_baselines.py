"""The usual ways of searching on a few texts: what they find counts by the gold clauses, whatever finds it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from eval_made import gold
from test_eval_summary import judgement, report

from corpus.load import load_corpus
from eval import baselines
from eval.baseline_texts import MOST, Texts, shingles, texts_of
from eval.baselines import by_chroma, by_vectors, by_words, run_baselines
from eval.embeddings import Embedding, chroma_default
from eval.questions_model import QuestionsError
from indexing.embed import train_static
from indexing.errors import DocumentError

CLAUSES = [
    "灯塔企业每年六月底以前更新资料，逾期的列入重点名单。",
    "评上灯塔企业的，一次性奖励二十万元，由区里拨付。",
    "灯塔企业搬到别处的，三个月内告诉原来的主管部门。",
]


@pytest.fixture(scope="module")
def own() -> Embedding:
    return Embedding("小模型", train_static([(str(n), text) for n, text in enumerate(CLAUSES)], dimensions=8))


@pytest.fixture
def texts() -> Texts:
    refs = {f"cn/a#art_{n}": text for n, text in enumerate(CLAUSES, 1)}
    return Texts("原文", ["开头。" + CLAUSES[0] + CLAUSES[1][:10], CLAUSES[1] + CLAUSES[2]], list(CLAUSES), refs)


def test_a_piece_holds_a_clause_when_it_has_most_of_it(texts: Texts) -> None:
    assert texts.holds(texts.pieces[0], "cn/a#art_1")
    assert not texts.holds(texts.pieces[0], "cn/a#art_2")
    assert 0 < len(shingles(CLAUSES[1]) & shingles(texts.pieces[0])) < MOST * len(shingles(CLAUSES[1]))


def test_every_way_finds_the_text_with_the_same_words(own: Embedding) -> None:
    pytest.importorskip("jieba", reason="jieba is not installed")
    words = by_words(CLAUSES)
    assert words is not None
    for search in (words, by_vectors(CLAUSES, own), by_chroma(CLAUSES, own)):
        assert [search(clause)[0] for clause in CLAUSES] == CLAUSES
    assert words("ｘｙｚ") == []


def test_ours_beside_the_others(texts: Texts, own: Embedding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "texts_of", lambda corpus, folder: texts)
    monkeypatch.setattr(baselines, "open_house", lambda keep: None)
    monkeypatch.setattr(baselines, "static_of", lambda house: own)
    asked = [
        gold(id="tt-01", ask=CLAUSES[1], gold=["cn/a#art_2"], facts=["20万元"], status="answered"),
        gold(id="tt-02", ask="奖多少？", gold=["cn/a#art_9"], status="answered"),
        gold(id="tt-03", turns=["奖？", "多少？"], gold=["cn/a#art_2"], status="answered"),
        gold(id="tt-04", ask="谁发？", status="not_found"),
    ]
    judged = [judgement(n, ranks=[None]) for n in (1, 2, 3)]
    found = run_baselines(asked, report([*judged, judgement(4, status="not_found")]))
    ours, *others = found.lines
    assert (ours.retrieval.mrr.value, ours.retrieval.mrr.of) == (0.0, 1)
    assert (ours.abstained.right, ours.abstained.of) == (1, 1)
    assert len(others) == 3
    for line in others:
        assert (line.retrieval.recall[3].value, line.facts.right, line.facts.of) == (1.0, 1, 1)
        assert (line.abstained.right, line.abstained.of) == (0, 1)
    assert any("2 道不比" in note for note in found.notes)


def test_without_the_default_model_the_report_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

    monkeypatch.setattr(ONNXMiniLM_L6_V2, "DOWNLOAD_PATH", tmp_path)
    embedding, why = chroma_default(None)
    assert embedding is None
    assert "改用条理的静态向量" in why


def test_the_digests_stand_in_where_there_are_no_originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_text_splitters", reason="langchain-text-splitters is not installed")
    corpus = load_corpus()
    monkeypatch.setattr("eval.baseline_texts.USUAL_PLACE", tmp_path / "none")
    texts = texts_of(corpus, None)
    assert texts.name == "摘要"
    assert set(texts.gold) == set(corpus.clauses)
    assert max(map(len, texts.pieces)) <= 1000
    assert texts.holds(texts.gold["cn/miit/2026/2#art_17"], "cn/miit/2026/2#art_17")
    with pytest.raises(DocumentError, match=r"没有 \.txt"):
        texts_of(corpus, tmp_path)


def test_the_originals_give_the_clauses_that_the_questions_name(originals: Path, tmp_path: Path) -> None:
    pytest.importorskip("langchain_text_splitters", reason="langchain-text-splitters is not installed")
    corpus, name = load_corpus(), "miit-2026-2-measure.txt"
    (tmp_path / name).write_bytes((originals / name).read_bytes())
    texts = texts_of(corpus, tmp_path)
    digested = {f"cn/miit/2026/2#{clause.eid}" for clause in corpus.digests["cn/miit/2026/2"].clauses}
    assert texts.name == "原文"
    assert len(digested - set(texts.gold)) <= 3
    assert sum(any(texts.holds(piece, ref) for piece in texts.pieces) for ref in digested & set(texts.gold)) > 50


def test_a_missing_splitter_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_text_splitters", None)
    with pytest.raises(QuestionsError, match="langchain-text-splitters"):
        run_baselines([], report([judgement(1)]))
