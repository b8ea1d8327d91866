"""The steps of a turn, in their order. Each takes the turn and the house; ``Stop`` ends the turn early.

A message with several questions is answered in ``take_apart``, each question by the steps of ``ANSWERING``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.steps.answering import ANSWERING
from assistant.steps.clean import clean
from assistant.steps.finish import complete, finish_early, was_streamed
from assistant.steps.remember import remember
from assistant.steps.run import run
from assistant.steps.take_apart import take_apart

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

STEPS: list[tuple[str, Callable[[Turn, House], None]]] = [
    ("clean", clean),
    ("take_apart", take_apart),
    *ANSWERING,
]

__all__ = ["ANSWERING", "STEPS", "complete", "finish_early", "remember", "run", "was_streamed"]
