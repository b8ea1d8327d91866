"""Whether a message sets two or more places side by side: 北京和天津的门槛有什么不同."""

from __future__ import annotations

import re

from assistant.understanding.where import DENIED
from corpus.places import COUNTRY, chain, find_places

MOST = 3
COMPARES = re.compile(
    r"分别|各自|各(?:是|要|写|有|给|多少|怎么)|区别|不同|不一样|一样不一样|一不一样|一样(?:吗|么|不|伐)|两样|相比|对比|比较|差在|差别|差多少|差异"
    r"|比一比|比一下|比比|对照|[跟和与同][^，。？]{1,16}比(?![例重较])|[哪谁][个家边里地儿]?[^，。？]{0,8}(?:更|最|严|宽|松|高|低|多|少|划算|好)|更[严宽松高低多]|都(?:是|要|有)?(?:多少|什么|怎么|哪些)"
)
MOVES = re.compile(
    r"[搬迁转移挪调](?:去|到|往|回|入|至|进|址)?|跨(?:省|区|市)|分公司|子公司|总部|户口|设在|落户|注册在|不是"
)
"""Places named for another reason: a company that goes from one to the other, or has a part in each."""


def places_compared(text: str) -> list[str]:
    """The places that ``text`` compares, in its order; empty where it compares none, or more than a table can hold."""
    if not COMPARES.search(text) or MOVES.search(text):
        return []
    named = [p for p in find_places(DENIED.sub("", text)) if p != COUNTRY]
    inside = any(p != q and q in chain(p) for p in named for q in named)
    return named if 2 <= len(named) <= MOST and not inside else []
