"""A score counts without its bonus, whichever way the bonus is told."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import unread
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)
KEY = "development_score@2026"


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("今年评价53分，其中加分项拿了4分", "49", "49"),
        ("评价得分51，但是把两分加分刨掉就不到五十了", "49", "49"),
        ("评价得分五十一分，附加分占了两分", "49", "49"),
        ("评价得分52，靠加分补了3分才过的", "49", "49"),
        ("评价62分里面有5分加分", "57", "57"),
        ("平台总分54（含加分）", "0", "54"),
        ("平台打分含加分51分", "0", "51"),
        ("评价分连加分52，去掉加分48", "48", "48"),
        ("加分前49.8，加分后52", "49.8", "49.8"),
        ("平台打分不含加分51分", "51", "51"),
        ("评价得分58分，加分项一分没有", "58", "58"),
        ("平台打分51分，不含加分", "51", "51"),
    ],
)
def test_the_bonus_is_taken_off(said: str, least: str, most: str) -> None:
    text = f"专精特新首次，{said}，其他都达标"
    found = extract(text, as_of=TODAY)
    assert (found.facts[KEY].lo, found.facts[KEY].hi) == (Fraction(least), Fraction(most))
    assert "new_equity_l2y@2025" not in found.facts
    assert unread(text, found) == []


def test_a_bonus_told_later_is_taken_off_the_score_of_before() -> None:
    found = extract("63里面有5分是加分", as_of=TODAY, title="小巨人", known={KEY: Value.exact(63)})
    assert found.facts[KEY].lo == 58


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("近两年评价分一年46，一年50", 46, 50),
        ("评价近两年一次五十八，另一次六十一分", 58, 61),
        ("近两年得分一次48一次49", 48, 49),
    ],
)
def test_two_years_told_one_by_one(said: str, first: int, second: int) -> None:
    facts = extract(f"专精特新复核，{said}", as_of=TODAY).facts
    assert (facts["development_score@2025"].lo, facts[KEY].lo) == (first, second)


def test_one_of_two_years_says_nothing_of_the_other() -> None:
    facts = extract("专精特新复核，近两年评价有一年47，其他都达标", as_of=TODAY).facts
    assert facts["development_score@2025"].lo == 47
    assert KEY not in facts


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("按打分来我们总分58", {"points_total": 58}),
        ("总分65但是创新能力那块才18分", {"points_total": 65, "points_innovation": 18}),
        ("成长性只拿了10分", {"points_growth": 10}),
    ],
)
def test_the_points_of_a_lower_title_are_another_score(said: str, points: dict[str, int]) -> None:
    text = f"创新型首次，{said}，其他都满足"
    found = extract(text, as_of=TODAY, title="创新型")
    assert not any(key.startswith("development_score") for key in found.facts)
    assert {key: value.lo for key, value in found.facts.items() if key.startswith("points_")} == points
    assert not any(said in part for part in unread(text, found))
