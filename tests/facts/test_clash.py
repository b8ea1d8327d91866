"""Figures that do not agree and of which nobody knows the right one are open; a correction is not."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.clash import unsettled
from assistant.facts.extract import extract
from assistant.facts.reading import Reading
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)
KNOWN = {
    "rd_expense@2024": Value.exact(Fraction(1_100_000)),
    "rd_expense@2025": Value.exact(Fraction(1_300_000)),
    "debt_ratio@2025": Value.exact(Fraction(72, 100)),
    "class_1_ip": Value.exact(Fraction(6)),
}


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("汇算的表上前年是96万，跟账上110万对不上，我也不知道该信哪个", "rd_expense@2024"),
        ("年报上负债率是83%，和之前的72%不一致，哪个对没人说得清", "debt_ratio@2025"),
        ("查下来只有3个是授权的，代理说6个，搞不清哪个对", "class_1_ip"),
        ("那110万里有60万是生产领料，要不要剔掉会计也定不下来", "rd_expense@2024"),
        ("审计那边前年只认88万，跟110万打架，哪本账准讲不清", "rd_expense@2024"),
    ],
)
def test_two_figures_of_which_none_is_known_to_be_right_leave_it_open(message: str, key: str) -> None:
    found = extract(message, as_of=TODAY, known=KNOWN)
    assert [(s.key, s.value.state) for s in found.statements] == [(key, "uncertain")]
    assert key.partition("@")[0] in found.excluded


@pytest.mark.parametrize(
    "message", ["负债率是83%", "负债率跟年报不一样，应该以年报83%为准", "前年研发比去年少，是100万"]
)
def test_a_figure_told_anew_or_settled_is_no_clash(message: str) -> None:
    found = extract(message, as_of=TODAY, known=KNOWN)
    assert {s.value.state for s in found.statements} <= {"known"}


def test_without_anything_told_before_nothing_clashes() -> None:
    reading = Reading(message="跟账上110万对不上，不知道哪个对", as_of=TODAY, expecting=[], place="上海市")
    assert unsettled(reading, []) == []
