"""Running headers, footers and page numbers of a file whose pages are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexing.pages import CELLS, Line

EDGE = 2
LEAST_TIMES = 3
SAME_HEIGHT = 6.0
PAGE_NUMBER = re.compile(r"[—–\-－·.\s]*(?:第?\s*\d{1,4}\s*页?)(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页)?[—–\-－·.\s]*")


BEGINS = re.compile(r"附[件表录]|第[一二三四五六七八九十百零]+[章节条]|[（(]?[一二三四五六七八九十]+[）)、]")


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines but those that come again at the edge of page after page, and page numbers. The header of a table that
    goes over several pages stays where it stands first, and what begins an annex or an item always stays."""
    times = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    again = {key for key, count in times.items() if count >= LEAST_TIMES}
    kept: list[Line] = []
    tables: set[str] = set()
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        for line in page:
            if id(line) not in edges:
                kept.append(line)
            elif CELLS in line.text:
                if _key(line)[0] not in tables:
                    kept.append(line)
                if _key(line) in again:
                    tables.add(_key(line)[0])
            elif BEGINS.match(line.text) or not (_key(line) in again or PAGE_NUMBER.fullmatch(line.text)):
                kept.append(line)
    return kept


def _edges(page: Sequence[Line]) -> Iterator[Line]:
    """The first and the last lines of a page."""
    yield from page[:EDGE]
    yield from page[max(EDGE, len(page) - EDGE) :]


def _key(line: Line) -> tuple[str, int]:
    """What a line says, but for the figures of a running line, and how high it stands."""
    height = round(line.box[1] / SAME_HEIGHT) if line.box else 0
    words = re.sub(r"\s", "", line.text)
    return (words if CELLS in line.text else re.sub(r"\d+", "#", words), height)
