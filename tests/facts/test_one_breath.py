"""The record, the market and the titles held, told in ordinary words and in one breath; and what must stay open."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.values import Extraction

INCIDENTS = {
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
}
LISTS = {"abnormal_listed_now", "dishonest_listed_now"}


def read(message: str, title: str | None = None) -> Extraction:
    return extract(message, as_of=date(2026, 11, 21), title=title)


def flags(message: str, title: str | None = "专精特新") -> dict[str, bool | None]:
    return {key: value.flag for key, value in read(message, title).facts.items() if value.state == "known"}


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("近三年安全、环保、质量、网络、行业五样都清清白白", INCIDENTS),
        ("安全环保质量网络行业三年来都太平", INCIDENTS),
        ("经营异常、黑名单从来没上过，五类大事一桩没出", INCIDENTS | LISTS),
        ("三年内事故、处罚零记录，异常失信零记录", INCIDENTS | LISTS),
        ("近三年安全、网络数据、环保、质量、行业监管全无重大问题", INCIDENTS),
        ("三年里环境、质量都没出重大问题", {"environmental_violation_l3y", "quality_problem_l3y"}),
        ("产品不限不汰", {"prohibited_product"}),
        ("产品非禁限淘汰", {"prohibited_product"}),
        ("产品属于鼓励类", {"prohibited_product"}),
        ("主打产品不在禁限淘汰里", {"prohibited_product"}),
    ],
)
def test_a_list_is_denied_as_a_whole(words: str, denied: set[str]) -> None:
    said = flags(words)
    assert {key for key in denied if said.get(key) is False} == denied


@pytest.mark.parametrize(
    "words",
    [
        "前年有过处罚、事故没有",
        "环保、质量都有问题",
        "安全、环保、质量说不清有没有被罚过",
        "失信名单上有我们",
        "安全、环保、质量没有专人管",
        "产品有一部分属于限制类",
        "产品不限地区",
    ],
)
def test_nothing_is_denied(words: str) -> None:
    assert not {
        key for key, flag in flags(words).items() if flag is False and key in {*INCIDENTS, *LISTS, "prohibited_product"}
    }


def test_what_is_left_out_stays_open() -> None:
    found = read("报专精特新，创新型有效，除了环保，安全、质量都没出过事，其他都达标")
    assert found.rest_affirmed
    assert "environmental_violation_l3y" in found.excluded


def test_shanghai_counts_networks_under_safety() -> None:
    said = flags("异常、失信、偷漏税、安全质量污染事故都没有", "创新型")
    assert said["data_incident_l3y"] is False
    assert said["major_pollution_accident_l3y"] is False


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("牌子在圈里有人认", "reputation"),
        ("业内小有名气", "reputation"),
        ("医院都知道我们", "reputation"),
        ("国内份额排前几位", "market_position_strong"),
        ("细分里排前头", "market_position_strong"),
        ("国内排得进前十", "market_position_strong"),
        ("核心基础零部件、产业链关键一环", "field_fit"),
        ("核心元器件，产业链缺不了", "field_fit"),
    ],
)
def test_standing_in_ordinary_words(words: str, fact: str) -> None:
    assert flags(words)[fact] is True


@pytest.mark.parametrize(
    "words",
    [
        "名气谈不上",
        "排名不靠前",
        "同行都不知道我们",
        "不是核心零部件，也不在产业链里",
        "小巨人名头还在",
        "希望排到前几位",
    ],
)
def test_no_standing_is_made_of_these(words: str) -> None:
    said = flags(words)
    assert not {fact for fact in ("reputation", "market_position_strong", "field_fit") if said.get(fact)}


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("报专精特新，科技型年年入库现在也有效，创新型也没断", {"holds_tech": True, "holds_innovative": True}),
        ("小巨人复核，专精特新名头还在", {"holds_zjtx": True}),
        ("首报小巨人，专精特新证2024年发的有效", {"holds_zjtx": True}),
        ("专精特新首报。创新型明年6月才到期", {"holds_innovative": True}),
        ("直接报小巨人，专精特新一直没去申过，手里只有创新型", {"holds_zjtx": False, "holds_innovative": True}),
        (
            "报专精特新。创新型那张证是23年批的三年期，上个月到期了没续上，科技型没去入库，两样都没有",
            {"holds_innovative": False, "holds_tech": False},
        ),
        ("创新型有门路么", {}),
        ("过60了，所以创新型稳了吧", {}),
        ("专精特新是不是可以走融资那条", {}),
        ("报专精特新，示范企业称号也没有", {}),
    ],
)
def test_titles_held_and_lost(words: str, held: dict[str, bool]) -> None:
    assert {key: flag for key, flag in flags(words, None).items() if key.startswith("holds_")} == held


@pytest.mark.parametrize(
    ("words", "track"),
    [
        ("专精特新22年的，去年刚复核过还在有效期。想冲小巨人", None),
        ("小巨人第一次报，专精特新今年复核也通过了", "first"),
        ("小巨人到期复核，专精特新也有", "review"),
    ],
)
def test_the_review_of_a_lower_title_is_not_the_matter(words: str, track: str | None) -> None:
    found = read(words)
    assert (found.title, found.track) == ("小巨人", track)


@pytest.mark.parametrize(
    "words",
    [
        "其它都没啥好担心的",
        "别个都莫得问题",
        "旁的都硬气",
        "其余倒是稳的",
        "别的指标没得话讲",
        "其他你放心，会计一条条核过，全都够",
    ],
)
def test_more_ways_to_affirm_the_rest(words: str) -> None:
    assert read(f"报专精特新，{words}，做了六年").rest_affirmed


@pytest.mark.parametrize("words", ["其他的还有点担心", "其余不太稳", "其他照旧"])
def test_these_affirm_nothing(words: str) -> None:
    assert read(f"报专精特新，{words}，做了六年").rest_affirmed is None


def test_if_i_tell_you_is_no_supposition() -> None:
    told = read("那如果我告诉你，2024年我们拿过上海市科技进步二等奖，完成单位里排第三").facts
    assert told["award_level_l3y"].choice == "provincial"
    assert read("如果2024年我们拿过上海市科技进步二等奖").facts == {}
