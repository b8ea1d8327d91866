"""PySpark says what Polars says, row by row, for every standard."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import engine_made as made
import polars as pl
import pytest

from assistant.batch import spark as engine
from assistant.batch.columns import schema
from assistant.batch.screen import screen_frame
from assistant.batch.spark import screen_spark
from assistant.errors import BadInput
from corpus.criteria_models import load_standards

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

STANDARDS = {standard.id: standard for standard in load_standards()}
ROWS = 60
pytestmark = pytest.mark.spark


@pytest.mark.parametrize("name", list(STANDARDS))
def test_every_standard(spark: SparkSession, name: str) -> None:
    standard = STANDARDS[name]
    chance = random.Random(3)
    keys = [key for key in made.keys_of(standard) if chance.random() < 0.15]
    rows = [made.row(standard, keys, chance, gaps=0.6) for _ in range(ROWS)]
    too_large = {key: 2**62 for key in keys if made.DICTIONARY.of_key(key).type == "money"}
    frame = pl.DataFrame([*rows, rows[0] | too_large], schema=schema(keys, made.DICTIONARY))
    frame = frame.with_columns(pl.int_range(ROWS + 1).cast(pl.Int64).alias("number"))
    expected = screen_frame(frame, standard, track="first", round_year=made.ROUND)
    words = [name for name, kind in expected.schema.items() if isinstance(kind, pl.Enum)]
    given = spark.createDataFrame(frame.to_arrow(compat_level=pl.CompatLevel.oldest()))
    judged = screen_spark(given, standard, track="first", round_year=made.ROUND)
    found = pl.from_arrow(judged.toArrow())
    assert isinstance(found, pl.DataFrame)
    assert found.columns == expected.columns
    assert found.sort("number").equals(expected.with_columns(pl.col(words).cast(pl.String)))


def test_columns_of_another_type_are_refused(spark: SparkSession) -> None:
    given = spark.createDataFrame([("1500万",)], "`revenue@2025` string")
    with pytest.raises(BadInput, match="bigint"):
        screen_spark(given, STANDARDS["zjtx-2026"], track="first", round_year=made.ROUND)


def test_without_java_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(BadInput, match="Java"):
        engine.open_session()
