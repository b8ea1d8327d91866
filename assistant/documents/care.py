"""What of the collection needs a look: what ends soon, has ended, was replaced, is old, or lacks its wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.documents.timeline import concerns, timeline
from assistant.documents.versions import Named, named
from corpus.validity import FAR_FUTURE, chinese_date, document_validity, span

if TYPE_CHECKING:
    from assistant.house import House
    from corpus.models import Document

SOON = 180
OLD_YEARS = 5
CareKind = Literal["ending", "partly", "doubts", "old", "unknown", "no_digest", "no_original", "ended", "replaced"]
ABOUT: dict[CareKind, tuple[str, str]] = {
    "ending": ("快到期", "{soon}天以内到期的文件和条款。到期前看看有没有延期或者新的规定。"),
    "partly": ("一部分已被替代", "还在用，但有内容已经让位给新规定；答复时看清是哪一部分。"),
    "doubts": ("导入时有疑点", "读原件时有拿不准的地方，请对着原件看一遍。"),
    "old": ("年头久了", "印发{years}年以上，又没有写截止日期；请核实还用不用。"),
    "unknown": ("效力待核实", "日期不全或者没有截止日期，不能断言有效。"),
    "no_digest": ("没有摘要", "只有目录或者只有原文；问答时答得不如有摘要的好。"),
    "no_original": ("没有原文", "引用时只能给摘要；导入原文以后就能给原话。"),
    "ended": ("已过有效期", "按这一天已经到期，或者那一轮已经结束。"),
    "replaced": ("已被废止或替代", "全文已经被新规定代替，只供查以前的规定。"),
}  # fmt: skip


class CareItem(BaseModel):
    """A document, or a clause of it, and why it is in the group; ``day`` is the day in question."""

    document: Named
    eid: str | None = None
    clause: str = ""
    day: date | None = None
    why: str


class CareGroup(BaseModel):
    """One reason to look. Today's documents stand before historical ones."""

    kind: CareKind
    label: str
    about: str
    items: list[CareItem]


class Care(BaseModel):
    """Every group, also the empty ones, the most pressing first."""

    place: str | None
    as_of: date
    soon: int
    groups: list[CareGroup]


def care(house: House, as_of: date, place: str | None = None, soon: int = SOON) -> Care:
    """What needs a look on ``as_of`` among the documents that concern ``place`` (None: all). ``soon`` in days."""
    found: dict[CareKind, list[CareItem]] = {kind: [] for kind in ABOUT}
    for entry in [*house.corpus.documents.values(), *house.library.originals.documents.values()]:
        if concerns(entry, place):
            of = named(house, entry.id)
            for kind, item in _document(house, entry, of, as_of, soon):
                found[kind].append(item)
    for kind, item in _clauses(house, as_of, place, soon):
        found[kind].append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.document.historical, item.day or date.max))
    words = {"soon": soon, "years": OLD_YEARS}
    groups = [
        CareGroup(kind=kind, label=label, about=about.format(**words), items=found[kind])
        for kind, (label, about) in ABOUT.items()
    ]
    return Care(place=place, as_of=as_of, soon=soon, groups=groups)


def _document(house: House, entry: Document, of: Named, as_of: date, soon: int) -> Iterator[tuple[CareKind, CareItem]]:
    status = document_validity(entry, as_of, house.corpus)
    end = span(entry, None, house.corpus)[1]
    if status.state in ("in_force", "not_yet") and as_of <= end <= as_of + timedelta(days=soon):
        yield "ending", CareItem(document=of, day=end, why=f"{chinese_date(end)}到期")
    if status.state in ("repealed", "superseded"):
        yield "replaced", CareItem(document=of, day=end, why=status.note)
    if status.state == "expired":
        yield "ended", CareItem(document=of, day=end, why=status.note)
    if status.state == "unknown":
        yield "unknown", CareItem(document=of, day=entry.signed, why=status.note)
    aged = entry.signed is not None and entry.signed < _years_before(as_of)
    if status.state == "in_force" and end == FAR_FUTURE and aged and entry.signed:
        yield "old", CareItem(document=of, day=entry.signed, why=f"{chinese_date(entry.signed)}印发，没有写截止日期")
    record = house.library.originals.records.get(entry.id)
    if record is not None and record.doubts:
        yield "doubts", CareItem(document=of, why="；".join(doubt.rstrip("。") for doubt in record.doubts))
    if entry.id not in house.corpus.digests:
        yield "no_digest", CareItem(document=of, why="有原文" if record else "只有目录")
    if record is None:
        yield "no_original", CareItem(document=of, why="有摘要" if of.wording == "digest" else "只有目录")


def _clauses(house: House, as_of: date, place: str | None, soon: int) -> Iterator[tuple[CareKind, CareItem]]:
    """Parts of documents that end soon, and documents of which a part was replaced while the rest holds."""
    for event in timeline(house, as_of, place, endings=True).events:
        of = event.document
        item = CareItem(document=of, eid=event.eid, clause=event.clause, day=event.day, why=event.what)
        entry = house.corpus.documents[of.id]
        if document_validity(entry, as_of, house.corpus).state not in ("in_force", "not_yet"):
            continue
        if event.kind == "part_ended" and as_of <= event.day <= as_of + timedelta(days=soon):
            yield "ending", item
        if event.other is not None and event.day <= as_of and not (event.kind == "replaced" and event.whole):
            item.why = f"{event.what}，见《{event.other.title}》"
            yield "partly", item
        if event.kind == "part_ended" and event.day < as_of:
            item.why = f"{event.what}（到{chinese_date(event.day)}）"
            yield "ended", item


def _years_before(day: date) -> date:
    return day.replace(year=day.year - OLD_YEARS, day=min(day.day, 28))
