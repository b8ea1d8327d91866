"""What the collection holds, as plain models: documents and their clauses. For every front end that shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.answer import Validity
from assistant.errors import AssistantError, BadInput
from corpus.models import Document, split_ref
from corpus.places import COUNTRY, chain, places, resolve
from corpus.validity import document_validity, validity

if TYPE_CHECKING:
    from assistant.house import House
    from corpus.validity import Validity as Status

LEVELS = {"national": 0, "province": 1, "district": 2}
"""The wider place first."""


class SearchUnavailable(AssistantError):
    """The index cannot be used; the message says why."""


class RelationInfo(BaseModel):
    """What a document does to another one; ``title`` is empty when the other is not in the catalogue."""

    kind: str
    target: str
    title: str = ""
    scope: str = ""
    from_: date | None = None


class DocumentInfo(BaseModel):
    """Facts of one document and its status on the asked day. ``original``: its wording has been imported."""

    id: str
    title: str
    short_title: str
    number: str | None
    issuer: str
    place: str
    level: str
    kind: str
    signed: date | None
    in_force_from: date | None
    in_force_until: date | None
    last_year: int | None = None
    validity: Validity
    validity_label: str
    validity_note: str
    clauses: int
    included: bool
    original: bool
    source_page: str | None
    missing: list[str] = []
    notes: list[str] = []
    relations: list[RelationInfo] = []
    repeals: list[str] = []
    confidence: str = "H"


class SeeAlsoInfo(BaseModel):
    """Another clause that the reader has to know of."""

    ref: str
    clause: str
    why: str


class ClauseInfo(BaseModel):
    """One clause with its document and its status. ``text`` is the original where imported, else our digest."""

    ref: str
    document: str
    document_title: str
    number: str | None
    issuer: str
    place: str
    eid: str
    clause: str
    path: list[str]
    heading: str
    text: str
    text_kind: Literal["original", "digest"]
    digest: str
    validity: Validity
    validity_label: str
    validity_note: str
    date: date | None
    see_also: list[SeeAlsoInfo] = []


class DocumentDetail(BaseModel):
    """A document with all its clauses, in its own order."""

    info: DocumentInfo
    clauses: list[ClauseInfo]


def place_names() -> list[str]:
    """Full names of every known place: 上海市 and its districts, the country, then the others."""
    ours = [name for name in places() if name.startswith("上海市")]
    return [*ours, COUNTRY, *(name for name in places() if name != COUNTRY and name not in ours)]


def full_place(name: str) -> str:
    """``"青浦"`` → ``"上海市青浦区"``. Raises BadInput with a sentence when the place is unknown."""
    found = name if name in places() else resolve(name)
    if found is None:
        raise BadInput("这个地区认不得，请写省、市或上海的区名，如 上海市、青浦区、天津市。")
    return found


def documents(house: House, as_of: date, place: str | None = None) -> list[DocumentInfo]:
    """Every document of the catalogue and every imported one, those with text first, historical ones after the
    others, the wider place before the narrower; in one place the order of the catalogue. ``place``: only what was issued there or in a narrower place (the
    country by itself)."""
    rank = {name: n for n, name in enumerate(places())}
    known = [*house.corpus.documents.values(), *house.library.originals.documents.values()]
    found = sorted(
        (d for d in known if place is None or d.place == place or _lies_in(d.place, place)),
        key=lambda d: (not d.included, d.historical, LEVELS[d.level], rank.get(d.place, len(rank)), d.id),
    )
    return [_info(house, d, as_of) for d in found]


def _lies_in(narrow: str, wide: str) -> bool:
    return wide != COUNTRY and wide in chain(narrow)


def entry_of(house: House, document_id: str) -> Document:
    """The catalogue's entry of a document, or what an imported one says of itself. Raises KeyError for neither."""
    return house.corpus.documents.get(document_id) or house.library.originals.documents[document_id]


def document(house: House, document_id: str, as_of: date) -> DocumentDetail:
    """One document with its clauses. Raises KeyError when it is unknown."""
    entry = entry_of(house, document_id)
    refs = [ref for ref in house.corpus.clauses if split_ref(ref)[0] == document_id]
    originals = house.library.originals.clauses.get(document_id, {})
    known = {split_ref(ref)[1] for ref in refs}
    refs += [f"{document_id}#{eid}" for eid, c in originals.items() if eid not in known and c.text]
    return DocumentDetail(info=_info(house, entry, as_of), clauses=[clause(house, ref, as_of) for ref in refs])


def clause(house: House, ref: str, as_of: date) -> ClauseInfo:
    """One clause by ``document#eId``. Raises KeyError when it is unknown."""
    document_id, eid = split_ref(ref)
    entry = entry_of(house, document_id)
    known = house.corpus.clauses.get(ref)
    original = house.library.originals.clauses.get(document_id, {}).get(eid)
    if known is None and original is None:
        raise KeyError(ref)
    wording = (original.text if original else "") or None
    catalogued = document_id in house.corpus.documents
    status = validity(ref, as_of, house.corpus) if catalogued else document_validity(entry, as_of, house.corpus)
    digest = known.digest if known else ""
    day = entry.in_force.from_ or entry.signed
    return ClauseInfo(
        ref=ref, document=document_id, document_title=entry.title, number=entry.number, issuer="、".join(entry.issuers),
        place=entry.place, eid=eid, clause=known.label if known else (original.label if original else eid),
        path=known.path if known else (original.path if original else []), heading=known.heading if known else "",
        text=wording or digest, text_kind="original" if wording else "digest", digest=digest, date=day,
        see_also=[
            SeeAlsoInfo(ref=see.ref, clause=_label(house, see.ref), why=see.why) for see in (known.see_also if known else [])
        ],
        **_status(status),
    )  # fmt: skip


def _info(house: House, entry: Document, as_of: date) -> DocumentInfo:
    digest = house.corpus.digests.get(entry.id)
    return DocumentInfo(
        id=entry.id, title=entry.title, short_title=entry.short_title, number=entry.number, issuer="、".join(entry.issuers),
        place=entry.place, level=entry.level, kind=entry.kind, signed=entry.signed, last_year=entry.last_year, in_force_from=entry.in_force.from_,
        in_force_until=entry.in_force.until, clauses=len(digest.clauses) if digest else 0, included=entry.included,
        original=entry.id in house.library.originals.clauses, source_page=entry.source_page, missing=list(entry.missing),
        notes=list(entry.notes), repeals=list(entry.repeals), confidence=entry.confidence,
        relations=[
            RelationInfo(kind=r.kind, target=r.target, title=_title(house, r.target), scope=r.scope, from_=r.from_)
            for r in entry.relations
        ],
        **_status(document_validity(entry, as_of, house.corpus)),
    )  # fmt: skip


def _status(status: Status) -> dict[str, str]:
    return {"validity": status.state, "validity_label": status.label, "validity_note": status.note}


def _title(house: House, document_id: str) -> str:
    found = house.corpus.documents.get(document_id)
    return found.title if found else ""


def _label(house: House, ref: str) -> str:
    document_id, eid = split_ref(ref)
    known = house.corpus.clauses.get(ref)
    entry = house.corpus.documents.get(document_id)
    return f"{entry.short_title if entry else document_id}{known.label if known else eid}"
