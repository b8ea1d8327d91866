"""Lines → paragraphs: wraps inside sentences are joined, and every paragraph knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexing.clean import CJK, MARKDOWN, PAGE_NUMBER, SENTENCE_END, STARTS_PARAGRAPH, fold_widths, strip_invisible
from indexing.pages import Line, lines_of

STANDS_ALONE = re.compile(
    r"^(?:（?(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?）?|（此件[^）]{0,12}）"
    r"|[\u4e00-\u9fff（）]{2,28}(?:局|厅|委员会|办公室|领导小组|部|人民政府|管委会))$"
)
"""A date, a note on publication or the name of a body: the end of a notice."""
LEAST_SENTENCE = 12


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. ``top``: it begins a page; pages and lines are those of the file, from 1."""

    text: str
    page: int = 1
    first_line: int = 0
    last_line: int = 0
    top: bool = False


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a document's lines, in order; page numbers are left out."""
    found: list[Paragraph] = []
    page = 0
    for line in lines:
        words = mend(line.text)
        if not words or PAGE_NUMBER.match(line.text):
            continue
        top, page = line.page != page, line.page
        previous = found[-1] if found else None
        if previous and not _begins(words, previous.text):
            joined = previous.text + words
            found[-1] = Paragraph(joined, previous.page, previous.first_line, line.number, previous.top)
        else:
            found.append(Paragraph(words, line.page, line.number, line.number, top))
    return found


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as strings."""
    return [paragraph.text for paragraph in paragraphs_of(lines_of(text))]


def mend(text: str) -> str:
    """One line without the damage that does not depend on its neighbours: widths, stray blanks, Markdown marks."""
    line = MARKDOWN.sub("", fold_widths(strip_invisible(text))).strip()
    line = re.sub(rf"(?<=[{CJK}，。、；：（）“”《》])\s+(?=[{CJK}\d，。、；：（）“”《》])", "", line)
    return re.sub(rf"(?<=\d)\s+(?=[{CJK}])", "", line)


def _begins(line: str, previous: str) -> bool:
    """Whether a line begins a paragraph after one that ends so far with ``previous``."""
    if STARTS_PARAGRAPH.match(line) or STANDS_ALONE.match(line) or STANDS_ALONE.match(previous):
        return True
    goes_on = not previous.endswith(SENTENCE_END) and (len(previous) > LEAST_SENTENCE or "，" in previous)
    return not goes_on
