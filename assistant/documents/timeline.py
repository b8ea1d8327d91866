"""What was issued, took force, was replaced and ended, day by day, from the catalogue's dates and relations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.documents.versions import Named, Version, named, versions
from corpus.models import Clause, Document, split_ref
from corpus.places import COUNTRY, chain
from corpus.validity import FAR_FUTURE, document_validity, span

if TYPE_CHECKING:
    from assistant.house import House

EventKind = Literal["issued", "in_force", "issued_in_force", "replaced", "ended", "clause_replaced", "part_ended"]
KINDS: dict[EventKind, str] = {
    "issued": "印发", "in_force": "起施行", "issued_in_force": "印发并施行", "replaced": "被替代", "ended": "到期",
    "clause_replaced": "条款被替代", "part_ended": "条款到期",
}  # fmt: skip
BEGINNINGS = ("issued", "in_force", "issued_in_force")


class Event(BaseModel):
    """One day in the life of a document. ``other`` is what came in its place; ``eid`` and ``clause`` name the clause
    where the event is about one; ``what`` says how far it goes. ``ahead``: that day is still to come. An end is the
    last day in force."""

    day: date
    kind: EventKind
    label: str
    document: Named
    other: Named | None = None
    eid: str | None = None
    clause: str = ""
    what: str = ""
    whole: bool = True
    ahead: bool = False


class Timeline(BaseModel):
    """The events of a place in time's order; ``undated`` are its documents of which no day is known."""

    place: str | None
    as_of: date
    events: list[Event]
    undated: list[Named]


def timeline(house: House, as_of: date, place: str | None = None, *, endings: bool = False) -> Timeline:
    """The events of the documents that concern ``place`` (its own, those of wider places and of places in it; None: every
    document). ``endings``: only what ended or was replaced. What makes a document that is over already give way is none."""
    entries = [entry for entry in house.corpus.documents.values() if concerns(entry, place)]
    pairs: dict[str, list[Version]] = {}
    for version in versions(house):
        if version.by_clauses:
            continue
        pairs.setdefault(version.earlier.id, []).append(version)
    found: list[Event] = []
    undated: list[Named] = []
    for entry in entries:
        of = named(house, entry.id)
        events = [*_document(house, entry, of, pairs.get(entry.id, [])), *_clauses(house, entry, of)]
        if not events:
            undated.append(of)
        found += [event for event in events if not endings or event.kind not in BEGINNINGS]
    for event in found:
        event.ahead = event.day > as_of
    found.sort(key=lambda event: (event.day, list(KINDS).index(event.kind), event.document.id))
    return Timeline(place=place, as_of=as_of, events=found, undated=undated)


def concerns(entry: Document, place: str | None) -> bool:
    """Whether a document is one of a place, of a wider place or of a place in it; the country has its own alone."""
    if place is None or entry.place == place:
        return True
    return place != COUNTRY and (entry.place in chain(place) or place in chain(entry.place))


def _document(house: House, entry: Document, of: Named, pairs: list[Version]) -> Iterator[Event]:
    starts = entry.in_force.from_
    if entry.signed is not None and entry.signed == starts:
        yield _event(entry.signed, "issued_in_force", of)
    else:
        if entry.signed is not None:
            yield _event(entry.signed, "issued", of)
        if starts is not None:
            yield _event(starts, "in_force", of)
    end = span(entry, None, house.corpus)[1]
    for pair in pairs:
        if pair.since is not None and pair.since - timedelta(days=1) <= end:
            what = pair.scope or ("全文" if pair.whole else "")
            yield _event(pair.since, "replaced", of, other=pair.later, what=what, whole=pair.whole)
    if end != FAR_FUTURE and document_validity(entry, end + timedelta(days=1), house.corpus).state == "expired":
        only = entry.last_year and end == date(entry.last_year, 12, 31) != entry.in_force.until
        yield _event(end, "ended", of, what=f"只管到{entry.last_year}年的工作" if only else "有效期到这一天")


def _clauses(house: House, entry: Document, of: Named) -> Iterator[Event]:
    digest = house.corpus.digests.get(entry.id)
    for clause in digest.clauses if digest else []:
        for part in clause.ends:
            yield _event(part.until, "part_ended", of, at=clause, what=part.what, whole=part.whole)
        for displaced in clause.displaced:
            other = named(house, split_ref(displaced.by)[0])
            yield _event(
                displaced.from_,
                "clause_replaced",
                of,
                other=other,
                what=displaced.scope,
                whole=displaced.whole,
                at=clause,
            )


def _event(
    day: date,
    kind: EventKind,
    document: Named,
    *,
    other: Named | None = None,
    at: Clause | None = None,
    what: str = "",
    whole: bool = True,
) -> Event:
    return Event(
        day=day, kind=kind, label=KINDS[kind], document=document, other=other, eid=at.eid if at else None,
        clause=at.label if at else "", what=what, whole=whole,
    )  # fmt: skip
