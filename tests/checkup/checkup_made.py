"""Short ways to check a company up in tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from assistant.checkup import BenefitRow, CheckUp, checkup
from assistant.criteria import facts_from_mapping
from corpus.load import Corpus, load_corpus

TODAY = date(2026, 11, 21)


@cache
def shipped() -> Corpus:
    """The corpus as it ships."""
    return load_corpus()


def run(data: dict[str, Any], *, as_of: date = TODAY, place: str = "上海市", **more: Any) -> CheckUp:
    """The check-up of a mapping of facts."""
    facts, problems = facts_from_mapping(data, last_year=as_of.year - 1)
    return checkup(facts, as_of=as_of, place=place, problems=problems, corpus=shipped(), **more)


def row(report: CheckUp, benefit: str) -> BenefitRow:
    """The row of one benefit."""
    return next(one for one in report.benefits if one.id == benefit)


def status(report: CheckUp) -> dict[str, str]:
    """Benefit → status."""
    return {one.id: one.status for one in report.benefits}


def asked(report: CheckUp, benefit: str) -> list[str]:
    """The facts that a row still needs."""
    return [missing.fact for missing in row(report, benefit).missing]
