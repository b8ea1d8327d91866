"""Which document came in the place of which, as the catalogue's relations say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.library import entry_of
from corpus.models import split_ref

if TYPE_CHECKING:
    from assistant.house import House
    from corpus.models import Document

Wording = Literal["original", "digest", "none"]
REPLACING = {"repeals": "废止", "supersedes": "取代", "displaces": "优先适用", "displaced_by": "优先适用"}
"""Relations by which a later document comes in the place of an earlier one, and what the later one does."""


class Named(BaseModel):
    """A document as lists name it. ``wording``: what of its clauses is at hand."""

    id: str
    title: str
    short_title: str
    number: str | None
    place: str
    historical: bool
    wording: Wording


class Version(BaseModel):
    """``later`` came in the place of ``earlier`` on ``since``: as a whole, or as far as ``scope`` says. ``label`` is what
    the later one does to the earlier one. ``by_clauses``: only single clauses say so, not the document."""

    earlier: Named
    later: Named
    label: str
    since: date | None
    whole: bool
    scope: str
    by_clauses: bool = False


def named(house: House, document_id: str) -> Named:
    """A document of the catalogue, or an imported one. Raises KeyError when it is unknown."""
    entry = entry_of(house, document_id)
    return Named(
        id=entry.id, title=entry.title, short_title=entry.short_title, number=entry.number, place=entry.place,
        historical=entry.historical, wording=_wording(house, document_id),
    )  # fmt: skip


def versions(house: House) -> list[Version]:
    """Every pair of documents of which one came in the place of the other: those of today's documents first, then the
    newest."""
    found = [version for entry in house.corpus.documents.values() for version in _of(house, entry)]
    found += [version for document_id in house.corpus.digests for version in _by_clauses(house, document_id)]
    found.sort(key=lambda v: (v.earlier.historical, -(v.since or date.min).toordinal(), v.earlier.id))
    return found


def _of(house: House, entry: Document) -> Iterator[Version]:
    documents = house.corpus.documents
    for relation in entry.relations:
        other = documents.get(relation.target)
        if relation.kind not in REPLACING or other is None:
            continue
        earlier, later = (entry, other) if relation.kind == "displaced_by" else (other, entry)
        yield Version(
            earlier=named(house, earlier.id), later=named(house, later.id), label=REPLACING[relation.kind],
            since=relation.from_ or later.in_force.from_ or later.signed, whole=relation.whole, scope=relation.scope,
        )  # fmt: skip


def _by_clauses(house: House, document_id: str) -> Iterator[Version]:
    """The documents to which single clauses of this one have made way."""
    days: dict[str, list[date]] = {}
    for clause in house.corpus.digests[document_id].clauses:
        for by, since in {split_ref(one.by)[0]: one.from_ for one in clause.displaced}.items():
            days.setdefault(by, []).append(since)
    for later, found in days.items():
        yield Version(
            earlier=named(house, document_id), later=named(house, later), label=REPLACING["displaced_by"], since=min(found),
            whole=False, scope=f"有{len(found)}条（款）的内容改看后来这份", by_clauses=True,
        )  # fmt: skip


def _wording(house: House, document_id: str) -> Wording:
    if document_id in house.library.originals.clauses:
        return "original"
    return "digest" if document_id in house.corpus.digests else "none"
