"""A class's companies screened in one go: how far it has come, what came out, for tables and charts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from corpus.criteria_models import Track

TABLE, CELLS = "结果.xlsx", "结果.读数报告.csv"
"""The names of the results."""
JobState = Literal["waiting", "running", "done", "failed"]
JOB_STATES: dict[JobState, str] = {"waiting": "排队中", "running": "正在核对", "done": "做好了", "failed": "没有做成"}


class Counted(BaseModel):
    """One bar of a chart."""

    id: str
    label: str
    count: int


class NearMiss(BaseModel):
    """A company that fails for one reason: the clause, and how far off its figures are (empty where no figure is)."""

    name: str
    row: int
    failing: str
    gap: str


class TitleResult(BaseModel):
    """One title: companies by outcome, reasons and missing facts by frequency, the nearest misses."""

    title: str
    standard: str
    outcomes: list[Counted]
    failing: list[Counted]
    missing: list[Counted]
    near: list[NearMiss]


class ScreeningResult(BaseModel):
    """What came out. ``notes`` says how the table was read."""

    companies: int
    titles: list[TitleResult]
    cells: list[Counted]
    notes: list[str]
    seconds: float


class Screening(BaseModel):
    """One screening. ``done`` of ``total`` companies (0: not known yet); ``until``: when it is deleted by itself.

    ``files``: what can be downloaded, xlsx and, where there is anything to say of single cells, cells.
    """

    id: str
    owner: str
    file: str
    titles: list[str]
    track: Track | None
    as_of: date
    state: JobState = "waiting"
    state_label: str = JOB_STATES["waiting"]
    what: str = ""
    done: int = 0
    total: int = 0
    started: datetime
    ended: datetime | None = None
    until: datetime
    problem: str = ""
    files: list[str] = []
    result: ScreeningResult | None = None
