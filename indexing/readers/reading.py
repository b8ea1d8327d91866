"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexing.pages import Line


@dataclass(frozen=True)
class Reading:
    """The lines of a file in reading order, without page furniture.

    ``kind`` is the format (text, pdf, docx, html, markdown), ``pages`` the number of pages (1 where the format has
    none), ``doubts`` sentences on what a person should check, ``source`` the file's name.
    """

    lines: list[Line]
    kind: str
    pages: int
    doubts: list[str] = field(default_factory=list)
    source: str = ""


def page_list(pages: list[int]) -> str:
    """``[1, 2, 3, 7]`` → ``"1–3、7"``."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
