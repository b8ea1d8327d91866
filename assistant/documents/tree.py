"""One document as a tree of clauses, its wording beside our digest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.answer import Validity
from assistant.documents.pages import has_pages
from assistant.library import ClauseInfo, DocumentInfo, SeeAlsoInfo, document
from corpus.eids import order, parent

if TYPE_CHECKING:
    from assistant.house import House
    from indexing.clauses import OriginalClause


class RefInfo(BaseModel):
    """A clause of the same document that this one refers to."""

    eid: str
    label: str


class Node(BaseModel):
    """A clause, or a heading that only groups clauses (``eid`` is None). ``kind``: text, form, table or group.

    ``original`` and ``digest`` are empty where there is none; ``page`` is where the wording begins in the imported
    file, 0 where it is not known. ``not_included`` names what the clause leaves to a paper that is not at hand.
    """

    eid: str | None
    label: str
    heading: str = ""
    kind: str = "group"
    original: str = ""
    digest: str = ""
    page: int = 0
    refs: list[RefInfo] = []
    not_included: list[str] = []
    see_also: list[SeeAlsoInfo] = []
    validity: Validity | None = None
    validity_label: str = ""
    validity_note: str = ""
    children: list[Node] = []


class Tree(BaseModel):
    """A document and its clauses, in the order of its text; ``total`` counts the clauses without the headings.

    ``pages``: pictures of its pages can be asked for. ``doubts`` are sentences on what a person should check.
    """

    info: DocumentInfo
    total: int
    pages: bool
    doubts: list[str] = []
    nodes: list[Node]


def tree(house: House, document_id: str, as_of: date) -> Tree:
    """The clauses of a document with their status on the day. Raises KeyError when the document is unknown."""
    found = document(house, document_id, as_of)
    originals = house.library.originals.clauses.get(document_id, {})
    clauses = in_order({clause.eid: clause for clause in found.clauses}, list(originals))
    labels = {clause.eid: clause.clause for clause in clauses}
    root: list[Node] = []
    nodes: dict[str, Node] = {}
    groups: dict[tuple[str, ...], list[Node]] = {(): root}
    for clause in clauses:
        node = _node(clause, originals.get(clause.eid), labels)
        above = parent(clause.eid, labels)
        siblings = nodes[above].children if above in nodes else _group(groups, clause.path)
        siblings.append(node)
        nodes[clause.eid] = node
    record = house.library.originals.records.get(document_id)
    return Tree(
        info=found.info, total=len(clauses), pages=has_pages(house, document_id), doubts=record.doubts if record else [], nodes=root
    )  # fmt: skip


def in_order(clauses: dict[str, ClauseInfo], original: Iterable[str]) -> list[ClauseInfo]:
    """Clauses as the imported wording has them; those that it lacks where their ids put them. Parents come first."""
    places = {eid: n for n, eid in enumerate(original)}
    if not places:
        return [clauses[eid] for eid in sorted(clauses, key=order)]
    known = sorted((eid for eid in clauses if eid in places), key=places.__getitem__)
    for eid in sorted((eid for eid in clauses if eid not in places), key=order):
        before = [n for n, other in enumerate(known) if order(other) < order(eid)]
        known.insert(before[-1] + 1 if before else 0, eid)
    return [clauses[eid] for eid in known]


def _group(groups: dict[tuple[str, ...], list[Node]], path: list[str]) -> list[Node]:
    """The list under the headings of ``path``, which are made where they are missing."""
    for depth in range(1, len(path) + 1):
        key = tuple(path[:depth])
        if key not in groups:
            heading = Node(eid=None, label=path[depth - 1])
            groups[key[:-1]].append(heading)
            groups[key] = heading.children
    return groups[tuple(path)]


def _node(clause: ClauseInfo, original: OriginalClause | None, labels: dict[str, str]) -> Node:
    wording = original.text if original else ""
    return Node(
        eid=clause.eid,
        label=clause.clause,
        heading=clause.heading,
        kind=original.kind if original else "text",
        original=wording,
        digest=clause.digest,
        page=original.page if original else 0,
        refs=[RefInfo(eid=eid, label=labels[eid]) for eid in (original.refs if original else []) if eid in labels],
        not_included=list(original.not_included) if original else [],
        see_also=clause.see_also,
        validity=clause.validity,
        validity_label=clause.validity_label,
        validity_note=clause.validity_note,
    )
