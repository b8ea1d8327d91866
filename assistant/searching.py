"""Search over digests, topics and the wording of imported originals, as plain models for every front end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.answer import Validity
from assistant.library import SearchUnavailable, clause, entry_of
from corpus.models import Document, split_ref
from corpus.places import COUNTRY, chain
from corpus.validity import LABELS, document_validity
from indexing.errors import IndexingError
from indexing.wording import Found, search_all

if TYPE_CHECKING:
    from assistant.house import House

TargetKind = Literal["clause", "topic"]
OVER = frozenset({"expired", "repealed", "superseded"})
BRIEF = 120


class AlsoIn(BaseModel):
    """Another document that says nearly the same, word for word, with the same figures; ``year`` as in a hit."""

    ref: str
    document_title: str
    place: str
    year: int | None
    clause: str
    validity: Validity
    validity_label: str


class Near(BaseModel):
    """A clause beside or above a hit, shortened."""

    ref: str
    clause: str
    text: str


class SearchHit(BaseModel):
    """A clause, or a topic that joins several, with its score (0 to about 1) and the wording that matched best.

    ``year``: of signing, or the year that the document is for. ``historical``: the sentence to show where only documents that no longer hold say this; else
    empty. ``parents``, ``before`` and ``after`` are the context of a clause of an original.
    """

    kind: TargetKind
    ref: str
    score: float
    document: str
    document_title: str
    number: str | None
    place: str
    year: int | None = None
    clause: str
    heading: str
    path: list[str] = []
    text: str
    text_kind: Literal["original", "digest"] = "digest"
    matched: str = ""
    validity: Validity
    validity_label: str
    validity_note: str = ""
    historical: str = ""
    also_in: list[AlsoIn] = []
    parents: list[Near] = []
    before: Near | None = None
    after: Near | None = None


def search(
    house: House,
    query: str,
    k: int = 10,
    place: str | None = None,
    as_of: date | None = None,
) -> list[SearchHit]:
    """The ``k`` best clauses and topics. ``place``: what holds there, wider places included (without it: the places that
    the query names, else all); ``as_of``: only what is in force on that day (None: everything, with its status today).
    Raises SearchUnavailable without an index.
    """
    house.refresh()
    if house.searcher is None:
        raise SearchUnavailable(house.why or "检索暂时用不了，索引还没有建好。请运行 tiaoli index build。")
    day = as_of or house.today()
    try:
        hits = search_all(house.searcher, query, k, places=chain(place) if place else None, as_of=as_of)
    except IndexingError as error:
        raise SearchUnavailable(str(error)) from error
    return [found for hit in hits if (found := _hit(house, hit, day))]


def _hit(house: House, hit: Found, day: date) -> SearchHit | None:
    if hit.kind == "topic":
        return _topic_hit(house, hit)
    try:
        found = clause(house, hit.target, day)
    except KeyError:  # indexed, and removed since
        return None
    known = house.corpus.clauses.get(hit.target)
    entry = entry_of(house, found.document)
    also = [a for ref in hit.also if (a := _also(house, ref, day))]
    year = _year(entry)
    parents, before, after = _context(house, hit.target)
    return SearchHit(
        kind="clause", ref=hit.target, score=round(hit.score, 4), document=found.document,
        document_title=found.document_title, number=found.number, place=found.place, year=year, clause=found.clause,
        heading=found.heading, path=found.path, text=found.text, text_kind=found.text_kind,
        matched=known.questions[hit.question].ask[0] if known and hit.question >= 0 else "",
        validity=found.validity, validity_label=found.validity_label, validity_note=found.validity_note,
        historical=_historical(found.validity, found.place, year, also), also_in=also, parents=parents, before=before, after=after,
    )  # fmt: skip


def _topic_hit(house: House, hit: Found) -> SearchHit | None:
    topic = house.corpus.topics.get(hit.target.partition(":")[2])
    if topic is None:
        return None
    return SearchHit(
        kind="topic", ref=hit.target, score=round(hit.score, 4), document="", document_title="专题", number=None,
        place=topic.place or COUNTRY, clause="", heading=topic.title, text=" ".join(p.text for p in topic.points),
        matched=topic.questions[hit.question].ask[0] if hit.question >= 0 else "", validity="in_force", validity_label=LABELS["in_force"],
    )  # fmt: skip


def _year(entry: Document) -> int | None:
    day = entry.signed or entry.in_force.from_
    return day.year if day else entry.last_year


def _also(house: House, ref: str, day: date) -> AlsoIn | None:
    document_id, eid = split_ref(ref)
    original = house.library.originals.clauses.get(document_id, {}).get(eid)
    if original is None:  # indexed, and removed since
        return None
    entry = entry_of(house, document_id)
    status = document_validity(entry, day, house.corpus)
    return AlsoIn.model_validate(
        {
            "ref": ref, "document_title": entry.title, "place": entry.place, "year": _year(entry), "clause": original.label,
            "validity": status.state, "validity_label": status.label,
        }
    )  # fmt: skip


def _historical(state: str, place: str, year: int | None, also: list[AlsoIn]) -> str:
    """The label of what no document says any more that still holds, or may hold."""
    if state not in OVER or any(other.validity not in OVER for other in also):
        return ""
    when = f"{year}年" if year else "过去"
    return f"只见于已经不再执行的文件（{place or '地区不明'}，{when}），不能当作现行规定"


def _context(house: House, ref: str) -> tuple[list[Near], Near | None, Near | None]:
    """The clauses above, the one before and the one after, on the same level; of imported originals only."""
    document_id, eid = split_ref(ref)
    clauses = house.library.originals.clauses.get(document_id, {})
    if eid not in clauses:
        return [], None, None

    def near(other: str) -> Near:
        found = clauses[other]
        return Near(ref=f"{document_id}#{other}", clause=found.label, text=found.text[:BRIEF])

    parts = eid.split("__")
    above = ["__".join(parts[:n]) for n in range(1, len(parts))]
    level = [e for e in clauses if e.rpartition("__")[0] == eid.rpartition("__")[0]]
    at = level.index(eid)
    before = near(level[at - 1]) if at else None
    after = near(level[at + 1]) if at + 1 < len(level) else None
    return [near(e) for e in above if e in clauses], before, after
