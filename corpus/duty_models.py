"""Duties of companies that hold a title, as data: what is due, by which date rule, and what follows when it is missed.

``duties/events.yaml`` names the events that a duty may depend on; every other file of ``duties/`` holds rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from corpus.load import ROOT, CorpusError, read_yaml
from corpus.models import DocumentId, InForce, Model, Ref, Title

DutyKind = Literal["update", "report", "review", "lapse", "risk", "ban"]
Sureness = Literal["H", "M", "L", "K"]
"""How sure the source is: H read in the document itself; K general knowledge that no document at hand states."""
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Scope = Literal["cross_province", "within_province", "unknown"]
EventGroup = Literal["change", "incident", "upkeep", "cancellation", "repair"]


class EventEntry(Model):
    """A kind of event, by its Chinese ``label``; ``called`` are other names for it. ``spoils_renaming``: with it at the same time a new name is no simple
    renaming. ``cause``: may be why a title was cancelled."""

    id: str
    label: str
    called: tuple[str, ...] = ()
    group: EventGroup
    spoils_renaming: bool = False
    cause: bool = False


class When(Model):
    """By when; exactly one of these. ``yearly``: each year on that day, within validity. ``at_expiry``: the last day of
    validity, with ``quarter`` the quarter in which rounds are held. ``months``: so many months after the event.
    ``years``: so many years after the event. ``on_event``: the day of the event itself.
    """

    yearly: MonthDay | None = None
    at_expiry: bool = False
    quarter: int | None = Field(default=None, ge=1, le=4)
    months: int | None = Field(default=None, ge=1)
    years: int | None = Field(default=None, ge=1)
    on_event: bool = False

    @model_validator(mode="after")
    def _one(self) -> When:
        rules = [self.yearly, self.at_expiry, self.months, self.years, self.on_event]
        if sum(bool(rule) for rule in rules) != 1:
            raise ValueError("yearly、at_expiry、months、years、on_event 要写一个，也只能写一个")
        if self.quarter and not self.at_expiry:
            raise ValueError("quarter 只能和 at_expiry 一起写")
        return self

    @property
    def month_day(self) -> tuple[int, int]:
        """Month and day of a yearly rule."""
        month, day = (self.yearly or "").split("-")
        return int(month), int(day)


class Trigger(Model):
    """The events that bring a duty about. ``alone``: a renaming without (true) or with (false) another change;
    ``scope``: how far a move goes; ``causes``: why the title was cancelled; ``grades``: of an accident."""

    events: tuple[str, ...] = Field(min_length=1)
    alone: bool | None = None
    scope: tuple[Scope, ...] = ()
    causes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


class Overlap(Model):
    """Another rule that sets another date for the same thing; ``note`` says which two, and that neither is settled."""

    with_: str = Field(alias="with")
    note: str


class Miss(Model):
    """What follows when the yearly update was missed ``count`` times within one validity."""

    count: int = Field(ge=1)
    then: str


class WayOut(Model):
    """A way out of a ban: all of ``needs`` have happened. ``for_causes``: the causes that it was written for."""

    label: str
    needs: tuple[str, ...] = Field(min_length=1)
    for_causes: tuple[str, ...] = ()


class DutyRule(Model):
    """One duty. ``place``: where it holds. ``from``/``until`` of ``in_force`` bound the day of the event or deadline.

    ``open``: what the documents leave open and has to be asked; ``person``: causes where only a person can say
    whether an exception fits; ``granted_before``: only for validities begun before that day; ``lower``: said where
    the company holds a higher title; with ``replaced`` that one's review stands for this one.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    kind: DutyKind
    titles: tuple[Title, ...] = Field(min_length=1)
    place: str
    in_force: InForce = InForce()
    when: When
    on: Trigger | None = None
    granted_before: date | None = None
    summary: str
    what: str
    where: str = ""
    whom: str
    missed: str
    misses: tuple[Miss, ...] = ()
    exceptions: tuple[WayOut, ...] = ()
    person: dict[str, str] = Field(default_factory=dict)
    overlap: Overlap | None = None
    lower: str = ""
    replaced: bool = False
    open: str = ""
    refs: tuple[Ref, ...] = ()
    document: DocumentId | None = None
    confidence: Sureness = "H"

    @model_validator(mode="after")
    def _whole(self) -> DutyRule:
        if bool(self.on) != bool(self.when.months or self.when.years or self.when.on_event):
            raise ValueError("由事件引起的事项要写 on，其他的不能写")
        if not self.refs and self.confidence != "K":
            raise ValueError("没有条款的事项，confidence 只能是 K")
        return self

    def sentences(self) -> Iterator[str]:
        """Every sentence that rests on the clauses of ``refs``."""
        yield from (self.summary, self.what, self.missed, self.lower, self.open, *self.person.values())
        yield from (miss.then for miss in self.misses)
        if self.overlap:
            yield self.overlap.note


class Validity(Model):
    """How long a title is valid: ``years`` from the day it was granted, or to ``until`` (MM-DD) of the next year.

    ``earlier`` is said of titles granted before ``changed``.
    """

    titles: tuple[Title, ...] = Field(min_length=1)
    place: str
    years: int | None = None
    until: MonthDay | None = None
    changed: date | None = None
    earlier: str = ""
    refs: tuple[Ref, ...] = ()
    confidence: Sureness = "H"

    @model_validator(mode="after")
    def _one(self) -> Validity:
        if bool(self.years) == bool(self.until):
            raise ValueError("years 和 until 要写一个，也只能写一个")
        return self


class DutyFile(Model):
    """One file of rules."""

    validity: tuple[Validity, ...] = ()
    duties: tuple[DutyRule, ...] = ()


class Duties(Model):
    """All rules, and the events by id."""

    events: dict[str, EventEntry]
    validity: tuple[Validity, ...]
    rules: tuple[DutyRule, ...]


@cache
def load_duties(root: Path = ROOT) -> Duties:
    """Read ``duties/``. Raises CorpusError for an id that is used twice, or an event or rule that is not there."""
    folder = root / "duties"
    entries: list[EventEntry] = read_yaml(folder / "events.yaml", list[EventEntry])
    events = {entry.id: entry for entry in entries}
    if len(events) != len(entries):
        raise CorpusError("语料文件 duties/events.yaml 里有的事件编号写了两次，只能留一个。")
    rules: dict[str, DutyRule] = {}
    validity: list[Validity] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "events.yaml":
            continue
        file: DutyFile = read_yaml(path, DutyFile)
        validity += file.validity
        for rule in file.duties:
            if rule.id in rules:
                raise CorpusError(f"语料文件 duties/{path.name} 里的事项 {rule.id} 写了两次，只能留一个。")
            rules[rule.id] = rule
    for rule in rules.values():
        if unknown := [name for name in _events_of(rule) if name not in events]:
            raise CorpusError(f"duties 里的 {rule.id} 用到的事件 {'、'.join(unknown)} 不在 events.yaml 里。")
        if rule.overlap and rule.overlap.with_ not in rules:
            raise CorpusError(f"duties 里的 {rule.id} 提到的事项 {rule.overlap.with_} 不存在。")
    return Duties(events=events, validity=tuple(validity), rules=tuple(rules.values()))


def _events_of(rule: DutyRule) -> Iterator[str]:
    if rule.on:
        yield from (*rule.on.events, *rule.on.causes)
    for way in rule.exceptions:
        yield from (*way.needs, *way.for_causes)
    yield from rule.person
