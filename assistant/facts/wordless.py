"""Quantities said without a figure of their own: 营收年年下滑, 2024年没做研发, 其他业务占三成."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key

_REVENUE = r"(?:营收|营业收入|营业额|销售额?|收入|业绩|生意)"
_FELL = re.compile(
    rf"{_REVENUE}[^，。；\d]{{0,12}}?(?P<down>下滑|下降|下跌|在跌|跌了|往下[走掉]|走低|负增长|萎缩|缩水|掉下来|滑坡|退步)"
    rf"|{_REVENUE}[^，。；\d]{{0,12}}?(?P<flat>没(?:有|怎么)?(?:增长|涨|增加)|零增长|持平|原地踏步|不增长)"
)
_NO_RD = re.compile(
    r"(?:没有?|未)(?:做|搞|投|花|投入|开展|发生)过?(?:什么|啥|任何|一分)?(?:钱)?(?:的)?研发(?!机构|中心|平台|团队|人员)"
    r"|研发(?:费用|投入|支出|这块|方面|上)?[^，。；\d]{0,8}?(?:(?:一分|一毛)钱?(?:都|也)?(?:没|未)(?:投|花|有)?|没有?(?:投|做|花|搞|开展)|为零|是零|空白)"
)
_HARDLY = re.compile(r"怎么|基本|几乎|大|多少|太|啥")
_OTHER_BUSINESS = re.compile(
    r"(?:其他|其它|非主营|副业|主营以外的?|主营之外的?|主业以外的?)(?:业务|板块)?(?:收入|营收|的)*(?:占了?|占比|比重|占到|：|是|有|大概|约)*$"
)
_ASKS = re.compile(r"[吗么？]$|是否|会不会|如果|要是")


def read_wordless(reading: Reading, known: set[str]) -> list[Statement]:
    """Growth that was below or at zero, years without R&D, and the main share as what other business leaves."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or _ASKS.search(words):
            continue
        found += _growth(reading, clause, words)
        found += _no_rd(reading, clause, words)
        found += _complement(reading, clause)
    return [s for s in found if s.key not in known]


def _years(reading: Reading, clause: Clause, words: str) -> list[int]:
    last = reading.as_of.year - 1
    told = [y for t in reading.times_in(clause.start, clause.end) if not t.base for y in t.years if y <= last]
    if told:
        return told
    return [last - 1, last] if re.search(r"年年|连年|每年|一直|连续|两年|几年|近年", words) else [last]


def _growth(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    match = _FELL.search(words)
    if match is None or re.search(r"没有?(?:下滑|下降|跌|缩水)|不(?:下滑|下降)", words):
        return []
    if any(a.kind in ("percent", "money") for a in reading.amounts_in(clause.start, clause.end)):
        return []
    flat = bool(match["flat"])
    start, end = clause.start + match.start(), clause.start + match.end()
    value = Value.interval(Fraction(-1), Fraction(0), hi_closed=flat, source=reading.message[start:end])
    return [reading.said(key("revenue_growth", y), value, start, end) for y in _years(reading, clause, words)]


def _no_rd(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    match = _NO_RD.search(words)
    if match is None or any(a.kind in ("percent", "money") for a in reading.amounts_in(clause.start, clause.end)):
        return []
    start, end = clause.start + match.start(), clause.end
    source = reading.message[start:end]
    value = Value.uncertain(source) if _HARDLY.search(words) else Value.exact(0, source)
    return [reading.said(key("rd_expense", y), value, start, end) for y in _years(reading, clause, words)]


def _complement(reading: Reading, clause: Clause) -> list[Statement]:
    for amount in reading.amounts_in(clause.start, clause.end):
        lead = reading.text[clause.start : amount.start]
        if amount.kind != "percent" or not _OTHER_BUSINESS.search(lead) or amount.hi is None or amount.hi > 1:
            continue
        lo = amount.lo if amount.lo is not None else Fraction(0)
        value = Value.interval(
            1 - amount.hi, 1 - lo, lo_closed=amount.hi_closed, hi_closed=amount.lo_closed,
            source=reading.message[clause.start : amount.end],
        )  # fmt: skip
        return [reading.said(key("main_share", reading.as_of.year - 1), value, clause.start, amount.end)]
    return []
