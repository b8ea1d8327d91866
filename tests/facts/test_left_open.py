"""What nobody knows, disputes or has in part: no blanket covers it, and no figure is made of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)


def _facts(message: str, **known: Value) -> dict[str, Value]:
    keyed = {name.replace("_AT_", "@"): value for name, value in known.items()}
    return extract(message, as_of=TODAY, known=keyed).facts


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("小巨人首报，去年研发八百万，前年研发数据随旧电脑找不到了", "rd_expense@2024"),
        ("小巨人首报，去年营收9000万，23、24两年的营收报表弄丢了", "revenue@2023"),
        ("专精特新首报，细分领域做了多少年说不清", "niche_years@2025"),
        ("专精特新首报，去年仓库失火，等级还没认定", "safety_accident_l3y"),
        ("专精特新首报，环保立案查排污，算不算重大没定论", "environmental_violation_l3y"),
        ("小巨人首报，厂长说专精特新还有效，会计说去年就被撤销了", "holds_zjtx"),
        ("专精特新首报，采购说公司在异常名录里，法务说早移出了", "abnormal_listed_now"),
        ("专精特新首报，发明就一件，有没有用到产品上我不清楚", "class_1_ip_in_use"),
    ],
)
def test_it_is_not_known(message: str, name: str) -> None:
    assert _facts(message)[name].state == "uncertain"


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("小巨人首报，发明5件，4件用在产品上，1件闲置", 4, 4),
        ("小巨人首报，自有发明六项，两项已经停用", 4, 4),
        ("小巨人首报，授权发明7件，实际应用的有4件", 4, 4),
        ("小巨人首报，发明4件，3件在用，还有一件用没用上说不清", 3, 4),
        ("小巨人首报，发明5件，其中1件受让，其余4件自己的都在用", 4, 4),
    ],
)
def test_rights_count_as_far_as_they_are_in_use(message: str, low: int, high: int) -> None:
    count = _facts(message)["class_1_ip"]
    assert (count.lo, count.hi) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    "message",
    [
        "近两年股权融资实缴2500万，投资方够不够合格机构没人说得准",
        "近两年增资到账2500万，出钱的两家有没有备案拿不准",
        "近两年股权融资2500万，到没到账财务没讲清",
    ],
)
def test_money_that_may_not_count_is_anything_up_to_it(message: str) -> None:
    equity = _facts(message)["new_equity_l2y@2025"]
    assert (equity.lo, equity.hi) == (Fraction(0), Fraction(25_000_000))


@pytest.mark.parametrize(
    ("message", "wan"),
    [
        ("去年同一家又实缴1200万，也是增资", 2000),
        ("另一家基金去年也实缴了1200万", 2000),
        ("去年机构实缴1200万", 2000),
        ("不对，前年实缴的是1200万", 1200),
        ("两年一共实缴1200万", 1200),
        ("2022年机构还实缴过1200万", 800),
    ],
)
def test_instalments_of_several_messages_add_up(message: str, wan: int) -> None:
    before = Value.exact(8_000_000, "前年实缴800万")
    found = extract(message, as_of=TODAY, title="专精特新", known={"new_equity_l2y@2025": before})
    assert found.facts["new_equity_l2y@2025"].lo == wan * 10_000


@pytest.mark.parametrize(
    "message",
    [
        "前年因严重失信被撤销，信用修复手续全办好、名单里没有我们了",
        "去年被取消是因为严重失信，修复流程走完，失信名单已移除",
        "失信名单已申请移出并且批了",
    ],
)
def test_a_removal_that_came_to_its_end_is_none_under_way(message: str) -> None:
    assert _facts(message)["dishonest_listed_now"].flag is False


@pytest.mark.parametrize(
    "message", ["失信名单正在申请移出", "严重失信名单里有我们，修复办到一半", "失信名单移出手续还没批下来"]
)
def test_a_removal_under_way_is_none_yet(message: str) -> None:
    assert _facts(message)["dishonest_listed_now"].flag is True


@pytest.mark.parametrize(
    ("message", "year", "score"),
    [
        ("专精特新复核，去年评了47，今年49.5，就差半分", 2025, "47"),
        ("专精特新复核，去年评了47，今年49.5，就差半分", 2026, "49.5"),
        ("小巨人首报，评了58，离60分差2分", 2026, "58"),
        ("专精特新首报，今年离50分就差0.5分", 2026, "49.5"),
        ("专精特新复核，去年考了四十七，今年四十九分五，差半分", 2026, "49.5"),
        ("小巨人复核，去年61，今年57，掉了4分", 2026, "57"),
    ],
)
def test_a_difference_is_no_score(message: str, year: int, score: str) -> None:
    assert _facts(message)[f"development_score@{year}"].lo == Fraction(score)
    assert not extract(message, as_of=TODAY).problems


@pytest.mark.parametrize(
    ("message", "figures"),
    [
        ("小巨人复核，营收连跌两年，7300万、6500万、去年5700万", {2023: 7300, 2024: 6500, 2025: 5700}),
        ("专精特新首报，营收4000万、去年4500万", {2024: 4000, 2025: 4500}),
        ("小巨人首报，23年营收8600万、24年9000万、25年9900万", {2023: 8600, 2024: 9000, 2025: 9900}),
    ],
)
def test_years_in_one_breath(message: str, figures: dict[int, int]) -> None:
    facts = _facts(message)
    assert {year: facts[f"revenue@{year}"].lo for year in figures} == {y: wan * 10_000 for y, wan in figures.items()}


def test_what_follows_a_list_of_years_is_of_the_last() -> None:
    facts = _facts("小巨人首报，23年营收8600万、24年9000万、25年9900万，主营96%，负债率五成")
    assert {"main_share@2025", "debt_ratio@2025"} <= set(facts)


@pytest.mark.parametrize(
    ("message", "trade"),
    [
        ("做汽车零配件的，员工1150人", "工业"),
        ("半导体材料厂，1600人", "工业"),
        ("给整车厂做电池结构件的，1300人", "工业"),
        ("做药品批发的，250人", "批发业"),
        ("做工业软件的，380人", "软件和信息技术服务业"),
        ("做医疗器械代理的，450人", None),
        ("帮客户做模具检测的，1200人", None),
    ],
)
def test_the_trade_of_what_is_made(message: str, trade: str | None) -> None:
    found = _facts(message).get("industry")
    assert (found and found.choice) == trade


@pytest.mark.parametrize("message", ["1150人，怕不算中小企业了", "1100人，别人说我们不算中小企业", "恐怕是大型企业了"])
def test_a_worry_about_the_size_says_nothing(message: str) -> None:
    assert "is_sme" not in _facts(message)
