"""A Spark session for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant.batch.spark import open_session, why_not

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Two threads, little memory; skipped with a reason where Spark cannot run."""
    if why := why_not():
        pytest.skip(why)
    session = open_session(
        "local[2]", spark_driver_memory="1g", spark_sql_shuffle_partitions="2", spark_log_level="ERROR"
    )
    yield session
    session.stop()
