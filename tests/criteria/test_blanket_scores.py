"""其他都满足 names no points: a score of which part was told stays open."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria.check import check
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("title", "message", "outcome"),
    [
        ("创新型", "高企有效，其他都满足，创新型行吗", "eligible"),
        ("创新型", "研发只有0.5%，其他都满足，创新型行吗", "needs_info"),
        ("创新型", "负债率80%，其余都满足，创新型行吗", "needs_info"),
        ("创新型", "直接条件都没有，研发只有0.5%，没有知识产权，其他都满足，创新型行吗", "not_eligible"),
        ("科技型", "软著1件，没有发明，其余都满足，科技型行吗", "needs_info"),
        (
            "科技型",
            "直接确认的条件都没有，软著1件，研发占6%，科技人员占10%，没有发明，其余都满足，科技型行吗",
            "eligible",
        ),
    ],
)
def test_the_blanket_fills_up_no_score(title: str, message: str, outcome: str) -> None:
    found = extract(message, as_of=TODAY)
    verdict = check(
        title, found.facts, track="first", as_of=TODAY, rest_affirmed=found.rest_affirmed, excluded=found.excluded,
        problems=found.problems, place="上海市",
    )  # fmt: skip
    assert verdict.outcome == outcome


def test_repair_alone_does_not_tell_why_a_title_was_cancelled() -> None:
    said = "专精特新去年被取消了，信用修复了，名单也移出了，其他都达标"
    found = extract(said, as_of=TODAY)
    verdict = check("专精特新", found.facts, track="first", as_of=TODAY, rest_affirmed=found.rest_affirmed)
    assert verdict.outcome == "needs_info"
    assert "cancelled_for" in [missing.fact for missing in verdict.missing]
