"""How fast the specialists' search answers while one types: gold questions, letter by letter.

Nothing that was found before is used again, so that each figure is that of a real search. Beside the time that passed
stands the time of the processor, which other work on the machine does not lengthen. Nothing is asserted about time.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from statistics import median

from pydantic import BaseModel

from assistant.conversation import DEFAULT_PLACE
from assistant.desk.search import DeskSearch
from eval.questions_model import load_questions
from eval.run import evaluation_house
from eval.summary import Latency

GOALS_MS = {"p95": 100.0}
SEED = 1
LONGEST = 24
"""Signs of a question that are typed; nobody types a whole story into a search field."""
Progress = Callable[[str, int, int], None]


class Typing(BaseModel):
    """Times of every beginning that was looked for, and of the processor for it; ``empty``: how many found nothing. ``found``:
    of how many questions a clause of the right answer stood in the list once they were typed, ``letters``: after how many
    signs it stood there for the first time, in the middle of those."""

    processors: int
    questions: int
    beginnings: int
    empty: int
    found: int
    letters: float
    passed: Latency
    processor: Latency

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {**self.model_dump(), "goals_ms": GOALS_MS}


def bench_desk(questions: int = 150, *, progress: Progress = lambda what, done, of: None) -> Typing:
    """Type ``questions`` of the gold questions, in a seeded order.

    Raises QuestionsError or CorpusError when questions or corpus cannot be read.
    """
    gold = [one for one in load_questions() if one.gold and len(one.turns) == 1]
    chosen = random.Random(SEED).sample(gold, min(questions, len(gold)))
    passed: list[float] = []
    used: list[float] = []
    first: list[int] = []
    empty = found = 0
    with evaluation_house() as house:
        desk = DeskSearch(lambda: house)
        desk.search("预热", place=DEFAULT_PLACE)
        for done, one in enumerate(chosen):
            progress("打字", done, len(chosen))
            text, wanted, seen = one.turns[0][:LONGEST], {ref for group in one.gold for ref in group}, 0
            for n in range(1, len(text) + 1):
                started, worked = time.perf_counter(), time.thread_time()
                refs = {
                    hit.ref for hit in desk.search(text[:n], place=one.place or DEFAULT_PLACE, as_of=one.as_of).hits
                }
                used.append((time.thread_time() - worked) * 1000)
                passed.append((time.perf_counter() - started) * 1000)
                empty += not refs
                seen = seen or (n if refs & wanted else 0)
            found += bool(refs & wanted)
            first += [seen] if seen else []
    return Typing(
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        questions=len(chosen), beginnings=len(passed), empty=empty, found=found,
        letters=float(median(first)) if first else 0.0, passed=Latency.of(passed), processor=Latency.of(used),
    )  # fmt: skip


def as_text(result: Typing) -> str:
    """The figures in lines."""
    passed, processor = result.passed, result.processor
    return "\n".join(
        [
            f"{result.processors} 个处理器，{result.questions} 题逐字打，检索 {result.beginnings} 次，{result.empty} 次什么也没找到",
            f"用时 p50 {passed.p50} ms，p95 {passed.p95} ms，p99 {passed.p99} ms（目标 p95 {GOALS_MS['p95']:.0f} ms）",
            f"处理器 p50 {processor.p50} ms，p95 {processor.p95} ms",
            f"打完时列表里有对的条款：{result.found}/{result.questions} 题，第一次出现时打了 {result.letters:.0f} 个字（中位数）",
        ]
    )
