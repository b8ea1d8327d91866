"""What goes into the list of duties and what comes out of it."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.duty_models import DutyKind, Scope, Sureness
from corpus.models import Title

Status = Literal[
    "overdue",
    "due_soon",
    "upcoming",
    "unconfirmed",
    "done",
    "needs_info",
    "open",
    "running",
    "lifted",
    "covered",
    "past",
]
Standing = Literal["valid", "expired", "not_yet", "cancelled", "unknown"]
STATUS = {
    "overdue": "已过期限",
    "due_soon": "快到了",
    "upcoming": "还没到",
    "unconfirmed": "日子已过，请核对办了没有",
    "done": "已办",
    "needs_info": "还缺信息",
    "open": "要人来判断",
    "running": "禁报期内",
    "lifted": "可以再报",
    "covered": "不用另办",
    "past": "已经过去",
}
KINDS = {
    "update": "年度更新", "report": "变化报告", "review": "复核", "lapse": "到期失效", "risk": "取消风险", "ban": "禁报期",
}  # fmt: skip
MISSED = {
    "update": "没做会怎样", "report": "没做会怎样", "review": "没做会怎样", "lapse": "之后", "risk": "怎么办", "ban": "例外",
}  # fmt: skip
"""What the sentence ``missed`` of each kind is about."""
RANK: tuple[Title, ...] = ("小巨人", "专精特新", "创新型", "科技型")
"""The titles from the highest to the lowest."""


class Frozen(BaseModel):
    """Values that do not change once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Holding(Frozen):
    """A title that the company holds or held. ``how`` says how a day was read where only its month was said;
    ``standard`` names the standard it was granted under."""

    title: Title
    granted: datetime.date | None = None
    expires: datetime.date | None = None
    standard: str = ""
    how: str = ""


class Event(Frozen):
    """Something that happened (``kind`` of events.yaml). ``also``: kinds that came with it; ``reported``: the day on
    which it was reported; ``title``: the only title that it is about; ``scope``: how far a move goes."""

    kind: str
    date: datetime.date
    note: str = ""
    title: Title | None = None
    also: tuple[str, ...] = ()
    reported: datetime.date | None = None
    scope: Scope = "unknown"
    grade: Literal["larger", "major", "minor", "unknown"] = "unknown"
    cause: str | None = None
    how: str = ""


class Profile(Frozen):
    """The company: its titles, what happened, where it is (full name of a place)."""

    titles: tuple[Holding, ...]
    events: tuple[Event, ...] = ()
    place: str = "上海市"


class Duty(Frozen):
    """One thing to do or to know. ``date`` is the last day (None where it cannot be worked out), ``from_date`` the
    first sensible one; ``basis`` says how the day was worked out, ``confirm`` what has to be asked because the
    documents leave it open; ``verify``: the source is not at hand, 待核对原文."""

    id: str
    rule: str
    kind: DutyKind
    title: Title
    date: datetime.date | None
    from_date: datetime.date | None = None
    status: Status
    summary: str
    what: str
    where: str = ""
    whom: str
    missed: str
    basis: str
    confirm: list[str] = []
    notes: list[str] = []
    refs: list[str] = []
    clauses: list[str] = []
    confidence: Sureness = "H"
    verify: bool = False

    @property
    def status_label(self) -> str:
        """The status in Chinese."""
        return STATUS[self.status]


class TitleState(Frozen):
    """How a title stands on the day: ``end`` is its last day, ``basis`` how that is known."""

    title: Title
    state: Standing
    start: datetime.date | None = None
    end: datetime.date | None = None
    basis: str = ""
    notes: list[str] = []


class Question(Frozen):
    """What is still to be asked, and the title it is about."""

    about: str
    question: str


class DutyList(Frozen):
    """Everything dated, the earliest first; what has no date stands last."""

    as_of: datetime.date
    place: str
    titles: list[TitleState]
    duties: list[Duty]
    questions: list[Question] = []
    notes: list[str] = []
    disclaimer: str = ""
