"""Questions from the digests: which clause says it, how much, until when, which department. The clauses answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from assistant.workshop.asked import Asked, Desk, Maker, NotAskable, proven
from assistant.workshop.models import Recipe
from corpus.models import Clause, Fact, split_ref
from corpus.quantities import find_quantities
from corpus.support import same

Told = Literal["amount", "deadline", "body"]
KINDS: dict[Told, tuple[str, ...]] = {"amount": ("amount", "ratio"), "deadline": ("deadline",), "body": ("body",)}
STEMS: dict[Told, str] = {
    "amount": "《{document}》{clause}：{what}是多少？", "deadline": "《{document}》{clause}：{what}，什么时候以前（或多长时间内）？",
    "body": "《{document}》{clause}：{what}，由谁负责？",
}  # fmt: skip
AUTHORITY = "主管部门"
DAYS = ("3月31日", "4月30日", "5月31日", "6月30日", "9月30日", "12月31日")
SPANS = ("1个月内", "2个月内", "3个月内", "6个月内", "1年内")
SUPPORT = "补贴、奖励、贴息、支持、额度、补助"


def figure(fact: Fact) -> str:
    """A fact's figure in words: 最高50万元, 不低于80%, 每年5月31日以前, 3个月内, 市经济信息化委; empty where it has none."""
    if fact.kind == "body":
        return fact.is_ or fact.who or ""
    if fact.kind == "deadline":
        if fact.within:
            return f"{fact.within}内"
        return f"{_day(fact.on, fact.each)}以前" if fact.on else ""
    if fact.max and (fact.above or fact.min):
        return ""
    highest = "最高" if any(word in fact.what for word in SUPPORT.split("、")) else "不超过"
    for value, before in (
        (fact.max, highest), (fact.min, "不低于"), (fact.above, "超过"), (fact.below, "低于"), (fact.is_, ""),
    ):  # fmt: skip
        if value:
            return before + value.removeprefix(before)
    return ""


def _day(on: str, each: str | None) -> str:
    parts = on.split("-")
    if len(parts) == 2:
        return f"{'每年' if each == 'year' else ''}{int(parts[0])}月{int(parts[1])}日"
    return f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"


def _told(desk: Desk, ref: str, topic: Told) -> list[tuple[int, Fact]]:
    """The facts of a clause that can be asked for: with a figure of their own that stands in the clause."""
    clause = desk.corpus.clauses[ref]
    found = []
    for n, fact in enumerate(clause.facts):
        text = figure(fact)
        alone = sum(other.what == fact.what for other in clause.facts) == 1
        if fact.kind in KINDS[topic] and text and alone and _stands(desk, ref, text, topic):
            found.append((n, fact))
    return found


def _stands(desk: Desk, ref: str, text: str, topic: Told) -> bool:
    if topic == "body":
        return text in desk.corpus.clauses[ref].digest
    return bool(find_quantities(text)) and desk.states(ref, text)


def _absent(clause: Clause, text: str, topic: Told) -> bool:
    """Whether a text is certainly no answer: none of its figures, none of its names stands in the clause."""
    if topic == "body":
        names = [part for part in text.replace("，", "、").split("、") if part]
        return not any(name in clause.digest for name in names)
    found, there = find_quantities(text), find_quantities(clause.digest)
    return bool(found) and not any(same(one, other) for one in found for other in there)


def told_recipes(topic: Told, desk: Desk, seed: int) -> Iterator[Recipe]:
    """Every fact of every clause that can be asked for."""
    for ref in desk.refs:
        for n, _ in _told(desk, ref, topic):
            yield desk.recipe(topic, ref, str(n))


def ask_told(topic: Told, desk: Desk, recipe: Recipe) -> Asked:
    """How much, until when, or by whom."""
    clause, document = _clause(desk, recipe)
    fact = dict(_told(desk, recipe.subject, topic)).get(int(recipe.detail))
    if fact is None:
        raise NotAskable
    right = figure(fact)
    wrong: Callable[[str], bool] = partial(_wrong, clause, topic, right)
    names = {"document": document, "clause": clause.label, "what": fact.what}
    who = f"（{fact.who}）" if fact.who and topic != "body" else ""
    return Asked(
        stem=STEMS[topic].format(**names).replace(fact.what, fact.what + who, 1),
        right=right, others=tuple(proven(_others(desk, fact, topic, recipe.subject), right, wrong)), wrong=wrong,
        clause=clause.label, ref=recipe.subject, explanation=clause.digest,
    )  # fmt: skip


def _wrong(clause: Clause, topic: Told, right: str, text: str) -> bool:
    """A wider or narrower body, and one of the same name at another level, might be taken for right."""
    if topic == "body" and (text in right or right in text or (AUTHORITY in text and AUTHORITY in right)):
        return False
    return text != right and _absent(clause, text, topic)


def _others(desk: Desk, fact: Fact, topic: Told, ref: str) -> list[str]:
    """Other figures of the same kind, those of the same document first: real ones, from other clauses."""
    document = split_ref(ref)[0]
    found = [
        (not one.startswith(f"{document}#"), other.kind != fact.kind, _alike(fact, other), text)
        for one in desk.refs
        for _, other in _told(desk, one, topic)
        if (text := _shaped(fact, other))
    ]
    texts = [text for *_, text in sorted(found)]
    if topic != "deadline":
        return texts
    return [*texts, *(SPANS if fact.within else [figure(fact).replace(_plain(fact), f"{day}以前") for day in DAYS])]


def _plain(fact: Fact) -> str:
    """A deadline without its year: 12月31日以前."""
    return f"{_day((fact.on or '')[-5:], None)}以前"


def _alike(fact: Fact, other: Fact) -> bool:
    return (fact.on is None) != (other.on is None)


def _shaped(fact: Fact, other: Fact) -> str:
    """The other figure in the words of this one, so that its form gives nothing away."""
    if fact.kind in ("body", "deadline"):
        return figure(other)
    value = other.max or other.min or other.above or other.below or other.is_
    if value is None or other.kind != fact.kind:
        return ""
    for name in ("max", "min", "above", "below", "is_"):
        if getattr(fact, name):
            return figure(fact.model_copy(update={name: value}))
    return ""


def clause_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Every figure that stands in one clause of its document only."""
    for ref in desk.refs:
        for topic in ("amount", "deadline"):
            told: Told = "amount" if topic == "amount" else "deadline"
            for n, fact in _told(desk, ref, told):
                if _only_here(desk, ref, fact):
                    yield desk.recipe("clause", ref, str(n))


def _only_here(desk: Desk, ref: str, fact: Fact) -> bool:
    others = _siblings(desk, ref)
    return not any(one.what == fact.what for other in others for one in desk.corpus.clauses[other].facts)


def _siblings(desk: Desk, ref: str) -> list[str]:
    """The other clauses of the document, without those that a clause lies in or that lie in it."""
    document = split_ref(ref)[0]
    return [
        other
        for other in desk.corpus.clauses
        if other.startswith(f"{document}#") and other != ref
        and not other.startswith(f"{ref}__") and not ref.startswith(f"{other}__")
    ]  # fmt: skip


def ask_clause(desk: Desk, recipe: Recipe) -> Asked:
    """Which clause says it."""
    clause, document = _clause(desk, recipe)
    facts = dict(_told(desk, recipe.subject, "amount")) | dict(_told(desk, recipe.subject, "deadline"))
    fact = facts.get(int(recipe.detail))
    if fact is None or not _only_here(desk, recipe.subject, fact):
        raise NotAskable
    told: Told = "deadline" if fact.kind == "deadline" else "amount"
    there = {desk.corpus.clauses[other].label: desk.corpus.clauses[other] for other in _siblings(desk, recipe.subject)}

    def wrong(text: str) -> bool:
        return text in there and text != clause.label and _absent(there[text], figure(fact), told)

    own = list(desk.corpus.clauses).index(recipe.subject)
    labels = sorted(there, key=lambda label: abs(_place(desk, recipe.subject, there[label]) - own))
    return Asked(
        stem=f"《{document}》里，“{fact.what}：{figure(fact)}”写在哪一条？",
        right=clause.label, others=tuple(proven(labels, clause.label, wrong)), wrong=wrong,
        clause=clause.label, ref=recipe.subject, explanation=clause.digest,
    )  # fmt: skip


def _place(desk: Desk, ref: str, clause: Clause) -> int:
    return list(desk.corpus.clauses).index(f"{split_ref(ref)[0]}#{clause.eid}")


def _clause(desk: Desk, recipe: Recipe) -> tuple[Clause, str]:
    if recipe.subject not in desk.corpus.clauses or not desk.holds(recipe.subject):
        raise NotAskable
    return desk.corpus.clauses[recipe.subject], desk.corpus.documents[split_ref(recipe.subject)[0]].short_title


def makers() -> dict[str, Maker]:
    """The topics of this module."""
    found = {topic: Maker(partial(told_recipes, topic), partial(ask_told, topic), lambda _: 1) for topic in KINDS}
    return {str(topic): maker for topic, maker in found.items()} | {
        "clause": Maker(clause_recipes, ask_clause, lambda _: 2)
    }
