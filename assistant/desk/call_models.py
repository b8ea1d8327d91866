"""A call as it is kept and shown: the draft that the specialist writes, and what was told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.desk.caller import Told

LONGEST_NOTES = 10_000
MOST_SHOWN, MOST_PROMISES = 100, 50


def _storable(text: object) -> object:
    """Without the signs that no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") if isinstance(text, str) else text


Kept = Annotated[str, BeforeValidator(_storable)]


class Strict(BaseModel):
    """A misspelt field is an error."""

    model_config = ConfigDict(extra="forbid")


class Promise(Strict):
    """Something promised to the caller, and by when."""

    text: Kept = Field(max_length=500)
    due: date | None = None
    done: bool = False


class Shown(Strict):
    """A clause that was shown or read out: its citation as it was then, and the sentence read out (empty when it was only
    shown)."""

    ref: Kept = Field(max_length=200)
    source: Kept = Field(max_length=500)
    read: Kept = Field(default="", max_length=2000)


class Draft(Strict):
    """What the specialist writes. ``as_of`` None is today; ``title`` the title checked; ``track`` None: not said."""

    caller: Kept = Field(default="", max_length=100)
    company: Kept = Field(default="", max_length=200)
    contact: Kept = Field(default="", max_length=100)
    place: Kept = Field(default="上海市", max_length=50)
    as_of: date | None = None
    title: Kept | None = Field(default=None, max_length=20)
    track: Literal["first", "review"] | None = None
    notes: Kept = Field(default="", max_length=LONGEST_NOTES)
    shown: list[Shown] = Field(default=[], max_length=MOST_SHOWN)
    promises: list[Promise] = Field(default=[], max_length=MOST_PROMISES)


class Call(BaseModel):
    """One call. ``outcome`` is that of the last verdict, None while nothing is checked."""

    id: str
    specialist: str
    started: datetime
    changed: datetime
    finished: datetime | None
    version: int
    draft: Draft
    told: Told
    outcome: str | None = None


class CallBrief(BaseModel):
    """One line of a list: names masked; ``owed`` promises are still to be kept, the next one on ``next_due``."""

    id: str
    specialist: str
    started: datetime
    changed: datetime
    finished: datetime | None
    caller: str
    company: str
    place: str
    title: str | None
    outcome: str | None
    owed: int
    next_due: date | None
