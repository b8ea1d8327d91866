"""Folders in BEIR form are read, and each way of being wrong has its sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexing.learned.beir import BeirError, read_beir
from tests.indexing.made_beir import write_beir


def test_reads_a_folder(tmp_path: Path) -> None:
    beir = read_beir(write_beir(tmp_path / "b"))
    assert len(beir.ids) == len(beir.texts) == 8
    assert beir.query_ids == ["q1-0", "q2-0", "q3-0"]
    assert [{beir.ids[n] for n in good} for good in beir.relevant] == [
        {"灯塔法第二条", "灯塔法实施条例（试行）第一条"}, {"渔船规定第二条"}, {"灯塔法实施条例（试行）第二条"},
    ]  # fmt: skip
    assert (beir.unjudged, beir.unknown) == (0, 0)


def test_unjudged_and_unknown_are_counted(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "b")
    (folder / "qrels" / "test.tsv").write_text(
        "q1-0\t没有的一条\t1\nq1-0\t灯塔法第二条\t2\nq2-0\t渔船规定第一条\t0\n", "utf-8"
    )
    beir = read_beir(folder)
    assert beir.query_ids == ["q1-0"]
    assert len(beir.relevant[0]) == 2  # what the corpus lacks still counts as missed
    assert (beir.unjudged, beir.unknown) == (2, 1)


def _remove(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(text.encode("utf-8"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_remove("corpus.jsonl"), "没有 corpus.jsonl"),
        (_remove("queries.jsonl"), "没有 queries.jsonl"),
        (_remove("qrels/test.tsv"), "没有 .tsv 文件"),
        (_write("corpus.jsonl", "\n"), "corpus.jsonl 是空的"),
        (_write("corpus.jsonl", '{"_id": "a", "text": "甲"}\n{"_id": "b"}\n'), "corpus.jsonl 第 2 行"),
        (_write("corpus.jsonl", '{"_id": 1, "text": "甲"}\n'), "要是文字"),
        (_write("corpus.jsonl", '{"_id": "a", "text": "甲"}\n' * 2), "重复的 _id"),
        (_write("queries.jsonl", "[1]\n"), "queries.jsonl 第 1 行"),
        (_write("qrels/test.tsv", "q1-0\t灯塔法第二条\t1\nq1-0 灯塔法第一条 1\n"), "test.tsv 第 2 行"),
        (_write("qrels/test.tsv", "q9\t灯塔法第二条\t1\n"), "不在 queries.jsonl 里"),
        (_write("qrels/test.tsv", "q1-0\t灯塔法第二条\t0\n"), "没有一对相关"),
        (lambda folder: (folder / "queries.jsonl").write_bytes(b"\xff\xfe"), "不是 UTF-8"),
    ],
)
def test_a_bad_folder_is_told_in_a_sentence(tmp_path: Path, damage: Callable[[Path], object], said: str) -> None:
    folder = write_beir(tmp_path / "b")
    damage(folder)
    with pytest.raises(BeirError, match=said):
        read_beir(folder)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BeirError, match="找不到文件夹"):
        read_beir(tmp_path / "none")
