"""Reasons, questions and gaps in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from criteria_made import REST, TODAY, asked, passing, row, run

from assistant.answer import Gap
from assistant.criteria import check, next_questions
from assistant.criteria.words import money, name_of, percent, question_of, say
from assistant.facts.values import Value
from corpus.facts_models import load_dictionary

DICTIONARY = load_dictionary()


def test_values_threshold_margin_and_clause_of_a_failing_criterion() -> None:
    facts = {
        "revenue@2025": Value.exact(14_800_000, "去年营收1480万"),
        "new_equity_l2y@2025": Value.exact(0, "没拿过投资"),
    }
    verdict = check("专精特新", facts, track="first", as_of=TODAY, rest_affirmed=REST)
    found = row(verdict, "item_2")
    assert found.outcome == "not_met"
    assert found.values["营业收入（2025年）"] == "1480万元（原话“去年营收1480万”）"
    assert "1500万元" in found.threshold
    assert found.margin.startswith("营业收入（2025年）差20万元")
    assert (found.clause, found.citation) == ("附件1（二）", "cn/miit/2026/2#annex_1__item_2")
    assert "预检" in verdict.disclaimer
    gap = verdict.gaps[0]
    assert (gap.criterion, gap.changeable, gap.earliest) == ("item_2", "next_year", "2027年这一轮")
    assert "2026年营业收入达到1500万元" in gap.action
    assert "或者" in gap.action


def test_both_sides_of_a_ratio_and_the_year_that_cannot_change() -> None:
    said = {"rd_expense": {2024: "100万元", 2025: "120万元"}, "revenue": {2025: "5000万元"}}
    verdict = run("专精特新", said, rest=True, track="first")
    assert "差0.6个百分点" in row(verdict, "item_3").margin
    gap = verdict.gaps[0]
    assert "研发费用要有150万元" in gap.action
    assert "营业收入最多4000万元" in gap.action
    assert gap.earliest == "2028年这一轮"


def test_a_debt_ratio_is_turned_round_downwards() -> None:
    said = {"total_assets": {2025: "5000万元"}, "total_liabilities": {2025: "4100万元"}}
    verdict = run("专精特新", said, rest=True, track="first")
    assert "超出2个百分点" in row(verdict, "item_2").margin
    assert "年末负债总额要降到4000万元以下" in verdict.gaps[0].action
    assert "年末资产总额至少要5125万元" in verdict.gaps[0].action


def test_gaps_say_what_can_change_and_when() -> None:
    facts = {**passing("xjr-2026"), "rd_expense": {2024: "300万元", 2025: "500万元"}, "niche_years": {2025: "1年"}}
    facts |= {"class_1_ip": 1, "listed_now": True, "established_in_china": False}
    found: dict[str, list[Gap]] = {}
    for gap in run("小巨人", facts, track="first").gaps:
        found.setdefault(gap.criterion, []).append(gap)
    assert "2026年研发费用做到700万元" in found["item_3"][0].action
    assert found["item_1"][0].earliest == "2028年这一轮"
    assert "还差3项" in found["item_4"][0].action
    assert "国家级" in found["item_4"][0].action
    assert {gap.changeable for gap in found["art_11"]} == {"never", "now"}


def test_nothing_said_asks_the_decisive_single_things_first() -> None:
    verdict = run("专精特新", {}, track="first")
    first = next_questions(verdict.missing)
    assert 1 <= len(first) <= 3
    assert {m.fact for m in first} <= {
        "holds_base_title",
        "niche_years@2025",
        "is_sme",
        "listed_now",
        "incidents_l3y",
        "prohibited_product",
    }
    order = asked(verdict)
    assert order.index("revenue@2025") < order.index("development_score@2026")
    assert order.index("class_1_ip") < order.index("award_level_l3y")
    assert order.index("revenue@2025") < order.index("new_equity_l2y@2025")
    assert "rd_ratio@2025" not in order  # follows from the two amounts
    assert all(m.question and m.criteria for m in verdict.missing)
    assert {i for m in verdict.missing for i in m.criteria} == {
        "art_11",
        "item_1",
        "item_2",
        "item_3",
        "item_4",
        "item_5",
        "item_6",
    }


def test_what_cannot_change_anything_is_not_asked() -> None:
    met = run("专精特新", {"revenue": {2025: "2000万元"}, "rd_institution": "省部级"}, track="first")
    assert not {"new_equity_l2y@2025", "class_1_ip", "award_level_l3y"} & set(asked(met))
    failed = run("专精特新", {"is_sme": False}, track="first")
    assert (failed.outcome, failed.missing) == ("not_eligible", [])
    part = run("专精特新", {"rd_expense": {2025: "150万元"}}, track="first")
    assert "revenue@2025" in asked(part)
    assert "rd_ratio@2025" not in asked(part)


def test_said_and_uncertain_facts_are_never_asked_again() -> None:
    said = {"revenue": {2025: "2000万元"}, "class_1_ip": "不清楚", "holds_tech": True}
    verdict = run("专精特新", said, track="first")
    assert not {"revenue@2025", "class_1_ip", "holds_tech", "holds_base_title"} & set(asked(verdict))


def test_the_held_title_tells_the_track() -> None:
    verdict = run("小巨人", {"holds_xjr": True}, rest=True)
    assert verdict.track == "review"
    assert any("到期复核" in note for note in verdict.notes)
    assert run("小巨人", {"holds_xjr": False}, rest=True).track == "first"
    lapsed = run("小巨人", {"holds_xjr": False}, rest=True, track="review")
    assert any("复核要在称号到期以前" in note for note in lapsed.notes)


def test_what_was_taken_for_granted_is_said() -> None:
    verdict = run("专精特新", passing("zjtx-2026"), track="first")
    assert any("称号没有被取消过" in note for note in verdict.notes)
    assert "没有提到" in row(verdict, "art_20").values["称号曾被取消认定"]


def test_a_round_share_on_the_line_is_pointed_out() -> None:
    verdict = run("小巨人", {"rd_ratio": {2025: "3%", 2024: "5%"}}, rest=True, track="first")
    assert "正好在线上" in row(verdict, "item_3").note


def test_not_that_level_is_a_value_too() -> None:
    facts = {"class_1_ip": Value.exact(3), "award_level_l3y": Value(choice="national", flag=False)}
    upper = check("小巨人", facts, track="first", as_of=TODAY, rest_affirmed=REST)
    assert upper.outcome == "not_eligible"
    lower = check("专精特新", facts | {"class_1_ip": Value.exact(0)}, track="first", as_of=TODAY, rest_affirmed=REST)
    assert lower.outcome == "needs_info"


@pytest.mark.parametrize(
    ("value", "entry", "words"),
    [
        (Value.exact(14_800_000), "revenue", "1480万元"),
        (Value.exact(120_000_000), "revenue", "1.2亿元"),
        (Value.exact(Fraction(24, 1000)), "rd_ratio", "2.4%"),
        (Value.interval(Fraction(3, 100), Fraction(4, 100), hi_closed=False), "rd_ratio", "3%到4%之间"),
        (Value.interval(None, Fraction(1, 2)), "rd_ratio", "不超过50%"),
        (Value.interval(Fraction(1, 2), None, lo_closed=False), "rd_ratio", "超过50%"),
        (Value.yes(False), "is_sme", "否"),
        (Value.one_of("provincial"), "rd_institution", "省部级"),
        (Value.uncertain(), "award_rank", "还不清楚"),
        (Value(state="not_applicable"), "award_rank", "不适用"),
        (Value.exact(20230700), "niche_start", "2023年7月"),
        (Value.exact(2019), "niche_start", "2019年"),
    ],
)
def test_values_in_words(value: Value, entry: str, words: str) -> None:
    assert say(value, DICTIONARY[entry]) == words


def test_numbers_in_words() -> None:
    assert money(Fraction(9_999)) == "9999元"
    assert money(Fraction(88_199_999)) == "8819.9999万元"
    assert money(Fraction(200_000_000, 3)) == "6666.67万元"
    assert percent(Fraction(29_999, 1_000_000), Fraction(3, 100)) == "2.9999%"
    assert name_of("new_equity_l2y@2025", DICTIONARY).endswith("（2024—2025年）")
    assert "2023年和2025年" in question_of("revenue_cagr_l2y@2025", DICTIONARY)
