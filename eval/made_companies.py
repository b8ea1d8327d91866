"""Made-up companies for benchmarks and tests: clean columns, and the same figures as people write them in tables.

Nothing here is a real company. A seed gives the same companies each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import polars as pl
import xlsxwriter

WAN = 10_000
MISSING = 0.12
HEADINGS = [
    "企业名称", "统一社会信用代码", "2023年营业收入(万元)", "2024年营业收入(万元)", "2025年营业收入(万元)", "2024年研发费用(万元)",
    "2025年研发费用(万元)", "2025年主营业务收入占比", "2025年末资产负债率(%)", "细分市场年限(年)", "是否中小企业", "是否创新型中小企业",
    "是否科技型中小企业", "是否专精特新中小企业", "自有发明专利数(项)", "I类知识产权已用上并有收益", "科技奖级别", "研发机构级别",
    "近两年新增股权投资(万元)", "主导产品收入占比", "占有率较为靠前", "知名度", "市场占有率", "主导产品属于所列领域", "2026年发展评价得分",
    "是否列入经营异常名录", "是否列入严重失信名单", "产品属于限制或淘汰类", "近三年五类情形", "境内依法设立",
]  # fmt: skip


@dataclass(frozen=True)
class Company:
    """One company's plain values in the order of ``HEADINGS``; None where unknown. Money in 万元, shares as percent."""

    values: tuple[object, ...]


def companies(count: int, seed: int = 7) -> Iterator[Company]:
    """``count`` companies, some of them exactly on a threshold."""
    random = Random(seed)
    for number in range(count):
        yield Company(tuple(_values(random, number)))


def _values(random: Random, number: int) -> list[object]:
    revenue = random.choice([1500, 5000, round(random.lognormvariate(8.3, 1.0), 2)])
    before = round(revenue * random.uniform(0.75, 1.05), 2)
    earlier = round(before * random.uniform(0.75, 1.05), 2)
    rd = random.choice([round(revenue * 0.03, 2), 100, round(revenue * random.uniform(0.005, 0.12), 2)])
    level = ["无", "市级", "省部级", "国家级"]
    plain: list[object] = [
        earlier, before, revenue, min(round(before * random.uniform(0.01, 0.1), 2), before), min(rd, revenue),
        random.choice([80, 90, round(random.uniform(55, 100), 1)]), random.choice([75, 80, round(random.uniform(5, 98), 1)]),
        random.choice([2, 3, random.randint(1, 30)]), random.random() < 0.98, random.random() < 0.7, random.random() < 0.5,
        random.random() < 0.5, random.choice([0, 1, 4, random.randint(0, 30)]), random.random() < 0.85,
        random.choices(level, (90, 5, 4, 1))[0], random.choices(level, (70, 15, 13, 2))[0],
        random.choice([0, 0, 0, 2000, random.randint(0, 6000)]), round(random.uniform(40, 100), 1), random.random() < 0.8,
        random.random() < 0.8, round(random.uniform(1, 40), 1), random.random() < 0.6, random.randint(30, 95),
        random.random() < 0.03, random.random() < 0.02, random.random() < 0.01, random.random() < 0.04, random.random() < 0.99,
    ]  # fmt: skip
    known = [None if random.random() < MISSING else value for value in plain]
    return [f"示例企业{number + 1:07d}", f"91310000MA{number:08d}", *known]


Writer = Callable[[Random, float], str]
MONEY: list[Writer] = [
    lambda r, v: f"{v:g}", lambda r, v: f"{v:,.2f}", lambda r, v: f"{v:,.2f}万", lambda r, v: f"{v:.2f}万元",
    lambda r, v: f"{v:.2f} 万", lambda r, v: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{v:.2f}"),
    lambda r, v: f"¥{v:,.2f}万", lambda r, v: f"{v * WAN:.0f}元",
]  # fmt: skip
BLANKS = ["", "-", "—", "不清楚", "/", "未知"]
YES_NO = {True: ["是", "有", "√", "Y", "1"], False: ["否", "无", "×", "N", "0"]}


def messy(value: object, heading: str, random: Random) -> object:
    """A value as someone may have typed it; now and then unreadable, about right, or impossible."""
    if value is None:
        return random.choice(BLANKS)
    if isinstance(value, bool):
        return random.choice(YES_NO[value])
    if isinstance(value, str) or heading in ("企业名称", "统一社会信用代码"):
        return value
    assert isinstance(value, int | float)
    chance = random.random()
    if chance < 0.01:
        return random.choice(["见附件", f"约{value:.0f}", "待补充", f"{value:.0f}-{value + 100:.0f}", "#N/A"])
    if chance < 0.011:
        return -abs(value)
    if "万元" in heading:
        return value if chance < 0.6 else random.choice(MONEY)(random, float(value))
    if heading.endswith("占比") or "率" in heading:
        return f"{value}%" if chance < 0.5 else f"{value}％" if chance < 0.6 or "%" not in heading else value
    return value if chance < 0.8 else str(value)


def write_messy_workbook(path: Path, count: int, seed: int = 7) -> None:
    """A workbook with a title row, a unit in the headings, and messy cells."""
    random = Random(seed + 1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("企业")
        sheet.write_string(0, 0, "2025年度企业情况表")
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(1, column, heading)
        for row, company in enumerate(companies(count, seed), 2):
            for column, (heading, value) in enumerate(zip(HEADINGS, company.values, strict=True)):
                cell = messy(value, heading, random)
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write_number(row, column, float(str(cell)))


def write_parquet(path: Path, count: int, seed: int = 7) -> None:
    """A Parquet file with typed columns."""
    columns = list(zip(*(company.values for company in companies(count, seed)), strict=True))
    frame = {
        heading: pl.Series(values, dtype=pl.Float64) if _is_number(values) else pl.Series(values)
        for heading, values in zip(HEADINGS, columns, strict=True)
    }
    pl.DataFrame(frame).write_parquet(path, row_group_size=100_000)


def _is_number(values: tuple[object, ...]) -> bool:
    return any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
