"""What the places asked for a title, side by side for a class, with what holds in the country now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.errors import BadInput
from assistant.policy.beside import conditions_beside
from assistant.policy.conditions import THEMES, conditions
from corpus.places import COUNTRY

if TYPE_CHECKING:
    from assistant.house import House
    from assistant.policy.evidence import Library

LEAST, MOST = 2, 3
TITLES = ("专精特新", "小巨人")
"""Titles for which places had conditions of their own."""


class PlaceRow(BaseModel):
    """One matter: what each column says of it, and the clauses behind the row as ``document#eId`` with their names."""

    label: str
    cells: list[str]
    clauses: list[tuple[str, str]]


class PlaceTable(BaseModel):
    """The table. ``columns``: the places, then the country now; ``lead`` says what it is."""

    title: str
    lead: str
    columns: list[str]
    rows: list[PlaceRow]


def compare_places(house: House, title: str, places: Sequence[str], as_of: date) -> PlaceTable:
    """Two or three places side by side. Raises BadInput for another number of them, for the same one twice, for a title
    without such conditions and for places of which none is in the collection."""
    if title not in TITLES:
        raise BadInput(f"各地自己的条件只收录了{'、'.join(TITLES)}的。")
    if not LEAST <= len(places) <= MOST or len(set(places)) < len(places):
        raise BadInput("一次对照两个或三个不同的地区。")
    draft = conditions_beside(title, places, house.library, as_of=as_of)
    if draft is None:
        raise BadInput(f"没有找到{'、'.join(places)}的{title}条件，请换一个地区。")
    named = {
        e.ref: f"{e.document.short_title}{e.clause.label}"
        for row in draft.rows
        for ref in row.refs
        if (e := house.library.evidence(ref, as_of))
    }
    rows = [
        PlaceRow(label=row.cells[0], cells=list(row.cells[1:]), clauses=[(ref, named[ref]) for ref in row.refs])
        for row in draft.rows
    ]
    return PlaceTable(title=title, lead=draft.sentences[0].text, columns=list(draft.columns[1:]), rows=rows)


def places_with(house: House, title: str, as_of: date) -> list[str]:
    """The places that have conditions of their own for a title in the collection."""
    return list(_with(house.library, title, as_of))


@lru_cache(maxsize=16)
def _with(library: Library, title: str, as_of: date) -> tuple[str, ...]:
    there = dict.fromkeys(d.place for d in library.corpus.documents.values() if d.included and d.place != COUNTRY)
    return tuple(p for p in there if conditions(p, title, tuple(THEMES), library, as_of=as_of))
