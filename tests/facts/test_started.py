"""The day on which a procedure was started decides the version of the standard."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("我们小巨人的复核今年3月就启动了", date(2026, 3, 1)),
        ("2026年3月20日提交的复核材料，用哪套标准", date(2026, 3, 20)),
        ("复核是2月份报上去的", date(2026, 2, 1)),
        ("4月1日以前就启动了复核", date(2026, 3, 31)),
        ("去年十二月递交了申报材料", date(2025, 12, 1)),
        ("12月启动的复核", date(2025, 12, 1)),
        ("我们准备3月启动复核", None),
        ("2027年3月启动复核", None),
        ("去年3月营收1500万，想做复核", None),
        ("复核要看哪几年的数据", None),
    ],
)
def test_the_day_is_read(said: str, day: date | None) -> None:
    assert extract(said, as_of=TODAY).started == day
