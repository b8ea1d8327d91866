"""The list of duties as an iCalendar file (RFC 5545): one all-day event per dated duty, with two reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import icalendar

from assistant.duties.model import KINDS, MISSED, Duty, DutyList

REMIND = (30, 7)
"""Days before the date on which the calendar reminds."""
SHOWN = {"overdue", "due_soon", "upcoming", "unconfirmed", "open", "running", "needs_info"}
PRODUCT = "-//Tiaoli//duties//ZH"


def calendar(found: DutyList, *, stamp: datetime | None = None) -> bytes:
    """The calendar as a file. ``stamp`` is the moment of writing (default: now). What is done, over or not to be done
    is left out; the same duty keeps its UID in every file, so that importing twice adds nothing."""
    cal = icalendar.Calendar()
    cal.add("prodid", PRODUCT)
    cal.add("version", "2.0")
    cal.add("calscale", "GREGORIAN")
    cal.add("x-wr-calname", "条理：称号的期限和事项")
    moment = (stamp or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    for duty in dated(found.duties):
        cal.add_component(_event(duty, moment, found.disclaimer))
    written: bytes = cal.to_ical()
    return written


def dated(duties: Iterable[Duty]) -> list[Duty]:
    """The duties that get an entry."""
    return [duty for duty in duties if duty.date is not None and duty.status in SHOWN]


def uid(duty: Duty) -> str:
    """The lasting id of a duty's entry."""
    return f"{uuid5(NAMESPACE_URL, f'tiaoli:duty:{duty.id}')}@tiaoli"


def _event(duty: Duty, moment: datetime, disclaimer: str) -> icalendar.Event:
    assert duty.date is not None
    summary = f"【{duty.title}】{duty.summary}"
    event = icalendar.Event()
    event.add("uid", uid(duty))
    event.add("dtstamp", moment)
    event.add("dtstart", duty.date)
    event.add("dtend", duty.date + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join([*describe(duty), disclaimer]))
    event.add("categories", ["条理", duty.title, KINDS[duty.kind]])
    event.add("transp", "TRANSPARENT")
    for days in REMIND:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-days))
        alarm.add("description", f"还有{days}天：{summary}")
        event.add_component(alarm)
    return event


def describe(duty: Duty) -> list[str]:
    """A duty in lines: what, where, whom, what follows when it is missed, the clauses, how the day was worked out."""
    lines = [
        ("事项" if duty.kind in ("lapse", "risk", "ban") else "要做", duty.what),
        ("在哪里", duty.where),
        ("问谁", duty.whom),
        (MISSED[duty.kind], duty.missed),
        ("依据", "、".join(duty.clauses)),
        ("日期怎么来的", duty.basis),
        ("要确认", "".join(duty.confirm)),
        ("说明", "".join(duty.notes)),
        ("来源", "待核对原文" if duty.verify else ""),
    ]
    return [f"{name}：{text}" for name, text in lines if text]
