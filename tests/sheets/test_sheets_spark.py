"""The same table on Spark comes to the same results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from sheets_made import HEADINGS, company, results, text_table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.spark
def test_spark_and_polars_write_the_same(tmp_path: Path, spark: SparkSession) -> None:
    rows = [company(企业名称=f"第{n}家", 评价得分=n, 负债率=-1 if n == 50 else n) for n in range(45, 60)]
    source = text_table(tmp_path / "企业.csv", HEADINGS, *rows)
    here = results(source, tmp_path / "a.parquet", rows=10)
    there = results(source, tmp_path / "b.parquet", rows=10, engine="spark", master="local[2]")
    assert there.equals(here)
    assert pl.Series(["eligible", "needs_info", "not_eligible"]).is_in(here["zjtx.outcome"].implode()).all()
