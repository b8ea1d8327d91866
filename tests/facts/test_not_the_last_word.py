"""A figure promised, doubted or still to be corrected decides nothing, and no blanket covers it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import doubts
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)


def _fact(message: str, name: str, **told: str) -> Value:
    return extract(message, as_of=TODAY, place=told.get("place", "浙江省嘉兴市"), title=told.get("title")).facts[name]


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("专精特新首报，前年签了4000万增资协议，基金至今打进来1600万，剩下的分批给", 1600, 1600),
        ("专精特新首报，B轮总额3200万，首笔800万已到，第二笔没打", 800, 800),
        ("专精特新首报，投资合同写的是2500万，付了四成，余款年底前付清", 1000, 1000),
        ("专精特新首报，去年跟基金谈好投2400万，到今天只收到一半", 1200, 1200),
        ("专精特新首报，基金答应投2600万，已经全额到账", 2600, 2600),
        ("专精特新首报，去年有笔2300万的投资款，一部分到了一部分没到", 0, 2300),
    ],
)
def test_of_promised_equity_what_has_arrived_counts(message: str, low: int, high: int) -> None:
    value = _fact(message, "new_equity_l2y@2025")
    assert (value.lo, value.hi) == (low * 10_000, high * 10_000)


def test_equity_that_is_only_agreed_counts_for_nothing() -> None:
    assert "new_equity_l2y@2025" not in extract("专精特新首报，去年签了2800万的投资协议", as_of=TODAY).facts


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("小巨人首报，发明大概三四个，到底3个还是4个记不清", 3, 4),
        ("小巨人首报，授权的发明要么3件要么4件", 3, 4),
        ("专精特新首报，发明不是一个就是没有", 0, 1),
        ("小巨人首报，发明4件，有一件年费没交不知道还有没有效", 3, 4),
        ("小巨人首报，发明6件，有三件我们排第几要翻证书", 3, 6),
    ],
)
def test_rights_of_which_the_number_is_in_doubt(message: str, low: int, high: int) -> None:
    value = _fact(message, "class_1_ip")
    assert (value.lo, value.hi) == (low, high)


@pytest.mark.parametrize(
    ("message", "own"),
    [
        ("小巨人首报，发明6件，其中3件跟两所大学、一个研究院共有，企业排第四；另外3件独有", 3),
        ("小巨人首报，发明七项，其中四项与一所大学、两个供应商共同拥有，我们排在第四；剩余三项独占", 3),
        ("小巨人首报，发明四件，一件跟大学共有我们排第二", 4),
    ],
)
def test_rights_held_behind_three_others_do_not_count(message: str, own: int) -> None:
    value = _fact(message, "class_1_ip")
    assert (value.lo, value.hi) == (own, own)


@pytest.mark.parametrize(
    ("message", "name", "low", "high"),
    [
        ("专精特新首报，去年营收1580万，审计调减了120万", "revenue@2025", 14_600_000, 15_800_000),
        ("小巨人首报，营收5100万，年底有张300万的发票要冲红", "revenue@2025", 48_000_000, 51_000_000),
        ("专精特新首报，负债率79%，有笔担保没入表", "debt_ratio@2025", Fraction(79, 100), None),
    ],
)
def test_what_is_taken_off_or_added_makes_a_span(message: str, name: str, low: Fraction, high: Fraction | None) -> None:
    value = _fact(message, name)
    assert (value.lo, value.hi) == (low, high)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("专精特新首报，今年评分52，平台说数据有误让重填", "development_score@2026"),
        ("小巨人首报，负债率74%，会计自己也说算错了", "debt_ratio@2025"),
        ("专精特新首报，创新型评上没有我得问下行政", "holds_innovative"),
        ("专精特新首报，好像还在异常名录里", "abnormal_listed_now"),
        ("专精特新首报，产品里有一种可能是限制类的还没确认", "prohibited_product"),
    ],
)
def test_what_is_doubted_is_not_known(message: str, name: str) -> None:
    assert _fact(message, name).state == "uncertain"


def test_two_figures_of_which_none_is_settled() -> None:
    message = "小巨人首报，主营占比按老口径92%，按新的只有87%，用哪个还没定"
    assert _fact(message, "main_share@2025").state == "uncertain"


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("专精特新首报，研发中心也就市里认定的，省里的没评上", "municipal"),
        ("专精特新首报，技术中心只是区里认的", "municipal"),
        ("专精特新首报，省级重点实验室刚报上去在评审", "none"),
        ("专精特新首报，省级工程中心正在公示还没发文", "none"),
        ("专精特新首报，研发中心省里认的", "provincial"),
    ],
)
def test_the_level_of_an_institution_told_behind_it(message: str, level: str) -> None:
    assert _fact(message, "rd_institution").choice == level


def test_an_award_with_its_year_behind_it() -> None:
    assert _fact("专精特新首报，省科技奖2021年的，排第一", "award_level_l3y").choice == "none"


@pytest.mark.parametrize("words", ["没上市、没欠税、中型企业", "无事故、无失信、微型企业", "没上市、小企业"])
def test_a_denial_ends_with_its_item_of_a_list(words: str) -> None:
    assert _fact(f"想评创新型，{words}", "is_sme").flag is True


@pytest.mark.parametrize(
    ("words", "valid"),
    [("高企去年没过", False), ("高企申请被驳回了", False), ("高企证书没过期", True), ("没上市、高企在有效期", True)],
)
def test_a_certificate_not_granted(words: str, valid: bool) -> None:
    assert _fact(f"想评创新型，{words}", "high_tech_valid").flag is valid


def test_out_of_the_list_and_on_it_again() -> None:
    assert _fact("专精特新首报，去年移出经营异常又被列进去了", "abnormal_listed_now").flag is True


def test_growth_of_two_years_told_one_by_one() -> None:
    facts = extract("小巨人首报，近两年增长一年2%一年7%", as_of=TODAY).facts
    assert {name for name in facts if name.startswith("revenue")} == {"revenue_growth@2024", "revenue_growth@2025"}


def test_a_doubt_within_the_words_of_a_figure_is_a_doubt() -> None:
    message = "小巨人首报，其余都够，营收五千万出头不确定"
    found = extract(message, as_of=TODAY)
    assert doubts(message, found) or found.facts["revenue@2025"].state == "uncertain" or found.excluded
