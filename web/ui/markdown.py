"""Markdown of an answer → HTML that is safe whatever the Markdown holds.

Raw HTML is shown as text; links, images and definitions are not Markdown here at all, so nothing can be loaded from
or lead to elsewhere. ``[3]`` becomes a chip that opens clause 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.export.markdown import answer_parser

CHIPS = re.compile(
    r'[\u3000-\u9fff\uff00-\uffef]?(?:<(button|span)(?: type="button")? class="tl-chip"[^<>]*>\d+</\1>)+'
)
"""Chips that follow each other, with the Chinese character before them: they stay on its line."""


def to_html(text: str, *, turn: str, known: Iterable[int] = ()) -> str:
    """HTML of ``text``. ``known`` are the numbers of the citations of ``turn`` (their chips are buttons; others are
    plain)."""
    env: dict[str, Any] = {"turn": turn, "known": frozenset(known)}
    tokens = PARSER.parse(text, env)
    html = str(PARSER.renderer.render(tokens, PARSER.options, env))
    return CHIPS.sub(r'<span class="tl-keep">\g<0></span>', html)


def _render_chip(_: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return chip(env["turn"], tokens[index].meta["n"], known=env["known"])


def chip(turn: str, n: int, *, known: Iterable[int]) -> str:
    """The numbered chip of a citation: a button where its clause is at hand."""
    if n not in known:
        return f'<span class="tl-chip">{n}</span>'
    return (
        f'<button type="button" class="tl-chip" data-cite="{escape(turn, quote=True)}-{n}" '
        f'aria-label="依据{n}，打开条款" aria-haspopup="dialog">{n}</button>'
    )


def _wrapped_table(_: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return '<div class="tl-scroll" tabindex="0" role="region" aria-label="表格"><table>'


def _table_end(_: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return "</table></div>"


def _heading(_: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return '<p class="tl-subhead">'


def _heading_end(_: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return "</p>"


def _parser() -> MarkdownIt:
    parser = answer_parser()
    parser.add_render_rule("chip", _render_chip)
    parser.add_render_rule("table_open", _wrapped_table)
    parser.add_render_rule("table_close", _table_end)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading_end)
    return parser


PARSER = _parser()
