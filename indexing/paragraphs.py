"""Lines → paragraphs: wraps inside sentences are joined, and every paragraph knows where it stands.

Whether a line ends its paragraph is told by its length where the text was set to a width, else by its last sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexing.clean import CJK, MARKDOWN, PAGE_NUMBER, SENTENCE_END, STARTS_PARAGRAPH, fold_widths, strip_invisible
from indexing.pages import CELLS, Line, lines_of

STANDS_ALONE = re.compile(
    r"^(?:（?(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?）?|（此件[^）]{0,12}）"
    r"|[\u4e00-\u9fff（）]{2,28}(?:局|厅|委员会|办公室|领导小组|部|人民政府|管委会))$"
)
"""A date, a note on publication or the name of a body: the end of a notice."""
ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[!-~]+")
LINK_MARKS = re.compile(r"<?(https?://[!-;=?-~]+)>")
HALVES = re.compile(r"(?<=://)\s+(?=[!-~])")
LOCAL = re.compile(r"(?:https?|file)://(?:localhost|127\.)\S*")
SCRIPT = "javascript:"
ESCAPED = re.compile(r"(?:%[0-9A-F]{2}){4}")
BLANK = re.compile(r"\s")
TURNED = re.compile("”([^“”]{2,40})“")
SOUND = re.compile(rf"(?:[{CJK}、。《》〔〕0-9A-Za-z]|(?<=[{CJK}》])[，；：！？])*")
"""Text that mending leaves as it is."""
TITLE_BEGINS = re.compile("关于|印发|转发|发布")
TITLE_ENDS = ("通知", "公告", "通告", "函", "意见", "办法", "方案", "细则", "规划", "措施", "的决定")
REFERS = re.compile(
    r"^(?:(?P<far>第[一二三四五六七八九十百零]+[条章节款项]|附件?\s*\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])"
)
MIDWAY = re.compile(r"[，、《（“和及与或按照据由依符合见在至的第〔\[（(]$")
OPENS_WITH = re.compile(r"^[，。、；：）》”！？%℃]|^的(?:通知|公告|函|意见)|^（(?:试行|修订|暂行|征求意见稿)")
OPEN_BRACKET = re.compile(r"[（(《][^（(《）)》。；]{0,40}$")
FIRST_WORD = re.compile(r"[!-~]+")
LEAST_SENTENCE = 12
LEAST_LINES = 6
LEAST_WIDTH = 40
LEAST_SHARE = 0.3
SLACK = 4
SHORT = 0.8
LONGEST_TAIL = 400


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. ``top``: it begins a page; pages and lines are those of the file, from 1."""

    text: str
    page: int = 1
    first_line: int = 0
    last_line: int = 0
    top: bool = False


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a document's lines, in order; page numbers and what links left behind are left out."""
    kept = [(line, words) for line in _without_furniture(lines) if (words := mend(line.text))]
    width = _width([line for line, _ in kept])
    edge = _edge([line for line, _ in kept], width)
    found: list[list[tuple[Line, str]]] = []
    before: Line | None = None
    tail, head = "", True
    for line, words in kept:
        ended = head and _is_title(tail) and not OPENS_WITH.match(words)
        full = before is not None and not head and _full(before, words, width, edge)
        if before is None or ended or _begins(words, tail, before.text, 0 if head else width, full=full):
            found.append([])
            tail = ""
        found[-1].append((line, words))
        tail = (tail + words)[-LONGEST_TAIL:]
        head = head and not words.endswith(SENTENCE_END)
        before = line
    pages = [rows[0][0].page for rows in found]
    ends = [0, *(rows[-1][0].page for rows in found)]
    return [_joined(rows, top=page != end) for rows, page, end in zip(found, pages, ends, strict=False)]


def _joined(rows: Sequence[tuple[Line, str]], *, top: bool) -> Paragraph:
    """The lines of one paragraph as one text. Pairs of brackets and quotation marks that two lines shared, and marks
    that all stand the wrong way round, are mended once the lines are one."""
    text = "".join(words for _, words in rows)
    text = mend(text) if len(rows) > 1 else text
    text = _turned(text)
    first, last = rows[0][0], rows[-1][0]
    return Paragraph(text, first.page, first.number, last.number, top)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as strings."""
    return [paragraph.text for paragraph in paragraphs_of(lines_of(text))]


def mend(text: str) -> str:
    """One line without the damage that does not depend on its neighbours: widths, stray blanks, quotation marks of two
    kinds, Markdown marks."""
    return text if SOUND.fullmatch(text) else _mended(text)


def _mended(text: str) -> str:
    line = MARKDOWN.sub("", fold_widths(strip_invisible(text))).strip()
    if '"' in line and ("“" in line or "”" in line):
        line = _curly(line)
    line = re.sub(rf"(?<=[{CJK}，。、；：（）“”《》])\s+(?=[{CJK}\d，。、；：（）“”《》])", "", line)
    line = re.sub(rf"(?<=\d)\s+(?=[{CJK}])", "", line)
    return HALVES.sub("", LINK_MARKS.sub(r"\1", line)) if "://" in line else line


def _curly(line: str) -> str:
    """Straight quotation marks beside curly ones become curly."""
    parts: list[str] = []
    opened = False
    for sign in line:
        mended = ("”" if opened else "“") if sign == '"' else sign
        opened = mended == "“" or (opened and mended != "”")
        parts.append(mended)
    return "".join(parts)


def _turned(text: str) -> str:
    """Pairs of quotation marks that stand the wrong way round, the right way; only where all marks make pairs."""
    if "”" not in text or text.count("“") != text.count("”"):
        return text
    at = 0
    while (sign := text.find("”", at)) >= 0:
        opens = text.find("“", at)
        if 0 <= opens < sign:
            at = sign + 1
        elif pair := TURNED.match(text, sign):
            text, at = f"{text[:sign]}“{pair[1]}”{text[pair.end() :]}", pair.end()
        else:
            break
    return text


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Without page numbers (a number alone in the middle of a page is a cell of a table) and without addresses that
    stand below the text of a page."""
    several = len({line.page for line in lines}) > 1
    found = [
        line
        for i, line in enumerate(lines)
        if not _left_by_a_link(line.text.strip())
        and not (PAGE_NUMBER.match(line.text) and not (several and _inside_page(lines, i)))
    ]
    ends = [i for i, (line, after) in enumerate(pairwise(found)) if after.page != line.page]
    left_out: set[int] = set()
    for end in [*ends, len(found) - 1] if several else []:
        for i in range(end, -1, -1):
            if i in left_out or not ADDRESS.fullmatch(found[i].text.strip()):
                break
            left_out.add(i)
    return [line for i, line in enumerate(found) if i not in left_out]


def _left_by_a_link(text: str) -> bool:
    """Whether this is what a text processor leaves of a link: never part of the text."""
    _, script, after = text.rpartition(SCRIPT)
    return (
        text.startswith("mailto:")
        or bool(LOCAL.fullmatch(text) or (script and not BLANK.search(after)))
        or (bool(ESCAPED.search(text)) and not BLANK.search(text))
    )


def _inside_page(lines: Sequence[Line], i: int) -> bool:
    return 0 < i < len(lines) - 1 and lines[i - 1].page == lines[i].page == lines[i + 1].page


def _columns(text: str) -> int:
    """How wide a text is set: a Chinese sign takes two columns."""
    return sum(1 if sign < "\u0100" else 2 for sign in text)


def _width(lines: Sequence[Line]) -> int:
    """The width in columns that the text was set to; 0 where its lines tell of none."""
    widths = Counter(_columns(line.text) for line in lines if CELLS not in line.text)
    wide = {columns: times for columns, times in widths.items() if columns >= LEAST_WIDTH}
    if not wide:
        return 0
    near = {c: sum(wide.get(n, 0) for n in range(c - SLACK, c + 1)) for c in wide}
    width = max(near, key=lambda c: (near[c], -c))
    share = sum(c * t for c, t in wide.items() if width - SLACK <= c <= width) / sum(c * t for c, t in widths.items())
    return width if near[width] >= LEAST_LINES and share >= LEAST_SHARE else 0


def _begins(line: str, previous: str, last: str, width: int, *, full: bool) -> bool:
    """Whether a line begins a paragraph after one that ends so far with ``previous``, whose last line is ``last``;
    ``full``: that line had no room left."""
    if CELLS in line or CELLS in last:
        return True
    ended = previous.endswith(SENTENCE_END)
    if STARTS_PARAGRAPH.match(line):
        refers = REFERS.match(line)
        return ended or not refers or not (MIDWAY.search(previous) or (full and refers["far"]))
    if STANDS_ALONE.match(line) or STANDS_ALONE.match(previous):
        return True
    if OPENS_WITH.match(line) or OPEN_BRACKET.search(last):
        return False
    if full:
        return previous.endswith(("：", "；"))
    if width and _columns(last) < SHORT * width:
        return not MIDWAY.search(previous)
    goes_on = not ended and (len(previous) > LEAST_SENTENCE or "，" in previous)
    return not goes_on


def _is_title(text: str) -> bool:
    kind = next((kind for kind in TITLE_ENDS if text.endswith(kind)), "")
    begins = kind and TITLE_BEGINS.search(text, 0, len(text) - len(kind))
    return bool(begins) and text.count("《") <= text.count("》")


def _edge(lines: Sequence[Line], width: int) -> float:
    """Where full lines end on their pages, in points; 0 where no positions are known."""
    ends = [line.box[2] for line in lines if line.box and width and _columns(line.text) > width - SLACK]
    return median(ends) if ends else 0.0


def _full(last: Line, words: str, width: int, edge: float) -> bool:
    """Whether the first of the ``words`` that follow had no room on the last line. Where positions are known they count
    too, as text recognition drops the blanks of a line."""
    if not width:
        return False
    word = FIRST_WORD.match(words)
    needed = max(2, len(word[0])) if word else 2
    if _columns(last.text.strip()) + needed > width - SLACK + 1:
        return True
    if not last.box or not edge:
        return False
    sign = (last.box[3] - last.box[1]) / 2
    return last.box[2] + needed * sign > edge
