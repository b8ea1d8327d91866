"""``tiaoli eval retrieval`` over a made folder: the figures, the ranking it writes, and what it says of bad input."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from eval.beir_measures import Measures
from eval.cli import eval_app
from tests.indexing.made_beir import write_beir


def test_measures() -> None:
    rankings = np.array([[7, 3, 5], [1, 2, 9]])
    found = Measures.over(rankings, [{3, 5, 8}, {4}])
    assert found.recall[1].value == 0
    assert found.recall[5].value == pytest.approx(1 / 3)
    assert found.mrr.value == pytest.approx(1 / 4)
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert found.ndcg.value == pytest.approx((1 / log2(3) + 1 / log2(4)) / ideal / 2)
    assert found.mrr.low is not None
    assert found.mrr.low <= 1 / 4


def test_the_command(tmp_path: Path) -> None:
    folder, out = write_beir(tmp_path / "b"), tmp_path / "run.tsv"
    result = CliRunner().invoke(eval_app, ["retrieval", "--beir", str(folder), "--run", str(out), "--json"])
    assert result.exit_code == 0, result.output
    run = json.loads(result.stdout)
    assert (run["texts"], run["queries"], run["pairs"]) == (8, 3, 4)
    measures = {stage["name"]: stage["measures"] for stage in run["stages"]}
    assert measures["BM25（单字和二元）"]["recall"]["5"]["value"] == 1
    assert measures["融合后重排"]["recall"]["100"]["value"] == 1
    assert run["peak_mb"] > 0
    heading, *rows = [line.split("\t") for line in out.read_text("utf-8").splitlines()]
    assert heading == ["query-id", "corpus-id", "rank"]
    assert len(rows) == 3 * 8
    assert [row[2] for row in rows[:8]] == list("12345678")
    assert len({row[1] for row in rows[:8]}) == 8


def test_a_table_for_people(tmp_path: Path) -> None:
    result = CliRunner().invoke(eval_app, ["retrieval", "--beir", str(write_beir(tmp_path / "b"))])
    assert result.exit_code == 0, result.output
    assert "| 融合后重排 |" in result.stdout
    assert "8 段文本，3 个问题，4 对相关" in result.stdout


def test_bad_input_is_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(eval_app, ["retrieval", "--beir", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "找不到文件夹" in result.stderr
    folder = write_beir(tmp_path / "b")
    result = CliRunner().invoke(
        eval_app, ["retrieval", "--beir", str(folder), "--run", str(tmp_path / "no" / "run.tsv")]
    )
    assert result.exit_code == 2
    assert "写不进" in result.stderr
    result = CliRunner().invoke(eval_app, ["retrieval", "--beir", str(folder), "--model", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "读不出来" in result.stderr
