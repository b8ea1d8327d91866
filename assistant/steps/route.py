"""Step 3: which flow answers. The table is assistant/understanding/routes.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.statuses import Stop
from assistant.understanding.routing import route

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

CONTINUES = {"check_answer", "check_facts", "check_self_answered", "check_words"}
"""Rows by which a message goes on with what is under way: in the middle of a check-up, the check-up."""


def choose_route(turn: Turn, house: House) -> None:
    """Sets ``turn.route``. Stops what is declined or out of scope."""
    memory = turn.memory
    under_way = memory.checking or memory.checkup
    routed = route(turn.text, extraction=turn.extraction, in_check=under_way, titles=turn.titles)
    turn.route = "checkup" if memory.checkup and routed.rule in CONTINUES else routed.route
    if turn.route in ("checkup", "eligibility"):
        memory.checkup = turn.route == "checkup"
        memory.checking = not memory.checkup
    turn.log("routed", route=turn.route, rule=routed.rule, reason=routed.reason)
    if routed.reason:
        raise Stop(routed.reason)
