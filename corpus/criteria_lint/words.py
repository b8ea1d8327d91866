"""Words and figures: does every comparison say what the clause says, and does the clause exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf
from corpus.criteria_models import Criterion
from corpus.criteria_tree import SPANS, Compare, Operator, Part, Score, leaves, terms
from corpus.models import Clause, split_ref
from corpus.quantities import find_quantities, number
from corpus.support import figures, unsupported

FIXED: dict[str, Operator] = {
    "不低于": "ge", "不少于": "ge", "不小于": "ge", "至少": "ge", "超过": "gt", "高于": "gt", "大于": "gt", "多于": "gt",
    "不超过": "le", "不高于": "le", "不大于": "le", "不多于": "le", "至多": "le", "低于": "lt", "少于": "lt",
    "小于": "lt", "不足": "lt", "不到": "lt", "未满": "lt",
}  # fmt: skip
"""Words that mean the same in every document; 以上, 以下, 达 and 满 are for each document to say."""
SIGNS: dict[Operator, str] = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
CLAUSE = re.compile(
    r"(?:附件(?P<annex>\d+))?(?:第(?P<art>[一二三四五六七八九十百零]+)条)?(?:（(?P<item>[一二三四五六七八九十]+)）)?"
)


def check_words(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    """Conventions, words of comparisons, clauses and eIds, and figures that the clause does not state."""
    standard = draft.standard
    for word, op in standard.convention.items():
        if FIXED.get(word, op) != op:
            yield draft.finding(
                "convention", f"“{word}”写成 {SIGNS[op]}，和它的本义不符", f"改成 {FIXED[word]}（{SIGNS[FIXED[word]]}）"
            )
    used: set[str] = set()
    for criterion in standard.criteria:
        yield from _comparisons(draft, criterion)
        yield from _clause(draft, criterion, shelf)
        yield from _figures(draft, criterion, shelf)
        used |= {leaf.word for tree in trees(criterion) for leaf in leaves(tree) if isinstance(leaf, Compare)}
    for word in [word for word in standard.convention if word not in used]:
        yield draft.finding("convention", f"用词“{word}”没有一个门槛用到", "删去，或检查门槛的 word 是否写漏")


def trees(criterion: Criterion) -> list[Part]:
    """What decides a criterion: its test and its exemption, without the remarks."""
    return [criterion.test, *([criterion.exempt_if] if criterion.exempt_if else [])]


def _comparisons(draft: Draft, criterion: Criterion) -> Iterator[Finding]:
    convention = draft.standard.convention
    for leaf in (leaf for tree in trees(criterion) for leaf in leaves(tree) if isinstance(leaf, Compare)):
        wanted = convention.get(leaf.word)
        if not leaf.word:
            yield draft.finding(
                criterion, f"门槛 {leaf.right.text} 没有写明用词（word）", "照原文写上用词，如 word: 以上"
            )
        elif wanted is None:
            yield draft.finding(criterion, f"用词“{leaf.word}”不在 convention 里", "在 convention 里写明它含不含这个数")
        elif wanted != leaf.op:
            yield draft.finding(
                criterion,
                f"门槛 {leaf.right.text} 的用词“{leaf.word}”是 {SIGNS[wanted]}，比较符却是 {leaf.op}（{SIGNS[leaf.op]}）",
                f"改成 {wanted}，或核对原文用词",
            )


def _clause(draft: Draft, criterion: Criterion, shelf: Shelf) -> Iterator[Finding]:
    document = criterion.document or draft.standard.document
    if not criterion.clause.strip():
        yield draft.finding(criterion, "没有写条款", "补上 clause，如 附件1（二）")
    expected = eid_of(criterion.clause)
    if expected and not criterion.eid.endswith(expected):
        yield draft.finding(
            criterion, f"条款“{criterion.clause}”和 eid {criterion.eid} 对不上", f"按条款应为 {expected}"
        )
    if document not in shelf.corpus.documents:
        yield draft.finding(
            criterion, f"目录里没有 {document} 这份文件", "改正 document，或先在 corpus/catalogue 里写上"
        )
    if document in shelf.corpus.digests and f"{document}#{criterion.eid}" not in shelf.corpus.clauses:
        yield draft.finding(
            criterion, f"摘要里没有 {document}#{criterion.eid} 这一条", "改正 eid，或先在 digests 里补这一条"
        )


def eid_of(clause: str) -> str:
    """``附件1（二）`` → ``annex_1__item_2``, ``第十一条`` → ``art_11``; empty where the words are no plain label."""
    match = CLAUSE.fullmatch(clause)
    if match is None:
        return ""
    parts = [(name, match[name]) for name in ("annex", "art", "item") if match[name]]
    return "__".join(f"{name}_{number(value)}" for name, value in parts)


def _figures(draft: Draft, criterion: Criterion, shelf: Shelf) -> Iterator[Finding]:
    document = criterion.document or draft.standard.document
    clause = shelf.corpus.clauses.get(f"{document}#{criterion.eid}")
    if clause is None:
        return
    own = _texts(clause, document, criterion.eid, shelf)
    said: list[str] = []
    for tree in trees(criterion):
        for leaf in (leaf for leaf in leaves(tree) if isinstance(leaf, Compare) and not isinstance(leaf.left, Score)):
            said += [
                leaf.right.text,
                *(shelf.dictionary[t.fact].label for t in terms(leaf) if t.fact in shelf.dictionary),
            ]
            sources = own + [text for term in terms(leaf) for text in _definition(term.fact, shelf)]
            in_words = leaf.right.value == 0  # that something grows, or is no loss, is said without a figure
            if not in_words and unsupported(leaf.right.text, sources) and not _sum_of_years(leaf, sources):
                yield draft.finding(
                    criterion, f"门槛 {leaf.right.text} 不在这一条的摘要里", "核对原文；摘要漏写的先补摘要"
                )
    said += [
        shelf.dictionary[t.fact].label for tree in criterion.parts for t in terms(tree) if t.fact in shelf.dictionary
    ]
    for figure in unsupported(criterion.words, [*own, *said]):
        yield draft.finding(criterion, f"words 里的“{figure.text}”既不在摘要里，也不是门槛", "改成和门槛一样的数")


def _texts(clause: Clause, document: str, eid: str, shelf: Shelf) -> list[str]:
    below = [c.digest for ref, c in shelf.corpus.clauses.items() if ref.startswith(f"{document}#{eid}__")]
    return [clause.digest, clause.heading, clause.label, *clause.path, *below]


def _definition(fact: str, shelf: Shelf) -> list[str]:
    """The digest of the clause that says what a fact means."""
    entry = shelf.dictionary.entries.get(fact)
    clause = shelf.corpus.clauses.get(entry.definition) if entry and entry.definition else None
    if entry is None or entry.definition is None or clause is None:
        return []
    return _texts(clause, *split_ref(entry.definition), shelf)


def _sum_of_years(leaf: Compare, sources: list[str]) -> bool:
    """Whether a threshold on a span is the yearly figure of the clause, times the years."""
    years = next((len(SPANS[term.period]) for term in terms(leaf) if term.period in SPANS), 0)
    if not years:
        return False
    yearly = [q for q in find_quantities(leaf.right.text) if q.value]
    pool = [figure for source in sources for figure in figures(source)]
    return any(figure.value * years == q.value and figure.kind == q.kind for q in yearly for figure in pool)
