from __future__ import annotations

import pytest

from assistant.sheets.header_words import facts_of, role_of, told
from assistant.sheets.layout import Context, Layout, find_layout
from assistant.sheets.raw import Merge, Sheet
from corpus.facts_models import load_dictionary

NOW = Context(2026, {"development_score": 2026})


def sheet(*rows: list[str], merged: tuple[Merge, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("表", tuple((*row, *[""] * (width - len(row))) for row in rows), merged)


def keys(layout: Layout | None) -> dict[str, str]:
    assert layout is not None
    return {c.header: c.key + (f" {c.unit.name}" if c.unit else "") for c in layout.columns if c.role == "fact"}


@pytest.mark.parametrize(
    ("header", "fact", "year", "unit"),
    [
        ("2025年营业收入", "revenue", 2025, None),
        ("营业收入(2024)", "revenue", 2024, None),
        ("营收_2025", "revenue", 2025, None),
        ("上年度营收(万元)", "revenue", 2025, "万元"),
        ("前年营业收入（元）", "revenue", 2024, "元"),
        ("24年度研发投入，千元", "rd_expense", 2024, "千元"),
        ("近两年研发合计", "rd_expense_l2y", 2025, None),
        ("2024-2025年研发费用合计(元)", "rd_expense_l2y", 2025, "元"),
        ("2025年研发费用占营业收入比重（%）", "rd_ratio", 2025, "%"),
        ("2025年末资产负债率", "debt_ratio", 2025, None),
        ("2025年12月31日负债总额（亿元）", "total_liabilities", 2025, "亿元"),
        ("自有Ⅰ类知识产权数（项）", "class_1_ip", None, "项"),
        ("是否列入经营异常名录", "abnormal_listed_now", None, None),
        ("revenue@2024", "revenue", 2024, None),
        ("rd_ratio_2025", "rd_ratio", 2025, None),
        ("*专精特新发展评价得分", "development_score", 2026, None),
        ("１、营业收入（２０２５年，万元）", "revenue", 2025, "万元"),
    ],
)
def test_a_heading_names_fact_year_and_unit(header: str, fact: str, year: int | None, unit: str | None) -> None:
    layout = find_layout(sheet(["企业名称", header], ["甲", "1"]), NOW)
    assert layout is not None
    column = layout.columns[1]
    assert (column.role, column.fact, column.year) == ("fact", fact, year)
    assert (column.unit.name if column.unit else None) == unit


@pytest.mark.parametrize(
    "header",
    ["流动资金", "注册资本", "预计2026年营业收入", "2025年1-9月营业收入", "2025年上半年营业收入", "营业收入（美元）", "发明专利申请数",
     "未列入经营异常名录", "营业收入排名",
     "2027年营业收入", "2024年新增股权融资", "股权融资"],
)  # fmt: skip
def test_a_heading_that_means_something_else_is_not_used(header: str) -> None:
    layout = find_layout(sheet(["企业名称", "2025年研发费用", header], ["甲", "1", "2"]), NOW)
    assert layout is not None
    assert layout.columns[2].role != "fact"


def test_every_label_of_the_dictionary_names_its_own_fact_or_several() -> None:
    lost = []
    for fact, entry in load_dictionary().entries.items():
        parts = told(entry.label)
        if fact not in facts_of(parts, entry.label) and role_of(parts) == "unknown":
            lost.append((fact, entry.label, facts_of(parts, entry.label)))
    assert lost == []


def test_title_rows_give_unit_and_year() -> None:
    layout = find_layout(
        sheet(
            ["2024年度企业情况表", "", ""],
            ["填报单位：某园区", "", "单位：万元"],
            ["企业名称", "营业收入", "研发费用"],
            ["甲", "1", "2"],
        ),
        NOW,
    )
    assert keys(layout) == {"营业收入": "revenue@2024 万元", "研发费用": "rd_expense@2024 万元"}
    assert layout is not None
    assert (layout.first, layout.last) == (3, 3)
    assert "上方" in "".join(layout.columns[1].notes)


def test_merged_headings_over_years() -> None:
    rows = [
        ["企业名称", "营业收入（万元）", "", "研发费用", "", "", "资产负债率"],
        ["", "2024", "2025", "2024年", "2025年", "占比(%)", "(%)"],
        ["甲", "1", "2", "3", "4", "5", "6"],
    ]
    merged = (Merge(1, 1, 1, 2), Merge(1, 3, 1, 5), Merge(1, 0, 2, 0))
    expected = {
        "营业收入（万元） / 2024": "revenue@2024 万元",
        "营业收入（万元） / 2025": "revenue@2025 万元",
        "研发费用 / 2024年": "rd_expense@2024",
        "研发费用 / 2025年": "rd_expense@2025",
        "研发费用 / 占比(%)": "rd_ratio@2025 %",
        "资产负债率 / (%)": "debt_ratio@2025 %",
    }
    assert keys(find_layout(sheet(*rows, merged=merged), NOW)) == expected


def test_without_merges_a_blank_belongs_to_the_left_only_under_years() -> None:
    layout = find_layout(
        sheet(["企业名称", "营业收入", "", ""], ["", "2024", "2025", "占比"], ["甲", "1", "2", "3"]), NOW
    )
    assert keys(layout) == {"营业收入 / 2024": "revenue@2024", "营业收入 / 2025": "revenue@2025"}


def test_a_group_heading_gives_its_unit() -> None:
    layout = find_layout(
        sheet(["基本情况", "财务指标（万元）", ""], ["企业名称", "2025年营业收入", "2025年研发占比"], ["甲", "1", "2"],
              merged=(Merge(1, 1, 1, 2),)), NOW
    )  # fmt: skip
    assert keys(layout) == {
        "财务指标（万元） / 2025年营业收入": "revenue@2025 万元",
        "财务指标（万元） / 2025年研发占比": "rd_ratio@2025",
    }


def test_a_first_row_of_figures_like_years_is_no_header() -> None:
    layout = find_layout(sheet(["企业名称", "营业收入", "研发费用"], ["甲", "2024", "2025"], ["乙", "3", "4"]), NOW)
    assert layout is not None
    assert layout.last == 1


def test_the_column_with_its_year_counts_and_the_other_is_named() -> None:
    layout = find_layout(sheet(["企业名称", "营收", "2025年营业收入"], ["甲", "1", "2"]), NOW)
    assert layout is not None
    assert [c.role for c in layout.columns] == ["name", "ambiguous", "fact"]
    assert "2025年营业收入" in "".join(layout.columns[1].notes)


def test_two_columns_for_the_same_are_both_left_out() -> None:
    layout = find_layout(sheet(["企业名称", "2025年营收", "2025年营业收入", "得分"], ["甲", "1", "2", "3"]), NOW)
    assert layout is not None
    assert [c.role for c in layout.columns] == ["name", "ambiguous", "ambiguous", "fact"]


def test_two_units_above_the_header_are_none() -> None:
    layout = find_layout(sheet(["单位：万元", "单位：元"], ["企业名称", "2025年营业收入"], ["甲", "1"]), NOW)
    assert keys(layout) == {"2025年营业收入": "revenue@2025"}


def test_no_header_is_none() -> None:
    assert find_layout(sheet(["abc", "def"], ["1", "2"]), NOW) is None
