"""The steps of a turn, in their order. Each takes the turn and the house; ``Stop`` ends the turn early."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.steps.clean import clean
from assistant.steps.finish import complete, finish_early, was_streamed
from assistant.steps.flow import flow
from assistant.steps.ground import check_grounding
from assistant.steps.route import choose_route
from assistant.steps.understand import understand

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

STEPS: list[tuple[str, Callable[[Turn, House], None]]] = [
    ("clean", clean),
    ("understand", understand),
    ("route", choose_route),
    ("flow", flow),
    ("ground", check_grounding),
]

__all__ = ["STEPS", "complete", "finish_early", "was_streamed"]
