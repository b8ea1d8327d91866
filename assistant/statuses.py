"""The table of ways a turn can end (statuses.yaml), typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from assistant.answer import Family
from corpus.load import read_yaml


class Status(BaseModel):
    """``family`` is the contract's status, ``sentence`` what people read, ``desk`` what it means for the desk."""

    family: Family
    sentence: str
    desk: str


@cache
def statuses() -> dict[str, Status]:
    """Every status by its full name."""
    return read_yaml(Path(__file__).with_name("statuses.yaml"), dict[str, Status])  # type: ignore[no-any-return]


class Stop(Exception):
    """Ends a turn early with a status; ``text`` replaces its sentence, ``fill`` its placeholders; ``choices`` are what
    the person may answer or ask next."""

    def __init__(self, reason: str, text: str = "", *, choices: Sequence[str] = (), **fill: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.choices = list(choices)
        self.status = statuses()[reason]
        self.text = text or self.status.sentence.format(**fill)
