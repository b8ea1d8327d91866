"""Runs steps over a turn until one of them ends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from assistant.statuses import Stop
from assistant.steps.finish import finish_early

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

Steps = Iterable[tuple[str, "Callable[[Turn, House], None]"]]


def run(turn: Turn, house: House, steps: Steps) -> None:
    """Each step in its order, timed in the trace. A ``Stop`` ends the turn with its status; so does a step that sets
    ``turn.answer``."""
    try:
        for name, step in steps:
            started = time.perf_counter()
            try:
                step(turn, house)
            finally:
                turn.log(name, ms=round((time.perf_counter() - started) * 1000, 2))
            if turn.answer is not None:
                return
    except Stop as stop:
        finish_early(turn, stop)
