"""The calendar file, read back by its own library and line by line as the format (RFC 5545) wants it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from duties_made import INNOVATIVE, XJR, ZJTX, listed

from assistant.duties import DutyList
from assistant.duties.calendar import calendar, dated, uid

STAMP = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> DutyList:
    """A company with three titles and something that happened."""
    return listed(XJR, ZJTX, INNOVATIVE, events=[{"kind": "更名", "date": "2026-10-08"}])


def unfolded(raw: bytes) -> list[str]:
    """The content lines of a calendar file, folding undone."""
    return raw.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def value(lines: list[str], name: str) -> list[str]:
    """The values of a property, with the format's escapes undone."""
    found = [line.partition(":")[2] for line in lines if line.split(":")[0].split(";")[0] == name]
    return [
        one.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") for one in found
    ]  # fmt: skip


def test_the_library_reads_back_every_duty(found: DutyList) -> None:
    read = icalendar.Calendar.from_ical(calendar(found, stamp=STAMP))
    entries = {str(event["uid"]): event for event in read.walk("VEVENT")}
    shown = dated(found.duties)
    assert shown
    assert len(entries) == len(shown)
    for duty in shown:
        event = entries[uid(duty)]
        assert duty.date is not None
        assert event.decoded("dtstart") == duty.date
        assert event.decoded("dtend") == duty.date + timedelta(days=1)
        assert event.decoded("dtstamp") == STAMP
        assert duty.title in str(event["summary"])
        for part in (duty.what, duty.missed, duty.basis, *duty.clauses, *duty.confirm):
            assert part in str(event["description"])
        assert duty.title in [str(c) for c in event["categories"].cats]
        alarms = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert alarms == [timedelta(days=-30), timedelta(days=-7)]
    assert not read.errors
    assert not any(event.errors for event in entries.values())


def test_line_by_line(found: DutyList) -> None:
    raw = calendar(found, stamp=STAMP)
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # folded between characters, never inside one
    lines = unfolded(raw)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert value(lines, "VERSION") == ["2.0"]
    assert value(lines, "PRODID")
    shown = dated(found.duties)
    assert value(lines, "UID") == [uid(duty) for duty in shown]
    assert value(lines, "DTSTART") == [f"{duty.date:%Y%m%d}" for duty in shown]
    assert lines.count("BEGIN:VALARM") == 2 * len(shown) == 2 * lines.count("END:VEVENT")
    assert all(line.startswith("DTSTART;VALUE=DATE:") for line in lines if line.startswith("DTSTART"))
    described = [text for text in value(lines, "DESCRIPTION") if text.startswith(("要做", "事项"))]
    assert [text.split("\n")[0].partition("：")[2] for text in described] == [duty.what for duty in shown]


def test_uids_last_and_differ(found: DutyList) -> None:
    again = listed(XJR, ZJTX, INNOVATIVE, as_of=date(2026, 12, 20))
    same = {duty.id: uid(duty) for duty in found.duties}
    assert len(set(same.values())) == len(same)
    later = {duty.id: uid(duty) for duty in again.duties}
    assert set(later) & set(same)
    assert all(same[key] == later[key] for key in set(later) & set(same))


def test_what_is_done_or_has_no_date_is_left_out() -> None:
    found = listed({"title": "专精特新"}, events=[{"kind": "已更新", "date": "2026-04-10"}])
    left = {duty.status for duty in found.duties if duty not in dated(found.duties)}
    assert left == {"done", "needs_info"}


def test_an_empty_list_is_still_a_calendar() -> None:
    read = icalendar.Calendar.from_ical(calendar(listed()))
    assert read.walk("VEVENT") == []
