"""Months and years counted on the calendar, and how a missing day is rounded and said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.duties.dates import last_day, months_after, quarter_before, read_day, same_day, years_after

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2024, 3, 1), date(2027, 2, 28), "满年的前一天"),
        (date(2025, 3, 1), date(2028, 2, 29), "满年的前一天"),
        (date(2024, 2, 29), date(2027, 2, 28), "2027年2月没有29日，取月末"),
        (date(2023, 1, 1), date(2025, 12, 31), "满年的前一天"),
    ],
)
def test_three_years_of_validity(start: date, end: date, said: str) -> None:
    counted = last_day(start, 3)
    assert counted.day == end
    assert said in counted.how


@pytest.mark.parametrize(
    ("start", "end", "rounded"),
    [
        (date(2026, 8, 31), date(2026, 11, 30), True),
        (date(2026, 11, 30), date(2027, 2, 28), True),
        (date(2027, 11, 29), date(2028, 2, 29), False),
        (date(2026, 10, 8), date(2027, 1, 8), False),
    ],
)
def test_three_months(start: date, end: date, rounded: bool) -> None:
    counted = months_after(start, 3)
    assert counted.day == end
    assert ("取月末" in counted.how) is rounded


def test_a_bar_from_the_29th_of_february() -> None:
    counted = years_after(date(2024, 2, 29), 3)
    assert counted.day == date(2027, 2, 28)
    assert "2027年2月没有29日" in counted.how


@given(DAYS, st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_last_of_that_month(start: date, months: int) -> None:
    day, whole = same_day(start, months)
    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    assert day.day == start.day if whole else day.day < start.day
    assert whole or date.fromordinal(day.toordinal() + 1).day == 1


@given(DAYS, DAYS)
def test_a_later_start_never_ends_earlier(first: date, second: date) -> None:
    first, second = sorted((first, second))
    assert last_day(first, 3).day <= last_day(second, 3).day
    assert months_after(first, 3).day <= months_after(second, 3).day


@pytest.mark.parametrize(
    ("end", "first", "last"),
    [
        (date(2027, 6, 30), date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 6, 29), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2027, 12, 31), date(2027, 4, 1), date(2027, 6, 30)),
    ],
)
def test_the_latest_second_quarter_that_is_over(end: date, first: date, last: date) -> None:
    assert quarter_before(end, 2) == (first, last)


@pytest.mark.parametrize(
    ("text", "day", "whole_month"),
    [
        ("2024-03-01", date(2024, 3, 1), False),
        ("2024年3月1日", date(2024, 3, 1), False),
        ("２０２４．３．１", date(2024, 3, 1), False),
        ("2024-03", date(2024, 3, 1), True),
        ("2024年12月", date(2024, 12, 1), True),
    ],
)
def test_days_as_people_write_them(text: str, day: date, whole_month: bool) -> None:
    said = read_day(text)
    assert (said.day, said.whole_month) == (day, whole_month)


@pytest.mark.parametrize("text", ["2024", "2024-13-01", "2024-02-30", "去年三月", "", "24-3-1", "2024-03-01T10:00"])
def test_what_is_no_day_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"写成|没有"):
        read_day(text)
