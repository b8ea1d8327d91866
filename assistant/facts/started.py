"""The day on which a procedure was started, where the message names it: 今年3月就启动了复核, 4月1日以前报上去的.

It decides which version of a standard applies. A month without a day counts as its first day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.facts.reading import Reading

_MATTER = "复核|申报|申请|材料|认定"
_BEGUN = "启动|开始|发起|提交|递交|受理|交上去|报上去|交了|报了|报的|交的"
_DAY = (
    r"(?:(?P<y>20\d\d)年?|(?P<word>今年|去年|当年))?[的]?"
    r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<d>[12]\d|3[01]|0?[1-9])[日号])?(?P<before>[以之]?前)?"
)
_STARTED = re.compile(
    rf"{_DAY}[^，。；！？]{{0,4}}(?:(?:{_BEGUN})[^，。；！？]{{0,4}}(?:{_MATTER})|(?:{_MATTER})[^，。；！？]{{0,3}}(?:{_BEGUN}))"
    rf"|(?:{_MATTER})(?:是|就|已经?|早){{0,2}}(?:在|从)?{_DAY.replace('P<', 'P<z')}[^，。；！？]{{0,3}}(?:{_BEGUN})"
)
_ALONE = re.compile(
    rf"{_DAY}[^，。；！？]{{0,8}}?(?:{_BEGUN})(?:了|的|办理?|走|做|流程|程序){{0,4}}(?=$|[，。；！？]|专精特新|[“\"]?小巨人|复核)"
)
"""The same without the matter, for a talk of a review."""
_PLANNED = re.compile(r"明年|后年|下个?月|要|想|打算|准备|计划|如果|假如|能不能|可以")
_MONTHS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}


def read_started(reading: Reading, *, review: bool = False) -> date | None:
    """The day, never after ``as_of``; without a year the last such day that has passed. ``review``: the talk is of a
    review, so that the matter need not be named."""
    matches = [*_STARTED.finditer(reading.text), *(_ALONE.finditer(reading.text) if review else ())]
    for match in matches:
        pre = "" if match["m"] else "z"
        if _PLANNED.search(match[0]) or _PLANNED.search(reading.text[max(0, match.start() - 3) : match.start()]):
            continue
        month = _MONTHS.get(match[f"{pre}m"]) or int(match[f"{pre}m"])
        year = int(match[f"{pre}y"] or reading.as_of.year) - (match[f"{pre}word"] == "去年")
        try:
            day = date(year, month, int(match[f"{pre}d"] or 1))
        except ValueError:
            continue
        if match[f"{pre}before"]:
            day -= timedelta(days=1)
        if day > reading.as_of and not match[f"{pre}y"] and not match[f"{pre}word"]:
            day = day.replace(year=day.year - 1)
        if day <= reading.as_of:
            reading.hear(*match.span())
            return day
    return None
