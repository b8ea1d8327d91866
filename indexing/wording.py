"""Search over everything: what the project wrote and the wording of imported originals, as one list.

A clause found on both shelves is one hit. What reads alike in several documents is one hit that names the others, each
with its own reference, so that places and years stay apart. An article whose own item is already shown is left out;
the item's context holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.places import COUNTRY, chain, find_places
from indexing.search import Hit, Searcher

NAMED, NATIONAL = 0.10, 0.05
"""What a hit gains for lying in the place that the query names; for holding everywhere, when it names none."""
MORE = 4
"""How many times the wished number is looked at, as hits that read alike become one."""


@dataclass(frozen=True)
class Found:
    """A target with its score (0 to about 1); ``also``: clauses of other documents that read alike."""

    target: str
    kind: str
    score: float
    question: int = -1
    also: list[str] = field(default_factory=list)


def search_all(
    searcher: Searcher, query: str, k: int = 10, *, places: Sequence[str] | None = None, as_of: date | None = None
) -> list[Found]:
    """The ``k`` best clauses and topics. ``places``: only these; without it the places that the query names, and the
    wider ones around them, where it names any. ``as_of``: only what is in force on that day."""
    named = [place for place in find_places(query) if place != COUNTRY]
    if places is None and named:
        places = sorted({wider for place in named for wider in chain(place)})
    shelves = [searcher, *([searcher.originals] if searcher.originals else [])]
    best: dict[str, Found] = {}
    for shelf in shelves:
        hits = shelf.search(query, MORE * k, places=places, as_of=as_of, kinds=("clause", "topic"))
        for hit in hits:
            found = _moved(hit, shelf, named)
            known = best.get(hit.target)
            if known is None or known.score < found.score:
                question = known.question if known and found.question < 0 else found.question
                best[hit.target] = replace(found, question=question)
    ranked = sorted(best.values(), key=lambda f: -f.score)
    twins = searcher.originals.twins if searcher.originals else {}
    return _grouped(ranked, twins)[:k]


def _moved(hit: Hit, shelf: Searcher, named: Sequence[str]) -> Found:
    place = shelf.place_of(hit.target)
    move = (NAMED if place in named else 0.0) if named else (NATIONAL if place == COUNTRY else 0.0)
    return Found(hit.target, hit.kind, hit.score + move, hit.question)


def _grouped(ranked: Sequence[Found], twins: dict[str, list[str]]) -> list[Found]:
    """Without what reads like a better hit, and without what contains one."""
    shown: list[Found] = []
    covered: set[str] = set()
    for found in ranked:
        if found.target in covered or any(f.target.startswith(found.target + "__") for f in shown):
            continue
        also = twins.get(found.target, [])
        covered.update(also)
        shown.append(replace(found, also=also))
    return shown
