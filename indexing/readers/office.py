"""DOCX, HTML and Markdown: what the sandboxed readers of these formats say, as a Reading."""

from __future__ import annotations

from pathlib import Path

from indexing.clean import strip_invisible
from indexing.errors import DocumentError
from indexing.pages import Line
from indexing.readers.reading import Reading
from indexing.readers.sandbox import messages

LARGEST = 50 * 1024 * 1024


def read_office(path: Path, kind: str) -> Reading:
    """The lines of a file of this kind. Messages of its reader are ``text`` (with ``page``, where pages are known) or
    ``doubt``. Raises DocumentError with a sentence."""
    if path.stat().st_size > LARGEST:
        raise DocumentError(f"{path.name} 超过 {LARGEST // 2**20} MB，请拆开后再导入。")
    lines: list[Line] = []
    doubts: list[str] = []
    number, page = 0, 1
    for message in messages(kind, path):
        if "doubt" in message:
            doubts.append(str(message["doubt"]))
            continue
        page = int(message.get("page", page))
        for part in str(message["text"]).split("\n"):
            number += 1
            words = strip_invisible(part).strip()
            if words:
                lines.append(Line(words, page, number))
    return Reading(lines, kind, page, doubts, path.name)
