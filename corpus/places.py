"""Places: from the names people use to the chain district → city → country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from corpus.load import ROOT, read_yaml
from corpus.models import Model

COUNTRY = "国家"


class Place(Model):
    """One place: the names it goes by and the wider place it lies in. ``apart_from``: a city that stands apart
    from its province (计划单列市). ``code``: how ids of documents name it (ISO 3166-2:CN where there is a code)."""

    names: list[str]
    parent: str | None = None
    code: str | None = None
    apart_from: str | None = None


@cache
def places() -> dict[str, Place]:
    """All known places by full name."""
    return read_yaml(ROOT / "places.yaml", dict[str, Place])  # type: ignore[no-any-return]


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {name: full for full, place in places().items() for name in (full, *place.names)}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), names


def without_names(text: str, of: Iterable[str]) -> str:
    """``text`` without the full and the short name of these places (what lies in them keeps its names)."""
    names = {name for place in of for name in (place, *places()[place].names[:1])}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def find_places(text: str) -> list[str]:
    """Full names of the places that ``text`` names, each once, in order. The country counts only by itself."""
    return list(_named(text))


@lru_cache(maxsize=8192)
def _named(text: str) -> tuple[str, ...]:
    """The wordings beside the clauses are looked at again with every question."""
    pattern, names = _pattern()
    return tuple(dict.fromkeys(names[m[0]] for m in pattern.finditer(text)))


def resolve(name: str) -> str | None:
    """``"青浦"`` → ``"上海市青浦区"``; None when the place is unknown."""
    pattern, names = _pattern()
    match = pattern.fullmatch(name.strip())
    return names[match[0]] if match else None


def lies_within(text: str) -> list[str]:
    """Names in ``text`` of what lies within a place of the table without standing there itself: 宜昌, of 湖北省."""
    pattern, names = _pattern()
    found = [m[0] for m in pattern.finditer(text) if names[m[0]] != COUNTRY]
    return [name for name in found if name not in places() and name not in places()[names[name]].names[:1]]


def chain(place: str) -> list[str]:
    """The place and every wider one, narrowest first: 上海市青浦区, 上海市, 国家. Names people use are understood; an
    unknown place lies in the country."""
    found = [place if place in places() else resolve(place) or place]
    if found[0] not in places():
        return [*found, COUNTRY]
    while (parent := places()[found[-1]].parent) is not None:
        found.append(parent)
    return found
