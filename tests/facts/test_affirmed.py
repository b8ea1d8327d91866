"""All the rest is met, in words that no list holds; and what only has the same shape."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.affirmed import affirms
from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "said",
    [
        "其它项都守住了",
        "其余项目都齐",
        "其他条件我们一直都维持得很好",
        "旁的要求都拿得出手",
        "别的方面都没掉链子",
        "其余各条都超过门槛",
        "其余条件均保持在标准以上",
        "剩下几条都经得起查",
        "余下的条件俱佳",
        "其余的，都守着线呢",
        "指标目前全都守得住",
        "各项数据都超线",
    ],
)
def test_it_is_affirmed(said: str) -> None:
    message = f"专精特新复核，去年营收1800万，{said}"
    found = extract(message, as_of=TODAY)
    assert found.rest_affirmed
    assert not unread(message, found)


@pytest.mark.parametrize(
    "said",
    [
        "其他条件都还没算",
        "其他的都在办",
        "其余的都没数",
        "其他条件都是老婆在管",
        "其他条件都说过了",
        "剩下的都卡住了",
        "其他条件都快够了",
        "其他条件都够呛",
        "其他条件都勉强保住",
        "其他条件都守住了吗",
        "其他条件以后都会达标",
        "其余指标都没守住",
        "别的条件都保不住",
        "其他排放都超标",
        "其他股东都在",
        "其他业务都保持住了",
        "各项都差一口气",
        "直通条件都符合",
        "除门卫室以外其他都守住了",
    ],
)
def test_it_is_not_affirmed(said: str) -> None:
    assert extract(f"专精特新复核，去年营收1800万，{said}", as_of=TODAY).rest_affirmed is None


def test_the_basic_conditions_are_not_all_of_them() -> None:
    found = extract("专精特新首次，基本条件都符合", as_of=TODAY)
    assert found.rest_affirmed is None
    assert found.facts["is_sme"].flag is True


def test_the_standard_of_a_lower_title_is_another() -> None:
    assert extract("小巨人首次，专精特新的条件都满足", as_of=TODAY).rest_affirmed is None
    assert extract("专精特新首次，专精特新的条件都满足", as_of=TODAY).rest_affirmed


def test_what_is_left_out_of_them_stays_open() -> None:
    assert extract("专精特新首次，除负债率外其他都守住了", as_of=TODAY).excluded == ["debt_ratio"]


@pytest.mark.parametrize("words", ["说得上", "记得住", "看得到", "是实用新型", "交上去了", "老样子", ""])
def test_a_complement_alone_affirms_nothing(words: str) -> None:
    assert not affirms(words)
