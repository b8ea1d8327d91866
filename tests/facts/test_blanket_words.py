"""The ways in which people say that the rest is met, and the ways that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "said",
    [
        "其余各款连同基本条件我都一一核过，全部符合",
        "另外五项逐条比对过全过关",
        "另外几条也都够得上",
        "剩下5项都没问题",
        "其余没一条拖后腿",
        "其他各项指标均高于标准",
        "其余的我们对着文件自评过，都在线上",
        "其他没一样有问题",
        "除营收外的各条均已核实达标",
        "除此以外的要求全部核实无误",
        "其余的，财务逐项核对，全都OK",
        "其他都没变，都符合",
        "别的我拿着文件比过，无一不合",
    ],
)
def test_the_rest_is_affirmed(said: str) -> None:
    message = f"首次报专精特新，去年营收1800万，{said}"
    found = extract(message, as_of=TODAY)
    assert found.rest_affirmed
    assert not unread(message, found)


@pytest.mark.parametrize(
    "said",
    [
        "其余的我没核过，不知道符合不符合",
        "其他条件都核过，有一条不符合",
        "其他条件都对过一遍，两条不够",
        "其他企业都符合，我们呢",
        "其他的都还在核，符合了再说",
        "别的都过得去但是不够",
        "另外五项里四项达标",
        "其他三项好像达标",
        "其他条件估计都够",
        "其他条件核过，基本符合",
        "剩下的对照标准，达标的不多",
        "其他的过了年再说，都好商量",
        "别的他就挂电话了",
        "其他都没变，不知道符合不符合",
    ],
)
def test_less_than_the_rest_is_no_blanket(said: str) -> None:
    assert extract(f"首次报专精特新，去年营收1800万，{said}", as_of=TODAY).rest_affirmed is None


@pytest.mark.parametrize(
    "message",
    [
        "专精特新首次，发明1件，其他都满足，专利数量这关怎么算",
        "小巨人首报，国内占有率8%，国内排名第二，其余都符合，占有率不够还能报伐",
        "专精特新首次，去年营收1800万，其他都满足要求了，就看营收",
        "小巨人首次，营收8000万，增长和负债率都够，其他都符合",
        "专精特新首次，六项指标和其余基本条件都满足",
        "专精特新首次，其他都过关了，没得啥子问题",
    ],
)
def test_a_remark_without_a_fact_is_not_asked_about(message: str) -> None:
    assert not unread(message, extract(message, as_of=TODAY))


def test_a_question_about_what_was_never_told_stays_open() -> None:
    message = "专精特新首次，其他都满足，研发占比不够还能报吗"
    assert unread(message, extract(message, as_of=TODAY))


@pytest.mark.parametrize(
    "said",
    ["其余条件都符合的话还差什么", "别家说其他都达标就行", "其余的我敢说八成达标", "除了那块牌子的事情其他全达标吗"],
)
def test_a_condition_a_share_or_a_question_is_no_blanket(said: str) -> None:
    assert extract(f"首次报专精特新，{said}", as_of=TODAY).rest_affirmed is None


def test_what_is_left_out_stays_open() -> None:
    assert extract("首次报专精特新，除了环保其他全达标", as_of=TODAY).excluded == ["environmental_violation_l3y"]
    assert extract("首次报专精特新，除了门卫室其他全达标", as_of=TODAY).rest_affirmed is None
