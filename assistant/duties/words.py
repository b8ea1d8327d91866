"""When a title was granted or ends, from a person's words: 专精特新是2024年3月认定的, 小巨人2027年6月30日到期."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.duties.dates import read_day
from assistant.duties.profile import title_named
from assistant.understanding.titles import OTHERS, PATTERNS
from corpus.models import Title
from corpus.quantities import fold

RELATIVE = {"今年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
DAY = (
    r"(?P<year>20\d\d年?|大前年|[今去前明后]年)[./-]?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|[./-](?=\d)|$)(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?)?"
)
OF_YEAR = r"(?<![年\d])(?P<month>1[0-2]|0?[1-9])(?:月份?)(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?"
WON = "公布|入的|认定|评上|评为|评的|获评|公告|拿到|拿的|认的|取得|入库|批的"
SPAN = re.compile(rf"20\d\d年?[./-]?\d{{1,2}}(?:月|[./-])(?:\d{{1,2}}[日号]?)?(?:起|开始)?(?:到|至|~|—|-){{1,2}}{DAY}")
MONTH_ALONE = re.compile(rf"{OF_YEAR}(?:就|刚|才|被|的时候|,){{0,2}}(?:{WON}|到期|期满)")
READ: list[tuple[re.Pattern[str], Literal["granted", "expires"]]] = [
    (re.compile(rf"(?:到期日?|有效期|期满)(?:是|为|到|至|截止|于|在|:){{0,3}}{DAY}"), "expires"),
    (SPAN, "expires"),
    (re.compile(rf"{DAY}(?:就|才|要|快){{0,2}}(?:到期|期满|过期|为止)"), "expires"),
    (re.compile(rf"{DAY}(?:就|刚|才|被|底|初|的时候|,){{0,2}}(?:{WON})"), "granted"),
    (re.compile(rf"(?:{WON})(?:日期|时间|日)?(?:是|为|于|在|:){{0,2}}{DAY}"), "granted"),
]
NAMES = re.compile("|".join(f"(?P<{title}>{pattern})" for title, pattern in PATTERNS.items()))


@dataclass(frozen=True)
class SaidDate:
    """What a message says of a title's dates; ``day`` is None where only the year was said."""

    title: Title
    what: Literal["granted", "expires"]
    day: str | None
    year: int


def said_dates(text: str, *, as_of: date, title: Title | None = None) -> list[SaidDate]:
    """The dates of titles that ``text`` names; ``title`` is the one meant where a date stands alone."""
    shown = OTHERS.sub(lambda m: "　" * len(m[0]), fold(text))
    named = [(m.start(), title_named(str(m.lastgroup))) for m in NAMES.finditer(shown)]
    found: dict[tuple[str, str], SaidDate] = {}
    for pattern, what in READ:
        for match in pattern.finditer(shown):
            about = _nearest(named, match) or title
            if about is not None:
                day, year = _read(match, as_of)
                found.setdefault((about, what), SaidDate(about, what, day, year))
    return list(found.values())


def month_of(text: str, year: int) -> str | None:
    """The day (or the month) told without its year, ``8月20号认定的``, in the year told before; None where none is."""
    match = MONTH_ALONE.search(fold(text))
    if match is None:
        return None
    written = f"{year}-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    try:
        read_day(written)
    except ValueError:
        return None
    return written


def _nearest(named: list[tuple[int, Title]], match: re.Match[str]) -> Title | None:
    """The title named last before the date, else the first after it."""
    before = [title for start, title in named if start <= match.start()]
    after = [title for start, title in named if start > match.start()]
    return before[-1] if before else after[0] if after else None


def _read(match: re.Match[str], as_of: date) -> tuple[str | None, int]:
    """The day as written (None where the month was not said, or there is no such day), and its year."""
    words = match["year"]
    year = as_of.year + RELATIVE[words] if words in RELATIVE else int(words[:4])
    if not match["month"]:
        return None, year
    written = f"{year}-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    try:
        read_day(written)
    except ValueError:
        return None, year
    return written, year
