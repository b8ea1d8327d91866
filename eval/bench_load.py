"""Many questions at once: throughput, times and memory of ``Assistant.ask`` with several threads of one process.

The questions are those of the gold sets in a seeded order, each in a thread of its own that is stored as in the product;
no language model takes part. Every thread asks its next question as soon as it has an answer. Nothing is asserted about
time.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

from pydantic import BaseModel

from assistant.conversation import Assistant
from eval.questions_model import Gold, load_questions
from eval.run import WARM_UP, evaluation_house
from eval.summary import Latency

GOALS = {"p50_alone_ms": 30.0, "per_second": 100.0, "p95_at_128_ms": 1500.0}
QUESTIONS = 2000
STEPS = (0.05, 0.25, 0.5, 0.75, 1.0)
"""Memory is read after these shares of the questions of the last level."""
SEED = 1
Progress = Callable[[str, int, int], None]


class Level(BaseModel):
    """So many questions ``at_once``: answers per second, times, seconds of the processor, and what failed."""

    at_once: int
    questions: int
    seconds: float
    per_second: float
    cpu_ms: float
    latency: Latency
    failed: int


class Memory(BaseModel):
    """Resident memory in MB after so many questions."""

    questions: int
    mb: float


class Load(BaseModel):
    """All levels, in their order, and how memory went during the last of them."""

    processors: int
    different: int
    levels: list[Level]
    memory: list[Memory]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {**self.model_dump(), "goals": GOALS}


def bench_load(
    levels: Sequence[int], questions: int = QUESTIONS, *, progress: Progress = lambda what, done, of: None
) -> Load:
    """Ask ``questions`` questions at every level. Raises QuestionsError, CorpusError, IndexMissing or StoreUnavailable
    where nothing could be measured."""
    asked = _shuffled(load_questions())
    memory: list[Memory] = []
    with evaluation_house() as house:
        assistant = Assistant(house)
        assistant.ask(WARM_UP)
        found = []
        for level in levels:
            last = level == levels[-1]
            messages = list(islice(cycle(asked), questions))
            found.append(_level(assistant, messages, level, memory if last else None, progress))
    return Load(
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        different=len({(q.turns[0], q.place, q.as_of) for q in asked}),
        levels=found,
        memory=memory,
    )


def _shuffled(questions: Sequence[Gold]) -> list[Gold]:
    order = list(questions)
    random.Random(SEED).shuffle(order)
    return order


def _level(
    assistant: Assistant, questions: Sequence[Gold], at_once: int, memory: list[Memory] | None, progress: Progress
) -> Level:
    waiting, guard = iter(questions), threading.Lock()
    marks = {max(1, int(share * len(questions))) for share in STEPS}
    times: list[float] = []
    failed = 0

    def work() -> None:
        nonlocal failed
        while True:
            with guard:
                question = next(waiting, None)
            if question is None:
                return
            began = time.perf_counter()
            answer = assistant.ask(question.turns[0], place=question.place, as_of=question.as_of)
            took = (time.perf_counter() - began) * 1000
            with guard:
                times.append(took)
                failed += answer.status == "failed" or any("没有存下来" in note for note in answer.notes)
                if memory is not None and len(times) in marks:
                    memory.append(Memory(questions=len(times), mb=resident_mb()))
                progress(f"同时 {at_once} 个", len(times), len(questions))

    started, cpu = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    return Level(
        at_once=at_once, questions=len(questions), seconds=round(seconds, 1), per_second=round(len(times) / seconds, 1),
        cpu_ms=round(used * 1000 / max(len(times), 1), 1), latency=Latency.of(times), failed=failed,
    )  # fmt: skip


def resident_mb() -> float:
    """Resident memory of this process in MB; its peak where the system does not tell the present."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        from eval.bench_scale import peak_mb

        return peak_mb()
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def as_text(result: Load) -> str:
    """The figures in lines."""
    lines = [
        f"{result.processors} 个处理器，一个进程，按线程数同时提问；{result.different} 道不同的题，没有语言模型，对话照常存库"
    ]
    for level in result.levels:
        of = level.latency
        lines.append(
            f"同时 {level.at_once:>3} 个：{level.questions} 题，每秒 {level.per_second:.1f} 个回答，p50 {of.p50:.1f}、"
            f"p95 {of.p95:.1f}、p99 {of.p99:.1f} 毫秒，每题处理器 {level.cpu_ms:.1f} 毫秒，失败 {level.failed}"
        )
    if result.memory:
        lines.append("内存：" + "，".join(f"{m.questions} 题后 {m.mb:.0f} MB" for m in result.memory))
    goals = GOALS
    lines.append(
        f"目标（两个处理器）：单独问 p50 {goals['p50_alone_ms']:.0f} 毫秒以内，每秒至少 {goals['per_second']:.0f} 个回答，"
        f"同时 128 个时 p95 {goals['p95_at_128_ms'] / 1000:g} 秒以内，两万题里内存不涨"
    )
    return "\n".join(lines)
