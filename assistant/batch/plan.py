"""Compile a standard for the columns that a frame has: one list of steps that both back ends run.

``compile_plan`` binds the standard's trees to track and round, runs the links between facts over the columns (see
``links``), compiles the criteria (``judged``) and keeps only the steps that a result hangs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.batch.bounds import impossible
from assistant.batch.columns import fact_columns
from assistant.batch.judged import DECLARED, EXEMPT, MANUAL, MET, NOT_MET, OUTCOMES, UNKNOWN, Compiler
from assistant.batch.known import Known
from assistant.batch.links import Links
from assistant.batch.nodes import Node
from assistant.batch.steps import Ref, Step, Steps
from assistant.criteria.local import in_place
from assistant.criteria.tree import bind
from assistant.criteria.words import name_of
from corpus.criteria_models import Criterion, Standard, Track
from corpus.criteria_tree import Compare, NotExamined, Part
from corpus.facts_models import load_dictionary

VERDICTS = ("not_eligible", "needs_info", "eligible", "invalid_input")
"""Codes of the outcome of a company, by their place; the last only comes from the exact evaluator."""
AT_ONCE = 60
"""Flags in one integer."""
BASES = {"computed": MET, "declared": DECLARED, "manual": MANUAL}


@dataclass(frozen=True)
class LeafRef:
    """A leaf of a criterion's test (or exemption): its bound node and the step of its value."""

    criterion: str
    node: Part
    value: Ref


@dataclass(frozen=True)
class Plan:
    """What to calculate for every company, and which steps hold the results.

    ``doubt`` flags the rows that only the exact evaluator can judge. ``failing`` and ``unknown`` are masks over
    ``criteria``, ``missing`` masks over ``missing_keys``, 60 to a mask.
    """

    standard: Standard
    track: Track | None
    round_year: int
    as_of: date
    rest: bool
    place: str | None
    columns: tuple[str, ...]
    steps: tuple[Step, ...]
    outcome: Ref
    doubt: Ref
    criteria: dict[str, Ref]
    failing: Ref
    unknown: Ref
    missing: tuple[Ref, ...]
    missing_keys: tuple[str, ...]
    leaves: tuple[LeafRef, ...]

    @property
    def clauses(self) -> list[str]:
        """The clause of every criterion, in order."""
        return [criterion.clause for criterion in self.standard.criteria]

    @property
    def missing_names(self) -> list[str]:
        """The keys that may be missing, as people read them: 营业收入（2025年）."""
        dictionary = load_dictionary()
        return [name_of(key, dictionary) for key in self.missing_keys]

    def results(self) -> list[Ref]:
        """Every step that holds a result."""
        return [self.outcome, self.doubt, self.failing, self.unknown, *self.missing, *self.criteria.values()]


@dataclass(frozen=True)
class _Judged:
    """One criterion for one track: its code, whether it passes or fails (never null), what is missing while unknown."""

    code: Ref
    passed: Ref
    failed: Ref
    missing: dict[str, Ref]
    leaves: tuple[LeafRef, ...]


def compile_plan(
    standard: Standard,
    track: Track | None,
    round_year: int,
    columns: Iterable[str],
    *,
    as_of: date | None = None,
    rest: bool = False,
    place: str | None = None,
) -> Plan:
    """The plan for frames with these ``columns`` (fact keys; other names are passed over).

    ``track`` None judges both tracks: a criterion on which they differ is unknown. ``round_year`` is the year of the
    round, ``as_of`` today (default: the last day of that year): facts of later years are impossible. ``rest``: the
    companies say that everything else is met. ``place``: whose local criteria hold (default: Shanghai's).
    """
    keys = frozenset(fact_columns(columns, load_dictionary()))
    return _compile(_Id(standard), track, round_year, keys, as_of or date(round_year, 12, 31), rest, place)


class _Id:
    """A standard as a key: the same object is the same standard."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Id) and other.standard is self.standard

    def __hash__(self) -> int:
        return id(self.standard)


@lru_cache(maxsize=64)
def _compile(
    key: _Id,
    track: Track | None,
    round_year: int,
    columns: frozenset[str],
    as_of: date,
    rest: bool,
    place: str | None,
) -> Plan:
    steps = Steps()
    standard, _ = in_place(key.standard, place)
    known = Known(steps, load_dictionary(), columns)
    doubts = impossible(known, as_of)
    doubts += [known.said(fact) for fact in standard.score_facts.values() if fact in columns]
    compiler = Compiler(known, doubts)
    Links(known, round_year, lambda part: compiler.node(part).value, doubts).run(standard.assume)
    tracks: list[Track] = [track] if track else ["first", "review"]
    judged = [
        {c.id: _criterion(compiler, c, track=one, round_year=round_year, rest=rest) for c in standard.criteria}
        for one in tracks
    ]
    shown = judged[0] if track else _together(steps, *judged)
    refused, granted = _outcome(steps, judged)
    numbers = [steps.number(n, "code") for n in range(3)]
    outcome = steps.where(refused, numbers[0], steps.where(granted, numbers[2], numbers[1]))
    asks = steps.all([steps.negate(refused), steps.negate(granted)])
    open_keys = _wanted(steps, [one.missing for one in shown.values()], asks)
    masks = [list(open_keys.values())[n : n + AT_ONCE] for n in range(0, len(open_keys), AT_ONCE)]
    plan = Plan(
        standard=standard,
        track=track,
        round_year=round_year,
        as_of=as_of,
        rest=rest,
        place=place,
        columns=tuple(sorted(columns)),
        steps=tuple(steps.steps),
        outcome=outcome,
        doubt=steps.holds(steps.any(doubts)),
        criteria={i: one.code for i, one in shown.items()},
        failing=steps.mask([one.failed for one in shown.values()]),
        unknown=steps.mask([steps.all([steps.negate(one.passed), steps.negate(one.failed)]) for one in shown.values()]),
        missing=tuple(steps.mask(mask) for mask in masks),
        missing_keys=tuple(open_keys),
        leaves=tuple(leaf for one in judged[0].values() for leaf in one.leaves),
    )
    return _pruned(replace(plan, steps=tuple(steps.steps)))


def _criterion(compiler: Compiler, criterion: Criterion, *, track: Track, round_year: int, rest: bool) -> _Judged:
    steps = compiler.steps
    test = compiler.node(bind(criterion.test, track=track, round_year=round_year))
    exemption = None
    if criterion.exempt_if is not None:
        exemption = compiler.node(bind(criterion.exempt_if, track=track, round_year=round_year))
    value = test.affirmed if rest else test.value
    exempt = steps.flag(isinstance(test.part, NotExamined))
    passed, failed = steps.holds(value), steps.fails(value)
    if exemption is not None:
        exempt = steps.any([exempt, steps.holds(exemption.value)])
        passed = steps.any([steps.holds(exemption.value), passed])
        failed = steps.all([steps.fails(exemption.value), failed])
    is_open = steps.all([steps.negate(passed), steps.negate(failed)])
    numbers = [steps.number(n, "code") for n in range(len(OUTCOMES))]
    by_basis = numbers[BASES.get(criterion.basis, MET)]
    if criterion.basis == "declared_unless_said":
        figures = steps.any(node.said for node in test.tests() if node.said is not None)
        by_basis = steps.where(steps.all([figures, steps.holds(test.value)]), numbers[MET], numbers[DECLARED])
    code = steps.where(passed, by_basis, steps.where(failed, numbers[NOT_MET], numbers[UNKNOWN]))
    code = steps.where(exempt, numbers[EXEMPT], code)
    missing: dict[str, Ref] = {}
    _open(steps, test, is_open, missing, rest=rest)
    if exemption is not None:
        _open(steps, exemption, is_open, missing, rest=False)
    roots = [test, *([exemption] if exemption else [])]
    leaves = tuple(LeafRef(criterion.id, leaf.part, leaf.value) for root in roots for leaf in root.leaves())
    return _Judged(code, passed, failed, missing, leaves)


def _open(steps: Steps, node: Node, above: Ref, missing: dict[str, Ref], *, rest: bool) -> None:
    """Unknown leaves under unknown nodes: what is missing there still matters. ``rest``: after everything is affirmed."""
    here = steps.all([above, steps.is_null(node.affirmed if rest else node.value)])
    for key, gone in node.missing.items():
        missing[key] = steps.any([missing.get(key, steps.flag(False)), steps.all([here, gone])])
    for n, child in enumerate(node.children):
        below = steps.all([here, node.asked[n]]) if node.asked else here
        if not rest or isinstance(node.part, Compare):
            _open(steps, child, below, missing, rest=False)
        elif node.denied is None:
            _open(steps, child, below, missing, rest=True)
        else:
            _open(steps, child, steps.all([below, steps.negate(node.denied)]), missing, rest=True)
            _open(steps, child, steps.all([below, node.denied]), missing, rest=False)


def _together(steps: Steps, first: dict[str, _Judged], review: dict[str, _Judged]) -> dict[str, _Judged]:
    """Both tracks: where a criterion comes out differently it is unknown, and what both miss is missing."""
    found: dict[str, _Judged] = {}
    unknown = steps.number(UNKNOWN, "code")
    for i, one in first.items():
        other = review[i]
        differs = (
            steps.flag(False) if one.code == other.code else steps.negate(steps.compare("eq", one.code, other.code))
        )
        same, missing = steps.negate(differs), dict(one.missing)
        for key, flag in other.missing.items():
            missing[key] = steps.any([missing.get(key, steps.flag(False)), steps.all([differs, flag])])
        passed, failed = (steps.all([same, flag]) for flag in (one.passed, one.failed))
        found[i] = _Judged(steps.where(differs, unknown, one.code), passed, failed, missing, one.leaves)
    return found


def _outcome(steps: Steps, judged: Sequence[dict[str, _Judged]]) -> tuple[Ref, Ref]:
    """Whether the company is refused (on every track), and whether it is eligible (on every track)."""
    refused = [steps.any(one.failed for one in by_id.values()) for by_id in judged]
    granted = [one.passed for by_id in judged for one in by_id.values()]
    return steps.all(refused), steps.all(granted)


def _wanted(steps: Steps, missing: Sequence[dict[str, Ref]], asks: Ref) -> dict[str, Ref]:
    """Key → whether it is missing, where the outcome needs information."""
    open_keys: dict[str, list[Ref]] = {}
    for by_key in missing:
        for key, flag in by_key.items():
            open_keys.setdefault(key, []).append(flag)
    found = {key: steps.all([asks, steps.any(flags)]) for key, flags in open_keys.items()}
    return {key: flag for key, flag in found.items() if not steps.is_lit(flag, False)}


def verdict_only(plan: Plan) -> Plan:
    """The plan for the outcomes of companies alone: no criteria, nothing that is missing, no leaves."""
    nothing = len(plan.steps)
    steps = (*plan.steps, Step("mask", (), None, "int"))
    only = replace(
        plan, steps=steps, criteria={}, failing=nothing, unknown=nothing, missing=(), missing_keys=(), leaves=()
    )
    return _pruned(only)


def _pruned(plan: Plan) -> Plan:
    """The plan with only those steps that its results and leaves hang on, renumbered."""
    wanted = set(plan.results()) | {leaf.value for leaf in plan.leaves}
    for ref in range(len(plan.steps) - 1, -1, -1):
        if ref in wanted:
            wanted.update(plan.steps[ref].args)
    number = {ref: n for n, ref in enumerate(sorted(wanted))}
    steps = tuple(
        replace(plan.steps[ref], args=tuple(number[arg] for arg in plan.steps[ref].args)) for ref in sorted(wanted)
    )
    return replace(
        plan,
        steps=steps,
        outcome=number[plan.outcome],
        doubt=number[plan.doubt],
        criteria={i: number[ref] for i, ref in plan.criteria.items()},
        failing=number[plan.failing],
        unknown=number[plan.unknown],
        missing=tuple(number[ref] for ref in plan.missing),
        leaves=tuple(replace(leaf, value=number[leaf.value]) for leaf in plan.leaves),
    )
