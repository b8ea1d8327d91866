"""Faults of the corpus that its schema cannot see, each as one sentence that names its place.

References and dates, numbering without gaps, wordings that lead to two places, sentences without an end, and figures
of short answers that their own digest does not state. Comparing with the originals is indexing.faithful's work.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from corpus.load import Corpus
from corpus.models import Clause, Digest, Document, Gap, Model, Topic, natural_key, split_ref
from corpus.places import places
from corpus.quantities import number
from corpus.support import unsupported

NUMBERED = re.compile(r"^(?P<head>.*?)(?P<kind>art|sec|annex|item|para)_(?P<n>\d+)$")
LABELS = {
    "art": re.compile(r"第(?P<n>[一二三四五六七八九十百零]+)条$"),
    "sec": re.compile(r"(?P<n>[一二三四五六七八九十]+)$"),
    "annex": re.compile(r"附件(?P<n>\d+)$"),
    "item": re.compile(r"（(?P<n>[一二三四五六七八九十]+)）$"),
}
ENDS = ("。", "！", "？")


def lint(corpus: Corpus) -> list[str]:
    """All faults, in a stable order; empty when there is none."""
    return [
        *_documents(corpus),
        *(fault for digest in corpus.digests.values() for fault in _numbering(digest, corpus)),
        *(fault for ref, clause in corpus.clauses.items() for fault in _clause(ref, clause, corpus)),
        *(fault for topic in corpus.topics.values() for fault in _topic(topic, corpus)),
        *(fault for gap in corpus.gaps.values() for fault in _gap(gap, corpus)),
        *_wordings(corpus),
        *_blanks(corpus),
    ]


def _documents(corpus: Corpus) -> Iterator[str]:
    for document in corpus.documents.values():
        yield from _dates(document)
        if document.place not in places():
            yield f"{document.id}：地区“{document.place}”不在地区表里。"
        for relation in document.relations:
            if relation.target not in corpus.documents:
                yield f"{document.id}：关系 {relation.kind} 指向的 {relation.target} 不在目录里。"
            if relation.target == document.id:
                yield f"{document.id}：关系 {relation.kind} 指向了自己。"
        if document.included and document.id not in corpus.digests:
            yield f"{document.id}：目录写明收录，却没有任何条款摘要。"
        if not document.included and document.id in corpus.digests:
            yield f"{document.id}：目录写明没有收录，却有条款摘要。"
    yield from _named_twice("文号", {d.id: d.number for d in corpus.documents.values() if d.number})
    yield from _named_twice("简称", {d.id: d.short_title for d in corpus.documents.values()})


def _named_twice(what: str, names: dict[str, str]) -> Iterator[str]:
    """Documents of one number are one document; two of one short title cannot be told apart."""
    known = Counter(names.values())
    yield from (f"{where}：{what}“{name}”目录里不止一份文件用。" for where, name in names.items() if known[name] > 1)


def _dates(document: Document) -> Iterator[str]:
    start, end = document.in_force.from_, document.in_force.until
    if start and end and end < start:
        yield f"{document.id}：失效日期 {end} 早于施行日期 {start}。"
    if document.signed and document.published and document.published < document.signed:
        yield f"{document.id}：公布日期 {document.published} 早于签发日期 {document.signed}。"
    if document.signed and start and start < document.signed:
        yield f"{document.id}：施行日期 {start} 早于签发日期 {document.signed}。"
    if document.last_year and document.signed and document.last_year < document.signed.year:
        yield f"{document.id}：只管到 {document.last_year} 年，早于签发的 {document.signed.year} 年。"
    for relation in document.relations:
        if relation.kind == "displaced_by" and not relation.scope:
            yield f"{document.id}：让位于 {relation.target}，没有写清让的是什么（scope）。"
        if relation.from_ and document.signed and relation.from_ < document.signed:
            yield f"{document.id}：关系 {relation.kind} 的起始日期 {relation.from_} 早于签发日期 {document.signed}。"


def _numbering(digest: Digest, corpus: Corpus) -> Iterator[str]:
    """Numbers run from 1 without a gap; items may run on from one section to the next. The annex or article of an
    item has its own digest; a section may be a heading only."""
    eids = [c.eid for c in digest.clauses]
    if corpus.documents[digest.document].historical:  # only the clauses that carry something have digests
        return
    lists: dict[tuple[str, str], list[int]] = defaultdict(list)
    for eid in sorted(eids, key=natural_key):
        if match := NUMBERED.match(eid):
            lists[match["head"], match["kind"]].append(int(match["n"]))
    last = 0
    for (head, kind), numbers in lists.items():
        runs_on = head.startswith("sec_") and numbers[0] == last + 1
        first = numbers[0] if runs_on else 1
        missing = sorted(set(range(first, max(numbers) + 1)) - set(numbers))
        if missing and not (kind == "sec" and _are_headings(head, missing, lists)):
            yield f"{digest.document}#{head}{kind}：编号断了，缺 {'、'.join(map(str, missing))}。"
        parent = head.removesuffix("__")
        if parent and parent not in eids and not parent.startswith("sec_"):
            yield f"{digest.document}#{parent}：有下级条款，自己却没有摘要。"
        last = max(numbers) if head.startswith("sec_") else last


def _are_headings(head: str, missing: list[int], lists: dict[tuple[str, str], list[int]]) -> bool:
    """Whether every missing section has items below it."""
    return all((f"{head}sec_{n}__", "item") in lists for n in missing)


def _clause(ref: str, clause: Clause, corpus: Corpus) -> Iterator[str]:
    yield from _label(ref, clause)
    yield from _sentences(f"{ref} 摘要", clause.digest)
    for qa in clause.questions:
        yield from _sentences(f"{ref} 短答“{qa.ask[0]}”", qa.answer)
        for q in unsupported(qa.answer, [clause.digest, clause.heading, clause.label, *clause.path]):
            yield f"{ref} 短答“{qa.ask[0]}”：数字“{q.text}”不在本条摘要里。"
    for see in clause.see_also:
        yield from _known(see.ref, f"{ref} 的参见", corpus)
        if see.ref == ref:
            yield f"{ref}：参见指向了自己。"
    document = corpus.documents[split_ref(ref)[0]]
    for displaced in clause.displaced:
        yield from _known(displaced.by, f"{ref} 的让位", corpus)
        if document.signed and displaced.from_ < document.signed:
            yield f"{ref}：让位日期 {displaced.from_} 早于文件签发日期 {document.signed}。"
    for part in clause.ends:
        if document.signed and part.until < document.signed:
            yield f"{ref}：“{part.what}”的截止日期 {part.until} 早于文件签发日期 {document.signed}。"


def _label(ref: str, clause: Clause) -> Iterator[str]:
    match = NUMBERED.match(clause.eid)
    pattern = LABELS.get(match["kind"]) if match else None
    if match is None or pattern is None:
        return
    found = pattern.search(clause.label)
    if found is None or int(number(found["n"])) != int(match["n"]):
        yield f"{ref}：标签“{clause.label}”和编号 {clause.eid} 对不上。"


def _sentences(where: str, text: str) -> Iterator[str]:
    if text.strip() and not text.strip().endswith(ENDS):
        yield f"{where}：没有以句号结尾。"


def _topic(topic: Topic, corpus: Corpus) -> Iterator[str]:
    where = f"专题 {topic.id}"
    if topic.place is not None and topic.place not in places():
        yield f"{where}：地区“{topic.place}”不在地区表里。"
    for ref in topic.refs:
        yield from _known(ref, where, corpus)
    for qa in topic.questions:
        yield from _sentences(f"{where} 短答“{qa.ask[0]}”", qa.answer)
        yield from _figures(f"{where} 短答“{qa.ask[0]}”", qa.answer, topic.refs, corpus)
    for point in (*topic.points, *topic.cautions, *topic.next_steps):
        yield from _sentences(f"{where} 要点“{point.text[:12]}”", point.text)
        yield from _figures(f"{where} 要点“{point.text[:12]}”", point.text, point.refs, corpus)
    if topic.table:
        for n, row in enumerate(topic.table.rows, 1):
            if len(row.cells) != len(topic.table.columns):
                yield f"{where} 表格第 {n} 行：有 {len(row.cells)} 格，应当是 {len(topic.table.columns)} 格。"
            yield from _figures(f"{where} 表格第 {n} 行", "，".join(row.cells), row.refs, corpus)


def _gap(gap: Gap, corpus: Corpus) -> Iterator[str]:
    where = f"空白 {gap.id}"
    yield from _sentences(f"{where} 回答", gap.answer)
    if gap.document is not None and gap.document not in corpus.documents:
        yield f"{where}：提到的 {gap.document} 不在目录里。"
    for point in gap.nearest:
        for ref in point.refs:
            yield from _known(ref, where, corpus)
        yield from _figures(f"{where} 最接近“{point.text[:12]}”", point.text, point.refs, corpus)


def _known(ref: str, where: str, corpus: Corpus) -> Iterator[str]:
    if ref not in corpus.clauses:
        yield f"{where}：引用的 {ref} 不存在。"


def _figures(where: str, text: str, refs: Iterable[str], corpus: Corpus) -> Iterator[str]:
    """Figures that the digests, labels and dates behind ``refs`` do not state."""
    known = [ref for ref in refs if ref in corpus.clauses]
    sources = []
    for ref in known:
        clause, document = corpus.clauses[ref], corpus.document_of(ref)
        dates = [str(d) for d in (document.signed, document.in_force.from_, document.in_force.until) if d]
        below = [c.digest for other, c in corpus.clauses.items() if other.startswith(f"{ref}__")]
        sources += [clause.digest, clause.heading, clause.label, *clause.path, document.number or "", *dates, *below]
    for q in unsupported(text, sources):
        yield f"{where}：数字“{q.text}”不在所引条款的摘要里。"


def _wordings(corpus: Corpus) -> Iterator[str]:
    """The same words may lead to one place only."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref, clause in corpus.clauses.items():
        for qa in clause.questions:
            for wording in qa.ask:
                found[_bare(wording)].append(ref)
    for topic in corpus.topics.values():
        for qa in topic.questions:
            for wording in qa.ask:
                found[_bare(wording)].append(f"专题 {topic.id}")
    for gap in corpus.gaps.values():
        for wording in gap.ask:
            found[_bare(wording)].append(f"空白 {gap.id}")
    for wording, where in found.items():
        if len(where) > 1:
            yield f"问法“{wording}”写了 {len(where)} 处：{'、'.join(dict.fromkeys(where))}。"


def _bare(wording: str) -> str:
    return re.sub(r"[\s，。？！、,.?!“”\"]", "", wording).lower()


def _blanks(corpus: Corpus) -> Iterator[str]:
    """Empty strings, wherever they stand."""
    records: list[tuple[str, Model]] = [
        *corpus.documents.items(),
        *corpus.clauses.items(),
        *((f"专题 {i}", topic) for i, topic in corpus.topics.items()),
        *((f"空白 {i}", gap) for i, gap in corpus.gaps.items()),
    ]
    for where, record in records:
        for path in _empty(record.model_dump(exclude_defaults=True), ""):
            yield f"{where}：{path} 是空的。"


def _empty(value: object, path: str) -> Iterator[str]:
    if isinstance(value, str) and not value.strip():
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _empty(item, f"{path}/{key}".strip("/"))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _empty(item, f"{path}/{n}".strip("/"))
