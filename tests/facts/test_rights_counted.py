"""Numbers of rights told in a message: wholes, parts, the same again; awards, and titles that were taken away."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)


def read(message: str, title: str = "小巨人") -> dict[str, Value]:
    return extract(message, as_of=TODAY, title=title).facts


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("发明5件，其中2件跟高校合报、我们排第二，五件都是自己申请的", 5),
        ("发明专利6个，6个都在产品上用着", 6),
        ("俩发明，两个都是自己的", 2),
        ("发明仨，全是自家的", 3),
        ("发明四个，其中一个跟大学合作，剩下三个我们独有", 4),
        ("发明3件，去年又授权了2件", 5),
        ("发明3件，去年新授权2件，一共5件", 5),
        ("集成电路布图设计2项，发明1项", 3),
        ("自有发明四个，两个单独所有，两个和高校共有、我们都排第五", 2),
        ("发明4件（1件受让、3件自主）", 3),
        ("发明八件，自己申请的就三件，别的都是收来的", 3),
        ("发明六件，四件做在阀体上，两件用在控制器上", 6),
    ],
)
def test_the_same_rights_are_counted_once(said: str, own: int) -> None:
    value = read(said)["class_1_ip"]
    assert (value.lo, value.hi) == (own, own)


@pytest.mark.parametrize(
    "said",
    [
        "发明八个，有些是转让来的，自己的到底几个还没理清",
        "发明十来件，里头一部分是收购带过来的，自己的多少搞不清",
    ],
)
def test_an_own_number_that_nobody_knows_is_unknown(said: str) -> None:
    assert read(said)["class_1_ip"].state == "uncertain"


@pytest.mark.parametrize(
    "said",
    ["整改还没得到主管部门认可", "没有拿到整改验收的批复", "整改报告交了，没人认可过", "监管部门没出过整改合格的意见"],
)
def test_a_rectification_that_nobody_accepted(said: str) -> None:
    assert read(f"小巨人去年被取消，{said}")["rectified_accepted"].flag is False


@pytest.mark.parametrize(
    "said",
    [
        "原来有专精特新，2025年3月因环保违法被撤了，整改验收已经通过，想再报专精特新",
        "曾经评上过专精特新，去年被摘牌了，今年想重新申报专精特新",
        "我们专精特新2024年被取消，今年再报一次专精特新行不行",
    ],
)
def test_a_title_taken_away_is_applied_for_anew(said: str) -> None:
    found = extract(said, as_of=TODAY)
    assert found.track == "first"
    assert "holds_zjtx" not in found.facts or found.facts["holds_zjtx"].flag is not True


def test_a_certificate_mislaid_is_no_title_lost() -> None:
    assert "holds_zjtx" not in read("专精特新证书找不到了，营收去年3000万")
    assert read("创新型名单里查不到我们", "专精特新")["holds_innovative"].flag is False


@pytest.mark.parametrize(
    ("said", "level", "rank"),
    [
        ("2024年得过省科学技术进步三等奖，完成单位里排第三", "provincial", 3),
        ("教育部科学技术进步一等奖去年拿的，我们排第三", "provincial", 3),
        ("24年拿了国家技术发明二等，我们在获奖单位里第三", "national", 3),
    ],
)
def test_awards_by_their_full_names(said: str, level: str, rank: int) -> None:
    facts = read(said)
    assert facts["award_level_l3y"].choice == level
    assert facts["award_rank"].lo == rank
    assert "market_rank" not in facts


def test_a_centre_recognised_by_a_city_below_the_province() -> None:
    assert read("技术中心是宁波市经信局批的，没有省级的")["rd_institution"].choice == "municipal"
    assert "rd_institution" not in read("研发中心是市级的，省级还没评上")
