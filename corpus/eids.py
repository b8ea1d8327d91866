"""The order and the nesting of clauses by their eIds (Akoma Ntoso: ``art_3``, ``annex_1__item_2``)."""

from __future__ import annotations

import re
from collections.abc import Container

RANKS = {"intro": 0, "art": 1, "sec": 1, "annexes": 2, "closing": 3, "att": 4, "annex": 5}
INNER = 6
PART = re.compile(r"([a-z]+)((?:_\d+)*)(?:~(\d+))?")


def order(eid: str) -> tuple[tuple[int, ...], ...]:
    """A key that sorts eIds of one document as its text does: introduction, articles or sections, closing, attached
    documents, annexes; each before what it holds."""
    return tuple(_part(part) for part in eid.split("__"))


def parent(eid: str, known: Container[str]) -> str | None:
    """The nearest clause around a clause, among the ``known`` eIds: ``art_8__item_2`` → ``art_8``."""
    while "__" in eid:
        eid = eid.rpartition("__")[0]
        if eid in known:
            return eid
    return None


def _part(part: str) -> tuple[int, ...]:
    match = PART.fullmatch(part)
    if match is None:
        return (INNER + 1,)
    name, numbers, again = match.groups()
    return (RANKS.get(name, INNER), *(int(n) for n in numbers.split("_") if n), int(again or 1))
