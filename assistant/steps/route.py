"""Step 3: which flow answers. The table is assistant/understanding/routes.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.statuses import Stop
from assistant.understanding.routing import route

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


def choose_route(turn: Turn, house: House) -> None:
    """Sets ``turn.route``. Stops what is declined or out of scope."""
    routed = route(turn.text, extraction=turn.extraction, in_check=turn.memory.checking, titles=turn.titles)
    turn.route = routed.route
    turn.log("routed", route=routed.route, rule=routed.rule, reason=routed.reason)
    if routed.reason:
        raise Stop(routed.reason)
