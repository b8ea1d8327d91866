"""How fast the product is: a warm turn, the command from its start to the answer, the index from nothing.

Nothing is asserted about time; the figures come with the number of processors and, where the design names one, the
goal and the ratio to it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from pydantic import BaseModel

from assistant.conversation import Assistant
from eval.questions_model import Gold, load_questions
from eval.run import WARM_UP, Asks, converse, evaluation_house
from eval.summary import Latency

FIRST_QUESTION = "上海第一次上规模，市里能奖多少？"
GOALS_MS = {"p50": 30.0, "p95": 80.0, "process": 2500.0, "index": 20000.0}
LONGEST_S = 300
Progress = Callable[[str, int, int], None]


class Timing(BaseModel):
    """Repeated measurements of one thing, in milliseconds. ``why`` says why there are none."""

    ms: list[float]
    why: str = ""

    @property
    def median(self) -> float | None:
        """The middle one; None when nothing was measured."""
        return round(median(self.ms), 1) if self.ms else None


class Bench(BaseModel):
    """All figures of one bench."""

    processors: int
    questions: int
    rounds: int
    warm: Latency
    interpreter: Timing
    process: Timing
    index: Timing

    def ratios(self) -> dict[str, float]:
        """Measured over goal (1 is on the goal), p95 over p50, and the command over a bare interpreter."""
        warm = {"p50": self.warm.p50, "p95": self.warm.p95}
        measured = {**warm, "process": self.process.median, "index": self.index.median}
        found = {f"{name}/goal": round(value / GOALS_MS[name], 2) for name, value in measured.items() if value}
        if self.warm.p50:
            found["p95/p50"] = round(self.warm.p95 / self.warm.p50, 2)
        if self.process.median and self.interpreter.median:
            found["process/interpreter"] = round(self.process.median / self.interpreter.median, 1)
        return found

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        medians = {name: getattr(self, name).median for name in ("interpreter", "process", "index")}
        return {**self.model_dump(), "medians_ms": medians, "goals_ms": GOALS_MS, "ratios": self.ratios()}


def bench(rounds: int = 3, repeats: int = 5, *, progress: Progress = lambda what, done, of: None) -> Bench:
    """Measure everything: ``rounds`` times over the gold questions, ``repeats`` starts of the command, one index build.

    Raises QuestionsError or CorpusError when questions or corpus cannot be read.
    """
    questions = load_questions()
    with evaluation_house() as house:
        assistant = Assistant(house)
        assistant.ask(WARM_UP)
        warm = warm_turns(questions, assistant, rounds, progress)
    return Bench(
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        questions=len(questions),
        rounds=rounds,
        warm=Latency.of(warm),
        interpreter=_repeat([sys.executable, "-c", ""], repeats, progress, "解释器"),
        process=_process(repeats, progress),
        index=_index(progress),
    )


def warm_turns(questions: Sequence[Gold], assistant: Asks, rounds: int, progress: Progress) -> list[float]:
    """Milliseconds of every turn of every question, ``rounds`` times over."""
    times: list[float] = []
    for number in range(rounds):
        for done, question in enumerate(questions):
            progress("提问", number * len(questions) + done, rounds * len(questions))
            times += converse(question, assistant)[1]
    return times


def _process(repeats: int, progress: Progress) -> Timing:
    beside = Path(sys.executable).with_name("tiaoli")
    command = str(beside) if beside.exists() else shutil.which("tiaoli")
    if command is None:
        return Timing(ms=[], why="没有找到 tiaoli 命令，装好以后再测。")
    return _repeat([command, "ask", FIRST_QUESTION, "--json"], repeats, progress, "启动")


def _index(progress: Progress) -> Timing:
    """The build in a process of its own and an empty data folder: imports, embedding, everything."""
    with tempfile.TemporaryDirectory(prefix="tiaoli-bench-") as folder:
        code = "from indexing.build import build; build(full=True)"
        return _repeat([sys.executable, "-c", code], 1, progress, "索引", {**os.environ, "TIAOLI_HOME": folder})


def _repeat(
    command: list[str], repeats: int, progress: Progress, what: str, env: dict[str, str] | None = None
) -> Timing:
    times: list[float] = []
    for done in range(repeats):
        progress(what, done, repeats)
        started = time.perf_counter()
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_S, env=env)
        except subprocess.CalledProcessError as error:
            last = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
            return Timing(ms=times, why=f"{Path(command[0]).name} 以 {error.returncode} 结束：{''.join(last)}")
        except (OSError, subprocess.TimeoutExpired) as error:
            return Timing(ms=times, why=f"{Path(command[0]).name} 没有跑完：{error}")
        times.append(round((time.perf_counter() - started) * 1000, 1))
    return Timing(ms=times)


def as_text(result: Bench) -> str:
    """The figures in lines."""
    warm, ratios = result.warm, result.ratios()
    lines = [
        f"{result.processors} 个处理器，{result.questions} 题 × {result.rounds} 遍，{warm.turns} 轮",
        f"热身后一轮：p50 {warm.p50:.1f} 毫秒，p95 {warm.p95:.1f} 毫秒，p99 {warm.p99:.1f} 毫秒"
        f"（目标 {GOALS_MS['p50']:.0f} / {GOALS_MS['p95']:.0f}；p95 是 p50 的 {ratios.get('p95/p50', 0)} 倍）",
        f"空的 Python 解释器：{_said(result.interpreter)}",
        f"tiaoli ask 整个进程：{_said(result.process)}（目标 {GOALS_MS['process']:.0f}"
        + (f"；是空解释器的 {ratios['process/interpreter']} 倍）" if "process/interpreter" in ratios else "）"),
        f"从零建索引：{_said(result.index)}（目标 {GOALS_MS['index']:.0f}）",
        "实测 ÷ 目标：" + "，".join(f"{name[:-5]} {x}" for name, x in ratios.items() if name.endswith("/goal")),
    ]
    return "\n".join(lines)


def _said(timing: Timing) -> str:
    if timing.median is None:
        return f"没有测成。{timing.why}"
    return f"中位 {timing.median:.0f} 毫秒，最快 {min(timing.ms):.0f}，最慢 {max(timing.ms):.0f}，{len(timing.ms)} 次"
