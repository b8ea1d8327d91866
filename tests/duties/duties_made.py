"""Companies made for these tests, and their lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.duties import Duty, DutyList, duties
from assistant.duties.profile import profile_from_mapping

TODAY = date(2026, 11, 21)
ZJTX = {"title": "专精特新", "granted": "2024-06-15"}
XJR = {"title": "小巨人", "granted": "2025-07-01"}
INNOVATIVE = {"title": "创新型", "granted": "2025-09-01"}
HELD = {"专精特新": ZJTX, "小巨人": XJR, "创新型": INNOVATIVE}


def listed(
    *titles: dict[str, Any], events: list[dict[str, Any]] | None = None, place: str = "上海市", as_of: date = TODAY
) -> DutyList:
    """The list of a company with these titles and events, written as in a file of facts."""
    data = {"titles": list(titles), "events": events or []}
    return duties(profile_from_mapping(data, as_of=as_of, place=place), as_of=as_of)


def of_rule(found: DutyList, *rules: str) -> list[Duty]:
    """The duties of these rules, in the list's order."""
    return [duty for duty in found.duties if duty.rule in rules]


def one(found: DutyList, rule: str) -> Duty:
    """The only duty of a rule."""
    (duty,) = of_rule(found, rule)
    return duty


def rules(found: DutyList) -> set[str]:
    """The rules that are listed."""
    return {duty.rule for duty in found.duties}
