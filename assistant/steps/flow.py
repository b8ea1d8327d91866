"""Step 4: the flow of the route makes a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.steps.about import about
from assistant.steps.ask_back import ask_back
from assistant.steps.checkup import checkup
from assistant.steps.duties import duties
from assistant.steps.eligibility import eligibility
from assistant.steps.handoff import handoff
from assistant.steps.policy import policy
from assistant.steps.recall import RETOLD
from assistant.steps.retell import retell

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


def flow(turn: Turn, house: House) -> None:
    """Run the flow of ``turn.route``; whatever has none of its own is a policy question. What is said about the last
    answer is answered from it."""
    if turn.act is not None and turn.act.kind in RETOLD:
        retell(turn, house)
    elif turn.route == "eligibility":
        eligibility(turn, house)
    elif turn.route == "checkup":
        checkup(turn, house)
    elif turn.route == "duties":
        duties(turn, house)
    elif turn.route == "handoff":
        handoff(turn, house)
    elif turn.route == "about":
        about(turn, house)
    else:
        ask_back(turn, house)
        policy(turn, house)
