"""What the store of originals holds, and what an import reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import BaseModel

from corpus.models import Document, Level
from corpus.places import COUNTRY, chain
from indexing.clauses import OriginalClause

MatchedBy = Literal["number_and_title", "number", "title", "similar_title", "text", "none"]
FileState = Literal["added", "changed", "unchanged", "skipped", "failed"]
DocumentState = Literal["new", "changed", "unchanged"]
Place = tuple[int, int, float, float, float, float]
"""Line, page, and the box of the line (x0, y0, x1, y1 in points)."""
UNCHECKED = "目录里没有这份文件；标题、文号和日期是从文件里读出来的，没有核对过"


class Record(BaseModel):
    """One imported document: what it is, where it stands in its file, its clauses.

    ``id`` is that of the catalogue where the document was matched. ``source`` is the key of its file; ``doubts`` are
    sentences for people; ``redacted`` counts what was masked, by kind.
    """

    id: str
    source: str
    matched: MatchedBy
    title: str
    number: str | None = None
    issuers: list[str] = []
    place: str | None = None
    signed: date | None = None
    in_force_from: date | None = None
    until: date | None = None
    until_counted: bool = False
    repeals: list[str] = []
    pages: tuple[int, int] = (0, 0)
    clauses: list[OriginalClause] = []
    doubts: list[str] = []
    redacted: dict[str, int] = {}
    places: list[Place] = []

    @property
    def catalogued(self) -> bool:
        """Whether the catalogue knows the document."""
        return self.matched != "none"

    def as_document(self) -> Document:
        """A catalogue entry made of what the document says of itself, for one that the catalogue does not hold."""
        level: Level = (
            "national" if self.place == COUNTRY else "province" if len(chain(self.place or "")) < 3 else "district"
        )
        return Document.model_validate(
            {
                "id": self.id, "title": self.title, "short_title": self.title, "number": self.number,
                "issuers": self.issuers, "place": self.place or "", "level": level, "kind": "notice",
                "signed": self.signed, "in_force": {"from": self.in_force_from, "until": self.until},
                "included": False, "confidence": "L", "notes": [UNCHECKED],
            }
        )  # fmt: skip


class Source(BaseModel):
    """One imported file. ``made_by``: the parser and the catalogue that it was read with; when either changes, it is
    read again. ``documents`` are the ids of what was found in it, ``left_out`` those that were removed since."""

    path: str
    name: str
    sha256: str
    made_by: str
    kind: str
    pages: int
    doubts: list[str] = []
    documents: list[str] = []
    left_out: list[str] = []


class ClauseChange(BaseModel):
    """What became of one clause; ``before`` and ``after`` are its wording, empty where it was not there."""

    kind: Literal["added", "removed", "changed"]
    eid: str
    label: str
    before: str = ""
    after: str = ""


class DocumentReport(BaseModel):
    """What was found of one document, and how it differs from what was stored before."""

    id: str
    title: str
    number: str | None
    issuers: list[str]
    place: str | None
    signed: date | None
    in_force_from: date | None
    until: date | None
    repeals: list[str]
    pages: tuple[int, int]
    clauses: int
    forms: int
    not_included: int
    catalogued: bool
    matched: MatchedBy
    redacted: dict[str, int]
    doubts: list[str]
    state: DocumentState
    changes: list[ClauseChange] = []


class FileReport(BaseModel):
    """What became of one file. ``problem`` is a sentence where it could not be taken in."""

    file: str
    state: FileState
    kind: str = ""
    pages: int = 0
    problem: str = ""
    doubts: list[str] = []
    documents: list[DocumentReport] = []


class ImportReport(BaseModel):
    """A whole import. ``removed`` are ids that the files no longer hold; ``dry_run``: nothing was stored."""

    files: list[FileReport]
    removed: list[str] = []
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store differs from before."""
        return bool(self.removed) or any(f.state in ("added", "changed") for f in self.files)

    @property
    def failed(self) -> list[FileReport]:
        """Files that could not be taken in."""
        return [f for f in self.files if f.state == "failed"]


@dataclass
class Originals:
    """All imported originals: document id → eId → clause; ``documents`` are entries for those that the catalogue does
    not hold."""

    clauses: dict[str, dict[str, OriginalClause]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    def text(self, ref: str) -> str | None:
        """The wording of a clause, where its document was imported."""
        document, _, eid = ref.partition("#")
        clause = self.clauses.get(document, {}).get(eid)
        return clause.text if clause and clause.text else None


def summary(record: Record, before: Record | None) -> DocumentReport:
    """The report on one document, beside what was stored of it before."""
    changes = clause_changes(before, record) if before else []
    same = before is not None and before.model_dump(exclude={"source"}) == record.model_dump(exclude={"source"})
    shared = set(DocumentReport.model_fields) & set(Record.model_fields) - {"clauses"}
    return DocumentReport(
        **{name: getattr(record, name) for name in shared},
        clauses=len(record.clauses),
        forms=sum(c.kind == "form" for c in record.clauses),
        not_included=sum(bool(c.not_included) for c in record.clauses),
        catalogued=record.catalogued,
        state="new" if before is None else "unchanged" if same else "changed",
        changes=changes,
    )


def clause_changes(before: Record, after: Record) -> list[ClauseChange]:
    """Clause by clause: what is new, what is gone, what reads differently. In the order of the new text, then the old."""
    old, new = {c.eid: c for c in before.clauses}, {c.eid: c for c in after.clauses}
    found = [
        ClauseChange(kind="changed", eid=c.eid, label=c.label, before=old[c.eid].text, after=c.text)
        if c.eid in old
        else ClauseChange(kind="added", eid=c.eid, label=c.label, after=c.text)
        for c in after.clauses
        if c.eid not in old or old[c.eid].text != c.text
    ]
    gone = [c for c in before.clauses if c.eid not in new]
    return found + [ClauseChange(kind="removed", eid=c.eid, label=c.label, before=c.text) for c in gone]
