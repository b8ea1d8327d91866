"""The day that a question is about. Only a question that asks about another day moves it."""

from __future__ import annotations

import calendar
import re
from datetime import date

from corpus.quantities import fold

DAY = r"(20\d\d)\s*年(?:\s*(1[0-2]|0?[1-9])\s*月)?(?:\s*(3[01]|[12]\d|0?[1-9])\s*[日号])?"
BEFORE = re.compile(rf"(?:截至|截止到?|站在|假如(?:是|在)|如果(?:是|在)|倒回|回到)\s*{DAY}")
AFTER = re.compile(rf"{DAY}\s*(?:的时候|时候|那时候?|那会儿?|当时|那天|那阵|为准|来看|还在用|还有效|是不是还有效)")


def asked_date(text: str, default: date) -> date:
    """The day of the question; ``default`` where it names none. A year alone means its last day, a month alone its
    last day; the running year alone changes nothing."""
    folded = fold(text)
    match = BEFORE.search(folded) or AFTER.search(folded)
    if not match:
        return default
    year, month, day = (int(g) if g else None for g in match.groups())
    if year is None or (year == default.year and month is None):
        return default
    month = month or 12
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))
