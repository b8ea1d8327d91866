"""Facts, periods and units: does every leaf look at something that can be known, in the right year and unit?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf
from corpus.criteria_models import PERIODS, Criterion
from corpus.criteria_tree import (
    SPANS,
    Calculation,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Each,
    Flag,
    Operand,
    Part,
    Score,
    Term,
    children,
    leaves,
    terms,
)
from corpus.facts_models import Dictionary

KIND = {
    "money": "金额",
    "ratio": "比例",
    "count": "个数",
    "years": "年数",
    "points": "分数",
    "flag": "是否",
    "choice": "选项",
    "date": "日期",
}


def check_operands(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    """Unknown facts, periods that a fact does not have, units that do not go together."""
    for criterion in draft.standard.criteria:
        for part in criterion.parts:
            yield from _terms(draft, criterion, part, shelf.dictionary)
            for leaf in leaves(part):
                if all(term.fact in shelf.dictionary for term in terms(leaf)):
                    yield from _leaf(draft, criterion, leaf, shelf.dictionary)
            yield from _years(draft, criterion, part, inside=False)


def _terms(draft: Draft, criterion: Criterion, part: Part, dictionary: Dictionary) -> Iterator[Finding]:
    for term in dict.fromkeys(terms(part)):
        entry = dictionary.entries.get(term.fact)
        if entry is None:
            yield draft.finding(criterion, f"事实 {term.fact} 不在 facts 里", "改正名字，或先在 corpus/facts 里写上")
            continue
        if term.period not in PERIODS[entry.period]:
            allowed = "、".join(sorted(PERIODS[entry.period]))
            yield draft.finding(
                criterion, f"{entry.label}（{term.fact}）的期间不能写 {term.period}", f"可以写 {allowed}"
            )
        elif term.period in SPANS and len(SPANS[term.period]) != entry.span:
            yield draft.finding(
                criterion, f"{entry.label}是{entry.span}年的合计，期间却写 {term.period}", "改成同样长的期间"
            )
        for field, name in ((entry.question, "问法（question）"), (entry.evidence, "证明材料（evidence）")):
            if not field.strip():
                yield draft.finding(criterion, f"{entry.label}（{term.fact}）没有写{name}", "在 corpus/facts 里补上")


def _leaf(draft: Draft, criterion: Criterion, leaf: Part, dictionary: Dictionary) -> Iterator[Finding]:
    match leaf:
        case Compare():
            yield from _comparison(draft, criterion, leaf, dictionary)
        case Flag(term=term) if dictionary[term.fact].type != "flag":
            yield draft.finding(criterion, f"{term.fact} 不是“是/否”，不能用 flag", "改用比较或 choice_in")
        case ChoiceAtLeast(term=term) | ChoiceIn(term=term) if dictionary[term.fact].type != "choice":
            yield draft.finding(criterion, f"{term.fact} 不是选项，不能用 choice", "改用 flag 或比较")
        case ChoiceAtLeast(term=term, level=level):
            known = dictionary[term.fact].choices
            if level in known[:1]:
                yield draft.finding(criterion, f"“{level}”是最低一级，永远达到", "改成真正的门槛，或删去这一条")
            yield from _unknown_choices(draft, criterion, term, (level,), known)
        case ChoiceIn(term=term, choices=choices):
            yield from _unknown_choices(draft, criterion, term, choices, dictionary[term.fact].choices)


def _unknown_choices(
    draft: Draft, criterion: Criterion, term: Term, chosen: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[Finding]:
    for choice in chosen:
        if choice not in known:
            yield draft.finding(criterion, f"{term.fact} 没有“{choice}”这个选项", f"可以写 {'、'.join(known)}")


def _comparison(draft: Draft, criterion: Criterion, leaf: Compare, dictionary: Dictionary) -> Iterator[Finding]:
    kind = kind_of(leaf.left, dictionary)
    if kind is None:
        yield draft.finding(
            criterion, f"同 {leaf.right.text} 比较的算式，各项单位不一样", "只把同一种单位的事实放在一起"
        )
    elif kind != leaf.right.kind:
        yield draft.finding(criterion, f"{KIND[kind]}不能同 {leaf.right.text} 比较", f"门槛要写成{KIND[kind]}")
    elif kind == "count" and isinstance(leaf.left, Term):
        unit = dictionary[leaf.left.fact].unit
        if unit and not leaf.right.text.endswith(unit):
            yield draft.finding(criterion, f"门槛 {leaf.right.text} 的单位不是“{unit}”", f"写成几{unit}")


def kind_of(operand: Operand, dictionary: Dictionary) -> str | None:
    """The kind of number that an operand is; None where its parts do not go together."""
    if isinstance(operand, Term):
        return dictionary[operand.fact].type
    if not isinstance(operand, Calculation):
        return "points"
    kinds = [kind_of(part, dictionary) for part in operand.of]
    if operand.op == "product":
        return next((kind for kind in kinds if kind != "ratio"), "ratio")
    if len(set(kinds)) != 1:
        return None
    return "ratio" if operand.op in ("ratio", "growth", "compound") else kinds[0]


def _years(draft: Draft, criterion: Criterion, node: Part, *, inside: bool) -> Iterator[Finding]:
    """YEAR stands inside ``each`` and nowhere else, and ``each`` is of no use without it."""
    if isinstance(node, Each):
        if not any(term.period == "YEAR" for term in terms(node)):
            yield draft.finding(criterion, "each 里没有一处写 YEAR，每年看的是同一个数", "把逐年看的事实写成 事实.YEAR")
        yield from _years(draft, criterion, node.test, inside=True)
        return
    below = list(children(node))
    if isinstance(node, Compare) and isinstance(node.left, Score):
        below = [part for item in node.left.items for part in item.conditions]
    if not below and not inside and any(term.period == "YEAR" for term in terms(node)):
        yield draft.finding(criterion, "YEAR 只能写在 each 里", "改成 Y1、Y2 等具体的年")
    yield from chain.from_iterable(_years(draft, criterion, child, inside=inside) for child in below)
