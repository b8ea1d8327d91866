"""The steps that answer one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.steps.flow import flow
from assistant.steps.ground import check_grounding
from assistant.steps.recall import recall
from assistant.steps.route import choose_route
from assistant.steps.understand import understand

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

ANSWERING: list[tuple[str, Callable[[Turn, House], None]]] = [
    ("recall", recall),
    ("understand", understand),
    ("route", choose_route),
    ("flow", flow),
    ("ground", check_grounding),
]
"""What happens to a message that is one question, and to each part of one that holds several."""
