"""Many figures in one breath: which fact and which year each of them is of."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)
WAN = 10_000


@pytest.mark.parametrize(
    ("said", "wan"),
    [
        (
            "去年收入2000万、研发150万；前年1900万、研发140万",
            {"revenue@2025": 2000, "rd_expense@2025": 150, "revenue@2024": 1900, "rd_expense@2024": 140},
        ),
        (
            "去年收入2000万，研发150万，前年140万",
            {"revenue@2025": 2000, "rd_expense@2025": 150, "rd_expense@2024": 140},
        ),
        (
            "研发前年101万（当年营收1450万），去年103万（营收1500万）",
            {"rd_expense@2024": 101, "revenue@2024": 1450, "rd_expense@2025": 103, "revenue@2025": 1500},
        ),
        (
            "研发2024年110万、收入1850万；2025年128万",
            {"rd_expense@2024": 110, "revenue@2024": 1850, "rd_expense@2025": 128},
        ),
        (
            "前年营收2600万投了110万研发，去年2700万投了125万",
            {"revenue@2024": 2600, "rd_expense@2024": 110, "revenue@2025": 2700, "rd_expense@2025": 125},
        ),
        (
            "大前年营收4500万，前年4700万，去年5100万，主营4600万",
            {"revenue@2023": 4500, "revenue@2024": 4700, "revenue@2025": 5100, "main_revenue@2025": 4600},
        ),
        (
            "收入去年3100万（其中主营2900万），前年2950万（其中主营2700万）",
            {"revenue@2025": 3100, "main_revenue@2025": 2900, "revenue@2024": 2950, "main_revenue@2024": 2700},
        ),
        ("去年总共3000万，其中厂房租金300万、卖废料200万，其余都是自己产品", {"revenue@2025": 3000, "main_revenue@2025": 2500}),
        ("研发前年90万，去年150万，平均下来120万", {"rd_expense@2024": 90, "rd_expense@2025": 150}),
        ("贷款去年500万，前年300万", {}),
    ],
)  # fmt: skip
def test_every_figure_finds_its_fact_and_year(said: str, wan: dict[str, int]) -> None:
    found = extract(said, as_of=TODAY, title="专精特新")
    assert {s.key: s.value.lo for s in found.statements} == {key: amount * WAN for key, amount in wan.items()}
    assert not found.problems


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("负债900万，做密封圈，占收入八成五", Fraction(85, 100)),
        ("主营1900万，密封圈占营收82%", Fraction(82, 100)),
        ("代理的货占收入六成", None),
        ("滤芯占收入四成", None),
    ],
)
def test_the_share_of_a_product_is_no_other_share(said: str, share: Fraction | None) -> None:
    facts = extract(said, as_of=TODAY, title="专精特新").facts
    told = facts.get("leading_product_share@2025")
    assert (told.lo if told else None) == share
    assert "main_share@2025" not in facts
    assert "debt_ratio@2025" not in facts


@pytest.mark.parametrize(
    "said",
    [
        "发明专利1件，当初是自己申请的，还是别人过户来的，家里没人讲得清",
        "有3件发明，是不是自己申请的查不到，记不得了",
        "发明专利2件，来路我搞不清",
    ],
)
def test_an_unknown_origin_stays_unknown(said: str) -> None:
    assert extract(said, as_of=TODAY, title="专精特新").facts["class_1_ip"].state == "uncertain"


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("发明2件，和研究院联合申请，我方是第四权利人", 0, 0),
        ("发明4件，1件是第五权利人，其余3件独有", 3, 3),
        ("发明专利和三家单位一起申请，权利人一共四家，我们排最末。就这一件", 0, 0),
        ("发明1件，和两所大学共有，我们排第三", 1, 1),
        ("发明专利5件，5件里2件独家的，还有3件跟高校共有，权利人里排第几记不得", 2, 5),
    ],
)
def test_the_place_among_holders_counts(said: str, least: int, most: int) -> None:
    value = extract(said, as_of=TODAY, title="小巨人").facts["class_1_ip"]
    assert value.lo == least
    assert value.hi == most


@pytest.mark.parametrize("said", ["市场上有没有名气，从来没了解过", "名气大不大，我不清楚"])
def test_a_reputation_not_known_is_not_denied(said: str) -> None:
    assert extract(said, as_of=TODAY, title="专精特新").facts["reputation"].state == "uncertain"
