"""What the page shows of a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer


@dataclass
class Exchange:
    """One question with its answer. ``key`` is the id of the turn, ``partial`` the Markdown that has come so far,
    ``trouble`` a sentence for an answer that never came; ``rating`` is up, down or empty. Without a message it is a
    specialist who speaks."""

    message: str
    key: str
    partial: str = ""
    answer: Answer | None = None
    trouble: str = ""
    rating: str = ""
