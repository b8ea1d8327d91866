"""Judge the rows that the fast evaluator leaves in doubt, by the exact evaluator, and lay the answers over its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.batch.columns import facts_of_row
from assistant.batch.judged import NOT_MET, OUTCOMES, UNKNOWN
from assistant.batch.plan import VERDICTS, Plan
from assistant.criteria.check import check_against
from corpus.facts_models import load_dictionary

REST = "其他都达标"


@dataclass(frozen=True)
class Settled:
    """What the exact evaluator says of a row, in the codes and names of the plan."""

    outcome: int
    criteria: dict[str, int]
    missing: tuple[str, ...]

    @property
    def failing(self) -> int:
        """Mask of the criteria that are not met."""
        return _mask(code == NOT_MET for code in self.criteria.values())

    @property
    def unknown(self) -> int:
        """Mask of the criteria that are unknown."""
        return _mask(code == UNKNOWN for code in self.criteria.values())


def settle(row: Mapping[str, object], plan: Plan) -> Settled:
    """The exact verdict of a row (column → cell)."""
    verdict = exact_verdict(row, plan)
    criteria = {one.id: OUTCOMES.index(one.outcome) for one in verdict.criteria}
    return Settled(VERDICTS.index(verdict.outcome), criteria, missing_of(verdict, plan.missing_names))


def exact_verdict(row: Mapping[str, object], plan: Plan) -> Verdict:
    """The whole verdict of a row, with its reasons."""
    cells = {column: row[column] for column in plan.columns}
    return check_against(
        plan.standard,
        facts_of_row(cells, load_dictionary()),
        track=plan.track,
        as_of=plan.as_of,
        round_year=plan.round_year,
        rest_affirmed=REST if plan.rest else None,
        place=plan.place,
    )


def missing_of(verdict: Verdict, order: list[str]) -> tuple[str, ...]:
    """What is missing in a verdict that needs information, in the plan's order."""
    if verdict.outcome != "needs_info":
        return ()
    found = dict.fromkeys(name for one in verdict.criteria for name in one.missing)
    place = {name: n for n, name in enumerate(order)}
    return tuple(sorted(found, key=lambda name: place.get(name, len(order))))


def _mask(flags: Iterable[bool]) -> int:
    return sum(1 << n for n, flag in enumerate(flags) if flag)
