"""Curated answers as the rest sees them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.desk.curated_tables import CuratedRow
from assistant.desk.ticket_states import aware

State = Literal["draft", "reviewed", "withdrawn"]
STATE_NAMES: dict[str, str] = {"draft": "待复核", "reviewed": "已复核", "withdrawn": "已撤下"}
FaultKind = Literal[
    "no_clause", "clause_gone", "clause_changed", "not_in_force", "not_grounded", "verdict", "review_due", "not_now"
]


class Wording(BaseModel):
    """What a person writes: the question in several wordings, where and when the answer holds, the answer, its clauses
    (``document#eId``)."""

    model_config = ConfigDict(extra="forbid")

    questions: list[str] = Field(min_length=1)
    place: str
    text: str
    refs: list[str]
    valid_from: date
    valid_until: date | None = None


class Fault(BaseModel):
    """Why a curated answer may not be shown: of which clause or sentence, and in words what is wrong."""

    kind: FaultKind
    ref: str = ""
    sentence: str = ""
    why: str


class Step(BaseModel):
    """Who did what with it, when."""

    at: datetime
    name: str
    what: str
    detail: str = ""


class CuratedAnswer(BaseModel):
    """A curated answer with its history. ``fingerprints``: clause → hash of what it said at the review."""

    id: str
    state: State
    state_name: str
    version: int
    questions: list[str]
    place: str
    valid_from: date
    valid_until: date | None
    text: str
    refs: list[str]
    fingerprints: dict[str, str] = Field(default={}, exclude=True)
    author: str
    author_name: str
    reviewer_name: str
    reviewed_on: date | None
    next_review: date | None
    ticket: str | None
    changed: datetime
    history: list[Step] = []


def curated_of(row: CuratedRow) -> CuratedAnswer:
    """A row of the table."""
    return CuratedAnswer(
        id=row.id, state=row.state, state_name=STATE_NAMES[row.state], version=row.version, questions=list(row.questions),
        place=row.place, valid_from=row.valid_from, valid_until=row.valid_until, text=row.text, refs=list(row.refs),
        fingerprints=dict(row.fingerprints), author=row.author, author_name=row.author_name, reviewer_name=row.reviewer_name,
        reviewed_on=row.reviewed_on, next_review=row.next_review, ticket=row.ticket, changed=aware(row.changed),
        history=[Step.model_validate(step) for step in row.history],
    )  # fmt: skip
