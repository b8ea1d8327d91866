"""Many questions at once: throughput, times and memory of ``Assistant.ask`` with several threads and processes.

The questions are those of the gold sets in a seeded order, each in a thread of its own that is stored as in the product;
no language model takes part. Every thread asks its next question as soon as it has an answer. Nothing is asserted about
time.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle, islice

from pydantic import BaseModel

from assistant.conversation import Assistant
from eval.bench_share import Memory, Message, Share, replicas, share
from eval.questions_model import Gold, load_questions
from eval.run import WARM_UP, evaluation_house
from eval.summary import Latency

GOALS = {"p50_alone_ms": 30.0, "per_second": 100.0, "p95_at_128_ms": 1500.0}
QUESTIONS = 2000
SEED = 1
Progress = Callable[[str, int, int], None]
Ask = Callable[[Sequence[Message], int, Callable[[int, int], None]], list[Share]]
"""Messages, how many at once, who is told how far it is → what each process measured."""


class Level(BaseModel):
    """So many questions ``at_once``: answers per second, times, seconds of the processor, and what failed."""

    at_once: int
    questions: int
    seconds: float
    per_second: float
    cpu_ms: float
    latency: Latency
    failed: int


class Load(BaseModel):
    """All levels, in their order, and how the memory of the first process went during the last of them."""

    processors: int
    processes: int
    different: int
    levels: list[Level]
    memory: list[Memory]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {**self.model_dump(), "goals": GOALS}


def bench_load(
    levels: Sequence[int],
    questions: int = QUESTIONS,
    *,
    processes: int = 1,
    progress: Progress = lambda what, done, of: None,
) -> Load:
    """Ask ``questions`` questions at every level, of ``processes`` processes over one store: replicas as they are run
    in production, one per processor. A level with fewer questions at once takes as many of them as it has questions.

    Raises QuestionsError, CorpusError, IndexMissing or StoreUnavailable where nothing could be measured.
    """
    asked = _shuffled(load_questions())
    messages = [(q.turns[0], q.place, q.as_of) for q in asked]
    with ExitStack() as stack:
        ask = stack.enter_context(_here() if processes == 1 else replicas(processes))
        found, memory = [], []
        for level in levels:
            told = partial(progress, f"同时 {level} 个")
            shares = ask(list(islice(cycle(messages), questions)), level, told)
            found.append(_merged(level, shares))
            memory = shares[0].memory
    return Load(
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        processes=processes,
        different=len(set(messages)),
        levels=found,
        memory=memory,
    )


def _shuffled(questions: Sequence[Gold]) -> list[Gold]:
    order = list(questions)
    random.Random(SEED).shuffle(order)
    return order


@contextmanager
def _here() -> Iterator[Ask]:
    """Ask in this process."""
    with evaluation_house() as house:
        assistant = Assistant(house)
        assistant.ask(WARM_UP)
        yield lambda messages, at_once, told: [share(assistant, messages, at_once, lambda n: told(n, len(messages)))]


def _merged(at_once: int, shares: Sequence[Share]) -> Level:
    times = [took for one in shares for took in one.times]
    seconds = max(one.ended for one in shares) - min(one.began for one in shares)
    return Level(
        at_once=at_once, questions=len(times), seconds=round(seconds, 1), per_second=round(len(times) / seconds, 1),
        cpu_ms=round(sum(one.cpu for one in shares) * 1000 / max(len(times), 1), 1), latency=Latency.of(times),
        failed=sum(one.failed for one in shares),
    )  # fmt: skip


def as_text(result: Load) -> str:
    """The figures in lines."""
    lines = [
        f"{result.processors} 个处理器，{result.processes} 个进程共用一个库，按线程数同时提问；{result.different} 道不同的题，"
        "没有语言模型，对话照常存库"
    ]
    for level in result.levels:
        of = level.latency
        lines.append(
            f"同时 {level.at_once:>3} 个：{level.questions} 题，每秒 {level.per_second:.1f} 个回答，p50 {of.p50:.1f}、"
            f"p95 {of.p95:.1f}、p99 {of.p99:.1f} 毫秒，每题处理器 {level.cpu_ms:.1f} 毫秒，失败 {level.failed}"
        )
    if result.memory:
        lines.append("一个进程的内存：" + "，".join(f"{m.questions} 题后 {m.mb:.0f} MB" for m in result.memory))
    goals = GOALS
    lines.append(
        f"目标（两个处理器）：单独问 p50 {goals['p50_alone_ms']:.0f} 毫秒以内，每秒至少 {goals['per_second']:.0f} 个回答，"
        f"同时 128 个时 p95 {goals['p95_at_128_ms'] / 1000:g} 秒以内，两万题里内存不涨"
    )
    return "\n".join(lines)
