"""Step 4: the flow of the route makes a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.steps.about import about
from assistant.steps.checkup import checkup
from assistant.steps.duties import duties
from assistant.steps.eligibility import eligibility
from assistant.steps.policy import policy

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


def flow(turn: Turn, house: House) -> None:
    """Run the flow of ``turn.route``; whatever has none of its own is a policy question."""
    if turn.route == "eligibility":
        eligibility(turn, house)
    elif turn.route == "checkup":
        checkup(turn, house)
    elif turn.route == "duties":
        duties(turn, house)
    elif turn.route == "about":
        about(turn, house)
    else:
        policy(turn, house)
