"""Status of a document or clause on a day, derived from dates and relations and typed nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from corpus.load import Corpus
from corpus.models import Clause, Document, Relation, split_ref

FAR_PAST, FAR_FUTURE = date(1900, 1, 1), date(9999, 12, 31)
ENDINGS = {"repeals": "repealed", "supersedes": "superseded", "displaces": "superseded"}
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
    if document.last_year:
        ends.append((date(document.last_year, 12, 31), "expired"))
    for other, relation in corpus.relations_to.get(document.id, []):
        if relation.kind in ENDINGS and relation.whole and (since := _since(relation, other)):
            ends.append((since - timedelta(days=1), ENDINGS[relation.kind]))
    ends += [(since - timedelta(days=1), "superseded") for r, _, since in displacements(document, corpus) if r.whole]
    return min(ends)


def _since(relation: Relation, other: Document) -> date | None:
    """The day from which a relation holds: its own, else the first day of the document whose relation it is."""
    return relation.from_ or other.in_force.from_ or other.signed


def displacements(document: Document, corpus: Corpus) -> list[tuple[Relation, Document, date]]:
    """What a document says of itself to have made way for: relation, the later document and the day, in time's order."""
    found = []
    for relation in document.relations:
        later = corpus.documents.get(relation.target) if relation.kind == "displaced_by" else None
        if later and (since := _since(relation, later)):
            found.append((relation, later, since))
    return sorted(found, key=lambda item: item[2])


def document_validity(document: Document, day: date, corpus: Corpus) -> Validity:
    """Status of a whole document on ``day``.

    A document that is not at hand, or historical, counts as in force only where its end is known: with an open end nobody
    has looked whether it still holds, so its state is unknown. What has made way for it is named in the note.
    """
    start, _ = span(document, None, corpus)
    end, state = _end(document, corpus)
    later = [f"{r.scope}，见{by.short_title}" for r, by, since in displacements(document, corpus) if since <= day]
    if day > end:
        doubt = ["待核对原文"] if state == "superseded" and document.confidence != "H" else []
        return Validity(state, "；".join([_over(document, end, state), *later[-1:], *doubt]))
    if day < start:
        return Validity("not_yet", f"{chinese_date(start)}{_began(document)}")
    if (document.historical or not document.included) and end == FAR_FUTURE:
        why = f"没有截止日期可查{_unseen(document)}，不可断言有效，请向发文机关核实"
        return Validity("unknown", "；".join([why, *later[-1:]]))
    if (document.historical or not document.included) and start == FAR_PAST:
        return Validity("unknown", f"没有写日期{_unseen(document)}，效力请向发文机关核实")
    since = f"{chinese_date(start)}{_began(document)}" if start > FAR_PAST else "没有写施行日期"
    return Validity("in_force", f"{since}，{_until(document)}")


def _unseen(document: Document) -> str:
    return "" if document.included else "，也没有收录正文"


def _over(document: Document, end: date, state: str) -> str:
    """How a document ended."""
    if document.last_year and state == "expired" and end == date(document.last_year, 12, 31) != document.in_force.until:
        return f"只管到{document.last_year}年的工作，那一轮已经结束"
    return f"{chinese_date(end)}止"


def _began(document: Document) -> str:
    return "起施行" if document.in_force.from_ or document.included else "签发"


def _until(document: Document) -> str:
    if document.in_force.until:
        return f"至{chinese_date(document.in_force.until)}"
    return f"只管到{document.last_year}年的工作" if document.last_year else "没有写截止日期"


@lru_cache(maxsize=8192)
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
