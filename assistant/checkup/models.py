"""What a check-up (政策体检) comes to: a row per benefit and per title, the questions that are open, what to watch."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from assistant.answer import Missing
from corpus.benefit_models import Kind, Paid, Route

Status = Literal["entitled", "likely", "needs_info", "no", "expired"]
STATUSES: tuple[Status, ...] = ("entitled", "likely", "needs_info", "no", "expired")
TitleOutcome = Literal["eligible", "not_eligible", "needs_info", "invalid_input", "not_encoded"]


class BenefitRow(BaseModel):
    """One benefit for one company.

    ``amount`` says the amount in words, ``amount_max`` the most it can come to in 元 (whole, rounded down; None where
    the document gives no way to work it out), ``limit`` that this is a line of guarantee and no money received.
    ``deadline`` is the last day (ISO) where the document names one. ``undefined``: what the document leaves open about
    the right, ``find_out``: what it does not say about getting it. ``missing`` are the questions that decide the row,
    ``reasons`` the conditions with what was said, marked ✓ met, ✗ not met, ? open.
    """

    id: str
    name: str
    gives: str
    status: Status
    kind: Kind
    whom: str
    amount: str
    amount_max: int | None = None
    limit: bool = False
    how: str = ""
    paid: Paid = "unstated"
    route: Route = "unstated"
    department: str
    place: str
    document: str
    clause: str
    ref: str
    deadline: str | None = None
    undefined: list[str] = []
    find_out: list[str] = []
    missing: list[Missing] = []
    reasons: list[str] = []
    note: str = ""


class TitleRow(BaseModel):
    """One title of the ladder. ``held``: whether the company has it now (None: nobody said); ``failing`` and ``open``
    are its clauses in words; ``next_round`` says from which round it can be had; ``duties`` where to read on."""

    title: str
    name: str
    outcome: TitleOutcome
    held: bool | None = None
    track: Literal["first", "review", "unknown"] = "unknown"
    standard: str = ""
    document: str = ""
    failing: list[str] = []
    failing_clauses: list[str] = []
    open: list[str] = []
    actions: list[str] = []
    missing: list[Missing] = []
    next_round: str = ""
    duties: str = ""
    notes: list[str] = []
    refs: list[str] = []


class CheckUp(BaseModel):
    """The whole check-up of one company on one day in one place. ``questions`` are asked once, the most useful first;
    their ``criteria`` are the ids of the rows that they serve."""

    company: str = ""
    place: str
    as_of: str
    benefits: list[BenefitRow]
    titles: list[TitleRow]
    questions: list[Missing] = []
    conflicts: list[str] = []
    notes: list[str] = []
    disclaimer: str

    def of(self, *statuses: Status) -> list[BenefitRow]:
        """The benefits with one of these statuses, in their order."""
        return [row for row in self.benefits if row.status in statuses]
