"""Compile one criterion's bound trees to steps: flags of its nodes, its outcome, and which keys are missing.

The nodes follow ``assistant.criteria.exact`` (values), ``affirm`` (what "everything else is met" covers), ``ask`` (which
unknown leaves still matter) and ``judge`` (outcomes), with null for unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Outcome
from assistant.batch.forms import Decimal, Form, Quotient, Span, Whole, available, compare
from assistant.batch.known import Known
from assistant.batch.nodes import Node
from assistant.batch.scores import score_node
from assistant.batch.steps import Ref, Steps
from corpus.criteria_tree import (
    All,
    AnyOf,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Flag,
    Leaf,
    NotExamined,
    Part,
    Reading,
    Score,
    Unsettled,
    terms,
)
from corpus.facts_models import split_key

OUTCOMES: tuple[Outcome, ...] = ("not_met", "unknown", "met", "exempt", "declared", "manual")
"""Codes of a criterion's outcome, by their place."""
NOT_MET, UNKNOWN, MET, EXEMPT, DECLARED, MANUAL = range(len(OUTCOMES))


@dataclass
class Compiler:
    """Compiles nodes over ``known``; collects in ``doubts`` the flags of rows that need the exact evaluator."""

    known: Known
    doubts: list[Ref]

    @property
    def steps(self) -> Steps:
        """Where the steps go."""
        return self.known.steps

    def node(self, part: Part) -> Node:
        """A bound node. Raises ValueError for one that has to be bound first."""
        steps = self.steps
        match part:
            case All(of=of):
                nodes = [self.node(one) for one in of]
                affirmed = steps.all([one.affirmed for one in nodes])
                return self._joined(part, nodes, steps.all([one.value for one in nodes]), affirmed)
            case AnyOf(of=of):
                nodes = [self.node(one) for one in of]
                value = steps.any([one.value for one in nodes])
                denied = steps.any([ref for one in nodes for ref in (steps.fails(one.value), one.uncoverable)])
                covered = steps.where(denied, steps.unknown, steps.any([one.affirmed for one in nodes]))
                found = self._joined(part, nodes, value, steps.first([value, covered]))
                found.denied = denied
                return found
            case Reading(of=of):
                one = self.node(of)
                return Node(
                    part, one.value, [one], unsettled=steps.flag(False), uncoverable=one.uncoverable,
                    affirmed=one.affirmed, told=one.told,
                )  # fmt: skip
            case NotExamined():
                return self._constant(part, steps.flag(True))
            case Unsettled():
                found = self._constant(part, steps.unknown)
                found.unsettled = steps.flag(True)
                return found
            case Compare(left=Score() as score):
                return score_node(steps, part, score, self.node)
            case Compare():
                return self._compare(part)
            case Flag(term=term, holds=holds):
                value = self.known.flag(term.key)
                return self._leaf(part, value if holds else steps.negate(value))
            case ChoiceAtLeast(term=term, level=level, holds=holds):
                order = self.known.dictionary[term.fact].choices
                value = self.known.is_choice(term.key, order[order.index(level) :])
                return self._leaf(part, value if holds else steps.negate(value))
            case ChoiceIn(term=term, choices=choices, holds=holds):
                value = self.known.is_choice(term.key, choices)
                return self._leaf(part, value if holds else steps.negate(value))
        raise ValueError(f"“{type(part).__name__}”要先绑定到轮次和申报方式才能编译")

    def _constant(self, part: Part, value: Ref) -> Node:
        no = self.steps.flag(False)
        return Node(part, value, unsettled=no, uncoverable=no, affirmed=value, told=no)

    def _joined(self, part: Part, nodes: list[Node], value: Ref, affirmed: Ref) -> Node:
        steps = self.steps
        settled = [steps.any([steps.is_known(one.value), one.unsettled]) for one in nodes]
        unsettled = steps.all([steps.is_null(value), *settled])
        any_uncoverable = steps.any(one.uncoverable for one in nodes)
        uncoverable = steps.all([steps.is_null(value), steps.negate(unsettled), any_uncoverable])
        told = steps.any(one.told for one in nodes)
        return Node(part, value, nodes, unsettled=unsettled, uncoverable=uncoverable, affirmed=affirmed, told=told)

    def _leaf(
        self, part: Leaf, value: Ref, missing: dict[str, Ref] | None = None, straddles: Ref | None = None
    ) -> Node:
        """A leaf; ``straddles``: it is unknown though something is known of it, which no word covers."""
        steps = self.steps
        if missing is None:
            missing = {term.key: steps.negate(self.known.has(term.key)) for term in terms(part)}
        blocked = [steps.all([flag, self._hinted(key)]) for key, flag in missing.items()]
        uncovered = steps.any([*blocked, *([straddles] if straddles is not None else [])])
        uncoverable = steps.all([steps.is_null(value), uncovered])
        affirmed = steps.first([value, steps.where(uncovered, steps.unknown, steps.flag(True))])
        return Node(
            part, value, missing=missing, unsettled=steps.flag(False), uncoverable=uncoverable, affirmed=affirmed,
            told=steps.any(self.known.told(term.key) for term in terms(part)),
        )  # fmt: skip

    def _hinted(self, key: str) -> Ref:
        """Whether something was said that brings the fact up: "everything else" does not cover it then."""
        known, steps = self.known, self.steps
        hints = known.dictionary[split_key(key)[0]].hinted_by
        found: list[Ref] = [known.uncovered.get(key, steps.flag(False))]
        for column in sorted(known.columns):
            if split_key(column)[0] not in hints:
                continue
            ref = known.column(column)
            kind = steps.kind(ref)
            if kind in ("int", "float"):
                nothing = steps.compare("eq", ref, steps.number(0 if kind == "int" else 0.0, kind))
                found.append(steps.fails(nothing))
            else:
                found.append(steps.is_known(ref))
        return steps.any(found)

    def _compare(self, part: Compare) -> Node:
        """The first way to the number decides; where it is a span its open parts are what is missing."""
        steps = self.steps
        value, said = steps.unknown, steps.flag(False)
        ways = self.known.calculate(part.left)
        earlier: list[Ref] = []
        missing: dict[str, Ref] = {}
        straddles: list[Ref] = []
        branches: list[tuple[Form, Ref, Ref, Ref]] = []
        for way in ways:
            there = available(steps, way.form)
            chosen = steps.all([there, *(steps.negate(one) for one in earlier)])
            earlier.append(there)
            held, doubt = compare(steps, way.form, part.op, part.right.value)
            self.doubts += [steps.all([chosen, one]) for one in dict.fromkeys((doubt, *way.doubts))]
            if isinstance(way.form, Span):
                self._straddling(part, way.form, chosen, missing, straddles)
            assumed = isinstance(way.form, Span) and way.form.assumed
            branches.append((way.form, there, held, steps.flag(False) if assumed else steps.holds(held)))
        for form, there, held, figures in reversed(branches):
            plain = isinstance(form, Whole | Decimal | Quotient) or form is ways[-1].form  # nothing comes after it
            value = steps.first([held, value]) if plain else steps.where(there, held, value)
            said = steps.where(there, figures, said)
        for term in terms(part):
            gone = steps.negate(self.known.has(term.key))
            missing[term.key] = steps.any([missing.get(term.key, steps.flag(False)), gone])
        node = self._leaf(part, value, missing, steps.any(straddles))
        node.said = said
        forms = [way.form for way in ways if not (isinstance(way.form, Span) and way.form.assumed)]
        node.told = steps.any(available(steps, form) for form in forms)
        return node

    def _straddling(
        self, part: Compare, span: Span, chosen: Ref, missing: dict[str, Ref], straddles: list[Ref]
    ) -> None:
        steps = self.steps
        for key, gone in span.open:
            missing[key] = steps.any([missing.get(key, steps.flag(False)), steps.all([chosen, gone])])
        if not span.open:
            straddles.append(chosen)
            for term in terms(part):
                missing[term.key] = steps.any([missing.get(term.key, steps.flag(False)), chosen])
