"""The gold clauses are found without the parser, and the bench counts what each way keeps whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from corpus.load import Corpus
from corpus.models import Digest
from eval.bench_index import ALONE, as_text, bench_index
from eval.cli import bench_app
from eval.gold_clauses import bare, gold_clauses, kept_whole

TEXT = """灯塔办法
第一章 总则
**第一条** 想评的单位先在平台上登
记，再交材料，材料要齐全。
— 2 —
（一）不得有假。每一份材料都要盖章签字。
（二）过期不收。每年六月底以前交到窗口。
第二条 本条很短但是也够十二个字了。
附件：1.清单
附件1
清单一览以及各项要求说明
（一）第一项要求写在这里并且够长。
2025年1月1日
"""
EIDS = ["annex_1__item_1", "annex_1", "art_2", "art_1__item_2", "art_1__item_1", "art_1", "art_9"]


def _digest() -> Digest:
    clause = {"label": "条", "heading": "题", "digest": "说", "questions": [{"ask": ["甲", "乙"], "answer": "丙"}]}
    return Digest.model_validate({"document": "cn/test/1", "clauses": [{"eid": eid, **clause} for eid in EIDS]})


def test_clauses_are_found_by_their_marks() -> None:
    found = gold_clauses(_digest(), TEXT)
    assert list(found) == ["art_1", "art_1__item_1", "art_1__item_2", "art_2", "annex_1", "annex_1__item_1"]
    assert found["art_1"].startswith("想评的单位先在平台上登记再交")
    assert found["art_1"].endswith("六月底以前交到窗口")
    assert found["art_1__item_1"] == "不得有假每一份材料都要盖章签字"
    assert found["art_2"] == "本条很短但是也够十二个字了"
    assert found["annex_1__item_1"] == "第一项要求写在这里并且够长"


def test_what_is_whole() -> None:
    clause = bare("每年六月底以前，把全部材料交到窗口；过期的，一律不收。" * 3)
    assert kept_whole(clause, ["别的话" + clause, clause + "尾"]) == len(clause) + 1
    assert kept_whole(clause, [clause[:40] + "2" + clause[40:]]) == len(clause) + 1  # a page number within
    assert kept_whole(clause, [clause[:-10], clause[10:]]) is None
    assert kept_whole(clause, []) is None


@given(st.text("条款项目企业1234", min_size=12, max_size=80), st.integers(1, 11))
def test_a_cut_clause_is_never_whole(clause: str, at: int) -> None:
    pieces = [clause[:at], clause[at:]]
    assert kept_whole(clause, pieces) is None or any(clause in piece for piece in pieces)
    assert kept_whole(clause, [clause]) == len(clause)


def test_the_bench_over_the_documents(originals: Path, corpus: Corpus) -> None:
    pytest.importorskip("langchain_text_splitters", reason="langchain-text-splitters is not installed")
    texts = sorted(path for path in originals.glob("*.txt") if "compendium" not in path.name)
    processors, ways = bench_index(texts, pdf=False)
    assert processors >= 1
    ours, usual, chinese = ways
    digested = sum(len(corpus.digests[name].clauses) for name in ("cn/miit/2026/2", "cn-sh/jxw/2022/8"))
    assert ours.gold == usual.gold == chinese.gold > digested
    assert ours.whole == ours.gold
    assert ours.alone > 0.95 * ours.gold
    assert usual.alone < 0.2 * usual.gold
    assert ALONE > 1
    for way in ways:
        assert way.name in as_text(processors, ways)


def test_nothing_to_measure(tmp_path: Path) -> None:
    result = CliRunner().invoke(bench_app, ["index", str(tmp_path)])
    assert result.exit_code == 2
    assert "找不到要测的纯文本文件" in result.stderr
