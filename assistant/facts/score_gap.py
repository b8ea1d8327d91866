"""By how much a score misses or passes a line: 就差半分, 离60分差2分. Neither figure is a score of the company."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import islice

from assistant.facts.numerals import read
from assistant.facts.reading import Reading
from assistant.facts.topic_words import UPPER
from assistant.facts.values import Statement, Value, key

_SIZE = r"(?P<size>半|[一二两三四五六七八九几]|零点[一二三四五六七八九]|1?\d(?:\.\d{1,2})?)(?P<tenth>点[一二三四五六七八九])?个?分(?![之钟])(?P<half>半?)"
_LINE = r"(?:离|距离?|跟|和|与|比|较)(?:及格线|标准|线|门槛)?(?P<line>[一二三四五六七八九十]{1,3}|\d{2})分?(?:的?(?:及格)?线|的?门槛|的?标准)?"
_MISSED = r"(?:(?P<less>差|少|缺|短|低|欠)|高|多|超|富余|[降掉跌扣丢涨升]|提高|下滑|回落)(?:了|着|出|上)*(?:大概|约|有|近|不到)?"
_GAP = re.compile(
    rf"(?:{_LINE})?(?:就|只|还|仅|才|也|都|刚好|正好|又|各|一[个年])*{_MISSED}{_SIZE}"
    r"(?:而已|都?没[到过]|都不到|了|啊|呀)?(?!，?(?:就|才|没|不|未)?(?:到|够|满|达到|过)[\d四五六])"
)


def apart(text: str, start: int, at: int) -> bool:
    """Whether the number at ``at``, in the clause that begins at ``start``, is a difference or the line it is from."""
    return any(gap.start() <= at < gap.end() for gap in _GAP.finditer(text, start, min(len(text), at + 16)))


def read_gaps(reading: Reading, scores: list[Statement]) -> list[Statement]:
    """The differences are understood where the score was told; 离50分就差半分 tells the score itself."""
    found: list[Statement] = []
    said = bool(scores) or any(name.startswith("development_score@") for name in reading.known)
    for gap in islice(_GAP.finditer(reading.text), 6):
        if reading.zone(gap.start()) or reading.title not in UPPER:
            continue
        if said:
            reading.hear(gap.start(), gap.end())
        elif gap["line"]:
            clause = reading.clause(gap.start())
            years = [y for t in reading.times_in(clause.start, gap.end()) for y in t.years] or [reading.as_of.year]
            value = _score(gap, reading.message[gap.start() : gap.end()])
            found.append(reading.said(key("development_score", years[-1]), value, gap.start(), gap.end()))
    return found


def _score(gap: re.Match[str], source: str) -> Value:
    """The line less or plus the difference; where that is only 几分, anything on that side of the line."""
    line = read(gap["line"]).lo
    if gap["size"] != "几":
        return Value.exact(line + (-_size(gap) if gap["less"] else _size(gap)), source)
    if gap["less"]:
        return Value.interval(Fraction(0), line, hi_closed=False, source=source)
    return Value.interval(line, Fraction(100), lo_closed=False, source=source)


def _size(gap: re.Match[str]) -> Fraction:
    half = Fraction(1, 2)
    whole = half if gap["size"] == "半" else read(gap["size"] + (gap["tenth"] or "")).lo
    return whole + (half if gap["half"] else 0)
