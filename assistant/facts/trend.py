"""Figures of several years in one breath: 营收连跌两年，7200万、6400万、去年5600万."""

from __future__ import annotations

import re

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.times import Time
from assistant.facts.topics import Topic, untimed

_ON = re.compile(r"(?:再到|[跌降掉涨升]?到了?|[、，/ 和\0]|然后|接着|是|的|只有|才|做了?|就|剩下?)*+")
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


def dated_behind(reading: Reading, amount: Amount) -> Time | None:
    """The year behind the figure that it is of: 3000万（2025年）, 3000万前年，3400万去年; 3000万是前年的."""
    times = reading.times_in(amount.end, amount.end + 3)
    if not times or times[0].base:
        return None
    text, time = reading.text, times[0]
    after = text[time.end : time.end + 2]
    match text[amount.end : time.start]:
        case "（":
            return time if after[:1] == "）" or after == "的）" else None
        case "" | " " | "是":
            told = any(t.kind != "span" for t in reading.times_in(max(0, amount.start - 1), amount.at))
            closes = after[:1] in ("", *"，。；、！？") or (after[:1] == "的" and after[1:] in ("", *"，。；、！？"))
            return time if closes and not told else None
        case _:
            return None


def paren_end(reading: Reading, amount: Amount) -> int:
    """The end of a year told behind the amount, and for it alone: 3000万（2025年）."""
    time = dated_behind(reading, amount)
    return time.end if time else 0
