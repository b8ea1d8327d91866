"""The original page of an imported document, and where a clause stands on it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.documents.sources import sources
from assistant.errors import AssistantError
from indexing import pictures
from indexing.errors import DocumentError
from indexing.redact import MASKS

if TYPE_CHECKING:
    from assistant.house import House
    from indexing.clauses import OriginalClause
    from indexing.originals import Record, Source
    from indexing.pictures import Picture

WIDTH = 1240
"""Pixels across: sharp on a phone and on a wide screen."""
KEPT = 24


class NoPicture(AssistantError):
    """There is no picture of this page; the message says why."""


class Mark(BaseModel):
    """A line of a clause on a page, as shares of the picture's width and height from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


class PageInfo(BaseModel):
    """One page of the file that a document came from. ``first`` and ``last`` are the document's own pages; ``covered``
    passages with personal data are painted over; ``marks`` are the lines of the asked clause on this page."""

    source: str
    page: int
    first: int
    last: int
    width: float
    height: float
    covered: int
    marks: list[Mark] = []


def page_info(house: House, document_id: str, page: int, eid: str = "") -> PageInfo:
    """What stands on one page (from 1, of the file), with the lines of the clause ``eid``.

    Raises KeyError when the document was not imported, NoPicture when its page cannot be shown.
    """
    record, source = _source(house, document_id)
    drawn = _drawn(record, source, page)
    clause = house.library.originals.clauses.get(document_id, {}).get(eid)
    lines = _lines(record, clause, page) if clause else []
    marks = [drawn.fraction((x0, y0, x1, y1)) for _, _, x0, y0, x1, y1 in lines]
    return PageInfo(
        source=source.name, page=page, first=record.pages[0], last=record.pages[1], width=drawn.size[0], height=drawn.size[1],
        covered=drawn.covered, marks=[Mark(left=x, top=y, width=w, height=h) for x, y, w, h in marks],
    )  # fmt: skip


def page_png(house: House, document_id: str, page: int) -> bytes:
    """The picture of one page. Raises KeyError and NoPicture like ``page_info``."""
    record, source = _source(house, document_id)
    return _drawn(record, source, page).png


def has_pages(house: House, document_id: str) -> bool:
    """Whether pages of this document can be shown: it came from a PDF that is still where it was."""
    record = house.library.originals.records.get(document_id)
    return record is not None and record.source.lower().endswith(".pdf") and Path(record.source).is_file()


def _source(house: House, document_id: str) -> tuple[Record, Source]:
    record = house.library.originals.records[document_id]
    source = sources().get(record.source)
    if source is None:
        raise KeyError(document_id)
    return record, source


def _drawn(record: Record, source: Source, page: int) -> Picture:
    path = Path(source.path)
    if source.kind != "pdf":
        raise NoPicture("这份文件不是 PDF，没有页面可以看。")
    if not record.pages[0] <= page <= record.pages[1]:
        raise NoPicture(f"这份文件在原件的第 {record.pages[0]} 页到第 {record.pages[1]} 页，没有第 {page} 页。")
    if said := pictures.unavailable():
        raise NoPicture(said)
    try:
        state = path.stat()
        if _sha256(path, state.st_size, state.st_mtime_ns) != source.sha256:
            raise NoPicture(f"{source.name} 在导入以后改过，页面可能对不上。请重新导入这份文件。")
    except OSError as error:
        raise NoPicture(f"原件 {source.name} 已经不在原来的地方，看不了页面。") from error
    try:
        drawn = _picture(path, source.sha256, page)
    except DocumentError as error:
        raise NoPicture(str(error)) from error
    if not drawn.readable and _is_masked(record, page):
        raise NoPicture("这一页有已经隐去的个人信息，又是扫描件，不能准确遮住，所以不显示。")
    return drawn


@lru_cache(maxsize=64)
def _sha256(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=KEPT)
def _picture(path: Path, sha256: str, page: int) -> Picture:
    return pictures.picture(path, page, WIDTH)


def _lines(record: Record, clause: OriginalClause, page: int) -> list[tuple[int, int, float, float, float, float]]:
    first, last = clause.lines
    return [place for place in record.places if first <= place[0] <= last and place[1] == page]


def _is_masked(record: Record, page: int) -> bool:
    """Whether something was masked in a clause that stands, at least in part, on this page."""
    masked = [c for c in record.clauses if any(mask in c.text for mask in MASKS.values())]
    return any(not record.places or _lines(record, clause, page) or clause.page == page for clause in masked)
