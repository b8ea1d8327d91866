"""A compendium → its documents: each begins at the top of a page with who issued it and what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexing.clean import fold_widths
from indexing.pages import Line

KIND = "通知|公告|通告|公示|办法|方案|意见|规划|指南|细则|计划|措施|举措|政策|清单|函|规定|要点|制度|答复|标准|条例|决定|通报|批复"
TITLE_END = re.compile(rf"(?:{KIND})(?:（[^（）]{{1,12}}）)?[》”]?$")
GOES_ON = re.compile(
    r"^[》”]?(?:的(?:通知|公告|通告|函|意见)|（(?:试行|修订|暂行|征求意见稿|第[一二三四五六]批)[^（）]{0,6}）(?:的通知)?"
    r"|[^，。：；]{2,40}的通知$)"
)
MASTHEAD = re.compile(r"^.*〔20\d\d〕\d+号(?=.{10})")
ISSUED = re.compile(r"(?:局|厅|委|会|室|组|府|院|部|所|司|处|门|公司|中心|银行)(?:关于|印发|转发|发布|《)")
NO_TITLE = re.compile(r"^(?:附|模板|第?[一二三四五六七八九十]+[、章节条]|[（(\d])|[。；]|^.{0,4}：")
LEADS_IN = re.compile(r"[：:。；]$")
MOST_LINES = 8
LONGEST_TITLE = 220
LEAST_PIECES = 2


@dataclass
class Piece:
    """One document of a file: its title as printed (joined), and its lines; ``body`` is where the title ends.

    ``title`` is empty for what stands before the first document (a preface).
    """

    title: str
    lines: list[Line] = field(default_factory=list)
    body: int = 0

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page."""
        return (self.lines[0].page, self.lines[-1].page) if self.lines else (0, 0)


def split(lines: Sequence[Line]) -> list[Piece]:
    """The documents of a file in their order; a file that is no compendium is one piece with its title, if it has one."""
    starts = [i for i, line in enumerate(lines) if i == 0 or line.page != lines[i - 1].page]
    heads = [(i, head) for i in starts if (head := title_at(lines, i)) is not None]
    if len(heads) < LEAST_PIECES:
        title, used = heads[0][1] if heads and heads[0][0] == 0 else ("", 0)
        return [Piece(title, list(lines), used)] if lines else []
    pieces = [Piece("", list(lines[: heads[0][0]]))] if heads[0][0] else []
    ends = [*(i for i, _ in heads[1:]), len(lines)]
    pieces += [Piece(title, list(lines[i:end]), used) for (i, (title, used)), end in zip(heads, ends, strict=True)]
    return pieces


def title_at(lines: Sequence[Line], start: int) -> tuple[str, int] | None:
    """The title that begins with this line and how many lines it takes; None where no document begins here."""
    title = ""
    window = lines[start : start + MOST_LINES]
    for used, line in enumerate(window, start=1):
        title += re.sub(r"\s", "", fold_widths(line.text))
        if len(title) > LONGEST_TITLE or line.page != lines[start].page:
            return None
        following = re.sub(r"\s", "", fold_widths(window[used].text)) if used < len(window) else ""
        if GOES_ON.match(following) or title.count("《") > title.count("》"):
            continue
        if TITLE_END.search(title):
            title = MASTHEAD.sub("", title)
            return (title, used) if ISSUED.search(title) and not NO_TITLE.search(title) else None
        if LEADS_IN.search(title):
            return None
    return None
