"""Many questions at once: every question is asked once per level, and what fails is counted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.house import House
from eval import bench_load as module
from eval.bench_load import Load, as_text, bench_load
from eval.cli import bench_app


@pytest.fixture
def asked(house: House, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is asked, and by which thread; the product's own house answers."""
    found: list[tuple[str, int]] = []
    real = Assistant.ask

    @contextmanager
    def ours(store: str | None = None) -> Iterator[House]:
        yield house

    def spy(self: Assistant, message: str, **how: Any) -> Answer:
        found.append((message, threading.get_ident()))
        return real(self, message, **how)

    monkeypatch.setattr(module, "evaluation_house", ours)
    monkeypatch.setattr(Assistant, "ask", spy)
    return found


def test_every_level_asks_its_questions(asked: list[tuple[str, int]]) -> None:
    told: list[tuple[str, int, int]] = []
    result = bench_load([1, 4], 12, progress=lambda what, done, of: told.append((what, done, of)))
    assert [level.at_once for level in result.levels] == [1, 4]
    assert [level.latency.turns for level in result.levels] == [12, 12]
    assert [level.failed for level in result.levels] == [0, 0]
    assert len(asked) == 1 + 12 + 12
    assert sorted(m for m, _ in asked[1:13]) == sorted(m for m, _ in asked[13:])
    assert len({thread for _, thread in asked[13:]}) > 1
    assert [m.questions for m in result.memory] == [1, 3, 6, 9, 12]
    assert all(m.mb > 0 for m in result.memory)
    assert told[-1] == ("同时 4 个", 12, 12)


def test_the_order_is_the_same_every_time(asked: list[tuple[str, int]]) -> None:
    bench_load([1], 5)
    bench_load([1], 5)
    assert [m for m, _ in asked[:6]] == [m for m, _ in asked[6:]]


def test_failures_are_counted(asked: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("assistant.conversation.steps.run", broken)
    assert bench_load([2], 4).levels[0].failed == 4


@pytest.mark.parametrize("words", ["0", "1,", "a", "1;2", "-1", "9999"])
def test_what_is_no_list_of_numbers(words: str) -> None:
    done = CliRunner().invoke(bench_app, ["ask", "--concurrency", words])
    assert done.exit_code == 2
    assert "--concurrency 要写 1 到 1024 的整数" in done.stderr


def test_the_command(asked: list[tuple[str, int]]) -> None:
    done = CliRunner().invoke(
        bench_app, ["ask", "--concurrency", "1,2", "--questions", "3", "--processes", "1", "--json"]
    )
    assert done.exit_code == 0, done.output
    shown = json.loads(done.stdout)
    assert [level["at_once"] for level in shown["levels"]] == [1, 2]
    assert shown["goals"]["per_second"] == 100
    text = as_text(Load.model_validate({k: v for k, v in shown.items() if k != "goals"}))
    assert "同时   2 个：3 题" in text
    assert "一个进程的内存：" in text


def test_several_processes_share_the_questions_and_the_store(house: House) -> None:
    told: list[tuple[str, int, int]] = []
    result = bench_load([1, 3], 8, processes=2, progress=lambda what, done, of: told.append((what, done, of)))
    assert [(level.at_once, level.latency.turns, level.failed) for level in result.levels] == [(1, 8, 0), (3, 8, 0)]
    assert [m.questions for m in result.memory] == [1, 2, 3, 4]
    assert result.processes == 2
    assert all(0 <= done <= of == 8 for _, done, of in told)
