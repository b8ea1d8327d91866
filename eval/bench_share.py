"""One process's share of a load: its threads ask, its times and memory are noted; and several such processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.conversation import Assistant
from eval.run import WARM_UP, evaluation_house

Message = tuple[str, str | None, date | None]
"""What is asked, where, and for which day."""
STEPS = (0.05, 0.25, 0.5, 0.75, 1.0)
"""Memory is read after these shares of the questions."""


class Memory(BaseModel):
    """Resident memory in MB after so many questions."""

    questions: int
    mb: float


class Share(BaseModel):
    """What one process measured: milliseconds of every question, beginning and end on the system's clock in seconds,
    seconds of the processor, and what failed."""

    times: list[float]
    began: float
    ended: float
    cpu: float
    failed: int
    memory: list[Memory]


def share(assistant: Assistant, messages: Sequence[Message], at_once: int, told: Callable[[int], None]) -> Share:
    """Ask all ``messages`` with ``at_once`` threads; ``told`` how many are done."""
    waiting, guard = iter(messages), threading.Lock()
    marks = {max(1, int(part * len(messages))) for part in STEPS}
    times: list[float] = []
    memory: list[Memory] = []
    failed = 0

    def work() -> None:
        nonlocal failed
        while True:
            with guard:
                message = next(waiting, None)
            if message is None:
                return
            began = time.perf_counter()
            answer = assistant.ask(message[0], place=message[1], as_of=message[2])
            took = (time.perf_counter() - began) * 1000
            with guard:
                times.append(took)
                failed += answer.status == "failed" or any("没有存下来" in note for note in answer.notes)
                if len(times) in marks:
                    memory.append(Memory(questions=len(times), mb=resident_mb()))
                told(len(times))

    began, cpu = time.monotonic(), time.process_time()
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Share(
        times=times, began=began, ended=time.monotonic(), cpu=time.process_time() - cpu, failed=failed, memory=memory
    )


@contextmanager
def replicas(count: int) -> Iterator[Callable[[Sequence[Message], int, Callable[[int, int], None]], list[Share]]]:
    """``count`` processes with a house each, over one SQLite store that is forgotten afterwards."""
    context = multiprocessing.get_context("spawn")
    done = context.Value("l", 0)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tiaoli-load-"))
        url = f"sqlite:///{Path(folder) / 'load.db'}"
        pools = [
            stack.enter_context(ProcessPoolExecutor(1, mp_context=context, initializer=_open, initargs=(url, done)))
            for _ in range(count)
        ]
        for pool in pools:  # one after the other: the first makes the tables
            pool.submit(_ready).result()

        def ask(messages: Sequence[Message], at_once: int, told: Callable[[int, int], None]) -> list[Share]:
            done.value = 0
            taken = min(count, at_once)
            running: list[Future[Share]] = [
                pools[n].submit(_asked, messages[n::taken], at_once // taken + (n < at_once % taken))
                for n in range(taken)
            ]
            while wait(running, timeout=0.2).not_done:
                told(done.value, len(messages))
            return [one.result() for one in running]

        yield ask


class _Replica:
    """The assistant of this process, and the count that all processes share."""

    assistant: Assistant
    done: Any


_OPEN = ExitStack()


def _open(url: str, done: Any) -> None:
    _Replica.assistant = Assistant(_OPEN.enter_context(evaluation_house(url)))
    _Replica.assistant.ask(WARM_UP)
    _Replica.done = done
    gc.freeze()  # as the server does


def _ready() -> bool:
    return True


def _asked(messages: Sequence[Message], at_once: int) -> Share:
    def one_more(_: int) -> None:
        with _Replica.done.get_lock():
            _Replica.done.value += 1

    return share(_Replica.assistant, messages, at_once, one_more)


def resident_mb() -> float:
    """Resident memory of this process in MB; its peak where the system does not tell the present."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        from eval.bench_scale import peak_mb

        return peak_mb()
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
