"""Figures told in other ways: from one to the other, the year behind, a line quoted, debts in plain words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract

AS_OF = date(2026, 11, 21)
WAN = 10_000


def figures(message: str) -> dict[str, Fraction]:
    """The exact figures of a message, in which nothing may contradict itself."""
    found = extract(message, as_of=AS_OF, title="专精特新")
    assert not found.problems
    return {s.key: s.value.lo for s in found.statements if s.value.lo is not None and s.value.lo == s.value.hi}


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("去年研发从前年的150万缩到120万", {"rd_expense@2024": 150 * WAN, "rd_expense@2025": 120 * WAN}),
        ("2025年营收由上一年的4000万增加到4600万", {"revenue@2024": 4000 * WAN, "revenue@2025": 4600 * WAN}),
        ("营收3000万→3600万（24→25年）", {"revenue@2024": 3000 * WAN, "revenue@2025": 3600 * WAN}),
        ("2023年到2025年营收从4000万做到5200万", {"revenue@2023": 4000 * WAN, "revenue@2025": 5200 * WAN}),
        ("今年评分从去年的48涨到55", {"development_score@2025": 48, "development_score@2026": 55}),
        ("去年营收自五千万跌至1700万", {"revenue@2025": 1700 * WAN}),
        ("研发120万前年、130万去年", {"rd_expense@2024": 120 * WAN, "rd_expense@2025": 130 * WAN}),
        ("营收3400万（去年的），3000万（前年的）", {"revenue@2025": 3400 * WAN, "revenue@2024": 3000 * WAN}),
        (
            "三年营收分别是6000万（2023）、6500万（2024）、7000万（2025）",
            {"revenue@2023": 6000 * WAN, "revenue@2024": 6500 * WAN, "revenue@2025": 7000 * WAN},
        ),
        ("营收4000万（24）、4300万（25）", {"revenue@2024": 4000 * WAN, "revenue@2025": 4300 * WAN}),
        ("总资产1亿，借的加起来7000万", {"total_assets@2025": 10000 * WAN, "total_liabilities@2025": 7000 * WAN}),
        ("家底8000万，背着6000万的债", {"total_assets@2025": 8000 * WAN, "total_liabilities@2025": 6000 * WAN}),
        ("总资产8000万，欠银行3000万", {"total_assets@2025": 8000 * WAN}),
        ("总资产8000万，客户还欠我们500万", {"total_assets@2025": 8000 * WAN}),
        ("营收前年三个半亿、去年一个亿二", {"revenue@2024": 35000 * WAN, "revenue@2025": 12000 * WAN}),
        ("去年营收一亿三千", {"revenue@2025": 13000 * WAN}),
        ("营业收入16，230，000元", {"revenue@2025": 1623 * WAN}),
        ("两年复合是负6%", {"revenue_cagr_l2y@2025": Fraction(-6, 100)}),
        ("营业收入两年复合下降5%", {"revenue_cagr_l2y@2025": Fraction(-5, 100)}),
        ("今年58，按专精特新50分那条线早过了", {"development_score@2026": 58}),
        ("去年营收1480万，离1500万的门槛差20万", {"revenue@2025": 1480 * WAN}),
        ("负债率72%，75%的红线没碰", {"debt_ratio@2025": Fraction(72, 100)}),
        ("两年研发都是120万，各占营收4%", {f"rd_{k}@{y}": v for y in (2024, 2025) for k, v in (("expense", 120 * WAN), ("ratio", Fraction(4, 100)))}),
        ("今年评价68分；职工260人", {"development_score@2026": 68, "staff@2025": 260}),
    ],
)  # fmt: skip
def test_exact_figures(message: str, facts: dict[str, int | Fraction]) -> None:
    assert figures(message) == facts


@pytest.mark.parametrize(
    ("message", "key", "over"),
    [
        ("负债率75%多一点", "debt_ratio@2025", True),
        ("占有率10%还要多一些", "market_share@2025", True),
        ("营收1500万少一点", "revenue@2025", False),
        ("今年60分不到一点", "development_score@2026", False),
    ],
)
def test_a_little_beside_the_line(message: str, key: str, *, over: bool) -> None:
    value = extract(message, as_of=AS_OF, title="专精特新").facts[key]
    assert not (value.lo_closed if over else value.hi_closed)


@pytest.mark.parametrize(
    ("message", "trade"),
    [
        ("专做精密丝杠，员工600人", "工业"),
        ("专门生产手机盖板，员工450人", "工业"),
        ("做设备维修的，员工320人", None),
        ("做跨境电商卖灯具，员工90人", None),
        ("客户是做阀芯的，我们员工90人", None),
    ],
)
def test_trade_by_the_good(message: str, trade: str | None) -> None:
    value = extract(message, as_of=AS_OF, title="专精特新").facts.get("industry")
    assert (value.choice if value else None) == trade


def test_title_that_runs_out_next_year() -> None:
    facts = extract("创新型中小企业的证要到明年三月才到期，专精特新能报吗", as_of=AS_OF).facts
    assert facts["holds_innovative"].flag is True
