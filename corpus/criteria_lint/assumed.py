"""Assumptions and remarks: is every one of them about something that the criteria look at?"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf
from corpus.criteria_models import Assumption
from corpus.criteria_tree import parse_constant, terms
from corpus.facts_models import Dictionary


def check_assumed(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    """Assumptions that nothing looks at or that cannot be, remarks without words."""
    standard, dictionary = draft.standard, shelf.dictionary
    looked_at = reached({term.fact for c in standard.criteria for part in c.parts for term in terms(part)}, dictionary)
    if standard.held not in dictionary:
        yield draft.finding("held", f"事实 {standard.held} 不在 facts 里", "改成持有这个称号的那个事实")
    for assumption in standard.assume:
        where = f"assume {assumption.fact.fact}"
        if assumption.fact.fact not in dictionary:
            yield draft.finding(where, f"事实 {assumption.fact.fact} 不在 facts 里", "改正名字")
            continue
        if assumption.fact.fact not in looked_at:
            yield draft.finding(where, "没有一个条件用到它，这个假定永远用不上", "删去")
        yield from _assumption(draft, where, assumption, dictionary)
    seen: set[str] = set()
    for criterion in standard.criteria:
        for remark in criterion.remarks:
            if remark.note in seen or not remark.note.strip():
                yield draft.finding(criterion, f"提示“{remark.note[:16]}”是空的或写了两次", "改写或删去")
            seen.add(remark.note)


def _assumption(draft: Draft, where: str, one: Assumption, dictionary: Dictionary) -> Iterator[Finding]:
    entry = dictionary[one.fact.fact]
    for name in (*one.unless_said, *one.unless_yes, *one.only_if, *one.only_if_no):
        if name not in dictionary:
            yield draft.finding(where, f"事实 {name} 不在 facts 里", "改正名字")
    for name, choice in one.only_if.items():
        if name in dictionary and choice not in dictionary[name].choices:
            yield draft.finding(
                where, f"{name} 没有“{choice}”这个选项", f"可以写 {'、'.join(dictionary[name].choices)}"
            )
    if (one.is_ is None) == (one.above is None or one.most is None):
        yield draft.finding(where, "要么写 is，要么写 above 和 most", "只留一种")
    elif one.is_ is not None and entry.type != "flag":
        yield draft.finding(where, f"{entry.label}不是“是/否”，不能假定为 {one.is_}", "改写 above 和 most")
    elif one.above is not None and one.most is not None:
        low, high = parse_constant(one.above).value, parse_constant(one.most).value
        least, most = entry.bounds
        if low >= high or (least is not None and high < least) or (most is not None and low >= most):
            yield draft.finding(where, f"{one.above} 到 {one.most} 里没有可能的值", "核对 above 和 most")


def reached(facts: set[str], dictionary: Dictionary) -> set[str]:
    """The facts, and all from which they can follow."""
    links = dictionary.links
    found = set(facts)
    while True:
        more = {t.fact for d in links.calculated if d.fact in found for t in terms(d.from_)}
        more |= {part for union in links.united if union.fact in found for part in union.any_of}
        more |= {need for one in links.implied if one.fact in found for need in one.needs}
        more |= {since.since for since in links.since if since.fact in found}
        if more <= found:
            return found
        found |= more
