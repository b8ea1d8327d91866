"""What the page keeps of a conversation between events."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from assistant.answer import Answer


@dataclass
class Exchange:
    """One question with its answer. ``partial`` is the Markdown that has come so far; ``trouble`` a sentence for an
    answer that never came; ``rating`` is up, down or empty."""

    message: str
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    partial: str = ""
    answer: Answer | None = None
    trouble: str = ""
    rating: str = ""
    rating_trouble: str = ""


@dataclass
class Session:
    """A conversation on one page; ``thread`` is None before its first answer."""

    thread: str | None = None
    exchanges: list[Exchange] = field(default_factory=list)

    def find(self, key: str) -> Exchange | None:
        """The exchange with this key."""
        return next((one for one in self.exchanges if one.key == key), None)
