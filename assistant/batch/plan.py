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
from assistant.batch.judged import DECLARED, EXEMPT, MANUAL, MET, NOT_MET, UNKNOWN, Compiler, Node
from assistant.batch.known import Known
from assistant.batch.links import Links
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
    """One criterion for one track: its code, and which keys are missing while it is unknown."""

    code: Ref
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
    compiler = Compiler(known, doubts)
    Links(known, round_year, lambda part: compiler.node(part).value, doubts).run(standard.assume)
    tracks: list[Track] = [track] if track else ["first", "review"]
    judged = [
        {c.id: _criterion(compiler, c, track=one, round_year=round_year, rest=rest) for c in standard.criteria}
        for one in tracks
    ]
    codes, missing = _together(steps, judged)
    outcome = _outcome(steps, judged)
    open_keys = _wanted(steps, missing, outcome)
    masks = [list(open_keys.values())[n : n + AT_ONCE] for n in range(0, len(open_keys), AT_ONCE)]
    code_is = {code: [steps.compare("eq", ref, steps.number(code, "int")) for ref in codes.values()] for code in (0, 1)}
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
        criteria=codes,
        failing=steps.mask(code_is[NOT_MET]),
        unknown=steps.mask(code_is[UNKNOWN]),
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
    passed = steps.number(BASES.get(criterion.basis, MET), "int")
    if criterion.basis == "declared_unless_said":
        figures = steps.any(node.said for node in test.tests() if node.said is not None)
        plainly = steps.all([figures, steps.holds(test.value)])
        passed = steps.where(plainly, steps.number(MET, "int"), steps.number(DECLARED, "int"))
    unknown, not_met = steps.number(UNKNOWN, "int"), steps.number(NOT_MET, "int")
    denied = steps.flag(True) if exemption is None else steps.fails(exemption.value)
    failed = steps.where(denied, not_met, unknown)
    code = steps.where(steps.holds(value), passed, steps.where(steps.fails(value), failed, unknown))
    if isinstance(test.part, NotExamined):
        code = steps.number(EXEMPT, "int")
    elif exemption is not None:
        code = steps.where(steps.holds(exemption.value), steps.number(EXEMPT, "int"), code)
    missing: dict[str, Ref] = {}
    is_open = steps.compare("eq", code, unknown)
    _open(steps, test, is_open, missing, rest=rest)
    if exemption is not None:
        _open(steps, exemption, is_open, missing, rest=False)
    roots = [test, *([exemption] if exemption else [])]
    leaves = tuple(LeafRef(criterion.id, leaf.part, leaf.value) for root in roots for leaf in root.leaves())
    return _Judged(code, missing, leaves)


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


def _together(steps: Steps, judged: Sequence[dict[str, _Judged]]) -> tuple[dict[str, Ref], list[dict[str, Ref]]]:
    """The code of every criterion over the tracks, and what is missing."""
    codes = {i: one.code for i, one in judged[0].items()}
    missing = [one.missing for one in judged[0].values()]
    for other in judged[1:]:
        for i, one in other.items():
            same = steps.compare("eq", codes[i], one.code)
            differs = steps.flag(False) if codes[i] == one.code else steps.negate(same)
            codes[i] = steps.where(differs, steps.number(UNKNOWN, "int"), codes[i])
            missing.append({key: steps.all([differs, flag]) for key, flag in one.missing.items()})
    return codes, missing


def _outcome(steps: Steps, judged: Sequence[dict[str, _Judged]]) -> Ref:
    not_met, unknown = steps.number(NOT_MET, "int"), steps.number(UNKNOWN, "int")
    fails = [steps.any(steps.compare("eq", one.code, not_met) for one in by_id.values()) for by_id in judged]
    passes = [steps.compare("gt", one.code, unknown) for by_id in judged for one in by_id.values()]
    refused, needs_info, eligible = (steps.number(n, "int") for n in range(3))
    return steps.where(steps.all(fails), refused, steps.where(steps.all(passes), eligible, needs_info))


def _wanted(steps: Steps, missing: Sequence[dict[str, Ref]], outcome: Ref) -> dict[str, Ref]:
    """Key → whether it is missing, where the outcome needs information."""
    open_keys: dict[str, list[Ref]] = {}
    for by_key in missing:
        for key, flag in by_key.items():
            open_keys.setdefault(key, []).append(flag)
    asks = steps.compare("eq", outcome, steps.number(1, "int"))
    found = {key: steps.all([asks, steps.any(flags)]) for key, flags in open_keys.items()}
    return {key: flag for key, flag in found.items() if not steps.is_lit(flag, False)}


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
