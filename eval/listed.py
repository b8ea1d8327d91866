"""What a check-up or a list of duties came to, as the turn's trace holds it, and the checks on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from eval.questions_model import JUDGED_ON, Gold


class Listed(BaseModel):
    """``rows`` maps a benefit to its status, ``days`` a rule of duties to all its days."""

    rows: dict[str, str] = {}
    days: dict[str, list[date]] = {}


NOTHING = Listed()


def listed(trace: Iterable[Mapping[str, Any]]) -> Listed:
    """The statuses and days that the steps recorded."""
    found = Listed()
    for entry in trace:
        if entry["step"] == "checkup":
            found = found.model_copy(update={"rows": entry["statuses"]})
        if entry["step"] == "duties":
            days = {rule: [date.fromisoformat(day) for day in said] for rule, said in entry["days"].items()}
            found = found.model_copy(update={"days": days})
    return found


def list_checks(question: Gold, found: Listed) -> list[tuple[str, bool, str]]:
    """Name, result and complaint of each check of a check-up or a list of duties."""
    checks = []
    if question.rows:
        rows = [(name, found.rows.get(name, "absent"), wanted) for name, wanted in question.rows.items()]
        wrong = [f"{name} 应为 {'或'.join(wanted)}，实为 {was}" for name, was, wanted in rows if was not in wanted]
        checks.append(("rows", not wrong, "；".join(wrong)))
    if question.duties or question.no_duties:
        lost = [f"{rule} {day}" for rule, day in question.duties.items() if day not in found.days.get(rule, [])]
        today = question.as_of or JUDGED_ON
        extra = [rule for rule in question.no_duties if any(day >= today for day in found.days.get(rule, []))]
        why = [f"没有列出 {'、'.join(lost)}" if lost else "", f"不该有 {'、'.join(extra)}" if extra else ""]
        checks.append(("duties", not (lost or extra), "；".join(part for part in why if part)))
    return checks
