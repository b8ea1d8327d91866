"""What speaks against a company is read as such: money that does not count, lists denied, growth, figures withdrawn."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import unread
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)
EQUITY = "new_equity_l2y@2025"


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("老板自己掏钱给公司增资了2600万，外面的基金一家没进来，我这2600万能抵吧", 0),
        ("去年增资2200万，钱都是我和老婆出的", 0),
        ("去年增资2200万，出钱的是我们几个老股东，不是机构", 0),
        ("去年新增股权投资2200万，都是自然人", 0),
        ("员工持股平台增资2100万", 0),
        ("前年签了2500万的投资协议，钱还在路上", 0),
        ("产业基金投委会刚通过要投2600万", 0),
        ("近两年融资2600万，其实是银行贷款", 0),
        ("近两年创投实缴2500万，不过里面1000万是买的老股", 1500),
        ("去年一家产业基金实缴2600万，都是新增股权", 2600),
        ("前年两家创投实缴900万，去年又实缴1300万，都是合格机构", 2200),
    ],
)
def test_equity_counts_as_paid_by_institutions(said: str, counts: int) -> None:
    text = f"专精特新首次，营收1200万，{said}，其余都满足"
    found = extract(text, as_of=TODAY)
    assert found.facts[EQUITY].lo == found.facts[EQUITY].hi == counts * 10_000
    assert not counts or unread(text, found) == []


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("高企、奖、省级技术中心、机构投资这些直通的都没有", "高奖研股示"),
        ("科技奖、研发机构、机构投资都没有", "奖研股"),
        ("没有高企、科技奖、省级研发机构", "高奖研"),
        ("没有高企，没得过奖，没研发机构，没机构投资", "高奖研股示"),
    ],
)
def test_a_list_is_denied_as_a_whole(said: str, denied: str) -> None:
    facts = extract(f"首次评创新型，{said}", as_of=TODAY, title="创新型").facts
    assert ("高" in denied) == ("high_tech_valid" in facts and facts["high_tech_valid"].flag is False)
    assert facts["award_level_l3y"].choice == facts["rd_institution"].choice == "none"
    assert ("股" in denied) == (EQUITY in facts)
    assert ("示" in denied) == ("tech_demo" in facts)


@pytest.mark.parametrize(
    ("said", "key", "value"),
    [
        ("主营收入比前年涨12%，主营占75%", "main_revenue_growth@2025", "3/25"),
        ("主营去年掉了6%", "main_revenue_growth@2025", "-3/50"),
        ("主营业务收入去年跌8个点", "main_revenue_growth@2025", "-2/25"),
        ("营收去年7000万比前年少5%", "revenue_growth@2025", "-1/20"),
        ("主营占比跌到七成五", "main_share@2025", "3/4"),
        ("研发占比提高了2个点，到了4%", "rd_ratio@2025", "1/25"),
        ("负债率比年初降5个点，现在60%", "debt_ratio@2025", "3/5"),
        ("主营收入去年同比涨了百分之十二，占营收八成", "main_share@2025", "4/5"),
    ],
)
def test_growth_is_no_share(said: str, key: str, value: str) -> None:
    facts = extract(said, as_of=TODAY, title="创新型").facts
    assert facts[key].lo == facts[key].hi == Fraction(value)


def test_half_of_an_amount_is_no_share() -> None:
    assert "rd_ratio@2024" not in extract("研发去年130万，前年只有一半", as_of=TODAY).facts


def test_a_figure_of_other_months_is_withdrawn() -> None:
    known = {"debt_ratio@2025": Value.exact(Fraction(82, 100)), "revenue@2025": Value.exact(16_000_000)}
    facts = extract("82%是今年三季度的，去年年末总资产5000万，负债3900万", as_of=TODAY, known=known).facts
    assert facts["debt_ratio@2025"].lo == Fraction(78, 100)
    assert extract("那个1600万是含税的", as_of=TODAY, known=known).facts["revenue@2025"].state == "uncertain"


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("这个细分我们是2024年春天才开始搞的", 20240000),
        ("做了十五年注塑，2024年转做医用导管", 20240000),
        ("开了20年的老厂，2023年9月才改做现在的传感器", 20230900),
    ],
)
def test_years_of_another_trade_do_not_count(said: str, start: int) -> None:
    facts = extract(f"{said}，首次报专精特新，其他都符合", as_of=TODAY).facts
    assert facts["niche_start"].lo == start
    assert "niche_years@2025" not in facts


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("发明2件，一件已经失效了", 1),
        ("仅有的1件发明专利去年终止了", 0),
        ("唯一那件发明年费断了", 0),
        ("3件发明加1件软著，凑4件", 3),
        ("知识产权就2个跟产品相关的软著", 0),
        ("一件专利软著都没有", 0),
        ("发明、实用新型、软著统统没有", 0),
    ],
)
def test_rights_that_do_not_count(said: str, own: int) -> None:
    assert extract(said, as_of=TODAY, title="创新型").facts["class_1_ip"].lo == own


@pytest.mark.parametrize(
    "said",
    [
        "资不抵债",
        "算大型了",
        "1类知产就两项在用",
        "跟关键领域不搭边",
        "评价分差半分及格",
        "前年出过工亡事故死了两个人",
        "失信被执行人还没撤",
        "我们是个体户",
        "前年只有一半",
        "主营业务收入一年比一年少",
        "企业停产半年了",
    ],
)
def test_what_speaks_against_is_asked_about_where_it_gives_no_fact(said: str) -> None:
    text = f"首次报小巨人，{said}，其他都满足"
    assert unread(text, extract(text, as_of=TODAY)) == [said]


@pytest.mark.parametrize(
    "said",
    [
        "去年行情差，营收掉到5200万",
        "到期了要复核",
        "牌子会不会丢啊",
        "2023年被列过经营异常，工商寄信没人收，当年就移出来了，现在没有",
        "2019年出过一次较大安全事故，以后没有了",
    ],
)
def test_a_circumstance_beside_a_fact_is_not(said: str) -> None:
    text = f"小巨人复核，{said}，其他都满足"
    assert unread(text, extract(text, as_of=TODAY)) == []
