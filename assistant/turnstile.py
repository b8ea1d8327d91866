"""Lets a few through at a time, in the order of their coming.

Turns without a language model only compute, and one process computes one thing at a time: with a hundred of them begun at
once, each waits for all others again and again, and some wait several times as long as others. In a row they are done
sooner, and all about alike.
"""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turnstile:
    """``with turnstile:`` – at most ``at_once`` are inside; the others wait in their order."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if self._free:
                self._free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # until the one who leaves hands the place over

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
