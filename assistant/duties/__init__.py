"""From the titles that a company holds, their dates and what happened, to a dated list of what it has to do."""

from __future__ import annotations

from assistant.duties.evaluate import duties
from assistant.duties.model import Duty, DutyList, Event, Holding, Profile

__all__ = ["Duty", "DutyList", "Event", "Holding", "Profile", "duties"]
