"""Digests are held against the originals: each document of a compendium by itself."""

from __future__ import annotations

from pathlib import Path

import made_compendium
import small_corpus
from small_corpus import HELP

from corpus.load import load_corpus
from indexing.faithful import missing_clauses, originals_in, unfaithful

TEXT = """\f灯塔委关于《企业灯塔帮扶办法》的通知
工信部灯塔〔2025〕1号
第一条 年营收1500万元以上的可以报，资产负债率不得高于70%。
第二条 每年6月15日以前把信息更新一遍，累计两次不更新的取消。
第三条 2025年度的水费不收。
"""


def test_every_document_of_a_compendium_is_found_by_itself(tmp_path: Path) -> None:
    content = {**small_corpus.files(), **made_compendium.catalogue()}
    corpus = load_corpus(small_corpus.write(tmp_path / "corpus", content))
    folder = tmp_path / "originals"
    folder.mkdir()
    (folder / "汇编.txt").write_text(made_compendium.TEXT + TEXT, "utf-8")
    found = originals_in(folder, corpus)
    assert list(found) == [HELP], "the others of the compendium have no digests"
    assert {"art_1", "art_2", "art_3"} <= found[HELP].keys()
    assert "水费" in found[HELP]["art_3"].text
    assert missing_clauses(corpus, found) == []
    assert [problem for problem in unfaithful(corpus, found) if "art_2" in problem] == []


def test_a_compendium_without_digested_documents_gives_nothing(tmp_path: Path) -> None:
    content = {**small_corpus.files(), **made_compendium.catalogue()}
    corpus = load_corpus(small_corpus.write(tmp_path / "corpus", content))
    (tmp_path / "汇编.txt").write_text(made_compendium.TEXT, "utf-8")
    assert originals_in(tmp_path, corpus) == {}
