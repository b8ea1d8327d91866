"""Where every fact of a thread comes from: a message of the person, or the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from assistant.conversation import Memory


class Origin(BaseModel):
    """``by``: said in the turn ``turn``, or set in the form. ``version`` is the one with which the thread's memory came to
    hold it; ``removed``: it was taken out then."""

    model_config = ConfigDict(frozen=True)

    by: Literal["said", "form"]
    version: int
    turn: str = ""
    removed: bool = False


def with_told(memory: Memory, facts: dict[str, dict[str, Any]], turn: str, version: int) -> dict[str, Origin]:
    """The origins of a memory once ``turn`` has told its facts: what it changed was said in it."""
    told = {key for key, value in facts.items() if memory.facts.get(key) != value}
    return memory.origins | {key: Origin(by="said", turn=turn, version=version) for key in told}
