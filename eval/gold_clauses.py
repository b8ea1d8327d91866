"""The gold clauses of the digested documents: where each begins and ends in a text, found by its printed mark alone.

Nothing of the parser takes part, so that the parser can be measured: the digests name the clauses, their ids give the
mark that each begins with, and each mark is looked for at the beginning of a line after the one before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from cn2an import an2cn

from corpus.models import Digest

LEADING = re.compile(r"^[#*>\s\u3000-]+")
HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+[章节]|[一二三四五六七八九十]+、.{2,30}$)")
PAGE_NUMBER = re.compile(r"^[—–-]?\s*\d{1,4}\s*[—–-]?$")
ENDS = re.compile(r"^附\s*[件錄]|^抄送|^[（(]?20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:印发)?[）)]?$|\S印发$")
CLOSING = re.compile(r"^本(?:措施|办法|细则|方案)自")
LEAST_SHARE = 0.98
"""Of a clause's characters that a piece has to hold, in order, to hold the clause: a page number may stand within."""
LEAST_CLAUSE = 12
EDGE = 6


def gold_clauses(digest: Digest, text: str) -> dict[str, str]:
    """eId → the clause's words in ``text`` after its mark, bare; clauses whose mark is not there are left out.

    An article reaches over its items; a section or an annex ends where its first item begins.
    """
    lines = [LEADING.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    found: list[tuple[str, int]] = []
    at = 0
    for eid in sorted((clause.eid for clause in digest.clauses), key=_order):
        mark = _mark(eid)
        begins = next((i for i in range(at, len(lines)) if mark and mark.match(lines[i])), None)
        if begins is not None:
            found.append((eid, begins))
            at = begins + 1
    clauses = {}
    for n, (eid, begins) in enumerate(found):
        inside = f"{eid}__" if eid.startswith("art_") else "-"
        ends = next((i for other, i in found[n + 1 :] if not other.startswith(inside)), len(lines))
        words = bare(_words(eid, lines[begins:ends]))
        if len(words) >= LEAST_CLAUSE:
            clauses[eid] = words
    return clauses


def bare(text: str) -> str:
    """Letters, digits and ideographs alone: wraps, blanks, widths and punctuation do not count."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def kept_whole(clause: str, pieces: Iterable[str]) -> int | None:
    """The length of the shortest of the bare ``pieces`` that holds the bare ``clause``; None where it is cut."""
    fitting = [len(piece) for piece in pieces if _holds(piece, clause)]
    return min(fitting) if fitting else None


def _holds(piece: str, clause: str) -> bool:
    if clause in piece:
        return True
    if len(piece) < LEAST_SHARE * len(clause) or clause[:EDGE] not in piece or clause[-EDGE:] not in piece:
        return False
    blocks = SequenceMatcher(None, clause, piece, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= LEAST_SHARE * len(clause)


def _order(eid: str) -> tuple[tuple[int, int], ...]:
    """The order of the text: introduction, articles or sections, closing, annexes, each with what it holds."""
    ranks = {"intro": 0, "art": 1, "sec": 1, "closing": 2, "annex": 3, "item": 4, "point": 5}
    parts = [part.partition("_") for part in eid.split("__")]
    return tuple((ranks.get(name, 9), int(number) if number.isdigit() else 0) for name, _, number in parts)


def _mark(eid: str) -> re.Pattern[str] | None:
    name, _, number = eid.rpartition("__")[2].partition("_")
    words = an2cn(number) if number.isdigit() else ""
    words = words.removeprefix("一") if words.startswith("一十") else words
    patterns = {
        "art": f"第{words}条", "item": f"[（(]{words}[）)]", "sec": f"{words}、", "annex": rf"附\s*[件錄]?\s*{number}\s*[:：]?$",
        "closing": CLOSING.pattern,
    }  # fmt: skip
    return re.compile(patterns[name]) if name in patterns else None


def _words(eid: str, lines: Sequence[str]) -> str:
    """The words of a clause's lines: without its mark, headings of chapters, page numbers, and what follows its end."""
    first, *rest = lines
    mark = _mark(eid)
    first = mark.sub("", first, count=1) if mark and eid != "closing" else first
    ends = next((i for i, line in enumerate(rest) if ENDS.search(line)), len(rest))
    return first + "".join(line for line in rest[:ends] if not HEADING.match(line) and not PAGE_NUMBER.match(line))
