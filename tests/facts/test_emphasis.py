"""Words that only underline a denial change nothing; a guess, a size told in two figures and a slip of memory are what they are."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria import check
from assistant.facts.extract import extract
from assistant.facts.unread import doubts, unread

TODAY = date(2026, 11, 21)


def outcome(message: str) -> str:
    found = extract(message, as_of=TODAY)
    return check(
        found.title or "", found.facts, track=found.track or "first", as_of=TODAY,
        rest_affirmed=found.rest_affirmed, excluded=found.excluded, problems=found.problems,
    ).outcome  # fmt: skip


@pytest.mark.parametrize("much", ["", "肯定", "确实", "压根", "根本", "真", "暂时", "目前还", "绝对"])
@pytest.mark.parametrize(
    ("thing", "key"),
    [("省部级奖", "award_level_l3y"), ("省级研发机构", "rd_institution"), ("高企", "high_tech_valid")],
)
def test_an_emphatic_denial_is_a_denial(thing: str, key: str, much: str) -> None:
    value = extract(f"专精特新首次，{thing}{much}没有，其他都满足", as_of=TODAY).facts[key]
    assert value.flag is False or value.choice == "none"


@pytest.mark.parametrize("guess", ["可能是买来的，也可能是自己申请的", "好像是自己申请的", "估计是从学校转来的"])
def test_a_guess_at_the_origin_of_a_right_leaves_it_open(guess: str) -> None:
    assert outcome(f"专精特新首次，一件发明专利{guess}，其他都达标") == "needs_info"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("员工1150人，去年营收4.8亿", "needs_info"),
        ("员工330人，去年营收1.2亿", "needs_info"),
        ("员工1150人，去年营收4.8亿，工业企业", "not_eligible"),
        ("员工330人，去年营收1.2亿，工业企业", "eligible"),
        ("员工80人，去年营收3600万", "eligible"),
        ("员工1150人，去年营收4.8亿，中型企业", "eligible"),
    ],
)
def test_the_blanket_does_not_cover_a_size_that_is_large_in_some_trade(told: str, expected: str) -> None:
    assert outcome(f"专精特新首次，{told}，其他都满足") == expected


@pytest.mark.parametrize(
    "rest", ["六项标准他说都满足", "六项我都核过了，满足", "六项指标会计讲全部达标", "那六项都对过，没问题"]
)
def test_the_six_items_by_hearsay_or_after_a_check(rest: str) -> None:
    assert extract(f"首次报专精特新，{rest}", as_of=TODAY).rest_affirmed


@pytest.mark.parametrize("remark", ["哦忘了讲", "对了忘记说", "首次小巨人过线没有", "这样过关了没", "哎漏了一件事"])
def test_a_slip_of_memory_and_the_request_are_no_facts(remark: str) -> None:
    message = f"{remark}，去年营收8000万，其余都符合"
    found = extract(message, as_of=TODAY)
    assert not unread(message, found)
    assert not doubts(message, found)
