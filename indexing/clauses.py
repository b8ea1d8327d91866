"""Paragraphs → clauses with stable ids: 第X条, 一、（一）1.（1）, annexes and attached documents, forms, tables.

Ids follow Akoma Ntoso: ``art_3``, ``art_3__para_2`` (款), ``art_3__item_2``, ``sec_1__item_4__point_2__sub_1``,
``annex_2__item_1``; a second document inside a file stands under ``att_2``, a second list of one clause under
``list_2``. What follows a clause without a number of its own belongs to it; what stands below an article, an item or a
point is part of its text and, numbered, a clause too.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexing.clause import OriginalClause
from indexing.containers import parts_of
from indexing.forms import is_form
from indexing.numbering import Builder
from indexing.paragraphs import Paragraph
from indexing.references import link

__all__ = ["OriginalClause", "clauses_of"]


def clauses_of(paragraphs: Sequence[str | Paragraph]) -> list[OriginalClause]:
    """All clauses, in the order of the text. What stands before the first clause is ``intro``."""
    builder = Builder(parts_of([p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs]))
    found = [c for c in builder.clauses() if c.text or c.eid != "intro"]
    around = {clause.parent for clause in found}
    for clause in found:
        if clause.kind == "text" and clause.eid not in around and clause.eid != "intro" and is_form(clause.text):
            clause.kind = "form"
    link(found)
    return found
