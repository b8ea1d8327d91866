"""The same facts in words that nobody had written down: titles entered, money from outside, awards by their kind."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.describe import words_of
from assistant.facts.equity_none import denies_equity
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


def read(message: str, title: str = "专精特新") -> dict[str, str]:
    found = extract(message, as_of=TODAY, title=title)
    return {s.key: words_of(s.key, s.value) for s in found.statements}


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("今年进了科技型中小企业库，号还有效", "是"),
        ("科技型中小企业是今年4月进的库", "是"),
        ("我们在科技型中小企业名单里", "是"),
        ("科技型中小企业评价今年通过了", "是"),
        ("科技型名单里没有我们", "否"),
        ("科技型那个库今年没进去", "否"),
        ("今年没进科技型的库", "否"),
    ],
)
def test_a_place_in_the_register_is_the_title(said: str, holds: str) -> None:
    facts = read(f"{said}，首次报专精特新能行吗")
    assert facts["holds_tech"] == holds
    assert "niche_start" not in facts


def test_one_title_denied_is_no_denial_of_all() -> None:
    assert read("小巨人称号没有，创新型有效")["holds_innovative"] == "是"


@pytest.mark.parametrize(
    "words",
    [
        "外边没融过一分钱",
        "从没收过外头的钱",
        "没让外人投过",
        "投资人一个没谈过",
        "没人往公司里投过股权的钱",
        "融资那块一直是零",
    ],
)
def test_no_money_from_outside(words: str) -> None:
    assert denies_equity(words)
    assert read(f"去年营收1390万，{words}")["new_equity_l2y@2025"] == "0元"


@pytest.mark.parametrize(
    "words",
    [
        "没向银行借过外面的钱",
        "投资方没到账",
        "股权没有变动",
        "外面没有分公司",
        "工人没进来过",
        "科研机构没有",
        "外头客户一分钱没付",
        "机构合不合格没数",
    ],
)
def test_other_money_and_other_people(words: str) -> None:
    assert denies_equity(words) is None


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("去年得了省自然科学二等奖，我们排第二", "省部级"),
        ("2024年国家技术发明二等奖有我们，排第三", "国家级"),
        ("去年评上浙江省科学技术一等奖，第二完成单位", "省部级"),
        ("2020年得过省技术发明一等奖", "没有"),
        ("去年得了省科技进步三等奖，证书上没写我们", "没有"),
    ],
)
def test_an_award_by_its_kind_and_class(said: str, level: str) -> None:
    facts = read(f"{said}，首次报专精特新能行吗")
    assert facts["award_level_l3y"] == level
    assert not {"market_rank", "class_1_ip"} & set(facts)


@pytest.mark.parametrize("said", ["没有省级平台", "省级中心没有", "没奖没省级实验室"])
def test_a_recognised_institution_in_short(said: str) -> None:
    assert read(f"{said}，专精特新能报吗")["rd_institution"] == "没有"


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("阿拉就两只发明专利，自己申请的", "2项"),
        ("发明就一只，五年前跟人家买过来的", "0项"),
        ("发明得一件，系同大学买返嚟嘅", "0项"),
        ("3个发明，能不能免四项发明的要求", "3项"),
        ("3个发明，4件这条能顶掉吗", "3项"),
    ],
)
def test_how_many_rights_there_are(said: str, own: str) -> None:
    assert read(f"首次报小巨人，{said}", "小巨人")["class_1_ip"] == own


@pytest.mark.parametrize(
    ("said", "valid"),
    [
        ("高企证书明年底才到期", "是"),
        ("高企有效期到2028年3月", "是"),
        ("高企年底到期", "是"),
        ("高企有效期到去年10月", "否"),
    ],
)
def test_the_end_of_a_certificate_tells_whether_it_runs(said: str, valid: str) -> None:
    assert read(f"评创新型，{said}", "创新型")["high_tech_valid"] == valid


@pytest.mark.parametrize("said", ["没有高企也没别的直通", "直通情形一个不沾", "四条直通都没有", "直通的门路没有"])
def test_no_direct_route(said: str) -> None:
    facts = read(f"评创新型，{said}", "创新型")
    assert (facts["tech_demo"], facts["award_level_l3y"]) == ("否", "没有")


def test_the_basic_conditions_of_a_lower_title_are_its_own() -> None:
    assert read("基本条件都符合，创新型能评吗", "创新型")["local_violations_l3y"] == "否"
    assert "local_violations_l3y" not in read("基本条件都符合，专精特新能报吗")
