"""Talk beside the facts stops no verdict; what may hide something is asked about or left open."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria import check
from assistant.facts.extract import extract
from assistant.facts.unread import doubts, unread
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)
TOLD = "专精特新首次，去年营收1900万，前年营收1800万，去年研发占4%，前年研发占4.1%，负债率52%，发明2件"


@pytest.mark.parametrize(
    "said",
    [
        "我刚接手没经验",
        "老板急得不行",
        "订单比往年少了",
        "厂房是租来的",
        "材料还没开始写",
        "时间不多了怕来不及",
        "去年报过一次没成",
        "不着急您慢慢看",
        "没人管这块",
        "公司2013年成立",
        "设备40台，占地20亩，电费一个月6万",
        "就怕研发占比不够",
        "担心负债率过不了",
        "营收连着跌",
        "生意大不如前",
        "负债率有点高",
        "有一年忘了上平台更新信息，就漏了那一次",
    ],
)
def test_it_is_heard(said: str) -> None:
    message = f"{TOLD}，{said}，其他条件都达标"
    found = extract(message, as_of=TODAY)
    assert found.rest_affirmed
    assert not found.excluded
    assert not unread(message, found)
    assert not doubts(message, found)


@pytest.mark.parametrize(
    "said",
    [
        "前年差一点",
        "工人摔死一个",
        "怕前年研发占比不够",
        "材料里有几个数没对上",
        "老板怕去年那次事故查出来",
        "有两年没更新信息",
        "去年没更新信息，今年也没更新信息",
        "中介帮我们凑的研发费",
    ],
)
def test_what_may_hide_something_is_not(said: str) -> None:
    message = f"{TOLD}，{said}，其他条件都达标"
    found = extract(message, as_of=TODAY)
    assert unread(message, found) or found.excluded


def test_a_worry_about_what_was_never_told_leaves_it_open() -> None:
    assert "debt_ratio" in extract("专精特新首次，其他都达标，就怕负债率过不了", as_of=TODAY).excluded


def test_a_fall_without_a_figure_leaves_the_growth_open() -> None:
    found = extract("小巨人首次，去年营收8000万，营收掉了不少，其他都达标", as_of=TODAY)
    assert "revenue_cagr_l2y" in found.excluded
    assert "revenue_cagr_l2y" not in extract(TOLD + "，营收掉了不少", as_of=TODAY).excluded


def test_what_became_of_a_general_accident_is_heard() -> None:
    for said in ("有个工人手夹伤了，算一般事故，赔了两万块就了了", "出过工伤，定的一般，罚点钱就结了"):
        message = f"{TOLD}，{said}，其他都达标"
        assert not unread(message, extract(message, as_of=TODAY))
    graver = f"{TOLD}，出过较大的安全事故，罚点钱就结了，其他都达标"
    assert extract(graver, as_of=TODAY).facts["safety_accident_l3y"].flag is True


def test_a_sum_told_year_by_year_without_its_name() -> None:
    known = {"rd_expense_l2y@2025": Value.exact(15_000_000)}
    found = extract("拆开来前年650万、去年850万", as_of=TODAY, known=known)
    assert {s.key for s in found.statements} == {"rd_expense@2024", "rd_expense@2025"}
    assert not extract("拆开来前年650万、去年950万", as_of=TODAY, known=known).facts.keys() & {"rd_expense@2024"}


def test_a_year_without_a_score_is_no_obstacle_where_one_is_enough() -> None:
    found = extract("小巨人复核，今年评了62分，去年没赶上评价，其余都达标", as_of=TODAY)
    assert found.facts["development_score@2025"].state == "uncertain"
    assert check("小巨人", found.facts, track="review", as_of=TODAY, rest_affirmed="其余都达标").outcome == "eligible"


@pytest.mark.parametrize(
    ("said", "most"), [("没攒够4个发明，只有1个", 1), ("发明不到4件，手里才2件", 2), ("还没凑满4件发明，现在3件", 3)]
)
def test_how_many_there_are_of_what_is_too_few(said: str, most: int) -> None:
    found = extract(f"小巨人首次，{said}", as_of=TODAY)
    assert found.facts["class_1_ip"].is_exact
    assert found.facts["class_1_ip"].lo == most
