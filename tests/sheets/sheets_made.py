"""Small tables for the tests of screening, written as people write them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from assistant.sheets.job import Done, Settings, run

DAY = date(2026, 11, 21)
HEADINGS = [
    "企业名称", "2024年营业收入（万元）", "2025年营业收入（万元）", "2024年研发费用（万元）", "2025年研发费用（万元）", "2025年主营业务收入占比（%）",
    "2025年末资产负债率（%）", "细分市场年限", "是否创新型中小企业", "是否中小企业", "发明专利数", "I类知识产权已用上并有收益", "占有率较为靠前", "知名度",
    "2026年专精特新发展评价得分", "是否列入经营异常名录或严重失信名单",
    "产品属于限制或淘汰类", "近三年五类情形", "科技奖级别", "研发机构级别", "2025年主导产品收入占比（%）",
    "近两年新增股权投资（万元）",
]  # fmt: skip
GOOD: list[Any] = [
    "甲公司", 2800, 3000, 120, 130, 92, 45, 6, "是", "是", 1, "是", "是", "是", 62, "否", "否", "否", "无", "无", 60, 0,
]  # fmt: skip


def company(**changes: Any) -> list[Any]:
    """The good company, with cells changed by the beginning of their heading."""
    cells = list(GOOD)
    for heading, value in changes.items():
        found = [i for i, name in enumerate(HEADINGS) if heading in name]
        assert len(found) == 1, heading
        cells[found[0]] = value
    return cells


def workbook(path: Path, *rows: list[Any], name: str = "企业") -> Path:
    """A workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def text_table(path: Path, *rows: list[Any], encoding: str = "utf-8") -> Path:
    """A CSV file of these rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def screened(source: Path, target: Path, **settings: Any) -> Done:
    """Screen for 专精特新 unless said otherwise."""
    return run(source, target, Settings(as_of=DAY, **{"titles": ("zjtx",), "track": "first", **settings}))


def results(source: Path, target: Path, **settings: Any) -> pl.DataFrame:
    """The results as a frame, by way of Parquet."""
    screened(source, target, **settings)
    return pl.read_parquet(target)
