"""Markdown: its text without its marks; the numbers of lists stay. Runs in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexing.errors import DocumentError
from indexing.pages import CELLS
from indexing.readers.html import text_lines
from indexing.readers.text import decode


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Messages ``{"text"}`` for every line of a paragraph and every row of a table."""
    tokens = MarkdownIt("commonmark").enable("table").parse(decode(path.read_bytes(), ""))
    yield from ({"text": text} for text in _lines(tokens))


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    number, row = "", list[str]()
    in_row = False
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            in_row, row = True, []
        elif token.type == "tr_close":
            in_row = False
            yield CELLS.join(cell for cell in row if cell)
        elif token.type == "inline":
            text = _text(token.children or [])
            if in_row:
                row.append(" ".join(text.split()))
            elif text.strip():
                yield number + text
                number = ""
        elif token.type in ("code_block", "fence"):
            yield token.content
        elif token.type == "html_block":
            yield from _from_html(token.content)


def _text(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append("\n" if child.content.lower().startswith("<br") else "")
        elif child.type != "image":
            parts.append(child.content)
    return "".join(parts)


def _from_html(text: str) -> list[str]:
    try:
        return text_lines(text)
    except DocumentError:  # a comment, or a lone closing tag
        return []
