"""Two runs side by side: what changed, whether it is more than chance, and when it is too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_eval_summary import judgement, report
from typer.testing import CliRunner

from eval.cli import eval_app
from eval.compare import as_text, compare, load_report
from eval.questions_model import QuestionsError
from eval.report import Report

WRONG = {"checks": {"top3": True, "facts": False}, "wrong": ["没有说到 50万元"]}


def _run(right: int, wrong: int, rank: int = 1) -> Report:
    good = [judgement(n, ranks=[rank]) for n in range(1, right + 1)]
    return report([*good, *(judgement(n, ranks=[rank], **WRONG) for n in range(right + 1, right + wrong + 1))])


def test_alike_runs_do_not_differ() -> None:
    found = compare(_run(8, 2), _run(8, 2), 0.0)
    assert (found.better, found.worse, found.worse_than_allowed) == ([], [], False)
    assert all(change.p == 1 and change.difference.value == 0 for change in found.changes)


def test_what_got_worse_is_named_with_its_reason() -> None:
    found = compare(_run(10, 0), _run(8, 2), 0.1)
    assert found.worse == ["tt-09", "tt-10"]
    assert found.reasons["tt-09"] == ["没有说到 50万元"]
    assert found.changes[0].p == pytest.approx(0.5)  # two of two: 2 × ½²
    assert found.worse_than_allowed
    assert "差了 2 题：tt-09、tt-10" in as_text(found)
    assert compare(_run(8, 2), _run(10, 0), 0.0).better == ["tt-09", "tt-10"]


def test_only_a_fall_beyond_the_bound_counts() -> None:
    def passed(bound: float) -> bool:
        return not compare(_run(500, 10), _run(498, 12), bound).worse_than_allowed

    assert passed(0.01)
    assert not passed(0.001)


def test_a_gate_that_falls_counts_whatever_the_bound() -> None:
    found = compare(_run(96, 4), _run(94, 6), 1.0)
    assert found.fell == ["能答的题：该说的都说了，不该说的没说"]
    assert found.worse_than_allowed


def test_a_change_of_all_ranks_is_more_than_chance() -> None:
    found = {change.name: change for change in compare(_run(20, 0, rank=2), _run(20, 0, rank=1), 0.0).changes}
    assert found["MRR@10"].difference.value == pytest.approx(0.5)
    assert found["MRR@10"].p < 0.001
    assert found["召回@10"].p == 1


def test_questions_of_one_run_alone_are_left_out() -> None:
    found = compare(_run(3, 0), _run(2, 0), 0.0)
    assert (found.only_old, found.only_new, found.worse) == (["tt-03"], [], [])
    assert "只有以前问过 1 题" in as_text(found)


def test_the_command(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(_run(10, 0).to_json(), "utf-8")
    new.write_text(_run(8, 2).to_json(), "utf-8")
    assert load_report(old).questions == _run(10, 0).questions
    runner = CliRunner()
    assert runner.invoke(eval_app, ["compare", str(old), str(old)]).exit_code == 0
    done = runner.invoke(eval_app, ["compare", str(old), str(new)])
    assert done.exit_code == 1
    assert "退步超出允许的范围" in done.stdout
    new.write_text("{}", "utf-8")
    broken = runner.invoke(eval_app, ["compare", str(old), str(new)])
    assert (broken.exit_code, "不是评测的 report.json" in broken.stderr) == (2, True)
    with pytest.raises(QuestionsError, match="请检查路径"):
        load_report(tmp_path / "none.json")
