"""Short ways to check a company in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.answer import Verdict
from assistant.criteria import check, facts_from_mapping
from assistant.criteria.derive import Table, build
from corpus.criteria_models import Standard, load_standards
from corpus.facts_models import load_dictionary

TODAY = date(2026, 11, 21)
REST = "其他都达标"
STANDARDS: dict[str, Standard] = {standard.id: standard for standard in load_standards()}


def run(title: str, data: dict[str, Any], *, rest: bool = False, as_of: date = TODAY, **more: Any) -> Verdict:
    """The verdict for a mapping of facts; ``rest``: everything else is said to be met."""
    facts, problems = facts_from_mapping(data, last_year=more.get("round_year", as_of.year) - 1)
    return check(title, facts, as_of=as_of, rest_affirmed=REST if rest else None, problems=problems, **more)


def outcomes(verdict: Verdict) -> dict[str, str]:
    """Criterion → outcome."""
    return {row.id: row.outcome for row in verdict.criteria}


def row(verdict: Verdict, criterion: str) -> Any:
    """The row of one criterion."""
    return next(one for one in verdict.criteria if one.id == criterion)


def asked(verdict: Verdict) -> list[str]:
    """The facts that are asked for, in order."""
    return [missing.fact for missing in verdict.missing]


def table(data: dict[str, Any], **more: Any) -> Table:
    """What is known from a mapping of facts, nothing taken for granted."""
    facts, problems = facts_from_mapping(data, last_year=2025)
    return build(facts, load_dictionary(), problems=problems, round_year=2026, **more)


def passing(standard: str) -> dict[str, Any]:
    """A copy of the standard's sample company, which passes."""
    base = STANDARDS[standard].tests.base
    return {name: dict(value) if isinstance(value, dict) else value for name, value in base.items()}
