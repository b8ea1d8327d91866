"""The place that a message is about, of those it names."""

from __future__ import annotations

import re
from functools import cache

from corpus.places import COUNTRY, find_places, places

APPLIES_IN = re.compile(r"[在去到来](?P<place>[\u4e00-\u9fff]{2,6}?)(?:申报|申请|报(?!告)|评)")
DENIED = re.compile(r"不(?:是|在)(?:在)?[^，,。；;？?是]{1,12}[，,。；;]?(?=.*(?:是|在))")

OF_OTHERS = re.compile(
    r"(?:总部|总公司|母公司|集团(?:公司)?|(?:控股|大)?股东)(?:是|都|也|还|设|注册|放|开|主要)*在[^，,。;；？?]{2,8}"
)
"""Where somebody else sits: the seat of the head office is not that of the branch of which is asked."""

BRANCH = re.compile(
    r"[在到去往](?:香港|澳门|台湾)[^，,。;；？?]{0,6}?(?:新?开|设|建|办|成立|注册|投资|收购|参股|卖|参展|上市)"
)
"""Where a company has something abroad; it sits elsewhere."""


@cache
def _names() -> re.Pattern[str]:
    names = {name for full, place in places().items() if full != COUNTRY for name in (full, *place.names)}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def without_places(text: str) -> str:
    """``text`` without the names of places; words for the whole country stay."""
    return _names().sub("", text)


def place_at(text: str, start: int) -> int:
    """Where the name of a place that begins at ``start`` ends; 0 where none does."""
    found = _names().match(text, start)
    return found.end() if found else 0


def asked_place(text: str, default: str) -> str:
    """The place that ``text`` is about; ``default`` where it names none. A place that is denied ("不是天津，是上海") does
    not count, nor does the seat of a head office beside another; the country does only as a level."""
    kept = BRANCH.sub("", DENIED.sub("", text))
    named = _named(OF_OTHERS.sub("", kept)) or _named(kept)
    return narrowest(named, default, text) if named else default


def _named(text: str) -> list[str]:
    return [p for p in find_places(text) if p != COUNTRY]


def narrowest(named: list[str], default: str, text: str = "") -> str:
    """Of the places named: where one would apply (在上海报), a district before its own city, else the first named."""
    if applied := APPLIES_IN.search(text):
        named = find_places(applied["place"]) or named
    inside = [p for p in named if any(p != q and p.startswith(q) for q in (*named, default))]
    return inside[0] if inside else named[0]
