"""Where the words of a query stand in a text, as positions: nothing is ever marked up."""

from __future__ import annotations

import unicodedata

Spans = list[tuple[int, int]]
LEAST = 2
"""Signs in common that count as a word; a query of one sign counts as it is."""


def folded(text: str) -> str:
    """Small letters and narrow signs, one for one, so that positions stay."""
    return "".join(_one(sign) for sign in text)


def _one(sign: str) -> str:
    narrow = unicodedata.normalize("NFKC", sign).lower()
    return narrow if len(narrow) == 1 else sign


def marked(query: str, text: str) -> Spans:
    """The longest pieces of ``query`` that ``text`` has, as ``(start, end)`` in code points, in order, never overlapping.

    >>> marked("首次上规模奖励", "首次上规模，最高奖励50万元")
    [(0, 5), (8, 10)]
    """
    wanted, within = folded(query), folded(text)
    least = min(LEAST, len(wanted.replace(" ", "")))
    taken = [False] * len(within)
    at = 0
    while at < len(wanted):
        end = at
        while end < len(wanted) and wanted[end] != " " and wanted[at : end + 1] in within:
            end += 1
        if end - at >= max(least, 1):
            _take(wanted[at:end], within, taken)
            at = end
        else:
            at += 1
    return _spans(taken)


def _take(piece: str, within: str, taken: list[bool]) -> None:
    start = within.find(piece)
    while start >= 0:
        taken[start : start + len(piece)] = [True] * len(piece)
        start = within.find(piece, start + len(piece))


def _spans(taken: list[bool]) -> Spans:
    found: Spans = []
    for n, here in enumerate(taken):
        if here and found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        elif here:
            found.append((n, n + 1))
    return found
