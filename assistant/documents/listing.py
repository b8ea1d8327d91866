"""The list of documents with its filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.answer import Validity
from assistant.library import DocumentInfo, documents

if TYPE_CHECKING:
    from assistant.house import House

Holding = Literal["original", "digest", "none"]


class Filter(BaseModel):
    """What a list is narrowed to; what is left out narrows nothing.

    ``place``: issued there or in a place below it (上海市 takes 青浦区 in; 国家 is the national documents alone).
    ``signed_from`` and ``signed_until`` are inclusive; a document without a date of its own passes neither.
    ``holding``: its wording was imported, a digest of it is there, or neither. ``words``: all of them stand in title,
    number, issuers or place.
    """

    place: str | None = None
    validity: Validity | None = None
    signed_from: date | None = None
    signed_until: date | None = None
    holding: Holding | None = None
    words: str = ""

    def passes(self, info: DocumentInfo) -> bool:
        """Whether a document of the place belongs into the list."""
        return (
            (self.validity is None or info.validity == self.validity)
            and self._signed(info.signed or info.in_force_from)
            and (self.holding is None or self.holding in _holdings(info))
            and _speaks_of(info, self.words)
        )

    def _signed(self, day: date | None) -> bool:
        if self.signed_from is None and self.signed_until is None:
            return True
        return day is not None and (self.signed_from or date.min) <= day <= (self.signed_until or date.max)


def listed(house: House, as_of: date, chosen: Filter) -> list[DocumentInfo]:
    """The documents that pass, in the library's order, with their status on the day."""
    return [info for info in documents(house, as_of, chosen.place) if chosen.passes(info)]


def _holdings(info: DocumentInfo) -> set[str]:
    found = {
        name for name, there in (("original", info.original), ("digest", info.included and info.clauses > 0)) if there
    }
    return found or {"none"}


def _speaks_of(info: DocumentInfo, words: str) -> bool:
    text = "".join((info.title, info.short_title, info.number or "", info.issuer, info.place)).casefold()
    return all(word in text for word in words.casefold().split())
