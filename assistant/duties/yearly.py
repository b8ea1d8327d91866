"""The yearly update: its dates within the validity, what was done or missed, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.duties.make import Case, make, ruled
from assistant.duties.model import Duty, Status
from assistant.duties.validity import Term
from corpus.duty_models import DutyRule
from corpus.validity import chinese_date

AHEAD = 3
"""Years after the day asked about that are listed: one validity."""


def yearly(case: Case, rule: DutyRule, term: Term) -> Iterator[Duty]:
    """The update's date in this year and, within the validity, in the next years; then what follows from misses."""
    month, day = rule.when.month_day
    basis = f"每年{month}月{day}日，落在有效期内的都列出"
    missed = _missed_years(case, rule, term)
    days = [date(case.as_of.year + ahead, month, day) for ahead in range(AHEAD + 1)]
    held = [one for one in days if ruled(rule, one) and term.holds_on(one)]
    if term.end is None:
        held = [one for one in held if one <= _next(case.as_of, month, day)]
        basis = f"每年{month}月{day}日；有效期还不知道，只列最近的"
    for one in held:
        status, notes = _status(case, term, one, missed)
        yield make(case, rule, term, key=one.isoformat(), day=one, status=status, basis=basis, notes=notes)
    yield from _consequence(case, rule, term, missed)


def _next(as_of: date, month: int, day: int) -> date:
    here = date(as_of.year, month, day)
    return here if here >= as_of else date(as_of.year + 1, month, day)


def _status(case: Case, term: Term, day: date, missed: list[date]) -> tuple[Status, list[str]]:
    done = [e.date for e in case.events_of(term, "updated") if e.date.year == day.year and e.date <= day]
    if done:
        return "done", [f"{chinese_date(done[-1])}已经更新。"]
    if day in missed:
        late = [e.date for e in case.events_of(term, "updated") if e.date.year == day.year]
        return "overdue", [f"{chinese_date(late[0])}才更新，已经过了这个日子。" if late else "这一年没有更新。"]
    notes = []
    if term.start and term.start.year == day.year:
        notes.append("称号是这一年认定的，当年要不要更新条文没有排除，请向主管部门确认。")
    return ("unconfirmed" if day < case.as_of else case.due(day)), notes


def _missed_years(case: Case, rule: DutyRule, term: Term) -> list[date]:
    """The dates within the validity that were let pass: by an event of its own, or by an update that came later."""
    month, day = rule.when.month_day
    missed = {e.date.year for e in case.events_of(term, "missed_update")}
    updates = [e.date for e in case.events_of(term, "updated")]
    in_time = {one.year for one in updates if (one.month, one.day) <= (month, day)}
    late = {one.year for one in updates} - in_time
    dates = [date(year, month, day) for year in sorted((missed | late) - in_time)]
    return [one for one in dates if term.holds_on(one) and one <= case.as_of]


def _consequence(case: Case, rule: DutyRule, term: Term, missed: list[date]) -> Iterator[Duty]:
    """What follows from the misses. Those before the rule was in force may or may not count: said, never decided."""
    counted = [one for one in missed if ruled(rule, one)]
    before = len(missed) - len(counted)
    reached = [miss for miss in rule.misses if miss.count <= len(counted)]
    if not missed or not rule.misses:
        return
    doubts = []
    if before:
        since = rule.in_force.from_
        start = chinese_date(since) if since else "施行"
        doubts.append(f"其中{before}次在{start}以前，算不算进累计次数，条文没有写，请向主管部门确认。")
    if term.start is None:
        doubts.append("次数按同一个有效期累计；有效期从哪天起还不知道，请先补上。")
    what = reached[-1].then if reached else f"国家办法施行以前有{before}次没有更新，后果要向主管部门确认。"
    days = "、".join(chinese_date(one) for one in missed)
    last = missed[-1]
    yield make(
        case, rule, term, key=f"missed-{last.isoformat()}", day=last, status="open", summary=f"漏更新的后果：{rule.summary}", what=what,
        basis=f"这个有效期里没有按时更新的有：{days}", confirm=doubts,
    )  # fmt: skip
