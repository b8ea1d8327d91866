"""Wordings of one fact: formal figures, awards denied behind their name, a title meant by “that one”."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "number"),
    [("有效发明专利伍项", 5), ("I类知识产权共贰件", 2), ("发明专利陆个", 6), ("自有发明专利柒项，都在用", 7)],
)
def test_a_single_formal_figure_counts(said: str, number: int) -> None:
    assert extract(said, as_of=TODAY).facts["class_1_ip"].lo == number


@pytest.mark.parametrize("said", ["在大陆个别地区有销售", "研发队伍个个是硕士", "注册在陆家嘴"])
def test_a_word_with_such_a_sign_is_no_figure(said: str) -> None:
    assert not [s for s in extract(said, as_of=TODAY).statements if s.value.lo is not None]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("国家级科学技术奖励没有，报小巨人", "none"),
        ("报小巨人，国家级科技奖励也没拿过", "none"),
        ("报专精特新，省部级科技进步奖励一项没有", "none"),
        ("报专精特新，去年得过省部级科技进步奖励，排名第二", "provincial"),
    ],
)
def test_an_award_is_denied_or_told(said: str, level: str) -> None:
    assert extract(said, as_of=TODAY).facts["award_level_l3y"].choice == level


@pytest.mark.parametrize(
    "said",
    [
        "首次报小巨人，专精特新那张证书没拿到，其余都符合",
        "绕过专精特新直接报小巨人，别的都达标",
        "想冲小巨人，专精特新嘛，没有这个牌子，其他都够",
    ],
)
def test_the_title_below_is_not_held(said: str) -> None:
    found = extract(said, as_of=TODAY)
    assert found.title == "小巨人"
    assert found.facts["holds_zjtx"].flag is False
    assert not unread(said, found)


@pytest.mark.parametrize(
    "said",
    [
        "想报专精特新，没那个称号，行吗",
        "能不能跳过专精特新直接报小巨人吗",
        "专精特新和创新型我们都有，报小巨人，没那个牌子",
    ],
)
def test_that_one_is_not_guessed(said: str) -> None:
    held = extract(said, as_of=TODAY).facts
    assert all(held[key].flag is not False for key in held if key.startswith("holds_"))


@pytest.mark.parametrize("said", ["研发费用差一点", "负债率降了一点", "占有率还缺一点"])
def test_a_little_is_no_share(said: str) -> None:
    assert not [s for s in extract(said, as_of=TODAY).statements if s.value.lo is not None]


@pytest.mark.parametrize("said", ["想头一次评专精特新", "准备初次申报专精特新", "要第一回申请专精特新"])
def test_the_request_itself_is_understood(said: str) -> None:
    assert not unread(said, extract(said, as_of=TODAY))
