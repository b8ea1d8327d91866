"""Calendar arithmetic that says how it rounded. Documents count in whole months and years and name no day to count
from, so the reading taken here is spelled out beside every date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.quantities import fold
from corpus.validity import chinese_date

WRITTEN = re.compile(r"(?P<y>(?:19|20)\d\d)[-年./](?P<m>1[0-2]|0?[1-9])(?:[-月./](?P<d>3[01]|[12]\d|0?[1-9])?日?)?")
QUARTER_ENDS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


@dataclass(frozen=True)
class Counted:
    """A day, and how it was worked out."""

    day: date
    how: str


@dataclass(frozen=True)
class Said:
    """A day as written; ``whole_month`` where only the month was, which stands for its first day."""

    day: date
    whole_month: bool = False


def read_day(text: str) -> Said:
    """``2024-03-01``, ``2024-03``, ``2024年3月1日``, ``2024年3月``. Raises ValueError with how to write it."""
    match = WRITTEN.fullmatch(fold(text).strip())
    if match is None:
        raise ValueError("要写成 2024-03-01 或 2024年3月（至少到月）")
    year, month, day = int(match["y"]), int(match["m"]), match["d"]
    try:
        return Said(date(year, month, int(day or 1)), whole_month=day is None)
    except ValueError:
        raise ValueError(f"{year}年{month}月没有{day}日") from None


def same_day(start: date, months: int) -> tuple[date, bool]:
    """The same day ``months`` later, and whether that month has one; where it has none, its last day.

    Raises ValueError beyond the year 9999.
    """
    count = start.year * 12 + start.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, last)), start.day <= last


def months_after(start: date, months: int) -> Counted:
    """The last day of "within so many months": the same day of the month, counted from the event."""
    day, whole = same_day(start, months)
    how = f"从{chinese_date(start)}起数{months}个月，到{chinese_date(day)}"
    return Counted(day, how + ("" if whole else _no_such_day(start, day)))


def years_after(start: date, years: int) -> Counted:
    """The last day of a bar of ``years`` from ``start``."""
    day, whole = same_day(start, years * 12)
    how = f"从{chinese_date(start)}起数{years}年，到{chinese_date(day)}"
    return Counted(day, how + ("" if whole else _no_such_day(start, day)))


def last_day(start: date, years: int) -> Counted:
    """The last day of a validity of ``years`` that begins on ``start``: the day before the anniversary; where that
    year lacks the day (29 February), the last day of the month."""
    day, whole = same_day(start, years * 12)
    day = day - timedelta(days=1) if whole else day
    how = f"按{chinese_date(start)}认定、有效期{years}年推算，到{chinese_date(day)}"
    return Counted(day, how + ("（满年的前一天）" if whole else _no_such_day(start, day)))


def quarter_before(end: date, quarter: int) -> tuple[date, date]:
    """First and last day of the latest such quarter that is over by ``end``."""
    month, day = QUARTER_ENDS[quarter]
    closing = date(end.year, month, day)
    if closing > end:
        closing = date(end.year - 1, month, day)
    return date(closing.year, month - 2, 1), closing


def _no_such_day(start: date, day: date) -> str:
    return f"（{day.year}年{day.month}月没有{start.day}日，取月末）"
