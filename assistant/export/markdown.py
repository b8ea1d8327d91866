"""The Markdown of answers: one parser for the page and for files, and its blocks on paper.

Raw HTML is text; links, images, definitions and code blocks are not Markdown here at all, so that nothing can be loaded
from or lead to elsewhere. ``[3]`` is the mark of citation 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant.export.paper import MARK, Block, Cell, Column, Heading, Item, Listing, Paragraph, Span, Table, plain

OFF = ["link", "image", "autolink", "reference", "html_inline", "html_block", "entity", "lheading", "code", "fence"]
SUBHEAD = 12
"""A paragraph of no more characters than these, all bold, is a heading (**要留意**)."""
NARROWEST, WIDEST = 6, 40


def answer_parser() -> MarkdownIt:
    """A parser for answers. It makes a token ``chip`` of every mark, with its number in ``meta["n"]``."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(OFF)
    parser.inline.ruler.before("emphasis", "chip", _chip)
    return parser


def _chip(state: StateInline, silent: bool) -> bool:
    match = MARK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("chip", "", 0)
        token.meta = {"n": int(match[1])}
    state.pos = match.end()
    return True


PARSER = answer_parser()


def blocks(text: str, numbers: Mapping[int, int]) -> list[Block]:
    """The Markdown as blocks. ``numbers``: the mark as written → the number of the citation on paper; a mark without
    one stays plain text."""
    return list(_Reader(PARSER.parse(text), numbers).blocks())


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, tokens: Sequence[Token], numbers: Mapping[int, int]) -> None:
        self.tokens, self.numbers, self.at = tokens, numbers, 0

    def blocks(self) -> Iterator[Block]:
        first = True
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type in ("bullet_list_open", "ordered_list_open"):
                yield Listing(items=tuple(self._items(token, 0)))
            elif token.type == "table_open":
                yield self._table()
            elif token.type == "heading_open":
                yield Heading(text=plain(self._inline()), level=2)
            elif token.type == "inline":
                spans = self._spans(token)
                short = len(plain(spans)) <= SUBHEAD and all(span.bold for span in spans)
                yield Heading(text=plain(spans), level=2) if short and not first else Paragraph(text=spans)
            first = False

    def _inline(self) -> tuple[Span, ...]:
        token = self.tokens[self.at]
        self.at += 1
        return self._spans(token)

    def _items(self, opened: Token, depth: int) -> Iterator[Item]:
        number = int(opened.attrs.get("start", 1))
        while (token := self.tokens[self.at]).type != opened.type.replace("open", "close"):
            self.at += 1
            if token.type == "list_item_open":
                mark = "•" if opened.type == "bullet_list_open" else f"{number}."
                number += 1
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield from self._items(token, depth + 1)
            elif token.type == "inline":
                yield Item(text=self._spans(token), mark=mark, depth=depth)
                mark = "　"
        self.at += 1

    def _table(self) -> Table:
        rows: list[list[tuple[Span, ...]]] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._spans(token))
        self.at += 1
        head, *body = rows
        longest = [max(len(plain(row[n])) for row in rows) for n in range(len(head))]
        columns = [
            Column(name=plain(name), weight=min(max(width, NARROWEST), WIDEST))
            for name, width in zip(head, longest, strict=True)
        ]
        return Table(
            name="对照", columns=tuple(columns), rows=tuple(tuple(Cell(text=cell) for cell in row) for row in body)
        )

    def _spans(self, token: Token) -> tuple[Span, ...]:
        spans: list[Span] = []
        bold = 0
        for child in token.children or []:
            bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
            if child.type == "chip":
                n = self.numbers.get(child.meta["n"])
                spans.append(Span(text=f"[{child.meta['n']}]") if n is None else Span(cite=n))
            elif child.type in ("softbreak", "hardbreak"):
                spans.append(Span(text="\n"))
            elif child.content:
                spans.append(Span(text=child.content, bold=bold > 0))
        return tuple(spans)
