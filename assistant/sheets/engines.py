"""The engines that judge a piece of a table: Polars here, or Spark on one machine or a cluster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import polars as pl

from assistant.batch.screen import screen_frame
from assistant.sheets.results import Screened

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Engine = Literal["polars", "spark"]
ORDER = "__order"
LOCAL = "local[*]"


class Judge:
    """Judges pieces one after the other. A Spark session is opened for the first piece and kept for the others."""

    def __init__(self, engine: Engine, master: str | None, as_of: date) -> None:
        self.engine, self.master, self.as_of = engine, master or LOCAL, as_of
        self._session: SparkSession | None = None

    def judge(self, facts: pl.DataFrame, one: Screened) -> pl.DataFrame:
        """The facts with the verdict columns of ``screen_frame``, rows in order. Raises BadInput without Spark."""
        if self.engine == "polars":
            return screen_frame(facts, one.standard, track=one.track, round_year=one.round_year, as_of=self.as_of)
        from assistant.batch.spark import open_session, screen_spark

        if self._session is None:
            self._session = open_session(self.master)
        given = self._session.createDataFrame(
            facts.with_row_index(ORDER).cast({ORDER: pl.Int64}).to_arrow(compat_level=pl.CompatLevel.oldest())
        )
        judged = screen_spark(given, one.standard, track=one.track, round_year=one.round_year, as_of=self.as_of)
        found = pl.from_arrow(judged.toArrow())
        assert isinstance(found, pl.DataFrame)
        return found.sort(ORDER).drop(ORDER)
