"""Run the links between facts once for all companies, in the order in which the exact evaluator runs them for one.

Said values that disagree with their calculation, parts above their whole, united flags that contradict their parts and
whatever is outside its bounds put the row in doubt: it is judged by the exact evaluator then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.batch.calculations import Way
from assistant.batch.forms import Span
from assistant.batch.known import Known, Pick, bounds
from assistant.batch.partial import limited, partial
from assistant.batch.said import reconcile
from assistant.batch.since import since
from assistant.batch.size import settle_size
from assistant.batch.steps import Ref
from assistant.criteria.derive import PASSES
from assistant.criteria.tree import bind_operand
from corpus.criteria_models import Assumption
from corpus.criteria_tree import Calculation, Part, Term, parse_constant
from corpus.facts_models import Derivation, Implication, split_key


@dataclass
class Links:
    """``run`` fills ``known`` from its columns; ``doubts`` are the flags of rows that only the exact evaluator can judge."""

    known: Known
    round_year: int
    compile_: Callable[[Part], Ref]
    doubts: list[Ref] = field(default_factory=list)
    _united: dict[str, list[Ref]] = field(default_factory=dict)

    def run(self, assume: Sequence[Assumption]) -> None:
        """Everything in order: what was said, contradictions, what follows, partial sums, what is taken for granted."""
        for key in sorted(self.known.columns):
            self.known.take(key)
        links = self.known.dictionary.links
        for year in self._years():
            for derivation in links.calculated:
                if derivation.check:
                    key, formula, _ = self._bound(derivation, year)
                    self.doubts += reconcile(self.known, derivation, key, formula)
        for _ in range(PASSES):
            self._pass()
        for year in self._years():
            for derivation in links.calculated:
                if derivation.partial:
                    self._partial(derivation, year)
        self.doubts += settle_size(self.known, self.round_year, self.compile_)
        for one in assume:
            self._assume(one)

    def _years(self) -> list[int]:
        told = {year for key in self.known.columns if (year := split_key(key)[1]) is not None}
        return sorted(told.union(range(self.round_year - 3, self.round_year + 1)))

    def _usual(self, year: int, keys: Sequence[str]) -> bool:
        """A year outside the round's own is looked at only where something was said of it."""
        return self.round_year - 3 <= year <= self.round_year or any(
            key in self.known.columns and split_key(key)[1] == year for key in keys
        )

    def _bound(self, derivation: Derivation, year: int) -> tuple[str, Calculation, list[str]]:
        formula = bind_operand(derivation.from_, year)
        assert isinstance(formula, Calculation)
        keys = [part.key for part in formula.of if isinstance(part, Term)]
        dated = any(split_key(key)[1] is not None for key in keys)
        return (f"{derivation.fact}@{year}" if dated else derivation.fact), formula, keys

    def _pass(self) -> None:
        known = self.known
        links = known.dictionary.links
        for year in self._years():
            for derivation in links.calculated:
                key, formula, keys = self._bound(derivation, year)
                if self._usual(year, keys):
                    for way in known.calculate(formula, known.numbers.get(key, [])):
                        known.add(key, known.bounded(key, way))
            for one in links.since:
                if one.since in known.columns:
                    span = since(known.steps, known.column(one.since), year)
                    known.add(f"{one.fact}@{year}", Way(frozenset({one.since}), span))
        for union in links.united:
            self._unite(union.fact, union.any_of)
        for implication in links.implied:
            self._imply(implication)

    def _unite(self, fact: str, parts: Sequence[str]) -> None:
        known, steps = self.known, self.known.steps
        if self._united.get(fact) == [known.flag(one) for one in (fact, *parts)]:
            return
        before, whole = known.flag(fact), steps.any(known.flag(part) for part in parts)
        self.doubts.append(steps.all([steps.fails(before), steps.holds(whole)]))
        known.flags[fact] = after = steps.first([before, whole])
        for part in parts:
            no = steps.where(steps.fails(after), steps.flag(False), steps.unknown)
            known.flags[part] = steps.first([known.flag(part), no])
        self._united[fact] = [known.flag(one) for one in (fact, *parts)]

    def _imply(self, one: Implication) -> None:
        known, steps = self.known, self.known.steps
        when = steps.all(
            [
                *(steps.holds(known.flag(fact)) for fact in one.if_yes),
                *(steps.fails(known.flag(fact)) for fact in one.if_no),
                *(known.said(fact) for fact in one.if_said),
            ]
        )
        if steps.is_lit(when, False):
            return
        if isinstance(one.is_, bool):
            implied = steps.where(when, steps.flag(one.is_), steps.unknown)
            known.flags[one.fact] = steps.first([known.flag(one.fact), implied])
        else:
            known.pick(one.fact, Pick(when, one.is_))

    def _partial(self, derivation: Derivation, year: int) -> None:
        """What follows from the parts that are known, where the whole is not."""
        known = self.known
        key, formula, keys = self._bound(derivation, year)
        found = partial(known, formula) if self._usual(year, keys) else None
        if found is not None:
            span = limited(known.steps, found, bounds(known.dictionary.of_key(key)))
            known.add(key, Way(frozenset(), span, doubts=found.doubts))

    def _assume(self, one: Assumption) -> None:
        known, steps = self.known, self.known.steps
        key = one.fact.at(self.round_year).key
        conditions = [known.is_choice(fact, [choice]) for fact, choice in one.only_if.items()]
        when = steps.all(
            [
                *(steps.holds(condition) for condition in conditions),
                *(steps.fails(known.flag(fact)) for fact in one.only_if_no),
                *(steps.negate(known.said(fact)) for fact in one.unless_said),
                *(steps.negate(self._said_yes(fact)) for fact in one.unless_yes),
                steps.negate(known.has(key)),
            ]
        )
        if one.is_ is not None:
            known.assumed[key] = when
            assumed = steps.where(when, steps.flag(one.is_), steps.unknown)
            known.flags[key] = steps.first([known.flag(key), assumed])
            return
        low, high = parse_constant(one.above).value, parse_constant(one.most).value
        known.numbers.setdefault(key, []).append(
            Way(frozenset(), Span(when, low, high, low_closed=False, assumed=True))
        )

    def _said_yes(self, fact: str) -> Ref:
        steps = self.known.steps
        return steps.holds(self.known.column(fact)) if fact in self.known.columns else steps.flag(False)
