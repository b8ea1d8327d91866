"""Tables and forms amid the text: rows of cells, and runs of many short fragments or boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexing.numbers import ARTICLE, CHAPTER, ITEM, POINT, SECTION
from indexing.pages import CELLS
from indexing.paragraphs import STANDS_ALONE, Paragraph

BOX = re.compile(r"[□☐]|_{4,}|＿{2,}")
LEAST_BOXES = 2
SHORT = 14
SHORT_SHARE = 0.6
LEAST_FORM = 12
LONGEST_GAP = 60
SENTENCE = tuple("。；：")
Run = tuple[str, list[Paragraph]]


def runs_of(paragraphs: Sequence[Paragraph]) -> list[Run]:
    """The paragraphs in runs of text, table and form, in their order."""
    kinds = ["table" if CELLS in p.text else "text" for p in paragraphs]
    start = 0
    while start < len(paragraphs):
        end, fragments = start, 0
        while end < len(paragraphs) and kinds[end] == "text":
            if _is_fragment(paragraphs[end].text):
                fragments += 1
            elif not _is_gap(paragraphs, end):
                break
            end += 1
        if fragments >= LEAST_FORM:
            kinds[start:end] = ["form"] * (end - start)
        start = max(end, start + 1)
    runs: list[Run] = []
    for kind, paragraph in zip(kinds, paragraphs, strict=True):
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(paragraph)
        else:
            runs.append((kind, [paragraph]))
    return runs


def is_form(text: str) -> bool:
    """Whether a text is something to fill in: boxes, or mostly fragments."""
    parts = [part for part in text.split("\n") if part]
    short = sum(len(part) <= SHORT for part in parts)
    return bool(
        len(BOX.findall(text)) >= LEAST_BOXES or (len(parts) >= LEAST_FORM and short / len(parts) >= SHORT_SHARE)
    )


def _is_fragment(text: str) -> bool:
    if any(pattern.match(text) for pattern in (ARTICLE, CHAPTER, SECTION, ITEM)):
        return False
    if BOX.search(text):
        return True
    short = len(text) <= SHORT and not text.endswith(SENTENCE)
    return short and not POINT.match(text) and not (STANDS_ALONE.match(text) and not text.isdigit())


def _is_gap(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """One paragraph between fragments that is not long and begins nothing."""
    text = paragraphs[at].text
    if len(text) > LONGEST_GAP or any(pattern.match(text) for pattern in (ARTICLE, CHAPTER, SECTION, ITEM)):
        return False
    return at + 1 < len(paragraphs) and at > 0 and all(_is_fragment(paragraphs[i].text) for i in (at - 1, at + 1))
