"""The cases beside the rules: do they name what exists, and is every criterion seen both to pass and to fail?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf
from corpus.criteria_models import Case
from corpus.criteria_tree import All, AnyOf, ByTrack, Each, NotExamined, Part, Reading, Unsettled
from corpus.facts_models import Dictionary

LETTERS = {chr(n) for n in range(ord("A"), ord("R") + 1)}
PASSING = {"met", "exempt", "declared", "manual"}
OUTCOMES = {*PASSING, "not_met", "unknown"}


def check_cases(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    """Names that the cases get wrong, and criteria that no case sees passing or failing."""
    tests = draft.standard.tests
    yield from _facts(draft, "base", tests.base, shelf.dictionary)
    for name, count in Counter(case.name for case in tests.cases).items():
        if count > 1:
            yield draft.finding(f"用例“{name}”", f"写了{count}次", "改名，或删去重复的")
    for case in tests.cases:
        yield from _case(draft, case, shelf.dictionary)
    yield from _seen(draft)


def _case(draft: Draft, case: Case, dictionary: Dictionary) -> Iterator[Finding]:
    where, base = f"用例“{case.name}”", draft.standard.tests.base
    if case.letter and case.letter not in LETTERS:
        yield draft.finding(where, f"没有编号为“{case.letter}”的相互影响", "letter 只能是 A 到 R 里的一个字母")
    ids = {criterion.id for criterion in draft.standard.criteria}
    for criterion, outcome in case.criteria.items():
        if criterion not in ids:
            yield draft.finding(where, f"没有编号为 {criterion} 的条件", f"只能是 {'、'.join(sorted(ids))}")
        if outcome not in OUTCOMES:
            yield draft.finding(where, f"“{outcome}”不是一种结果", f"只能是 {'、'.join(sorted(OUTCOMES))}")
    for item in case.points.keys() - {item.id for item in draft.standard.scores}:
        yield draft.finding(where, f"没有编号为 {item} 的评分项", "改正 points 里的名字")
    yield from _facts(draft, where, [*case.given, *case.without, *case.excluded], dictionary)
    yield from _facts(draft, where, [fact for fact in case.asks if fact != "track"], dictionary)
    for fact in case.without:
        if case.fresh or fact not in base:
            yield draft.finding(where, f"without 里的 {fact} 本来就不在样板企业里", "删去")
    if case.outcome == "eligible" and "not_met" in case.criteria.values():
        yield draft.finding(where, "结论写符合，却有一条写不符合", "改正其中一个")


def _facts(draft: Draft, where: str, names: Iterable[str], dictionary: Dictionary) -> Iterator[Finding]:
    labels = {entry.label for entry in dictionary.entries.values()}
    for name in names:
        fact = name.partition("@")[0]
        if fact not in dictionary and fact not in labels:
            yield draft.finding(where, f"事实 {fact} 不在 facts 里", "改正名字，或先在 corpus/facts 里写上")


def _seen(draft: Draft) -> Iterator[Finding]:
    cases = draft.standard.tests.cases
    for criterion in draft.standard.criteria:
        said = {case.criteria.get(criterion.id) for case in cases}
        if not said & PASSING and not any(case.outcome == "eligible" for case in cases):
            yield draft.finding(criterion, "没有一个用例让它通过", "补一个用例，在 criteria 里写明 met")
        if "not_met" not in said and _can_fail(criterion.test):
            yield draft.finding(criterion, "没有一个用例让它不通过", "补一个用例，在 criteria 里写明 not_met")


def _can_fail(node: Part) -> bool:
    """Whether a node can come out as not met; what the source leaves open or does not examine cannot."""
    match node:
        case All(of=of):
            return any(map(_can_fail, of))
        case AnyOf(of=of):
            return all(map(_can_fail, of))
        case ByTrack(first=first, review=review):
            return _can_fail(first) or _can_fail(review)
        case Reading(of=one) | Each(test=one):
            return _can_fail(one)
    return not isinstance(node, Unsettled | NotExamined)
