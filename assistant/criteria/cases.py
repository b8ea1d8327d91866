"""Run the tests that stand beside the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.answer import Verdict
from assistant.criteria.check import check_against
from assistant.criteria.explain import POINTS
from assistant.criteria.facts_file import facts_from_mapping
from corpus.criteria_models import Case, Standard

AFTER_THE_DATE = (11, 21)
REST = "其他都达标"


def company(standard: Standard, case: Case) -> dict[str, Any]:
    """The sample company of a case: the base one without what is taken away, with what is given."""
    base = {} if case.fresh else standard.tests.base
    data = {name: value for name, value in base.items() if name not in case.without}
    for name, value in case.given.items():
        before = data.get(name)
        data[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return data


def run_case(standard: Standard, case: Case) -> Verdict:
    """The verdict of a case."""
    facts, problems = facts_from_mapping(company(standard, case), last_year=standard.tests.round - 1)
    return check_against(
        standard,
        facts,
        track=case.track,
        as_of=date(standard.tests.round, *AFTER_THE_DATE),
        round_year=standard.tests.round,
        rest_affirmed=REST if case.rest else None,
        excluded=case.excluded,
        problems=problems,
    )


def complaints(standard: Standard, case: Case) -> list[str]:
    """What a case expects and does not get; empty where all is well."""
    verdict = run_case(standard, case)
    outcomes = {row.id: str(row.outcome) for row in verdict.criteria}
    asked = {missing.fact for missing in verdict.missing}
    found = [] if verdict.outcome == case.outcome else [f"结论是 {verdict.outcome}，应为 {case.outcome}"]
    found += [f"{i} 是 {outcomes.get(i)}，应为 {want}" for i, want in case.criteria.items() if outcomes.get(i) != want]
    found += _wrong_points(standard, case, verdict)
    return [*found, *(f"没有问 {fact}" for fact in case.asks if fact not in asked)]


def _wrong_points(standard: Standard, case: Case, verdict: Verdict) -> list[str]:
    labels = {item.id: item.label for item in standard.scores}
    shown = {name: words.partition("（")[0] for row in verdict.criteria for name, words in row.values.items()}
    wants = {i: (shown.get(f"{POINTS}{labels[i]}"), want) for i, want in case.points.items()}
    return [f"{labels[i]}得分是 {got}，应为 {want}" for i, (got, want) in wants.items() if got != want]
