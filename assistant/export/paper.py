"""What a file says, whatever its format: a title, blocks, numbered citations. Plain text throughout, never markup.

Every text loses what no office file may hold when it is put in, so that no writer has to think of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, marks that turn the direction of writing, halves of characters."""
BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
MARK = re.compile(r"\[(\d{1,3})\]")


def printable(text: str) -> str:
    """``text`` without the characters that no office file or page may hold; every line break is ``\\n``."""
    return ILLEGAL.sub("", BREAKS.sub("\n", text))


Plain = Annotated[str, BeforeValidator(lambda text: printable(text) if isinstance(text, str) else text)]


class Frozen(BaseModel):
    """Base of the model."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A run of text; ``cite`` is the number of a citation, whose mark then stands instead of text."""

    text: Plain = ""
    bold: bool = False
    cite: int | None = None

    @property
    def shown(self) -> str:
        """The text, or the mark of the citation."""
        return self.text if self.cite is None else f"[{self.cite}]"


def _spans(value: object) -> object:
    return (Span(text=value),) if isinstance(value, str) else value


Text = Annotated[tuple[Span, ...], BeforeValidator(_spans)]
"""Spans one after the other; a string is one of them."""


def marked(text: str) -> tuple[Span, ...]:
    """Text of our own in which ``[3]`` is the mark of citation 3."""
    parts = MARK.split(text)
    spans = [Span(text=part) if n % 2 == 0 else Span(cite=int(part)) for n, part in enumerate(parts)]
    return tuple(span for span in spans if span.shown)


def plain(text: Sequence[Span]) -> str:
    """The spans as one string, with the marks of their citations."""
    return "".join(span.shown for span in text)


class Heading(Frozen):
    """A heading of ``level`` 1 to 3. ``new_page``: a page (and a slide) begins with it."""

    kind: Literal["heading"] = "heading"
    text: Plain
    level: Literal[1, 2, 3] = 1
    new_page: bool = False


class Paragraph(Frozen):
    """A paragraph; ``role``: what somebody asked, ordinary text, or the small print."""

    kind: Literal["paragraph"] = "paragraph"
    text: Text
    role: Literal["question", "body", "small"] = "body"


class Item(Frozen):
    """An item of a list: its mark (•, 1., A., □), how deep it stands (from 0), its text."""

    text: Text
    mark: Plain = "•"
    depth: int = 0


class Listing(Frozen):
    """A list."""

    kind: Literal["list"] = "list"
    items: tuple[Item, ...]


class Column(Frozen):
    """A column: its name and its width beside the others (for XLSX: in characters)."""

    name: Plain
    weight: int = 10


class Cell(Frozen):
    """A cell. ``tone`` colours it; what the colour means is always said in words too."""

    text: Text = ()
    tone: Literal["plain", "good", "bad", "open", "changed"] = "plain"


def _cells(value: object) -> object:
    """Rows in which a string stands for a cell."""
    if not isinstance(value, list | tuple):
        return value
    return tuple(tuple(Cell(text=cell) if isinstance(cell, str) else cell for cell in row) for row in value)


Rows = Annotated[tuple[tuple[Cell, ...], ...], BeforeValidator(_cells)]


class Table(Frozen):
    """A table. ``name`` is its caption and the name of its sheet. An empty one says ``empty`` instead."""

    kind: Literal["table"] = "table"
    name: Plain
    columns: tuple[Column, ...]
    rows: Rows
    empty: Plain = "没有。"

    @property
    def total(self) -> int:
        """The weights together."""
        return sum(column.weight for column in self.columns)


class Callout(Frozen):
    """A framed remark that must not be missed: a heading of its own and lines."""

    kind: Literal["callout"] = "callout"
    title: Plain
    lines: tuple[Text, ...] = ()
    tone: Literal["plain", "good", "bad", "open"] = "plain"


class Chart(Frozen):
    """Counts as bars: name and number of each, and the unit."""

    kind: Literal["chart"] = "chart"
    name: Plain
    bars: tuple[tuple[Plain, int], ...]
    unit: Plain = "家"

    @property
    def most(self) -> int:
        """The highest count, at least 1."""
        return max([1, *(count for _, count in self.bars)])


class Blank(Frozen):
    """Ruled lines to write on."""

    kind: Literal["blank"] = "blank"
    lines: int = 3


Block = Heading | Paragraph | Listing | Table | Callout | Chart | Blank


class Source(Frozen):
    """Citation ``n``: where the clause stands, what it says, and whether it held on the day asked about."""

    n: int
    where: Plain
    facts: Plain
    text_kind: Plain
    text: Plain


class Paper(Frozen):
    """A whole document. ``meta`` are name and value of what stands under the title; ``closing`` is said at the end (the
    disclaimer); ``footer`` on every page, before its number; ``day`` the day of which it speaks."""

    title: Plain
    day: date
    meta: tuple[tuple[Plain, Plain], ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    closing: Plain = ""
    footer: Plain = ""
    landscape: bool = False

    def tables(self) -> Iterator[Table]:
        """The tables in their order."""
        return (block for block in self.blocks if isinstance(block, Table))


def texts(block: Block) -> Iterator[Sequence[Span]]:
    """Every run of spans of a block."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Listing):
        yield from (item.text for item in block.items)
    elif isinstance(block, Table):
        yield from (cell.text for row in block.rows for cell in row)
    elif isinstance(block, Callout):
        yield from block.lines


def cited(blocks: Sequence[Block]) -> list[int]:
    """The numbers of the citations marked in these blocks, each once."""
    found = [span.cite for block in blocks for text in texts(block) for span in text if span.cite is not None]
    return list(dict.fromkeys(found))
