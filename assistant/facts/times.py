"""The years that a text speaks of: 去年, 前年, 2024年度, 23年, 近两年, 2023到2025年, 每年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

_CN = "零〇一二三四五六七八九"
_Y4 = r"20\d\d|[二2][零〇0][一二三0-9][零〇一二三四五六七八九\d]"
_SUMS = (
    r"合计|加一[块道]|加拢|加总|拢共|一塌刮子|合起来|合在一起|相加|都|均|每年|分别|平均|累计|总共|加起来|加一起|一共|总计|共计|总和|各|总的"
    r"|研发|营收|评分|得分|的研发|的营收|评价|融资|连续"
)
_TOPIC = r"研发|投入|费用|营收|收入|占比|强度|评分|得分|融资|评价|增长"
_YEAR = re.compile(
    r"(?P<range>(?P<a>20\d\d|(?<!\d)[12]\d)年?(?:到|至|-?>|→|-|~|—|–)(?P<b>20\d\d"
    r"|[12]\d(?=年))(?:年度?)?(?:这?[两三四五]年)?(?![\d.万亿%元]))"
    r"|(?P<pair>(?<![\d.了过做干满有第])(?P<pa>20\d\d|2\d)年?度?[、和跟与及/](?P<pb>20\d\d|2\d)(?:年度?|年?这?[两二2]个?年度?)(?![多了以来]))"
    rf"|(?P<date>(?P<dy>20\d\d)(?:[年./-] ?(?P<dm>1[0-2]|0?[1-9])月份?(?:\d{{1,2}}[日号])?"
    rf"|(?P<sep>[./-])(?P<dm2>1[0-2]|0?[1-9])(?P=sep)\d{{1,2}}[日号]?(?![\d万亿%元])))"
    rf"|(?P<full>(?<![\d.])(?:{_Y4})(?:年度?|财年|会计年度)(?:[底末]|年[底末])?)"
    r"|(?P<bare>(?<![\d.a-z〔第])20[12]\d(?![\d.,]|[ 个]?[万亿千百元w%个项人件分条名]|号))"
    r"|(?P<aside>(?<=[万亿元%分]（)[12]\d(?=）))"
    r"|(?P<two>(?<![\d.第近这过有了满共超])(?<!\d[-~])(?:[12]\d)年(?:度|底|末)?(?![了来多以的历经左内间]|[，。；]|$"
    r"|半)|二[零一二三四五六七八九]年(?=度|底|末"
    r"|营|研|收|的|[\d一二三四五六七八九]))"
    r"|(?P<big>大前年)|(?P<before>(?<![目以之])前年)"
    r"|(?P<prior>再?(?:往)?前一年|(?<=[由从比较自])上一年(?!度))"
    r"|(?P<last>去年|上一?个?(?:会计)?(?:年度|财年)|上一?年度?|旧年)"
    r"|(?P<this>今年|本年度?|当年|本会计年度)|(?P<next>明年|下一?年度?(?![做干])|后年)"
    r"|(?P<span>(?:最近|近|这|过去|前|上|头|连续|连着|往前)(?:的)?(?P<n>[两二三2345])个?(?:会计)?(?:年度|年)(?![前])"
    rf"|(?<![了满有过第\d.])(?P<n2>[两二三23])年(?=[里内间来]?(?:{_SUMS}|[，、]?每年)))"
    rf"|(?P<mid>(?<={_TOPIC[:2]})[两2]年)"
    r"|(?P<each>每一?年|年年|各年度?|历年)"
)


@dataclass(frozen=True)
class Time:
    """``text[start:end]`` names ``years``. ``each`` has none of its own: 每年."""

    start: int
    end: int
    years: tuple[int, ...]
    kind: Literal["year", "span", "range", "each", "date"]
    month: int | None = None
    base: bool = False
    """比去年, 较上年: a year compared with, not one told of."""


_NUMBER = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "4": 4, "5": 5}
_COMPARED = re.compile(r"(?:(?<!占)比|较|相比|对比|同比|较之|比起)$")


def find_times(text: str, as_of: date) -> list[Time]:
    """Every time of a normalised ``text``, in order; relative ones are counted from ``as_of``."""
    found: list[Time] = []
    for m in _YEAR.finditer(text):
        time = _time(m, as_of, found[-1] if found else None)
        if time is None:
            continue
        compared = _COMPARED.search(text[max(0, m.start() - 3) : m.start()])
        found.append(
            Time(time.start, time.end, time.years, time.kind, time.month, bool(compared) and time.kind == "year")
        )
    return found


def _time(m: re.Match[str], as_of: date, previous: Time | None) -> Time | None:
    now = as_of.year
    span = m.span()
    relative = {"big": -3, "before": -2, "last": -1, "this": 0, "next": 1}
    for group, shift in relative.items():
        if m[group]:
            return Time(*span, (now + shift,), "year")
    if m["range"]:
        first, last = _full(m["a"]), _full(m["b"])
        if first < last <= first + 9:
            return Time(*span, tuple(range(first, last + 1)), "range")
        return None
    if m["pair"]:
        one, other = _full(m["pa"]), _full(m["pb"])
        return Time(*span, (one, other), "range") if one < other <= now else None
    if m["date"]:
        return Time(*span, (int(m["dy"]),), "date", int(m["dm"] or m["dm2"]))
    if m["full"] or m["bare"] or m["two"] or m["aside"]:
        return Time(*span, (_full(m[0]),), "year")
    if m["prior"]:
        base = previous.years[0] if previous and previous.years else now
        return Time(*span, (base - 1,), "year")
    if m["span"] or m["mid"]:
        n = _NUMBER[m["n"] or m["n2"] or "2"]
        return Time(*span, tuple(range(now - n, now)), "span")
    return Time(*span, (), "each")


def _full(words: str) -> int:
    digits = "".join(
        str(_CN.index(ch) - 1 if ch != "零" else 0) if ch in _CN else ch for ch in words if ch in _CN or ch.isdigit()
    )
    number = int(digits[:4])
    return number if number > 1000 else 2000 + number


def blank(text: str, times: list[Time]) -> str:
    """``text`` with every time replaced by NULs, so that no year is taken for an amount."""
    parts, at = [], 0
    for time in times:
        parts += [text[at : time.start], "\0" * (time.end - time.start)]
        at = time.end
    return "".join([*parts, text[at:]])
