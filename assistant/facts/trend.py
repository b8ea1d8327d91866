"""Figures of several years in one breath: 营收连跌两年，7200万、6400万、去年5600万."""

from __future__ import annotations

import re

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.topics import Topic, untimed

_ON = re.compile(r"(?:[、，/ 和到\0]|再到|然后|接着|[跌降掉涨升]?到了?|是|的|只有|才|做了?|就|剩下?)*")
_TREND = re.compile(
    r"(?:[我们公司企业咱家的了得在是：就也都又还有]|这|近|最近|过去|前|[一两二三四五几\d]年|年年|逐年|历年|情况|数据|数字|如下|分别|依次|连续|连着?|一路|一直|往[上下]"
    r"|下?[跌降滑掉]|上?[涨升]|增长?|减少?|波动|走[低高]|一年不如一年|一年比一年[好差高低多少]|缩水|持平|稳[定步]|不[太怎么]?好看|有点)*"
)


def hear_trend(reading: Reading, topic: Topic, first: Amount) -> None:
    """营收连跌两年，7200万…: the clause before the figures only says which way they went."""
    index = reading.clause_index(first.at)
    before = reading.clauses[index - 1] if index else None
    if before is None or reading.amounts_in(before.start, before.end):
        return
    named = [m for m in reading.mentions_in(before.start, before.end) if topic.facts[0] in m.facts]
    words = reading.text[before.start : named[0].start] + reading.text[named[0].end : before.end] if named else "?"
    if _TREND.fullmatch(words):
        reading.hear(before.start, before.end)


def goes_on_with(reading: Reading, final: Amount, year: int) -> bool:
    """7200万、6400万、去年5600万: what was told in the same breath before the last year is of the years before it."""
    following = [a for a in reading.amounts_in(final.end, final.end + 16) if a.start >= final.end][:1]
    times = reading.times_in(final.end, following[0].start) if following else []
    if len(times) != 1 or times[0].years != (year,) or times[0].base or following[0].kind != final.kind:
        return False
    return bool(_ON.fullmatch(untimed(reading, final.end, following[0].start)))


def paren_end(reading: Reading, amount: Amount) -> int:
    """The end of a year in brackets behind the amount: 3000万（2025年）."""
    times = reading.times_in(amount.end, amount.end + 2) if reading.text[amount.end : amount.end + 1] == "（" else []
    return times[0].end if times and reading.text[times[0].end : times[0].end + 1] == "）" else 0
