"""What is indexed: every wording of every question, every digest, topic and gap; on a shelf of their own the clauses of
imported originals. Several entries share one target (the clause, topic or gap that they lead to)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.load import Corpus
from corpus.models import Clause, Gap, Topic, split_ref
from corpus.places import COUNTRY, without_names
from corpus.quantities import undated
from corpus.validity import FAR_FUTURE, FAR_PAST, span
from indexing.clause import OriginalClause
from indexing.originals.records import Originals

LONG, LEAST_PART = 500, 40
LONGEST_HEADING = 30
SENTENCE = re.compile("[。；，：！？;,]")
IN_A_LIST = re.compile(r"(?:item|point|sub|mark)_\d+$")


@dataclass(frozen=True)
class Entry:
    """One indexed text. ``target`` is a clause reference, ``topic:ID`` or ``gap:ID``; ``question`` is the number of
    the QA group that the text is a wording of, or -1. ``valid_from`` and ``valid_until`` are yyyymmdd, included."""

    id: str
    target: str
    kind: str
    text: str
    place: str
    valid_from: int
    valid_until: int
    question: int = -1

    @property
    def digest(self) -> str:
        """Hash of everything that the index stores of it; an entry is built again only when this changes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def packed(day: date) -> int:
    """2026-04-01 → 20260401."""
    return day.year * 10000 + day.month * 100 + day.day


def entries(corpus: Corpus) -> list[Entry]:
    """Every entry of what the project wrote, in a stable order."""
    found = [entry for ref, clause in corpus.clauses.items() for entry in _clause(ref, clause, corpus)]
    found += [entry for topic in corpus.topics.values() for entry in _topic(topic, corpus)]
    found += [entry for gap in corpus.gaps.values() for entry in _gap(gap)]
    return [_bare(entry, corpus) for entry in found]


def _bare(entry: Entry, corpus: Corpus) -> Entry:
    """An entry of a historical document without the years and, where its place has only historical documents, the names of
    its place that every wording of it repeats: filters and dates take care of both, and what is left compares with the
    wordings of the whole country."""
    document = corpus.documents.get(split_ref(entry.target)[0])
    text = entry.text
    if document is not None and document.historical:
        text = undated(text)
    if entry.place in corpus.places_then:
        text = without_names(text, [entry.place])
    return replace(entry, text=text)


def original_entries(corpus: Corpus, originals: Originals) -> list[Entry]:
    """Every clause of the imported originals that says something; a long one also paragraph by paragraph, unless its
    items are clauses.

    A document that names no place has none, and is found only where no place is asked for.
    """
    found: list[Entry] = []
    for document, clauses in originals.clauses.items():
        known = corpus.documents.get(document) or originals.documents.get(document)
        if known is None:  # the catalogue dropped it since; an update of the file settles that
            continue
        parents = {eid.rpartition("__")[0] for eid in clauses}
        for eid, original in clauses.items():
            if not _says_something(original, leads_in=eid in parents):
                continue
            target = f"{document}#{eid}"
            start, end = span(known, corpus.clauses.get(target), corpus)
            head = " ".join([known.title, known.number or "", *original.path, original.label])
            base = Entry(f"{target}|original", target, "original", "", known.place, packed(start), packed(end))
            found.append(replace(base, text=f"{head}\n{original.text}"))
            if eid not in parents and original.kind != "form":
                found += [
                    replace(base, id=f"{base.id}.{n}", kind="paragraph", text=f"{head}\n{part}")
                    for n, part in enumerate(_parts(original.text))
                ]
    return found


def wordings(found: Iterable[Entry]) -> dict[str, str]:
    """Target → its wording, of the clauses of originals."""
    return {e.target: e.text.partition("\n")[2] for e in found if e.kind == "original"}


def _says_something(clause: OriginalClause, *, leads_in: bool) -> bool:
    """Whether a clause holds more than a heading, a title or a signature. What stands in a list says something however short it
    is, unless it only ``leads_in`` what stands below it; that has the heading in its path."""
    if not clause.text.strip() or clause.eid.endswith("signature"):
        return False
    if clause.kind != "text" or (IN_A_LIST.search(clause.eid) and not leads_in):
        return True
    if clause.eid == "intro":  # the title, the number and whom it is written to
        return "。" in clause.text
    return len(clause.text) >= LONGEST_HEADING or bool(SENTENCE.search(clause.text))


def _parts(text: str) -> list[str]:
    """The paragraphs of a long clause that can stand for themselves; none of a short one."""
    if len(text) <= LONG:
        return []
    return [part for part in text.split("\n") if len(part) >= LEAST_PART]


def _clause(ref: str, clause: Clause, corpus: Corpus) -> Iterator[Entry]:
    document = corpus.documents[split_ref(ref)[0]]
    start, end = span(document, clause, corpus)
    dates = packed(start), packed(end)
    head = f"{document.short_title} {' '.join(clause.path)} {clause.label} {clause.heading}"
    text = f"{head} {clause.digest} {' '.join(clause.terms)}"
    yield Entry(f"{ref}|digest", ref, "digest", text, document.place, *dates)
    for n, qa in enumerate(clause.questions):
        for m, wording in enumerate(qa.ask):
            yield Entry(f"{ref}|q{n}.{m}", ref, "question", wording, document.place, *dates, question=n)
        yield Entry(f"{ref}|a{n}", ref, "answer", f"{clause.heading} {qa.answer}", document.place, *dates, question=n)


def _topic(topic: Topic, corpus: Corpus) -> Iterator[Entry]:
    target = f"topic:{topic.id}"
    place = topic.place or COUNTRY
    dates = packed(FAR_PAST), packed(FAR_FUTURE)
    text = " ".join([topic.title, *(p.text for p in topic.points)])
    yield Entry(f"{target}|digest", target, "topic", text, place, *dates)
    for n, qa in enumerate(topic.questions):
        for m, wording in enumerate(qa.ask):
            yield Entry(f"{target}|q{n}.{m}", target, "question", wording, place, *dates, question=n)
        yield Entry(f"{target}|a{n}", target, "answer", f"{topic.title} {qa.answer}", place, *dates, question=n)


def _gap(gap: Gap) -> Iterator[Entry]:
    target = f"gap:{gap.id}"
    dates, place = (packed(FAR_PAST), packed(FAR_FUTURE)), gap.place or COUNTRY
    for m, wording in enumerate(gap.ask):
        yield Entry(f"{target}|q0.{m}", target, "question", wording, place, *dates, question=0)
    yield Entry(f"{target}|digest", target, "gap", " ".join(gap.terms) or gap.ask[0], place, *dates)
