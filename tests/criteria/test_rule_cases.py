"""The tests beside the rules, and that they would notice any rule being dropped, turned round or moved by a hair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from criteria_made import STANDARDS

from assistant.criteria.cases import complaints
from corpus.criteria_models import Case, Criterion, Standard
from corpus.criteria_tree import (
    All,
    AnyOf,
    ByTrack,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Each,
    Flag,
    Not,
    NotExamined,
    Part,
    Reading,
    Unsettled,
)

CASES = [(standard, case) for standard in STANDARDS.values() for case in standard.tests.cases]
STRICTER = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le"}
OPPOSITE = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge"}


@pytest.mark.parametrize(("standard", "case"), CASES, ids=[f"{s.id}-{c.name}" for s, c in CASES])
def test_case_beside_the_rules(standard: Standard, case: Case) -> None:
    assert complaints(standard, case) == []


def mutants(node: Part) -> Iterator[tuple[str, Part | None]]:
    """Every copy of ``node`` with one leaf dropped (None), turned round or moved by a hair."""
    match node:
        case All(of=of) | AnyOf(of=of):
            for i, part in enumerate(of):
                for what, mutant in mutants(part):
                    rest = [*of[:i], *([mutant] if mutant is not None else []), *of[i + 1 :]]
                    yield what, type(node)(of=tuple(rest)) if rest else None
        case Not(of=part):
            yield from ((what, None if m is None else Not(of=m)) for what, m in mutants(part))
        case Each(test=test):
            for what, mutant in mutants(test):
                yield what, None if mutant is None else node.model_copy(update={"test": mutant})
        case ByTrack(first=first, review=review):
            nothing = NotExamined(why="")
            yield from ((f"first {w}", node.model_copy(update={"first": m or nothing})) for w, m in mutants(first))
            yield from ((f"review {w}", node.model_copy(update={"review": m or nothing})) for w, m in mutants(review))
        case Reading(of=part):
            yield from ((what, None if m is None else node.model_copy(update={"of": m})) for what, m in mutants(part))
        case Compare(op=op):
            yield f"drop {node.left} {op}", None
            yield f"turn {node.left} {op}", node.model_copy(update={"op": OPPOSITE[op]})
            yield f"move {node.left} {op}", node.model_copy(update={"op": STRICTER[op]})
        case Flag(holds=holds) | ChoiceAtLeast(holds=holds) | ChoiceIn(holds=holds):
            yield f"drop {node}", None
            yield f"turn {node}", node.model_copy(update={"holds": not holds})
        case Unsettled():
            yield f"drop {node}", None


def changed(standard: Standard) -> Iterator[tuple[str, str, Standard]]:
    """The standard with one rule changed: the criterion, what was done, and the changed standard."""

    def swapped(old: Criterion, new: Criterion) -> Standard:
        return standard.model_copy(update={"criteria": [new if c is old else c for c in standard.criteria]})

    for criterion in standard.criteria:
        for what, mutant in mutants(criterion.test):
            test = mutant or NotExamined(why="")
            yield criterion.id, what, swapped(criterion, criterion.model_copy(update={"test": test}))
        for what, mutant in mutants(criterion.exempt_if) if criterion.exempt_if else ():
            new = criterion.model_copy(update={"exempt_if": mutant})
            yield criterion.id, f"exemption {what}", swapped(criterion, new)


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
def test_every_changed_rule_fails_a_case(standard: Standard) -> None:
    survivors = []
    found = 0
    for criterion, what, mutant in changed(standard):
        found += 1
        named = [case for case in standard.tests.cases if criterion in case.criteria]
        likely = [*named, *(case for case in standard.tests.cases if criterion not in case.criteria)]
        if not any(complaints(mutant, case) for case in likely):
            survivors.append(f"{criterion}: {what}")
    assert found > 60
    assert survivors == []
