"""The years in which a cancelled title may not be applied for again, and the ways out that are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assistant.duties.dates import years_after
from assistant.duties.make import Case, make, ruled
from assistant.duties.model import Duty, Event, Status
from assistant.duties.validity import Term
from corpus.duty_models import DutyRule, WayOut
from corpus.validity import chinese_date


def bans(case: Case, rule: DutyRule, term: Term) -> Iterator[Duty]:
    """One entry for every cancellation that the rule may speak of."""
    if rule.on is None or rule.when.years is None:
        return
    for event in case.events_of(term, *rule.on.events):
        if not ruled(rule, event.date):
            continue
        if event.cause is not None and event.cause not in rule.on.causes:
            continue
        counted = years_after(event.date, rule.when.years)
        again = counted.day + timedelta(days=1)
        status, notes, confirm = _status(case, rule, term, event)
        if status == "running" and counted.day < case.as_of:
            status = "past"
        if status == "running" and not rule.exceptions:
            confirm.append(f"最早{chinese_date(again)}；写的是“至少”，到时先问主管部门。")
        yield make(
            case, rule, term, key=f"{event.kind}-{event.date.isoformat()}", day=counted.day, from_date=event.date,
            status=status, basis=f"{counted.how}；从哪天起算条文没有写，按取消认定那天算", notes=notes, confirm=confirm,
        )  # fmt: skip


def _status(case: Case, rule: DutyRule, term: Term, event: Event) -> tuple[Status, list[str], list[str]]:
    """The status, what is known of the ways out, and what is to be asked."""
    if event.cause is None:
        return "needs_info", [], ["因为什么被取消的？只有条文列出的情形才有禁报期。"]
    done = {e.kind for e in case.events_of(term, *_repairs(rule)) if event.date <= e.date <= case.as_of}
    notes, met = [], []
    for way in rule.exceptions:
        missing = [case.label(kind) for kind in way.needs if kind not in done]
        if not missing:
            met.append(way)
        elif len(missing) < len(way.needs):
            notes.append(f"“{way.label}”要两样都做到，还差：{'、'.join(missing)}。")
    if not met:
        return "running", notes, []
    return _met(case, rule, event, met, notes)


def _met(
    case: Case, rule: DutyRule, event: Event, met: list[WayOut], notes: list[str]
) -> tuple[Status, list[str], list[str]]:
    cause = event.cause or ""
    if cause in rule.person:
        return "open", notes, [rule.person[cause]]
    fitting = [way for way in met if cause in way.for_causes]
    if fitting:
        return "lifted", [*notes, f"“{fitting[0].label}”已经做到，3年内可以再次申报。"], []
    label = "、".join(way.label for way in met)
    return "running", notes, [f"取消的原因是{case.label(cause)}，已经做到的是“{label}”，对不对得上请向认定部门问清。"]


def _repairs(rule: DutyRule) -> list[str]:
    return [kind for way in rule.exceptions for kind in way.needs]
