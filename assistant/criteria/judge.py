"""From the traces of one criterion to its outcome: met, not_met, unknown, exempt, declared or manual."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.answer import Outcome
from assistant.criteria.affirm import affirm
from assistant.criteria.derive import Table
from assistant.criteria.exact import NO, UNKNOWN, YES, Trace, evaluate
from assistant.criteria.tree import bind
from corpus.criteria_models import Criterion, Standard, Track
from corpus.criteria_tree import Compare, NotExamined

PASSING: frozenset[Outcome] = frozenset({"met", "exempt", "declared", "manual"})


@dataclass(frozen=True)
class Judged:
    """One criterion for one track: its outcome with the traces that it rests on."""

    criterion: Criterion
    track: Track
    outcome: Outcome
    test: Trace
    exemption: Trace | None = None
    remarks: tuple[str, ...] = ()

    @property
    def value(self) -> int:
        """0 not met, 1 unknown, 2 nothing stands in the way."""
        return YES if self.outcome in PASSING else (NO if self.outcome == "not_met" else UNKNOWN)

    @property
    def leaves(self) -> list[Trace]:
        """The leaves of test and exemption."""
        return [*self.test.leaves(), *(self.exemption.leaves() if self.exemption else [])]

    @property
    def covered(self) -> bool:
        """Whether it passes only by the asker's "everything else is met"."""
        return self.value == YES and self.test.covered and self.outcome != "exempt"


def judge(
    criterion: Criterion,
    table: Table,
    *,
    track: Track,
    round_year: int,
    rest: bool = False,
    affirmed: Collection[str] = (),
) -> Judged:
    """Judge one criterion. ``rest``: the asker said that everything else is met; ``affirmed``: that these facts are."""
    test = evaluate(bind(criterion.test, track=track, round_year=round_year), table)
    exemption = None
    if criterion.exempt_if is not None:
        exemption = evaluate(bind(criterion.exempt_if, track=track, round_year=round_year), table)
    if rest:
        test = affirm(test)
    elif affirmed:
        test = affirm(test, frozenset(affirmed))
    remarks = tuple(
        remark.note
        for remark in criterion.remarks
        if evaluate(bind(remark.when, track=track, round_year=round_year), table).value == YES
    )
    return Judged(criterion, track, _outcome(criterion, test, exemption), test, exemption, remarks)


def _outcome(criterion: Criterion, test: Trace, exemption: Trace | None) -> Outcome:
    if (exemption is not None and exemption.value == YES) or isinstance(test.node, NotExamined):
        return "exempt"
    if test.value == NO:
        return "not_met" if exemption is None or exemption.value == NO else "unknown"
    if test.value == UNKNOWN:
        return "unknown"
    match criterion.basis:
        case "manual":
            return "manual"
        case "declared":
            return "declared"
        case "declared_unless_said":
            return "met" if _settled_by_figures(test) else "declared"
    return "met"


def _settled_by_figures(test: Trace) -> bool:
    """Whether every part was said, and figures among it."""
    figures = any(
        isinstance(leaf.node, Compare) and leaf.value == YES and leaf.known is not None and not leaf.known.assumed
        for leaf in test.tests()
    )
    return figures and not test.covered


def judge_all(
    standard: Standard,
    table: Table,
    *,
    track: Track,
    round_year: int,
    rest: bool = False,
    affirmed: Collection[str] = (),
) -> dict[str, Judged]:
    """Every criterion of the standard by id, in its order."""
    return {
        c.id: judge(c, table, track=track, round_year=round_year, rest=rest, affirmed=affirmed)
        for c in standard.criteria
    }
