"""Status of a document or clause on a day, derived from dates and relations and typed nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from corpus.load import Corpus
from corpus.models import Clause, Document, split_ref

FAR_PAST, FAR_FUTURE = date(1900, 1, 1), date(9999, 12, 31)
ENDINGS = {"repeals": "repealed", "supersedes": "superseded"}
"""Relations that end the other document as a whole, and what it is called then."""
LABELS = {
    "in_force": "现行有效",
    "expired": "已过有效期",
    "repealed": "已废止",
    "superseded": "已被新规定取代",
    "not_yet": "尚未施行",
    "unknown": "效力待核实",
}


@dataclass(frozen=True)
class Validity:
    """``state`` is a key of LABELS; ``note`` says what else holds, in Chinese, or is empty."""

    state: str
    note: str = ""

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self.state]


def chinese_date(day: date) -> str:
    """2026-04-01 → 2026年4月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span(document: Document, clause: Clause | None, corpus: Corpus) -> tuple[date, date]:
    """First and last day on which the document (and the clause as a whole) is in force; both included."""
    start = document.in_force.from_ or document.signed or FAR_PAST
    end, _ = _end(document, corpus)
    if clause:
        end = min([end, *(d.from_ - timedelta(days=1) for d in clause.displaced if d.whole)])
        end = min([end, *(part.until for part in clause.ends if part.whole)])
    return start, end


def _end(document: Document, corpus: Corpus) -> tuple[date, str]:
    """The last day of a document, and the state that follows: what ends it first names it."""
    ends = [(document.in_force.until or FAR_FUTURE, "expired")]
    for other in corpus.documents.values():
        for relation in other.relations:
            since = relation.from_ or other.in_force.from_ or other.signed
            if relation.target == document.id and relation.kind in ENDINGS and relation.whole and since:
                ends.append((since - timedelta(days=1), ENDINGS[relation.kind]))
    return min(ends)


def document_validity(document: Document, day: date, corpus: Corpus) -> Validity:
    """Status of a whole document on ``day``."""
    start, _ = span(document, None, corpus)
    end, state = _end(document, corpus)
    if day > end:
        return Validity(state, f"{chinese_date(end)}止")
    if document.in_force.from_ is None and not document.included:
        return Validity("unknown", "没有收录正文，效力请向发文机关核实")
    if day < start:
        return Validity("not_yet", f"{chinese_date(start)}起施行")
    since = f"{chinese_date(start)}起施行" if start > FAR_PAST else "没有写施行日期"
    until = f"至{chinese_date(document.in_force.until)}" if document.in_force.until else "没有写截止日期"
    return Validity("in_force", f"{since}，{until}")


def validity(ref: str, day: date, corpus: Corpus) -> Validity:
    """Status of a clause on ``day``; parts that ended or are displaced are named in the note.

    Raises KeyError when the reference is unknown.
    """
    document = corpus.documents[split_ref(ref)[0]]
    whole = document_validity(document, day, corpus)
    clause = corpus.clauses.get(ref)
    if clause is None or whole.state != "in_force":
        return whole
    notes = []
    for displaced in clause.displaced:
        if day >= displaced.from_:
            by = corpus.documents[split_ref(displaced.by)[0]]
            target = corpus.clauses.get(displaced.by)
            notes.append(
                f"{chinese_date(displaced.from_)}起，{displaced.scope}，见{by.short_title}{target.label if target else ''}"
            )
            if displaced.whole:
                return Validity("superseded", "；".join(notes))
    for part in clause.ends:
        over = day > part.until
        if over and part.whole:
            return Validity("expired", f"{part.what}，到{chinese_date(part.until)}为止")
        notes.append(f"{part.what}{'已于' if over else '到'}{chinese_date(part.until)}{'到期' if over else '为止'}")
    return Validity("in_force", "；".join(notes) or whole.note)
