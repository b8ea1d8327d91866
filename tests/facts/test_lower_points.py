"""Points of 创新型 as the asker tells them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.criteria.check import check
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)
NONE = "直通的一条都没有"


def points(message: str, title: str = "创新型") -> dict[str, Fraction | None]:
    facts = extract(message, as_of=TODAY, title=title).facts
    return {key.removeprefix("points_"): value.lo for key, value in facts.items() if key.startswith("points_")}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("创新能力26分、成长性18分、专业化20分", {"innovation": 26, "growth": 18, "specialisation": 20}),
        ("三块：创新24、成长16、专业22", {"innovation": 24, "growth": 16, "specialisation": 22}),
        ("创新能力指标得了31分，专业化那块只有13分", {"innovation": 31, "specialisation": 13}),
        ("自己打了54分", {"total": 54}),
        ("算下来总分71，成长性14分", {"total": 71, "growth": 14}),
        ("三块都过线，总分66", {"innovation": 20, "growth": 15, "specialisation": 15, "total": 66}),
        ("总分要60分才行吗", {}),
        ("各块多少分说不清", {}),
        ("去年拿了创新券12万，专业人员20个", {}),
    ],
)
def test_points_are_read(said: str, told: dict[str, int]) -> None:
    assert points(f"评创新型，{said}，能公告吗") == told


def test_another_title_has_no_such_points() -> None:
    assert points("专精特新评价总分58", "专精特新") == {}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (f"创新能力20分、成长性15分、专业化25分，{NONE}", "eligible"),
        (f"创新能力19分、成长性20分、专业化30分，{NONE}", "not_eligible"),
        (f"创新能力20分、成长性15分、专业化24分，{NONE}", "not_eligible"),
        (f"自评总分58，{NONE}", "not_eligible"),
        (f"自评总分62，各块不晓得，{NONE}", "needs_info"),
        (f"总分64，创新能力27分、专业化24分，{NONE}", "not_eligible"),  # what is left for growth is 13
        ("自评总分58", "needs_info"),  # nothing was said of the direct routes
        ("自评总分41，高企还在有效期", "eligible"),
        (f"总分62，创新能力20分、成长性15分、专业化20分，{NONE}", "needs_info"),  # 55 and 62
    ],
)
def test_points_told_decide(said: str, outcome: str) -> None:
    found = extract(f"创新型，{said}，其他都符合", as_of=TODAY, title="创新型")
    verdict = check(
        "创新型", found.facts, track="first", as_of=TODAY, rest_affirmed=found.rest_affirmed, excluded=found.excluded
    )
    assert verdict.outcome == outcome
