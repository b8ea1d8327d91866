"""Figures that cannot be had at present are open: no blanket covers them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria import check
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


def open_criteria(message: str) -> list[str]:
    found = extract(message, as_of=TODAY)
    verdict = check(
        found.title or "", found.facts, track=found.track or "first", as_of=TODAY,
        rest_affirmed=found.rest_affirmed, excluded=found.excluded, problems=found.problems,
    )  # fmt: skip
    assert verdict.outcome == "needs_info"
    return [row.id for row in verdict.criteria if row.outcome == "unknown"]


@pytest.mark.parametrize(
    ("message", "criterion"),
    [
        ("小巨人首次，去年营收8000万，主营收入多少财务还没拆出来，其他都符合", "item_2"),
        ("专精特新首次，去年研发210万，营收4000万，前年的研发费用还在重新审，拿不出数，其他都没问题", "item_3"),
        ("专精特新首次，负债总额会计没轧出来，别的都达标", "item_2"),
        ("专精特新首次，今年评价分平台登不上去，其余都合格", "item_6"),
        ("专精特新复核，评价分去年47，另一年的要下周才能查，其余全部符合", "item_6"),
        ("小巨人复核，今年评价57，去年的分数当时没存，其余都符合", "item_7"),
        ("小巨人首次，市场占有率手头没数据，其余七条都达标", "item_5"),
        ("专精特新首次，研发投入正在归集，数还没出来，其他条件全满足", "item_3"),
    ],
)
def test_the_criterion_of_an_unknown_figure_is_open(message: str, criterion: str) -> None:
    assert open_criteria(message) == [criterion]


def test_the_other_year_of_a_score_may_stay_unknown_where_one_year_is_enough() -> None:
    found = extract("小巨人复核，今年评价61，去年的分数当时没存，其余都符合", as_of=TODAY)
    assert found.facts["development_score@2025"].state == "uncertain"
    assert check("小巨人", found.facts, track="review", as_of=TODAY, rest_affirmed="其余都符合").outcome == "eligible"


@pytest.mark.parametrize(
    ("message", "held"),
    [
        ("专精特新去年底到期，忘了复核，作废了，首次报小巨人行吗", {"holds_zjtx": False}),
        ("专精特新今年6月到期，我们没去复审，已经失效了，想报小巨人", {"holds_zjtx": False}),
        ("小巨人首次，专精特新下个月到期，还没去复核", {}),
        ("专精特新到期复核，科技型也有效", {"holds_tech": True}),
    ],
)
def test_a_title_that_ran_out_is_none(message: str, held: dict[str, bool]) -> None:
    facts = extract(message, as_of=TODAY).facts
    assert {name: value.flag for name, value in facts.items() if name.startswith("holds_")} == held


def test_the_age_of_the_firm_is_not_its_time_in_the_segment() -> None:
    facts = extract("做五金出身，2024年3月才开始做传感器，二十年的老厂了，报专精特新", as_of=TODAY).facts
    assert set(facts) == {"niche_start"}


def test_the_only_right_that_ran_out_counts_for_nothing() -> None:
    assert extract("报专精特新，唯一那件发明专利没交年费失效了", as_of=TODAY).facts["class_1_ip"].hi == 0
