"""What hangs on an event: reports within three months, and events for which a title is taken away."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.duties.dates import months_after
from assistant.duties.make import Case, make, ruled
from assistant.duties.model import Duty, Event, Status
from assistant.duties.validity import Term
from corpus.duty_models import DutyRule, Trigger
from corpus.validity import chinese_date


def on_events(case: Case, rule: DutyRule, term: Term) -> Iterator[Duty]:
    """A duty for every event of the validity that the rule speaks of."""
    if rule.on is None:
        return
    for event in case.events_of(term, *rule.on.events):
        if not (ruled(rule, event.date) and term.holds_on(event.date) and _meant(case, rule.on, event, term)):
            continue
        if rule.when.months:
            yield _report(case, rule, term, event, rule.when.months)
        elif not term.cancelled or term.cancelled < event.date:
            yield _risk(case, rule, term, event)


def _meant(case: Case, on: Trigger, event: Event, term: Term) -> bool:
    if on.alone is not None and on.alone != (not spoiled(case, event, term)):
        return False
    if on.scope and event.scope not in on.scope:
        return False
    return not on.grades or event.grade in on.grades


def spoiled(case: Case, event: Event, term: Term) -> list[str]:
    """What came with a renaming, on the same day or said to belong to it, so that it is no simple one."""
    together = [*event.also, *(e.kind for e in case.profile.events if e.date == event.date and e is not event)]
    kinds = [kind for kind in dict.fromkeys(together) if case.rules.events[kind].spoils_renaming]
    return [case.label(kind) for kind in kinds]


def _report(case: Case, rule: DutyRule, term: Term, event: Event, months: int) -> Duty:
    counted = months_after(event.date, months)
    day, basis = counted.day, f"{case.label(event.kind)}：{counted.how}"
    notes = [event.how] if event.how else []
    if term.end and day > term.end:
        day = term.end
        notes.append(f"称号{chinese_date(term.end)}到期，早于三个月期满，要赶在到期前办。")
    if came := spoiled(case, event, term) if event.kind == "renaming" else []:
        notes.append(f"更名时还有：{'、'.join(came)}。")
    status: Status = case.due(day)
    if event.reported:
        status = "done"
        late = event.reported > counted.day
        notes.append(f"{chinese_date(event.reported)}已经办了{'，晚于三个月，后果请向主管部门问清' if late else ''}。")
    elif status == "overdue":
        notes.append("期限已过，请马上补办并向主管部门说明。")
    key = f"{event.kind}-{event.date.isoformat()}"
    return make(
        case, rule, term, key=key, day=day, from_date=min(event.date, day), status=status, basis=basis, notes=notes
    )


def _risk(case: Case, rule: DutyRule, term: Term, event: Event) -> Duty:
    label = case.label(event.kind)
    notes = [event.how] if event.how else []
    if event.kind == "accident" and event.grade == "unknown":
        notes.append("事故等级还不知道，请补上。")
    return make(
        case, rule, term, key=f"{event.kind}-{event.date.isoformat()}", day=event.date, status="open",
        basis=f"{label}，发生在{chinese_date(event.date)}，还没有说是否已被取消", notes=notes,
    )  # fmt: skip
