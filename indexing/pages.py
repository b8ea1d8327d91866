"""Lines of a text with their pages, without page furniture.

Plain text of a PDF keeps its pages as form feeds, as lines that begin with one blank, or only as a running header with
the page number after it. All three are taken for page breaks; headers and page numbers are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

NUMBER = re.compile(r"[—–-]?\s*\d{1,4}\s*[—–-]?")
LEAST_TIMES = 3
LONGEST_HEADER = 60
LEAST_INDENTED = 3
CELLS = " | "


@dataclass(frozen=True)
class Line:
    """One line that is not blank: its text without blanks at its ends, its page from 1, its number in the file.

    ``box`` is where it stands on its page: left, bottom, right and top in PDF points from the page's lower left corner;
    None where the format knows no positions. The cells of a table's row are one line, parted by ``CELLS``.
    """

    text: str
    page: int
    number: int
    box: tuple[float, float, float, float] | None = None


def lines_of(text: str) -> list[Line]:
    """Every line of ``text`` that belongs to it."""
    raw = [line for part in text.split("\f") for line in (*part.splitlines(), "\f")][:-1]
    filled = [i for i, line in enumerate(raw) if line.strip()]
    headers = _running_headers(raw, filled)
    indented = sum(_begins_page(line) for line in raw) >= LEAST_INDENTED
    found: list[Line] = []
    page, number, skip_number = 1, 0, False
    for line in raw:
        if line == "\f":
            page += 1
            continue
        number += 1
        words = line.strip()
        if not words:
            continue
        if words in headers:
            page, skip_number = page + 1, True
            continue
        if skip_number and NUMBER.fullmatch(words):
            skip_number = False
            continue
        skip_number = False
        if indented and found and _begins_page(line):
            page += 1
        found.append(Line(words, page, number))
    return found


def _begins_page(line: str) -> bool:
    return line.startswith(" ") and not line.startswith("  ") and bool(line.strip())


def _running_headers(raw: list[str], filled: list[int]) -> set[str]:
    """Lines that come again and again with nothing but a number after them."""
    followed = Counter(
        raw[i].strip()
        for i, after in pairwise(filled)
        if NUMBER.fullmatch(raw[after].strip()) and 4 <= len(raw[i].strip()) <= LONGEST_HEADER
    )
    return {words for words, times in followed.items() if times >= LEAST_TIMES and not NUMBER.fullmatch(words)}
