"""The interactions that are most often wrong elsewhere, one test (or more) for each letter of the list."""

from __future__ import annotations

from datetime import date

import pytest
from criteria_made import asked, outcomes, passing, row, run

from assistant.criteria import StandardNotFound


def zjtx(**facts: object) -> dict[str, object]:
    return {**passing("zjtx-2026"), **facts}


def xjr(**facts: object) -> dict[str, object]:
    return {**passing("xjr-2026"), **facts}


def test_a_first_application_before_the_new_measure_needs_the_old_standard() -> None:
    before = run("专精特新", zjtx(), track="first", as_of=date(2026, 3, 31))
    assert "2022〕63号" in before.standard
    assert before.beside == []
    after = run("专精特新", zjtx(), track="first", as_of=date(2026, 4, 1))
    assert (after.outcome, after.beside) == ("eligible", [])
    assert "2026〕2号" in after.standard


def test_a_review_begun_before_the_new_measure_may_use_the_old_standard() -> None:
    verdict = run("小巨人", xjr(), track="review", started=date(2026, 3, 6))
    assert verdict.outcome == "eligible"
    assert any("可以沿用旧标准" in note for note in verdict.notes)
    assert [one.standard.partition("，")[0] for one in verdict.beside] == [
        "专精特新“小巨人”企业认定标准（工信部企业〔2022〕63号 附件3）"
    ]
    later = run("小巨人", xjr(), track="review", started=date(2026, 4, 1))
    assert not any("可以沿用旧标准" in note for note in later.notes)
    assert later.beside == []


def test_a_other_titles_are_not_judged_by_a_neighbour() -> None:
    assert run("创新型", {}).standard.startswith("创新型中小企业")
    assert run("科技型", {}).standard.startswith("科技型中小企业")
    with pytest.raises(StandardNotFound, match="没有叫“瞪羚”的认定称号"):
        run("瞪羚", {})


def test_f_falsification_with_an_exception_is_left_open() -> None:
    facts = zjtx(title_cancelled_years_ago="1年", cancelled_for="falsification", credit_repaired=True)
    verdict = run("专精特新", facts, track="first")
    assert outcomes(verdict)["art_20"] == "unknown"
    assert "没有写明" in row(verdict, "art_20").note
    assert asked(verdict) == []


def test_f_falsification_without_a_word_on_repair_bars() -> None:
    verdict = run("专精特新", {"title_cancelled_years_ago": 2, "cancelled_for": "falsification"}, rest=True)
    assert outcomes(verdict)["art_20"] == "not_met"


def test_g_a_listing_counts_only_while_it_lasts() -> None:
    facts = zjtx(abnormal_removed=True, dishonest_listed_now=False)
    facts.pop("listed_now")
    verdict = run("专精特新", facts, track="first")
    assert verdict.outcome == "eligible"
    assert "已经移出的不影响" in row(verdict, "art_11").note
    now = run("专精特新", {"abnormal_listed_now": True}, rest=True)
    assert (now.outcome, outcomes(now)["art_11"]) == ("not_eligible", "not_met")
    past = run("专精特新", {"abnormal_removed": True}, rest=True)
    assert past.outcome == "eligible"


def test_h_transferred_patents_never_count() -> None:
    facts = xjr(class_1_ip_total=5, ip_transferred_in=2)
    facts.pop("class_1_ip")
    verdict = run("小巨人", facts, track="first")
    assert outcomes(verdict)["item_4"] == "not_met"
    assert "转入的I类知识产权一项也不算" in row(verdict, "item_4").note
    assert "差1项" in row(verdict, "item_4").margin


def test_h_a_word_on_transferred_patents_is_no_word_on_own_ones() -> None:
    verdict = run("专精特新", {"ip_transferred_in": 2}, rest=True, track="first")
    assert verdict.outcome == "needs_info"
    assert asked(verdict)[0] == "class_1_ip"
    assert run("专精特新", {"ip_transferred_in": 0}, rest=True, track="first").outcome == "eligible"


@pytest.mark.parametrize(("share", "outcome"), [("50%", "not_met"), ("50.01%", "declared")])
def test_i_the_leading_product_is_strictly_over_half(share: str, outcome: str) -> None:
    verdict = run("专精特新", zjtx(leading_product_share={2025: share}), track="first")
    assert outcomes(verdict)["item_5"] == outcome


def test_j_a_lapsed_lower_title_at_review_is_left_open() -> None:
    for title, facts in (
        ("专精特新", zjtx(holds_innovative=False, holds_tech=False)),
        ("小巨人", xjr(holds_zjtx=False)),
    ):
        review = run(title, facts, track="review")
        assert outcomes(review)["item_1"] == "unknown"
        assert "没有写明" in row(review, "item_1").note
        assert asked(review) == []
        assert outcomes(run(title, facts, track="first"))["item_1"] == "not_met"


def test_l_each_year_against_both_together() -> None:
    spent = {2024: "90万元", 2025: "1200万元"}
    lower = run("专精特新", zjtx(rd_expense=spent, revenue={2024: "2800万元", 2025: "3000万元"}), track="first")
    assert outcomes(lower)["item_3"] == "not_met"
    upper = run("小巨人", {"rd_expense": {2024: "300万元", 2025: "900万元"}}, rest=True, track="first")
    assert outcomes(upper)["item_3"] == "met"


def test_m_the_round_moves_the_years() -> None:
    facts = zjtx(revenue={2025: "1000万元", 2026: "1600万元"}, new_equity_l2y={2025: "0元", 2026: "0元"})
    now = run("专精特新", facts, track="first")
    assert outcomes(now)["item_2"] == "not_met"
    assert now.round == 2026
    later = run("专精特新", {"revenue": {2026: "1600万元"}}, rest=True, track="first", round_year=2027)
    assert (later.outcome, later.round) == ("eligible", 2027)
    assert row(later, "item_2").values["营业收入（2026年）"] == "1600万元"


def test_m_the_round_of_the_upper_tier_is_named_once_spring_is_over() -> None:
    verdict = run("小巨人", xjr(), track="first")
    assert any("2027年的一轮" in note for note in verdict.notes)
    assert not any("2027年的一轮" in note for note in run("小巨人", xjr(), track="first", round_year=2026).notes)


def test_n_the_score_of_this_year_first_the_better_of_two_at_review() -> None:
    facts = zjtx(development_score={2025: "55分", 2026: "48分"})
    assert outcomes(run("专精特新", facts, track="first"))["item_6"] == "not_met"
    assert outcomes(run("专精特新", facts, track="review"))["item_6"] == "met"
    either = run("专精特新", facts)
    assert (either.outcome, either.track, outcomes(either)["item_6"]) == ("needs_info", "unknown", "unknown")
    assert asked(either) == ["track"]


def test_n_only_the_score_is_missing() -> None:
    facts = zjtx()
    facts.pop("development_score")
    verdict = run("专精特新", facts, track="first")
    assert asked(verdict) == ["development_score@2026"]
    assert any("只差专精特新发展评价得分" in note for note in verdict.notes)


def test_o_exempt_is_not_met_and_an_open_exemption_is_unknown() -> None:
    exempt = run("专精特新", zjtx(class_1_ip=0, rd_institution="省部级"), track="first")
    assert (exempt.outcome, outcomes(exempt)["item_4"]) == ("eligible", "exempt")
    facts = zjtx(class_1_ip=0)
    facts.pop("rd_institution")
    open_ = run("专精特新", facts, track="first")
    assert (open_.outcome, outcomes(open_)["item_4"]) == ("needs_info", "unknown")
    assert asked(open_) == ["rd_institution"]
    upper = run("小巨人", xjr(class_1_ip=3, rd_institution="省部级"), track="first")
    assert outcomes(upper)["item_4"] == "not_met"
    assert "研发机构只能豁免" in row(upper, "item_4").note


def test_p_equity_replaces_only_the_revenue() -> None:
    facts = zjtx(revenue={2024: "900万元", 2025: "1000万元"}, new_equity_l2y={2025: "2000万元"}, rd_ratio={2025: "13%"})
    verdict = run("专精特新", facts, track="first")
    assert outcomes(verdict)["item_2"] == "met"
    assert "只能代替营业收入" in row(verdict, "item_2").note
    assert outcomes(run("专精特新", {**facts, "debt_ratio": {2025: "85%"}}, track="first"))["item_2"] == "not_met"
    upper = run(
        "小巨人", {"revenue": {2025: "4000万元"}, "new_equity_l2y": {2025: "9000万元"}}, rest=True, track="first"
    )
    assert outcomes(upper)["item_2"] == "not_met"
    assert "没有用股权投资代替" in row(upper, "item_2").note


def test_q_compound_growth_is_exact_and_names_the_other_reading() -> None:
    exact = run("小巨人", xjr(revenue={2023: "8000万元", 2024: "8400万元", 2025: "8820万元"}), track="first")
    assert outcomes(exact)["item_2"] == "met"
    assert "正好等于5%" in row(exact, "item_2").margin
    short = run("小巨人", xjr(revenue={2023: "8000万元", 2024: "8400万元", 2025: "88199999元"}), track="first")
    assert outcomes(short)["item_2"] == "not_met"
    differs = run("小巨人", xjr(revenue={2023: "7000万元", 2024: "8900万元", 2025: "9000万元"}), track="first")
    assert outcomes(differs)["item_2"] == "met"
    assert "从哪一年算起" in row(differs, "item_2").note
    assert "从哪一年算起" not in row(exact, "item_2").note


def test_q_review_does_not_look_at_growth() -> None:
    verdict = run("小巨人", {"revenue_cagr_l2y": {2025: "2%"}}, rest=True, track="review")
    assert verdict.outcome == "eligible"
    assert "复核不看" in row(verdict, "item_2").note
