"""What the files of the corpus hold, as pydantic models. Unknown keys are errors, so a typo never passes.

Identifiers follow Akoma Ntoso naming: a document id such as ``cn/miit/2026/2``, inside it an eId such as
``art_17`` or ``annex_1__item_2``; a reference is ``document id#eId``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

DocumentId = Annotated[str, StringConstraints(pattern=r"^cn(-[a-z]{2}){0,2}(/[a-z0-9-]+)+$")]
EId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_\d+)?(__[a-z]+_\d+)*$")]
Ref = Annotated[str, StringConstraints(pattern=r"^cn[a-z0-9/-]*#[a-z0-9_]+$")]
Confidence = Literal["H", "M", "L"]
Level = Literal["national", "province", "district"]
Title = Literal["创新型", "科技型", "专精特新", "小巨人", "重点小巨人"]
"""The titles of the ladder, by the short names that people use, and the support for some of the uppermost."""


class Model(BaseModel):
    """Base of every record: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class InForce(Model):
    """Dates of force; both ends are included. ``from`` may be unknown for documents that are not at hand."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Relation(Model):
    """What one document does to another: ``scope`` says how far it goes, in our words."""

    kind: Literal["repeals", "supersedes", "based_on", "displaces", "displaced_by", "implements", "refers_to"]
    target: DocumentId
    scope: str = ""
    from_: date | None = Field(default=None, alias="from")
    whole: bool = False
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Document(Model):
    """Catalogue entry: facts of one document. ``included`` is false when only its name and effects are known;
    ``called`` is a pattern of what people call it in a question. ``last_year``: the last year whose work a notice
    of one round orders; after it the notice has nothing left to say. ``repeals``: documents outside the catalogue
    that it ends, as it names them. ``historical``: kept for what was once in force; only the clauses that carry something
    have digests, and nobody looked whether it still holds. ``titles``: which title a part of it is about, by the part's
    eId."""

    id: DocumentId
    title: str
    short_title: str
    number: str | None = None
    issuers: list[str]
    place: str
    level: Level
    kind: Literal["measure", "rules", "policy", "plan", "standard", "notice"]
    signed: date | None = None
    published: date | None = None
    in_force: InForce = InForce()
    last_year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    relations: list[Relation] = []
    repeals: list[str] = []
    included: bool = True
    missing: list[str] = []
    source_page: str | None = None
    confidence: Confidence = "H"
    notes: list[str] = []
    called: str | None = None
    historical: bool = False
    titles: dict[EId, Title] = {}

    @field_validator("called")
    @classmethod
    def _pattern(cls, called: str | None) -> str | None:
        try:
            re.compile(called or "")
        except re.error as error:
            raise ValueError(f"“{called}”不是能用的匹配式：{error}") from error
        return called


class Fact(Model):
    """A typed figure of a clause. Values are written as in the clause (``50万元``, ``30%``, ``05-31``, ``3个月``)."""

    kind: Literal[
        "amount", "ratio", "deadline", "period", "count", "score", "target", "consequence", "body", "date", "site"
    ]
    what: str
    is_: str | None = Field(default=None, alias="is")
    min: str | None = None
    max: str | None = None
    above: str | None = None
    below: str | None = None
    on: str | None = None
    within: str | None = None
    each: Literal["year", "quarter", "month"] | None = None
    who: str | None = None
    where: str | None = None
    note: str | None = None
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class QA(Model):
    """One thing people ask of a clause, in several wordings, and what a good specialist would say first."""

    ask: list[str] = Field(min_length=2)
    answer: str


class SeeAlso(Model):
    """Another clause that the reader has to know of, and why."""

    ref: Ref
    why: str


class Displacement(Model):
    """From a day on, another clause stands before this one: wholly, or for the titles or matters in ``scope``."""

    by: Ref
    from_: date = Field(alias="from")
    scope: str
    whole: bool = False
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class PartLimit(Model):
    """A part of the clause that ends on its own day (``what`` names the part)."""

    what: str
    until: date
    whole: bool = False


class Clause(Model):
    """One clause: 条, or item of an annex, or numbered measure. ``digest`` is ours, plain and complete."""

    eid: EId
    label: str
    path: list[str] = []
    heading: str
    digest: str
    facts: list[Fact] = []
    questions: list[QA] = Field(min_length=1)
    see_also: list[SeeAlso] = []
    displaced: list[Displacement] = []
    ends: list[PartLimit] = []
    terms: list[str] = []


class Digest(Model):
    """All clauses of one document."""

    document: DocumentId
    clauses: list[Clause]


class Point(Model):
    """A sentence with the clauses that it rests on."""

    text: str
    refs: list[Ref] = Field(min_length=1)


class Table(Model):
    """A comparison; each row names the clauses that it rests on."""

    columns: list[str] = Field(min_length=2)
    rows: list[TableRow] = Field(min_length=1)


class TableRow(Model):
    """One row; ``cells`` has one entry per column."""

    cells: list[str]
    refs: list[Ref] = Field(min_length=1)


class Topic(Model):
    """What no single clause answers: conclusion, points, table, cautions and the next step, each with its clauses."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: str
    place: str | None = None
    questions: list[QA] = Field(min_length=1)
    points: list[Point] = Field(min_length=1)
    table: Table | None = None
    cautions: list[Point] = []
    next_steps: list[Point] = []

    @property
    def refs(self) -> list[str]:
        """Every clause that the topic rests on, first mention first."""
        rows = self.table.rows if self.table else []
        parts: list[Point | TableRow] = [*self.points, *rows, *self.cautions, *self.next_steps]
        found = [r for part in parts for r in part.refs]
        return list(dict.fromkeys(found))


class Gap(Model):
    """What people ask and the collection does not hold. Keeps the assistant from answering it with a neighbour.

    ``needs`` is a pattern without which a question cannot be about it; ``elsewhere`` holds it for questions about
    places without documents of their own, ``place`` for questions about that place.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    reason: Literal["not_in_collection", "document_not_imported"]
    ask: list[str] = Field(min_length=3)
    answer: str
    nearest: list[Point] = []
    whom: str
    needs: str | None = None
    elsewhere: bool = False
    place: str | None = None
    document: DocumentId | None = None
    terms: list[str] = []


def split_ref(ref: str) -> tuple[str, str]:
    """``"cn/miit/2026/2#art_17"`` → ``("cn/miit/2026/2", "art_17")``."""
    document, _, eid = ref.partition("#")
    return document, eid


def natural_key(eid: str) -> list[int | str]:
    """Sort key that puts ``art_2`` before ``art_10``."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", eid)]


Table.model_rebuild()
