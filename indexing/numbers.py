"""How Chinese official documents number their parts: 第一条, 一、（一）1.（1）①, chapters, and what the numbers are."""

from __future__ import annotations

import re

from corpus.quantities import number

CHINESE = "[一二三四五六七八九十百零]{1,6}"
ARTICLE = re.compile(rf"^第({CHINESE})条\s*")
CHAPTER = re.compile(rf"^第({CHINESE})([章节]|部分)\s*(\S{{0,30}})$")
SECTION = re.compile(rf"^({CHINESE})、\s*")
ITEM = re.compile(rf"^（({CHINESE})）\s*")
POINT = re.compile(r"^(\d{1,2})[.．、]\s*(?:(?!\d)|(?=(?:19|20)\d\d\s*[年—–-]))")
SUBPOINT = re.compile(r"^[（(](\d{1,2})[)）]\s*")
BARE_POINT = re.compile(r"^(\d{1,2})(?![年月日个项家万亿件名人次份倍户类])(?=[\u4e00-\u9fff]{2,10}[。：])")
"""A point whose full stop got lost: one only where the number before it is open."""
CIRCLED = re.compile(r"^([①-⑳])\s*")
STYLES = (
    ("art", ARTICLE), ("sec", SECTION), ("item", ITEM), ("point", POINT), ("sub", SUBPOINT), ("mark", CIRCLED),
)  # fmt: skip


def ordinal(words: str) -> int | None:
    """``"十七"`` → 17, ``"③"`` → 3; None where the signs make no number (百百)."""
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    try:
        return int(words) if words.isascii() else int(number(words))
    except ValueError:
        return None
