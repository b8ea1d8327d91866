"""One clause of an imported original."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class OriginalClause:
    """A clause of an original: its eId, its label as printed, the headings above it and its paragraphs.

    ``kind``: text, form (something to fill in, kept whole) or table (a row a line). ``page`` and ``lines`` tell where
    it stands in the file. ``parent`` is the eId of the clause around it, or empty. ``refs`` are the eIds in the same
    document that it refers to; ``not_included`` what it leaves to papers that the file does not hold.
    """

    eid: str
    label: str
    path: list[str] = field(default_factory=list)
    text: str = ""
    kind: str = "text"
    page: int = 0
    lines: tuple[int, int] = (0, 0)
    refs: list[str] = field(default_factory=list)
    not_included: list[str] = field(default_factory=list)
    parent: str = ""
