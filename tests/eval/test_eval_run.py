"""Runs over hand-made assistants: threads, places, times, rankings; and the command with the whole product."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from eval_made import answer, gold
from typer.testing import CliRunner

from assistant.answer import Answer
from assistant.house import House
from assistant.policy.evidence import Library
from assistant.policy.question import Question
from assistant.policy.retrieve import Ranking
from corpus.load import load_corpus
from eval import bench as bench_module
from eval import run as run_module
from eval.bench import Bench, Timing, as_text, warm_turns
from eval.cli import bench_app, eval_app
from eval.compare import load_report
from eval.questions_model import JUDGED_ON, load_questions
from eval.run import converse, evaluation_house, ranking, run
from eval.summary import Latency
from indexing.search import Hit

REF = "cn/miit/2026/2#art_17"


@dataclass
class Echo:
    """Answers every message with the same value and notes how it was asked."""

    reply: Answer
    asked: list[tuple[str, str | None, str | None, date | None]] = field(default_factory=list)

    def ask(
        self, message: str, *, thread: str | None = None, place: str | None = None, as_of: date | None = None
    ) -> Answer:
        self.asked.append((message, thread, place, as_of))
        return self.reply.model_copy(update={"thread": thread or f"thread-{len(self.asked)}"})


def house(trace: list[dict[str, Any]] | None = None) -> House:
    store = SimpleNamespace(turn=lambda _: SimpleNamespace(trace=trace) if trace is not None else None)
    corpus = load_corpus()
    library = Library(corpus, SimpleNamespace(text=lambda ref: None))  # type: ignore[arg-type]
    return House(corpus, library, None, store, today=lambda: JUDGED_ON)  # type: ignore[arg-type]


def test_turns_share_a_thread_and_the_place_is_set_once() -> None:
    echo = Echo(answer())
    day = date(2025, 1, 1)
    _, times = converse(gold(turns=["一", "二"], place="上海市", as_of=day, route="policy"), echo)
    assert echo.asked == [("一", None, "上海市", day), ("二", "thread-1", None, day)]
    assert len(times) == 2
    converse(gold(route="policy"), echo)
    assert echo.asked[-1][1] is None


def test_ranking_comes_from_the_last_search_of_the_turn() -> None:
    corpus = load_corpus()
    topic = next(iter(corpus.topics.values()))
    hits = [{"target": f"topic:{topic.id}"}, {"target": "gap:x"}, {"target": REF}]
    trace = [{"step": "passages", "hits": [{"target": "cn/old#art_1"}]}, {"step": "passages", "hits": hits}]
    found = ranking(gold(gold=[[REF]]), answer(turn="t"), house(trace))
    assert found == [topic.refs, [], [REF]]


def test_only_ten_ranks_count() -> None:
    trace = [{"step": "passages", "hits": [{"target": f"cn/a#art_{n}"} for n in range(1, 13)]}]
    assert len(ranking(gold(gold=[[REF]]), answer(turn="t"), house(trace))) == 10


def test_a_turn_that_did_not_search_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(question: Question, searcher: object, corpus: object, k: int) -> Ranking:
        assert (question.text, question.place, k) == ("那小巨人呢？", "上海市青浦区", 10)
        assert question.titles == ("小巨人",)
        return Ranking([Hit(REF, "clause", 1.0, 0)])

    monkeypatch.setattr(run_module, "retrieve", found)
    searched = house([])
    searched.searcher = SimpleNamespace()  # type: ignore[assignment]
    asked = gold(turns=["专精特新？", "那小巨人呢？"], place="上海市青浦区", gold=[[REF]])
    assert ranking(asked, answer(turn="t"), searched) == [[REF]]


def test_several_questions_in_one_message_are_found_in_turn() -> None:
    first, second, third = (f"cn/miit/2026/2#art_{n}" for n in (16, 17, 18))
    trace = [
        {"step": "passages", "hits": [{"target": first}, {"target": third}]},
        {"step": "passages", "hits": [{"target": second}, {"target": first}]},
    ]
    parts = [{"gold": [first], "facts": ["3年"]}, {"gold": [second], "facts": ["5月31日"]}]
    found = ranking(gold(parts=parts, status="answered"), answer(turn="t"), house(trace))
    assert found == [[first], [second], [third]]


def test_without_a_search_nothing_was_found() -> None:
    assert ranking(gold(gold=[[REF]]), answer(turn="t"), house([])) == []
    assert (
        ranking(gold(route="policy"), answer(turn="t"), house([{"step": "passages", "hits": [{"target": REF}]}])) == []
    )


def test_the_house_is_opened_on_the_day_of_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*, today: Callable[[], date], keep: bool) -> House:
        assert (today(), keep) == (JUDGED_ON, False)
        found = house()
        found.searcher, found.store = SimpleNamespace(), None  # type: ignore[assignment]
        return found

    monkeypatch.setattr(run_module, "open_house", opened)
    with evaluation_house() as found:
        assert found.store is not None
        assert found.store.state("new") is None


def test_without_an_index_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(**_: object) -> House:
        found = house()
        found.why = "磁盘满了。"
        return found

    monkeypatch.setattr(run_module, "open_house", opened)
    done = CliRunner().invoke(eval_app, ["run"])
    assert (done.exit_code, done.stderr.strip()) == (2, "磁盘满了。")


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch) -> Echo:
    """The command over an assistant that answers everything alike."""
    echo = Echo(answer("5月31日[1]。", (REF,), turn="t"))

    @contextmanager
    def opened() -> Iterator[House]:
        yield house([{"step": "passages", "hits": [{"target": REF}]}])

    for module in (run_module, bench_module):
        monkeypatch.setattr(module, "evaluation_house", opened)
        monkeypatch.setattr(module, "Assistant", lambda _: echo)
    return echo


def test_a_run_asks_every_question_of_the_set(product: Echo) -> None:
    seen: list[tuple[int, int]] = []
    report = run(["abstain"], progress=lambda done, of: seen.append((done, of)))
    assert len(product.asked) == 1 + sum(len(j.ms) for j in report.questions)
    assert seen[0] == (0, len(report.questions))
    assert seen[-1] == (len(report.questions), len(report.questions))
    assert next(gate for gate in report.gates if gate.id == "abstained").passed is False
    assert report.total.passed.right == 0


def test_the_command_prints_and_writes_the_page(product: Echo, tmp_path: Path) -> None:
    page = tmp_path / "evaluation.md"
    done = CliRunner().invoke(eval_app, ["run", "--set", "time", "--write", str(page)])
    assert done.exit_code == 0
    assert page.read_text("utf-8").strip() == done.stdout.strip()
    assert "| time |" in done.stdout
    assert "没答对的题" in done.stdout


def test_the_report_folder(product: Echo, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = CliRunner().invoke(eval_app, ["run", "--set", "time", "--report", str(folder)])
    assert done.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md"]
    assert (folder / "report.md").read_text("utf-8").strip() == done.stdout.strip()
    assert load_report(folder / "report.json").total.passed.of == len(load_questions(["time"]))
    (tmp_path / "file").write_text("", "utf-8")
    blocked = CliRunner().invoke(eval_app, ["run", "--set", "time", "--report", str(tmp_path / "file")])
    assert (blocked.exit_code, "报告写不进" in blocked.stderr) == (2, True)


def test_questions_and_a_gate_of_ones_own(product: Echo, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "- {id: me-1, persona: owner, asks: [几号前更新, 更新到哪天], status: answered, facts: [5月31日]}", "utf-8"
    )
    gate = tmp_path / "gate.yml"
    gate.write_text("{answerable_right: {at_least: 1.0}}", "utf-8")
    own = ["run", "--questions", str(tmp_path), "--gate", str(gate)]
    done = CliRunner().invoke(eval_app, [*own, "--json"])
    assert done.exit_code == 0
    assert [j["id"] for j in json.loads(done.stdout)["questions"]] == ["me-101", "me-102"]
    gate.write_text("{honest_declined: {at_most: 0}, answerable_cited: {at_least: 1}}", "utf-8")
    assert CliRunner().invoke(eval_app, own).exit_code == 0
    gate.write_text("{answerable_right: {at_least: 0.5}}", "utf-8")
    mine = tmp_path / "mine.yaml"
    mine.write_text(mine.read_text("utf-8").replace("5月31日", "6月1日"), "utf-8")
    shut = CliRunner().invoke(eval_app, own)
    assert shut.exit_code == 1
    assert "门槛没过：能答的题：该说的都说了，不该说的没说，0/2，要求至少 50%。" in shut.stderr


def test_all_goes_with_no_choice() -> None:
    done = CliRunner().invoke(eval_app, ["run", "--all", "--set", "time"])
    assert (done.exit_code, "--all 就是全部题集" in done.stderr) == (2, True)


def test_the_command_as_json_and_its_exit_codes(product: Echo, tmp_path: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(eval_app, ["run", "--set", "time", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["rows"][-1]["name"] == "合计"
    assert runner.invoke(eval_app, ["run", "--set", "time", "--strict"]).exit_code == 1
    low = runner.invoke(eval_app, ["run", "--set", "time", "--fail-under", "99.5"])
    assert low.exit_code == 1
    assert "低于要求的 99.5%" in low.stderr
    assert runner.invoke(eval_app, ["run", "--set", "time", "--fail-under", "0"]).exit_code == 0
    wrong = runner.invoke(eval_app, ["run", "--set", "nichts"])
    assert wrong.exit_code == 2
    assert "没有叫“nichts”的题集" in wrong.stderr
    unwritable = runner.invoke(eval_app, ["run", "--set", "time", "--write", str(tmp_path / "no" / "page.md")])
    assert unwritable.exit_code == 2
    assert "写不进" in unwritable.stderr


def test_bench_counts_every_turn_of_every_round() -> None:
    echo = Echo(answer())
    questions = [gold(route="policy"), gold(turns=["一", "二"], route="policy")]
    assert len(warm_turns(questions, echo, 2, lambda what, done, of: None)) == 6


def test_bench_without_a_command_says_so(product: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", "")
    done = CliRunner().invoke(bench_app, ["ask", "-n", "1"])
    assert done.exit_code == 0
    assert "没有找到 tiaoli 命令" in done.stdout
    assert "没有跑完" in done.stdout


def test_a_command_that_fails_is_reported_with_its_last_line() -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('出错了')"]
    found = bench_module._repeat(failing, 2, lambda what, done, of: None, "启动")
    assert (found.ms, found.why.endswith("以 1 结束：出错了")) == ([], True)


def test_bench_figures_and_ratios() -> None:
    result = Bench(
        processors=2, questions=3, rounds=1, warm=Latency(p50=15, p95=120, p99=130, turns=3),
        interpreter=Timing(ms=[20, 30, 10]), process=Timing(ms=[5000, 1000, 2000]), index=Timing(ms=[], why="坏了"),
    )  # fmt: skip
    assert result.ratios() == {
        "p50/goal": 0.5, "p95/goal": 1.5, "process/goal": 0.8, "p95/p50": 8.0, "process/interpreter": 100.0,
    }  # fmt: skip
    text = as_text(result)
    assert "中位 2000 毫秒，最快 1000，最慢 5000，3 次" in text
    assert "从零建索引：没有测成。坏了" in text
    assert "p50 0.5，p95 1.5，process 0.8" in text
    assert json.loads(json.dumps(result.as_dict()))["medians_ms"] == {"interpreter": 20, "process": 2000, "index": None}
