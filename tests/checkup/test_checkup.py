"""What sample companies get, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from checkup_made import TODAY, asked, row, run

from assistant.checkup.models import STATUSES
from assistant.checkup.titles import LADDER

ZJTX = {"holds_zjtx": True}
GIANT = {"holds_zjtx": True, "holds_xjr": True}
FAST = {"revenue": {2023: "5000万元", 2024: "6500万元", 2025: "8000万元"}}
QINGPU = "上海市青浦区"


@pytest.mark.parametrize(
    ("company", "benefit", "expected"),
    [
        ({}, "service-specialist", "needs_info"),
        (ZJTX, "service-specialist", "entitled"),
        ({"holds_zjtx": False, "holds_xjr": False}, "service-specialist", "no"),
        ({"holds_zjtx": False, "holds_xjr": True}, "service-specialist", "likely"),
        ({"holds_xjr": True}, "service-specialist", "needs_info"),
        ({"holds_zjtx": "不清楚", "holds_xjr": False}, "service-specialist", "needs_info"),
        (GIANT, "giant-diagnosis", "entitled"),
        (ZJTX, "giant-diagnosis", "needs_info"),
        ({"holds_xjr": False}, "giant-diagnosis", "no"),
        ({**GIANT, **FAST}, "giant-growth", "likely"),
        ({**GIANT, "revenue_growth": {2024: "30%", 2025: "19.9%"}}, "giant-growth", "needs_info"),
        (
            {**GIANT, "revenue_growth": {2025: "19.9%"}, "output_growth": {2024: "30%", 2025: "19%"}},
            "giant-growth",
            "no",
        ),
        (
            {**GIANT, "revenue_growth": {2024: "5%"}, "output_growth": {2024: "20%", 2025: "25%"}},
            "giant-growth",
            "likely",
        ),
        ({"holds_xjr": False, **FAST}, "giant-growth", "no"),
        ({"above_scale": "first", "industry": "工业"}, "first-above-scale", "likely"),
        ({"above_scale": "first", "industry": "餐饮业"}, "first-above-scale", "no"),
        ({"above_scale": "first", "industry": "信息传输业"}, "first-above-scale", "needs_info"),
        (
            {"above_scale": "first", "industry": "信息传输业", "internet_services": True},
            "first-above-scale",
            "likely",
        ),
        ({"above_scale": "first"}, "first-above-scale", "needs_info"),
        ({"above_scale": "before", "industry": "软件和信息技术服务业"}, "first-above-scale", "no"),
        ({"above_scale": "before", "industry": "软件和信息技术服务业"}, "above-scale-growth", "likely"),
        ({**ZJTX, "digital_contract": "60万元"}, "digital-contract", "likely"),
        ({**ZJTX, "digital_contract": "0元"}, "digital-contract", "no"),
        (ZJTX, "digital-contract", "needs_info"),
        ({**ZJTX, "credit_loan": True}, "credit-loan-interest", "likely"),
        ({**ZJTX, "credit_loan": False}, "credit-loan-interest", "no"),
        ({**ZJTX, "renovation_major": True}, "renovation-major", "likely"),
        ({"is_sme": True, "bids_public_works": True}, "procurement-reserve", "likely"),
        ({"is_sme": False, "bids_public_works": True}, "procurement-reserve", "no"),
        (ZJTX, "water-surcharge", "expired"),
        ({}, "water-surcharge", "expired"),
        (ZJTX, "guarantee", "likely"),
    ],
)
def test_status_of_a_benefit(company: dict[str, Any], benefit: str, expected: str) -> None:
    assert row(run(company), benefit).status == expected


@pytest.mark.parametrize(
    ("company", "benefit", "words", "most", "how"),
    [
        ({**ZJTX, "digital_contract": "60万元"}, "digital-contract", "最高18万元", 180_000, "60万元 × 30% = 18万元"),
        (ZJTX, "digital-contract", "最高合同金额的30%", None, ""),
        (
            {**ZJTX, "renovation_major": True, "renovation_investment": "2亿元"},
            "renovation-major", "2000万元", 20_000_000, "10%",
        ),
        (
            {**ZJTX, "renovation_major": True, "renovation_investment": "15亿元"},
            "renovation-major", "最高1亿元", 100_000_000, "封顶1亿元",
        ),
        (
            {**ZJTX, "renovation_major": True, "renovation_investment": "10亿元"},
            "renovation-major", "1亿元", 100_000_000, "1亿元",
        ),
        ({**ZJTX, "service_contract": "10万元到20万元"}, "professional-services", "最高6万元", 60_000, "30%"),
        ({**ZJTX, "service_contract": "至少10万元"}, "professional-services", "最高合同金额的30%", None, ""),
        ({**ZJTX, "credit_loan": True}, "credit-loan-interest", "最高30%贴息", None, ""),
        ({**ZJTX}, "guarantee", "单户额度最高3000万元（是担保额度，不是发的钱）", 30_000_000, ""),
        ({"above_scale": "first", "industry": "工业"}, "first-above-scale", "最高50万元", 500_000, "上限"),
        (ZJTX, "overseas-fair", "文件没有写金额", None, ""),
        (ZJTX, "service-specialist", "不涉及金额", None, ""),
    ],
)  # fmt: skip
def test_amounts(company: dict[str, Any], benefit: str, words: str, most: int | None, how: str) -> None:
    found = row(run(company), benefit)
    assert (found.amount, found.amount_max) == (words, most)
    assert how in found.how
    assert found.limit is (benefit == "guarantee")


def test_the_water_surcharge_is_waived_in_full_in_its_year_only() -> None:
    company = {**ZJTX, "excess_water_fee": {2025: "3万元", 2026: "3万元"}}
    then = row(run(company, as_of=date(2025, 12, 31)), "water-surcharge")
    assert (then.status, then.amount, then.amount_max) == ("entitled", "3万元", 30_000)
    after = row(run(company, as_of=date(2026, 1, 1)), "water-surcharge")
    assert (after.status, after.deadline) == ("expired", "2025-12-31")
    assert "2025年12月31日" in after.reasons[0]


def test_the_procurement_share_ends_after_its_last_day() -> None:
    company = {"is_sme": True, "bids_public_works": True}
    assert row(run(company, as_of=date(2026, 12, 31)), "procurement-reserve").status == "likely"
    assert row(run(company, as_of=date(2027, 1, 1)), "procurement-reserve").status == "expired"


def test_before_the_measures_nothing_of_them_can_be_had() -> None:
    report = run(GIANT, as_of=date(2025, 4, 2))
    assert {one.status for one in report.benefits} == {"no"}
    assert "还没有开始" in row(report, "service-specialist").reasons[0]
    assert row(run(GIANT, as_of=date(2025, 4, 3)), "service-specialist").status == "entitled"


def test_entitled_only_where_the_document_leaves_nothing_open() -> None:
    company = {**GIANT, **FAST, "digital_contract": "60万元", "in_qp_pool": True, "plans_title": True}
    report = run(company, place=QINGPU)
    assert len(report.of("entitled")) >= 5
    assert [one.id for one in report.of("entitled") if one.undefined or one.missing] == []
    assert [one.id for one in report.of("likely") if not one.undefined] == []


def test_twenty_percent_exactly_is_said_to_be_open() -> None:
    exactly = row(run({**GIANT, "revenue_growth": {2024: "30%", 2025: "20%"}}), "giant-growth")
    above = row(run({**GIANT, "revenue_growth": {2024: "30%", 2025: "20.1%"}}), "giant-growth")
    assert any("正好是20%" in text for text in exactly.undefined)
    assert not any("正好是20%" in text for text in above.undefined)


def test_only_the_giant_title_leaves_the_lower_one_open_in_words() -> None:
    found = row(run({"holds_zjtx": False, "holds_xjr": True}), "service-specialist")
    assert any("小巨人" in text and "没有写明" in text for text in found.undefined)


def test_rows_are_sorted_by_status_then_money() -> None:
    company = {**GIANT, **FAST, "digital_contract": "200万元", "industry": "工业", "above_scale": "before"}
    report = run(company)
    order = [STATUSES.index(one.status) for one in report.benefits]
    assert order == sorted(order)
    paying = [one.amount_max for one in report.of("likely") if one.amount_max is not None and not one.limit]
    assert paying == sorted(paying, reverse=True)
    names = [one.id for one in report.of("likely")]
    assert names[:3] == ["digital-contract", "giant-growth", "above-scale-growth"]
    assert names.index("above-scale-growth") < names.index("guarantee") < names.index("listing-support")
    assert any("不加总" in note for note in report.notes)


def test_a_company_elsewhere_gets_no_shanghai_rows_and_a_sentence() -> None:
    report = run(GIANT, place="江苏省")
    assert report.benefits == []
    assert len(report.titles) == len(LADDER)
    assert "江苏省" in report.notes[0]
    assert "上海市和青浦区" in report.notes[0]


def test_a_company_registered_elsewhere_gets_none_either() -> None:
    report = run({**GIANT, "place_registered_sh": False})
    assert report.benefits == []
    assert "不在上海登记" in report.notes[0]


def test_places() -> None:
    def places(place: str) -> set[str]:
        return {one.place for one in run(ZJTX, place=place).benefits}

    assert places("上海市") == {"上海市"}
    assert places(QINGPU) == {"上海市", QINGPU}
    assert places("上海市徐汇区") == {"上海市"}
    assert any("徐汇区自己的措施" in note for note in run(ZJTX, place="上海市徐汇区").notes)


def test_questions_come_once_and_decide_their_rows() -> None:
    report = run({})
    facts = [missing.fact for missing in report.questions]
    assert len(facts) == len(set(facts))
    assert facts[0] == "holds_zjtx"
    assert len(report.questions[0].criteria) > 15
    assert asked(report, "first-above-scale")[0] in ("industry", "above_scale")
    assert asked(run({**ZJTX, "renovation_major": True}), "renovation-major") == ["renovation_investment"]
    assert asked(run({**ZJTX, "digital_contract": "不清楚"}), "digital-contract") == []
    assert "您说还不清楚" in "".join(row(run({**ZJTX, "digital_contract": "不清楚"}), "digital-contract").reasons)


def test_impossible_and_contradictory_facts_are_said_and_not_used() -> None:
    report = run({**ZJTX, "digital_contract": "-60万元"})
    assert any("不可能是负数" in sentence for sentence in report.conflicts)
    assert row(report, "digital-contract").status == "needs_info"
    clash = {**GIANT, **FAST, "revenue_growth": {2025: "60%"}}
    assert any("对不上" in sentence for sentence in run(clash).conflicts)
    assert row(run(clash), "giant-growth").status == "needs_info"


def test_every_row_names_clause_department_and_reasons() -> None:
    for one in run(GIANT, place=QINGPU).benefits:
        assert one.ref.startswith("cn-sh")
        assert one.clause
        assert one.department
        assert one.reasons


def test_titles_say_what_fails_and_when() -> None:
    company = {
        "holds_innovative": True, "holds_zjtx": False, "holds_xjr": False, "revenue": {2024: "1200万元", 2025: "1400万元"},
        "new_equity_l2y": {2025: "0元"},
    }  # fmt: skip
    rows = {one.title: one for one in run(company).titles}
    assert list(rows) == ["科技型", "创新型", "专精特新", "小巨人"]
    assert rows["专精特新"].outcome == "not_eligible"
    assert "附件1（二）" in rows["专精特新"].failing_clauses
    assert any("差100万元" in line for line in rows["专精特新"].failing)
    assert rows["专精特新"].next_round.startswith("2027年这一轮")
    assert rows["专精特新"].refs
    assert rows["小巨人"].next_round.startswith("2027年这一轮")
    assert rows["创新型"].held is True
    assert "每年" in rows["创新型"].duties
    assert rows["专精特新"].held is False
    assert rows["专精特新"].duties == ""


def test_the_lower_title_of_a_giant_is_not_reviewed_by_itself() -> None:
    rows = {one.title: one for one in run(GIANT).titles}
    assert any("最高一级" in note for note in rows["专精特新"].notes)
    assert not any("最高一级" in note for note in rows["小巨人"].notes)
    assert "到期以前" in rows["小巨人"].next_round


def test_a_title_without_a_standard_of_that_day_is_a_clear_row() -> None:
    rows = {one.title: one for one in run(ZJTX, as_of=date(2009, 6, 1)).titles}
    assert rows["小巨人"].outcome == "not_encoded"
    assert rows["小巨人"].notes


def test_today_is_what_is_asked() -> None:
    assert run({}).as_of == TODAY.isoformat()


def test_a_round_that_is_over_is_not_offered_again() -> None:
    def giant(day: date) -> str:
        return next(one.next_round for one in run({}, as_of=day).titles if one.title == "小巨人")

    assert giant(date(2026, 5, 8)) == "2026年这一轮"
    assert giant(TODAY) == "2027年这一轮，看2026年的数据"
