"""A made company before the checker: its verdict, and whether anything in it hangs on what was only assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answer import Verdict
from assistant.criteria.cases import AFTER_THE_DATE
from assistant.criteria.check import check_against
from assistant.criteria.derive import build
from assistant.criteria.judge import Judged, judge_all
from assistant.criteria.local import in_place
from assistant.criteria.table import Table
from assistant.facts.values import Facts
from corpus.criteria_models import Standard, Track
from corpus.criteria_tree import Reading, terms
from corpus.facts_models import load_dictionary


@dataclass(frozen=True)
class Setting:
    """Against what a company is checked."""

    standard: Standard
    track: Track
    place: str

    @property
    def round(self) -> int:
        """The year of the round."""
        return self.standard.tests.round

    @property
    def local(self) -> Standard:
        """The standard as it holds in the place."""
        return in_place(self.standard, self.place)[0]


def verdict_of(facts: Facts, setting: Setting) -> Verdict:
    """The checker's verdict in the round of the standard's own tests."""
    return check_against(
        setting.standard, facts, track=setting.track, as_of=date(setting.round, *AFTER_THE_DATE),
        round_year=setting.round, place=setting.place,
    )  # fmt: skip


def judged_of(facts: Facts, setting: Setting) -> tuple[dict[str, Judged], Table]:
    """Every criterion with its trace."""
    standard = setting.local
    table = build(facts, load_dictionary(), problems=[], excluded=(), assume=standard.assume, round_year=setting.round)
    return judge_all(standard, table, track=setting.track, round_year=setting.round), table


def rests_on_assumptions(facts: Facts, setting: Setting) -> bool:
    """Whether something not said was taken for granted, or a second reading of the words decides otherwise."""
    judged, table = judged_of(facts, setting)
    looked_at = {term.key for one in judged.values() for leaf in one.leaves for term in terms(leaf.node)}
    if any(key in looked_at for key, _ in table.assumptions):
        return True
    return any(one.test.notes and _has_reading(one) for one in judged.values())


def _has_reading(one: Judged) -> bool:
    found = [one.test]
    while found:
        trace = found.pop()
        if isinstance(trace.node, Reading) and trace.notes:
            return True
        found.extend(trace.children)
    return False


def failing(verdict: Verdict) -> list[str]:
    """The ids of the criteria that are not met."""
    return [row.id for row in verdict.criteria if row.outcome == "not_met"]
