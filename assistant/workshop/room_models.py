"""What a quiz room shows to the trainer and to those in it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from assistant.workshop.models import Key, Question

RoomState = Literal["lobby", "open", "shown", "ended"]
STATES: dict[RoomState, str] = {
    "lobby": "等大家加入", "open": "正在答题", "shown": "公布答案", "ended": "已经结束",
}  # fmt: skip
Action = Literal["open", "close", "end"]


class RoomView(BaseModel):
    """What everybody in the room may see. ``number`` is the question at hand (0 before the first), ``key`` its answer
    once the trainer has closed it, with the choices ``counts`` of all."""

    code: str
    title: str
    state: RoomState
    state_label: str
    number: int
    total: int
    may_change: bool
    stage: int
    question: Question | None = None
    key: Key | None = None
    counts: dict[str, int] = {}


class ParticipantView(BaseModel):
    """The room for one person in it: their nickname, their choice for the question at hand, how it went so far.

    ``right`` is None until the question is closed, and where it counts for nobody.
    """

    room: RoomView
    nickname: str
    chosen: str = ""
    right: bool | None = None
    score: int = 0
    graded: int = 0


class Standing(BaseModel):
    """One person in the trainer's list."""

    nickname: str
    score: int
    answered: int
    answered_now: bool


class QuestionResult(BaseModel):
    """One question so far: choices by option, and once it is closed how many were right."""

    number: int
    question: Question
    counts: dict[str, int]
    answered: int
    key: Key | None = None
    right: int | None = None


class TrainerView(BaseModel):
    """The room for its trainer, with live counts."""

    room: RoomView
    version: int
    created: datetime
    participants: list[Standing]
    answered: int
    results: list[QuestionResult]


class RoomInfo(BaseModel):
    """One of a trainer's rooms in a list."""

    code: str
    title: str
    state: RoomState
    state_label: str
    created: datetime
    participants: int
    questions: int
