"""Faults of the duties that their schema cannot see: clauses that are not there, figures that no clause states."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.duty_models import Duties, DutyRule
from corpus.load import Corpus
from corpus.models import split_ref
from corpus.places import places
from corpus.support import unsupported

ENDS = ("。", "！", "？")


def lint_duties(duties: Duties, corpus: Corpus) -> list[str]:
    """All faults, each one sentence that names its rule; empty where there is none."""
    return [fault for rule in duties.rules for fault in _rule(rule, corpus)] + [
        f"有效期（{'、'.join(v.titles)}）：引用的 {ref} 不存在。"
        for v in duties.validity
        for ref in v.refs
        if ref not in corpus.clauses
    ]


def _rule(rule: DutyRule, corpus: Corpus) -> Iterator[str]:
    where = f"事项 {rule.id}"
    if rule.place not in places():
        yield f"{where}：地区“{rule.place}”不在地区表里。"
    if rule.document and rule.document not in corpus.documents:
        yield f"{where}：文件 {rule.document} 不在目录里。"
    for ref in rule.refs:
        if ref not in corpus.clauses:
            yield f"{where}：引用的 {ref} 不存在。"
    first = rule.refs[0] if rule.refs else ""
    since = corpus.document_of(first).in_force.from_ if first in corpus.clauses else None
    if since and (rule.in_force.from_ is None or rule.in_force.from_ < since):
        yield f"{where}：起始日期 {rule.in_force.from_} 早于 {split_ref(first)[0]} 的施行日期 {since}。"
    for text in rule.sentences():
        if text and text != rule.summary and not text.endswith(ENDS):
            yield f"{where}：“{text[:12]}”没有以句号结尾。"
        for figure in unsupported(text, _sources(rule, corpus)) if rule.confidence != "K" else ():
            yield f"{where}：“{text[:12]}”里的数字“{figure.text}”不在所引条款的摘要里。"
    if rule.confidence != "K" and (figure_text := _date_words(rule)):
        for figure in unsupported(figure_text, _sources(rule, corpus)):
            yield f"{where}：日期规则里的“{figure.text}”不在所引条款的摘要里。"


def _date_words(rule: DutyRule) -> str:
    """The figure of the date rule in words, so that it is held against the clauses as well."""
    if rule.when.yearly:
        month, day = rule.when.month_day
        return f"每年{month}月{day}日"
    if rule.when.months:
        return f"{rule.when.months}个月"
    return f"{rule.when.years}年" if rule.when.years else ""


def _sources(rule: DutyRule, corpus: Corpus) -> list[str]:
    found = []
    for ref in rule.refs:
        if (clause := corpus.clauses.get(ref)) is None:
            continue
        document = corpus.document_of(ref)
        dates = [str(d) for d in (document.signed, document.in_force.from_, document.in_force.until) if d]
        found += [clause.digest, clause.label, clause.heading, document.number or "", *dates]
    return found
