"""The versions of one title: do they follow one another without a gap, and do their relations point somewhere?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf


def check_versions(shelf: Shelf) -> Iterator[Finding]:
    """What only all standards together show: ids, days without a standard, days with two."""
    ids = Counter(draft.standard.id for draft in shelf.drafts)
    by_title: dict[str, list[Draft]] = defaultdict(list)
    for draft in shelf.drafts:
        if ids[draft.standard.id] > 1:
            yield draft.finding(
                "id", f"编号 {draft.standard.id} 有{ids[draft.standard.id]}个文件用", "每个文件一个编号"
            )
        if not draft.standard.draft:
            by_title[draft.standard.title].append(draft)
        yield from _one(draft, shelf)
    for drafts in by_title.values():
        ordered = sorted(drafts, key=lambda d: d.standard.in_force.from_ or date.min)
        for older, newer in pairwise(ordered):
            yield from _follows(older, newer)
    yield from _names(shelf)


def _one(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    standard, corpus = draft.standard, shelf.corpus
    start, end = standard.in_force.from_, standard.in_force.until
    document = corpus.documents.get(standard.document)
    if document and start and document.signed and start < document.signed:
        yield draft.finding("in_force", f"施行日期 {start} 早于文件签发日期 {document.signed}", "核对日期")
    if start is None:
        yield draft.finding("in_force", "没有写从哪一天起施行", "补上 from；不确定的在 notes 里说明")
    if start and end and end < start:
        yield draft.finding("in_force", f"失效日期 {end} 早于施行日期 {start}", "核对日期")
    if standard.supersedes and standard.supersedes not in corpus.documents:
        yield draft.finding(
            "supersedes", f"目录里没有 {standard.supersedes}", "改正编号，或先在 corpus/catalogue 里写上"
        )
    eids = [("rounds", standard.rounds.eid)] if standard.rounds else []
    eids += [("transition", standard.transition.eid)] if standard.transition else []
    for name, eid in eids:
        if standard.document in corpus.digests and f"{standard.document}#{eid}" not in corpus.clauses:
            yield draft.finding(name, f"摘要里没有 {standard.document}#{eid} 这一条", "改正 eid")
    yield from _transition(draft, shelf)


def _transition(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    standard = draft.standard
    if standard.transition is None:
        return
    last_day = standard.transition.review_started_before - timedelta(days=1)
    older = [
        s
        for s in shelf.all_standards
        if s.title == standard.title
        and s.id != standard.id
        and not s.draft
        and (s.in_force.from_ or date.min) <= last_day <= (s.in_force.until or date.max)
    ]
    if not older:
        wrong = f"过渡安排说可以用旧标准，可{last_day}没有一套{standard.title}的标准在用"
        yield draft.finding("transition", wrong, "录入旧标准，或改正日期")
    if standard.in_force.from_ and standard.transition.review_started_before != standard.in_force.from_:
        wrong = f"过渡的日子 {standard.transition.review_started_before} 不是施行的日子 {standard.in_force.from_}"
        yield draft.finding("transition", wrong, "核对日期")


def _follows(older: Draft, newer: Draft) -> Iterator[Finding]:
    end, start = older.standard.in_force.until, newer.standard.in_force.from_
    if start is None:
        return
    if end is None or end >= start:
        until = f"用到{end}" if end else "没有写到哪一天为止"
        yield newer.finding(
            "in_force", f"{older.standard.id} {until}，和这一版从{start}起重叠", f"给 {older.standard.id} 写上 until"
        )
    elif end + timedelta(days=1) < start and newer.standard.supersedes == older.standard.document:
        wrong = f"{end}以后、{start}以前没有{newer.standard.title}的标准"
        yield newer.finding("in_force", wrong, "核对两边的日期，或录入中间的标准")


def _names(shelf: Shelf) -> Iterator[Finding]:
    owners: dict[str, set[str]] = defaultdict(set)
    for draft in shelf.drafts:
        for name in draft.standard.names:
            owners[name].add(draft.standard.title)
    for draft in shelf.drafts:
        for name in draft.standard.names:
            if len(owners[name]) > 1:
                yield draft.finding(
                    "names", f"“{name}”是{'、'.join(sorted(owners[name]))}共用的名字", "一个名字只归一个称号"
                )
