"""Change a standard in one place: would its own cases notice?

Every leaf is dropped, turned round and moved by a hair; every line of a score table loses a band, gives a point more or
less than it should, or loses its cap. A change that no case notices (a survivor) is a rule that nothing proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.criteria.ask import open_leaves
from assistant.criteria.bounds import check_bounds
from assistant.criteria.cases import AFTER_THE_DATE, company, complaints
from assistant.criteria.derive import Table, build
from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.judge import judge
from corpus.criteria_models import Case, Criterion, Standard, Track
from corpus.criteria_tree import (
    FLIPPED,
    All,
    AnyOf,
    Band,
    ByTrack,
    Calculation,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Constant,
    Each,
    Flag,
    Not,
    NotExamined,
    Operand,
    Operator,
    Part,
    Per,
    Reading,
    Score,
    ScoreItem,
    Term,
    Unsettled,
    with_scores,
)
from corpus.facts_models import load_dictionary

TRACKS: tuple[Track, ...] = ("first", "review")
STRICTER: dict[Operator, Operator] = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le"}


@dataclass(frozen=True)
class Mutant:
    """A standard changed in one place: the criterion or score item, and what was done to it."""

    where: str
    what: str
    standard: Standard


def mutants(standard: Standard) -> Iterator[Mutant]:
    """Every copy of ``standard`` (as ``load_standards`` gives it) with one rule changed."""

    def swapped(old: Criterion, new: Criterion) -> Standard:
        return standard.model_copy(update={"criteria": [new if c is old else c for c in standard.criteria]})

    for criterion in standard.criteria:
        for what, mutant in changed(criterion.test):
            test = mutant or NotExamined(why="")
            yield Mutant(criterion.id, what, swapped(criterion, criterion.model_copy(update={"test": test})))
        for what, mutant in changed(criterion.exempt_if) if criterion.exempt_if else ():
            new = criterion.model_copy(update={"exempt_if": mutant})
            yield Mutant(criterion.id, f"豁免：{what}", swapped(criterion, new))
    for n, item in enumerate(standard.scores):
        for what, other in changed_item(item):
            items = (*standard.scores[:n], other, *standard.scores[n + 1 :])
            yield Mutant(item.id, what, with_table(standard, items))


def survivors(standard: Standard) -> list[str]:
    """The changes that no case of the standard notices, one sentence each; empty where every rule is proven."""
    cases = [Prepared.of(standard, case) for case in standard.tests.cases]
    found = []
    for mutant in mutants(standard):
        likely = sorted(cases, key=lambda one: mutant.where not in {*one.case.criteria, *one.case.points})
        if not any(one.can_notice(mutant) and complaints(mutant.standard, one.case) for one in likely):
            found.append(f"{mutant.where}：{mutant.what}，没有一个用例发现")
    return found


@dataclass(frozen=True)
class Prepared:
    """A case with what is known of its company, so that most mutants are seen to change nothing in it at once."""

    standard: Standard
    case: Case
    table: Table

    @classmethod
    def of(cls, standard: Standard, case: Case) -> Prepared:
        """Read the company of the case once."""
        dictionary, round_ = load_dictionary(), standard.tests.round
        facts, problems = facts_from_mapping(company(standard, case), last_year=round_ - 1)
        wrong = [*problems, *check_bounds(facts, dictionary, date(round_, *AFTER_THE_DATE))]
        table = build(
            facts, dictionary, problems=wrong, excluded=case.excluded, assume=standard.assume, round_year=round_
        )
        return cls(standard, case, table)

    def can_notice(self, mutant: Mutant) -> bool:
        """Whether a criterion that was changed comes out otherwise for this company."""
        pairs = zip(self.standard.criteria, mutant.standard.criteria, strict=True)
        return any(self._result(one) != self._result(other) for one, other in pairs if other is not one)

    def _result(self, criterion: Criterion) -> list[object]:
        """All of the criterion that reaches the verdict and that a case can speak of."""
        found: list[object] = []
        for track in (self.case.track,) if self.case.track else TRACKS:
            judged = judge(
                criterion, self.table, track=track, round_year=self.standard.tests.round, rest=self.case.rest
            )
            items = [item for test in judged.test.tests() for item in test.children]
            points = [(item.node.id, item.points) for item in items if isinstance(item.node, ScoreItem)]
            asked = [(leaf.unsaid, leaf.blocked, aside) for leaf, aside in open_leaves(judged)]
            found.append((judged.outcome, points, asked))
        return found


def with_table(standard: Standard, items: tuple[ScoreItem, ...]) -> Standard:
    """The standard with another score table, in its criteria too."""
    labels, told = standard.score_labels, tuple(standard.score_facts.items())
    criteria = [
        c.model_copy(
            update={
                "test": with_scores(c.test, items, labels, told),
                "exempt_if": with_scores(c.exempt_if, items, labels, told) if c.exempt_if else None,
            }
        )
        for c in standard.criteria
    ]
    return standard.model_copy(update={"scores": items, "criteria": criteria})


def changed(node: Part) -> Iterator[tuple[str, Part | None]]:
    """Every copy of ``node`` with one leaf dropped (None), turned round or moved by a hair."""
    match node:
        case All(of=of) | AnyOf(of=of):
            for i, part in enumerate(of):
                for what, mutant in changed(part):
                    rest = [*of[:i], *([mutant] if mutant is not None else []), *of[i + 1 :]]
                    yield what, type(node)(of=tuple(rest)) if rest else None
        case Not(of=part):
            yield from ((what, None if m is None else Not(of=m)) for what, m in changed(part))
        case Each(test=test):
            for what, mutant in changed(test):
                yield what, None if mutant is None else node.model_copy(update={"test": mutant})
        case ByTrack(first=first, review=review):
            nothing = NotExamined(why="")
            yield from ((f"首次 {w}", node.model_copy(update={"first": m or nothing})) for w, m in changed(first))
            yield from ((f"复核 {w}", node.model_copy(update={"review": m or nothing})) for w, m in changed(review))
        case Reading(of=part):
            yield from ((what, None if m is None else node.model_copy(update={"of": m})) for what, m in changed(part))
        case Compare(op=op):
            yield f"删去 {plain(node)}", None
            yield f"反过来 {plain(node)}", node.model_copy(update={"op": FLIPPED[op]})
            yield f"正好踩线 {plain(node)}", node.model_copy(update={"op": STRICTER[op]})
        case Flag(holds=holds) | ChoiceAtLeast(holds=holds) | ChoiceIn(holds=holds):
            yield f"删去 {plain(node)}", None
            yield f"反过来 {plain(node)}", node.model_copy(update={"holds": not holds})
        case Unsettled():
            yield f"删去未定之处“{node.why[:16]}…”", None


def changed_item(item: ScoreItem) -> Iterator[tuple[str, ScoreItem]]:
    """Every copy of a score item with one condition, one number of points or its cap changed."""
    if item.per:
        yield from _changed_per(item, item.per)
        return
    for i, band in enumerate(item.bands):
        for what, when in changed(band.when):
            bands = [band.model_copy(update={"when": when})] if when is not None else []
            yield f"{band.points.text}一档 {what}", _with_bands(item, i, bands)
        more = band.model_copy(update={"points": _one_more(band.points)})
        yield f"{band.points.text}一档多给1分", _with_bands(item, i, [more])
    yield "都不到的多给1分", item.model_copy(update={"otherwise": _one_more(item.otherwise)})


def _changed_per(item: ScoreItem, per: Per) -> Iterator[tuple[str, ScoreItem]]:
    for i, part in enumerate(per.of):
        for what, mutant in changed(part):
            of = (*per.of[:i], *([mutant] if mutant is not None else []), *per.of[i + 1 :])
            if of:
                yield what, item.model_copy(update={"per": per.model_copy(update={"of": of})})
    yield "每项多给1分", item.model_copy(update={"per": per.model_copy(update={"points": _one_more(per.points)})})
    if per.points.value * len(per.of) > item.max.value:
        yield "封顶多1分", item.model_copy(update={"max": _one_more(item.max)})


def _with_bands(item: ScoreItem, at: int, bands: list[Band]) -> ScoreItem:
    return item.model_copy(update={"bands": (*item.bands[:at], *bands, *item.bands[at + 1 :])})


def _one_more(points: Constant) -> Constant:
    value = points.value + Fraction(1)
    return Constant(text=f"{float(value):g}分", value=value, kind=points.kind)


def plain(part: Part | Operand) -> str:
    """A leaf as it is written in the file: ``revenue.Y1 ge 1500万元``."""
    match part:
        case Term(fact=fact, period=period):
            return fact if period == "NOW" else f"{fact}.{period}"
        case Calculation(op=op, of=of):
            return f"{op}[{', '.join(map(plain, of))}]"
        case Score(name=name):
            return f"score {name}"
        case Compare(op=op, left=left, right=right):
            return f"{plain(left)} {op} {right.text}"
        case Flag(term=term, holds=holds):
            return f"{'flag' if holds else 'flag_not'} {plain(term)}"
        case ChoiceAtLeast(term=term, level=level):
            return f"{plain(term)} choice_at_least {level}"
        case ChoiceIn(term=term, choices=choices):
            return f"{plain(term)} choice_in {'、'.join(choices)}"
    return type(part).__name__
