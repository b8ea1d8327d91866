"""The same screening on PySpark: any cluster by its master, ``local[*]`` on one machine.

The plan runs as the same expressions inside Spark; the last step (codes to words, rows in doubt) is the same function,
on the workers. Rows keep the order that they have in their partition.
"""

from __future__ import annotations

import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from assistant.batch import vector
from assistant.batch.columns import TYPES, fact_columns
from assistant.batch.plan import Plan, compile_plan
from assistant.batch.screen import finish, free_names, result_types
from assistant.errors import BadInput
from corpus.criteria_models import Standard, Track
from corpus.facts_models import load_dictionary

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ROOT = Path(__file__).parents[2]
SPARK_TYPES = {pl.Int64: "bigint", pl.Float64: "double", pl.Boolean: "boolean", pl.String: "string"}
NO_SPARK = "没有装 PySpark：请装上可选的 spark（pip install 'tiaoli[spark]'），或者用 --engine polars。"
NO_JAVA = "没有找到 Java：Spark 要用 Java 17 或更新的版本。请装好后设置 JAVA_HOME，或者用 --engine polars。"


def why_not() -> str:
    """Why Spark cannot run here, as a sentence; empty where it can."""
    from importlib.util import find_spec

    if find_spec("pyspark") is None:
        return NO_SPARK
    home = environ.get("JAVA_HOME")
    java = Path(home, "bin", "java").exists() if home else shutil.which("java")
    return "" if java else NO_JAVA


@contextmanager
def _own_types() -> Iterator[None]:
    """Without what PySpark says of new versions of pandas, whose frames are not used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield


def open_session(master: str = "local[*]", **settings: str) -> SparkSession:
    """A session on ``master``; ``settings`` are Spark's own, with _ for a dot. Raises BadInput where Spark cannot run."""
    if why := why_not():
        raise BadInput(why)
    from pyspark.sql import SparkSession

    if master.startswith("local"):  # the workers are this machine's own: they need this very environment
        environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.Builder().master(master).appName("tiaoli")
    builder = builder.config("spark.executorEnv.PYTHONPATH", str(ROOT))
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    with _own_types():
        return builder.getOrCreate()


def screen_spark(
    frame: DataFrame,
    standard: Standard,
    *,
    track: Track | None,
    round_year: int,
    rest: bool = False,
    as_of: date | None = None,
    place: str | None = None,
) -> DataFrame:
    """As ``screen.screen_frame``, on a Spark frame; outcomes are strings there.

    Raises BadInput where a column has another type than ``columns.column_type`` or the name of a result.
    """
    plan = compile_plan(standard, track, round_year, frame.columns, as_of=as_of, rest=rest, place=place)
    _check_types(dict(frame.dtypes), plan)
    run: Any = vector.run_guarded(nw.from_native(frame), plan).to_native()
    types = {name: f"`{name}` {kind}" for name, kind in frame.dtypes}
    types |= {
        name: f"`{name}` {'boolean' if kind == pl.Boolean else 'string'}" for name, kind in result_types(plan).items()
    }

    own = frame.columns

    def settle(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            judged = _from_arrow(batch)
            done = finish(judged.select(own), judged.drop(own), plan)
            words = [name for name, kind in done.schema.items() if isinstance(kind, pl.Enum)]
            table = done.with_columns(pl.col(words).cast(pl.String)).to_arrow(compat_level=pl.CompatLevel.oldest())
            yield from table.to_batches()

    with _own_types():
        done: DataFrame = run.mapInArrow(settle, ", ".join(types.values()))
    return done


def _from_arrow(batch: Any) -> pl.DataFrame:
    """An Arrow batch as a frame."""
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _check_types(types: dict[str, str], plan: Plan) -> None:
    dictionary = load_dictionary()
    for name in fact_columns(types, dictionary):
        wanted = SPARK_TYPES[TYPES[dictionary.of_key(name).type]]
        if types[name] != wanted:
            raise BadInput(f"列“{name}”的类型是 {types[name]}，应当是 {wanted}，请先按事实的类型整理好。")
    free_names(types, plan)
