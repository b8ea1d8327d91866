"""What follows from the profile of a thread: the check-up, and the duties of the titles held."""

from __future__ import annotations

from assistant.checkup.models import CheckUp
from assistant.checkup.run import checkup
from assistant.conversation import Assistant
from assistant.duties.evaluate import duties
from assistant.duties.model import DutyList
from assistant.duties.model import Profile as Company
from assistant.duties.profile import holding
from assistant.profile.view import facts_of, memory_of, store_of, titles_held


def checkup_of(assistant: Assistant, thread: str) -> CheckUp:
    """The check-up of the company of a thread, at the place and on the day of the thread. Raises StoreUnavailable."""
    memory = memory_of(store_of(assistant), thread)
    return checkup(
        facts_of(memory),
        as_of=memory.as_of or assistant.house.today(),
        place=memory.place,
        problems=memory.problems,
        assumed_years=memory.assumed_years,
        corpus=assistant.house.corpus,
    )


def duties_of(assistant: Assistant, thread: str) -> DutyList:
    """The duties of the titles that the company of a thread holds, with the dates that were told. Raises BadInput for
    dates that cannot be, StoreUnavailable."""
    memory = memory_of(store_of(assistant), thread)
    held = tuple(holding(dict(raw)) for raw in titles_held(memory, facts_of(memory)))
    day = memory.as_of or assistant.house.today()
    return duties(Company(titles=held, place=memory.place), as_of=day, corpus=assistant.house.corpus)
