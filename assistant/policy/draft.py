"""An answer before it is checked: sentences with the clauses that each rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Part = Literal["conclusion", "point", "caution", "next"]


@dataclass(frozen=True)
class Sentence:
    """``text`` without citation marks; ``refs`` the clauses behind it. ``own`` marks what the assistant says of
    itself or of the collection, which no clause can state; ``label`` what a document is, said before what it says."""

    text: str
    refs: tuple[str, ...]
    part: Part = "point"
    own: bool = False
    label: bool = False


@dataclass(frozen=True)
class DraftRow:
    """One row of a comparison with its clauses."""

    cells: tuple[str, ...]
    refs: tuple[str, ...]


@dataclass
class Draft:
    """The parts of an answer in the order in which they are shown."""

    sentences: list[Sentence] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    rows: list[DraftRow] = field(default_factory=list)
    reason: str = "answered"
    notes: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    model: str | None = None

    def part(self, part: Part) -> list[Sentence]:
        """The sentences of one part."""
        return [s for s in self.sentences if s.part == part]
