"""Faults of the benefits that their schema cannot see, each as one sentence that names its place.

Clauses that do not exist, labels and places of another clause, figures that the clause does not state, days that
differ from the clause's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.benefit_models import Benefit, Benefits
from corpus.load import Corpus
from corpus.models import Clause
from corpus.support import unsupported

ENDS = ("。", "！", "？")


def lint_benefits(corpus: Corpus, benefits: Benefits) -> list[str]:
    """All faults, in a stable order; empty when there is none."""
    names = Counter(benefit.name for benefit in benefits.all)
    twice = [f"优惠 {b.id}：名称“{b.name}”用了两次。" for b in benefits.all if names[b.name] > 1]
    return [*twice, *(fault for benefit in benefits.all for fault in _benefit(benefit, corpus))]


def _benefit(benefit: Benefit, corpus: Corpus) -> Iterator[str]:
    where, clause = f"优惠 {benefit.id}", corpus.clauses.get(benefit.ref)
    if clause is None:
        yield f"{where}：引用的 {benefit.ref} 不存在。"
        return
    document = corpus.documents[benefit.document]
    if benefit.clause != clause.label:
        yield f"{where}：条款写的是“{benefit.clause}”，{benefit.ref} 的标签是“{clause.label}”。"
    if benefit.place != document.place:
        yield f"{where}：地区写的是{benefit.place}，文件是{document.place}的。"
    if benefit.from_ and document.in_force.from_ and benefit.from_ < document.in_force.from_:
        yield f"{where}：开始日期 {benefit.from_} 早于文件施行的 {document.in_force.from_}。"
    if benefit.until and benefit.until not in {part.until for part in clause.ends}:
        yield f"{where}：截止日期 {benefit.until} 不在条款写明的截止日期里。"
    yield from _texts(benefit, clause, where)


def _texts(benefit: Benefit, clause: Clause, where: str) -> Iterator[str]:
    """Figures that the clause does not state, bodies that it does not name, a full stop where a list is set in a row."""
    written = [benefit.name, benefit.gives, benefit.whom, benefit.note, *benefit.undefined, *benefit.find_out]
    amount = benefit.amount
    written += [part.text for part in ((amount.rate, amount.cap) if amount else ()) if part]
    for text in written:
        for quantity in unsupported(text, [clause.digest, clause.heading]):
            yield f"{where}：数字“{quantity.text}”不在所引条款的摘要里。"
    for text in (benefit.name, benefit.gives, benefit.whom, *benefit.undefined, *benefit.find_out):
        if text.endswith(ENDS) or not text.strip():
            yield f"{where}：“{text}”不要写句号，也不能空着。"
    if benefit.note and not benefit.note.endswith(ENDS):
        yield f"{where}：说明没有以句号结尾。"
