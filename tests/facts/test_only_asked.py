"""Parts of a message that only ask state nothing; what they ask about and nobody told stays open."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import doubts, unread
from assistant.facts.values import Extraction

TODAY = date(2026, 11, 21)


def read(message: str, title: str = "小巨人") -> Extraction:
    return extract(message, as_of=TODAY, title=title)


@pytest.mark.parametrize(
    "message",
    [
        "国内占有率13%，排名只排到第七，其他都过线，排名没进前三打不打紧",
        "负债率72%，其他都达标，这个负债率能放一马不",
        "其余全部达标，想直接报小巨人中不中",
        "别的都够，复核会不会被摘牌子",
        "研发前年600万、去年700万，其他都达标，就问研发够不够格",
        "去年营收4900万，其他都达标，差这么一点会不会被卡",
        "其他项没问题，2025评价63、2026评价57，成？",
    ],
)
def test_a_mere_question_is_understood(message: str) -> None:
    found = read(message)
    assert found.rest_affirmed
    assert not unread(message, found)


@pytest.mark.parametrize(
    "message",
    [
        "发明有四项，其他都达标，专利挂在老板名下行不行",
        "其他都达标，之前被取消过称号还能报吗",
        "其余全部达标，没有发明专利要紧吗",
        "别的都满足，上个月和另一家合并了要不要紧",
    ],
)
def test_a_question_that_brings_news_is_asked_about(message: str) -> None:
    assert unread(message, read(message))


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("其他都达标，就是研发那块行不行？", "rd_ratio"),
        ("别的都满足，负债率会不会卡", "debt_ratio"),
        ("其余都够，排名要紧吗", "market_rank"),
    ],
)
def test_no_blanket_covers_what_is_asked_about_and_not_told(message: str, fact: str) -> None:
    assert fact in read(message).excluded


@pytest.mark.parametrize("words", ["到现在还没满三年", "现在不满3年", "算起来还不到三年"])
def test_the_time_since_a_cancellation_that_was_told_is_no_trouble(words: str) -> None:
    message = f"前年底因失信被取消称号，信用修复做完也移出来了，其他都达标，{words}"
    assert not unread(message, read(message))


def test_points_not_added_up_matter_only_where_they_are_needed() -> None:
    high_tech = "分没算过，高新技术企业证书明年到期"
    assert not doubts(high_tech, read(high_tech, "创新型"))
    assert "development_score" in read("分没算过，其他都达标").excluded
    bare = "分没算过，其他都达标"
    assert doubts(bare, read(bare, "创新型"))
