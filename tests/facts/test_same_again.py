"""A year and an amount alone tell what was told of another year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract
from assistant.facts.values import Value

TODAY = date(2026, 11, 21)
KNOWN = {"rd_expense@2025": Value.exact(Fraction(1_500_000)), "rd_ratio@2025": Value.exact(Fraction(48, 1000))}


@pytest.mark.parametrize(
    ("message", "money", "share"),
    [
        ("24年的？24年是130万，占4.5%", 1_300_000, Fraction(45, 1000)),
        ("2024年有126万，4.2%", 1_260_000, Fraction(42, 1000)),
    ],
)
def test_the_same_of_the_year_before(message: str, money: int, share: Fraction) -> None:
    told = extract(message, as_of=TODAY, known=KNOWN).facts
    assert told["rd_expense@2024"].lo == money
    assert told["rd_ratio@2024"].lo == share


@pytest.mark.parametrize("message", ["24年房租花了130万", "24年拿过130万补贴", "24年是130万吗", "有个130万"])
def test_what_names_something_else_is_not_taken_for_it(message: str) -> None:
    assert "rd_expense@2024" not in extract(message, as_of=TODAY, known=KNOWN).facts


def test_where_two_things_were_told_it_could_be_either() -> None:
    known = {**KNOWN, "revenue@2025": Value.exact(Fraction(30_000_000))}
    assert "rd_expense@2024" not in extract("24年是130万", as_of=TODAY, known=known).facts


@pytest.mark.parametrize("message", ["24年的？24年没有单独立账，数还没有", "前年的嘛，当时没设研发辅助账"])
def test_a_year_taken_up_of_which_there_are_no_books_is_open_and_no_other(message: str) -> None:
    found = extract(f"{message}，研发金额现在没有", as_of=TODAY, known=KNOWN)
    assert [s.key for s in found.statements if s.value.state == "uncertain" and s.key.startswith("rd_expense")] == [
        "rd_expense@2024"
    ]
