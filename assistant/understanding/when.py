"""The day that a question is about. Only a question that asks about another day moves it."""

from __future__ import annotations

import calendar
import re
from datetime import date

from corpus.quantities import fold

DAY = r"(20\d\d)\s*年(?:\s*(1[0-2]|0?[1-9])\s*月(?:\s*(3[01]|[12]\d|0?[1-9])\s*[日号])?)?"
BEFORE = re.compile(rf"(?:截至|截止到?|站在|假如(?:是|在)|如果(?:是|在)|倒回|回到|换成|换到)\s*{DAY}")
AFTER = re.compile(
    rf"{DAY}\s*(?:的时候|时候|那时候?|那会儿?|当时|那天|那阵|为准|来看|还在用|还有效|是不是还有效|的?呢[?？]?$)"
)
YEAR_BEFORE = re.compile(r"(去年|前年)(?:的时候|那时候?|那会儿?|当时|的?呢[?？]?$)")
BACK = {"去年": 1, "前年": 2}
NOW = re.compile(
    r"(?:回到|换回|换成|按|看|以)\s*(?:现在|今天|目前|如今|眼下|当前)|^(?:哦|噢|好的?|那|再|,|，)*(?:现在|今天|目前|如今|眼下|今年)(?:的话|的情况)?(?:呢|怎么样|怎样|怎么说)?[?？。]*$"
)


def asked_date(text: str, default: date, today: date | None = None) -> date:
    """The day of the question; ``default`` where it names none. A year alone means its last day, a month alone its
    last day; the running year alone changes nothing. "回到现在" is ``today``."""
    folded = fold(text)
    today = today or default
    match = BEFORE.search(folded) or AFTER.search(folded)
    if not match:
        if relative := YEAR_BEFORE.search(folded):
            return date(today.year - BACK[relative[1]], 12, 31)
        return today if NOW.search(folded) else default
    year, month, day = (int(g) if g else None for g in match.groups())
    if year is None or (month is None and year == default.year):
        return default
    if month is None and year == today.year:
        return today
    month = month or 12
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


def without_date(text: str) -> str:
    """``text`` without the words that set its day."""
    folded = fold(text)
    for pattern in (BEFORE, AFTER, YEAR_BEFORE, NOW):
        folded = pattern.sub("", folded)
    return folded.strip(",，、 ") if folded != fold(text) else text
