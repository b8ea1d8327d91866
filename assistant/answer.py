"""The one value that every front end shows: an answer with its citations and, for a pre-check, its verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

Route = Literal["policy", "eligibility", "checkup", "duties", "handoff", "about", "out_of_scope", "declined"]
Family = Literal["answered", "needs_info", "not_found", "declined", "failed"]
Validity = Literal["in_force", "expired", "repealed", "superseded", "not_yet", "unknown"]
Outcome = Literal["met", "not_met", "unknown", "exempt", "declared", "manual"]


class Citation(BaseModel):
    """Clause number ``n`` of an answer. ``text`` is the original where it was imported, else our digest."""

    n: int
    document: str
    number: str | None
    title: str
    issuer: str
    place: str
    clause: str
    eid: str
    text: str
    text_kind: Literal["original", "digest"]
    digest: str = ""
    validity: Validity
    validity_note: str = ""
    date: str | None = None

    @property
    def ref(self) -> str:
        """The reference ``document#eId``."""
        return f"{self.document}#{self.eid}"


class CriterionResult(BaseModel):
    """One criterion of a verdict. ``values`` maps a fact's label (with its year) to what was used, in words."""

    id: str
    clause: str
    label: str
    outcome: Outcome
    values: dict[str, str] = {}
    threshold: str = ""
    margin: str = ""
    missing: list[str] = []
    note: str = ""
    citation: str = ""


class Missing(BaseModel):
    """A fact that still matters: its key and the question to ask."""

    fact: str
    question: str
    criteria: list[str] = []


class Gap(BaseModel):
    """What would have to change for a failing criterion, and the earliest round in which it can."""

    criterion: str
    action: str
    changeable: Literal["now", "this_year", "next_year", "never"]
    earliest: str = ""


class Verdict(BaseModel):
    """The outcome of the criteria checker. ``title`` and ``track`` as asked, ``standard`` the version applied.

    ``beside`` holds the verdict of every other standard that may be used instead.
    """

    title: str
    standard: str
    track: Literal["first", "review", "unknown"]
    outcome: Literal["eligible", "not_eligible", "needs_info", "invalid_input"]
    criteria: list[CriterionResult]
    missing: list[Missing] = []
    conflicts: list[str] = []
    gaps: list[Gap] = []
    notes: list[str] = []
    round: int | None = None
    disclaimer: str = ""
    beside: list[Verdict] = []


class Understood(BaseModel):
    """A fact as it was understood, shown for confirmation."""

    fact: str
    label: str
    value: str
    said: str


class Answer(BaseModel):
    """The answer to one message; ``status`` is the family of ``reason`` (see assistant/statuses.yaml)."""

    route: Route
    status: Family
    reason: str
    answer: str
    citations: list[Citation] = []
    verdict: Verdict | None = None
    understood: list[Understood] = []
    notes: list[str] = []
    follow_ups: list[str] = []
    place: str = ""
    as_of: str = ""
    model: str | None = None
    thread: str | None = None
    turn: str | None = None
    elapsed_ms: float = 0.0
