"""The ways to run the rule. Each prepares its input, then judges all rows, as often as it is asked to.

A way that cannot run here raises Unable with the sentence that says why.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assistant.batch import vector
from assistant.batch.plan import VERDICTS, compile_plan, verdict_only
from assistant.batch.rows import RowEvaluator
from assistant.batch.screen import VERDICT, screen_frame
from assistant.batch.settle import settle
from eval.bench_criteria import numpy_rule
from eval.bench_criteria.rule import ROUND, TRACK, annex_1

T = TypeVar("T")
Codes = NDArray[np.int8]
Progress = Callable[[int], None]
AT_ONCE = 50_000
LONGEST_S = 1800


class Unable(Exception):
    """Why a way cannot run."""


@dataclass(frozen=True)
class Measured:
    """Seconds of the best run, the verdicts (0 not eligible, 1 undecided, 2 eligible), peak memory where known."""

    seconds: float
    codes: Codes
    peak_bytes: int | None = None
    note: str = ""


def scalar(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """One row after the other on one core, with the full trace; rows in doubt by the exact evaluator."""
    plan = compile_plan(annex_1(), TRACK, ROUND, frame.columns)
    evaluator, ordered = RowEvaluator(plan), frame.select(plan.columns)
    codes = np.empty(frame.height, np.int8)
    seconds, doubtful = 0.0, 0
    for first in range(0, frame.height, AT_ONCE):
        rows = ordered.slice(first, AT_ONCE).rows()
        started = time.perf_counter()
        for n, row in enumerate(rows, first):
            found = evaluator(row)
            if found.exact:
                codes[n] = settle(dict(zip(plan.columns, row, strict=True)), plan).outcome
                doubtful += 1
            else:
                codes[n] = found.value(plan.outcome)
        seconds += time.perf_counter() - started
        progress(first)
    return Measured(seconds, codes, note=f"{len(plan.leaves)} 个叶子都留着结果，{doubtful} 行转逐行精确计算")


def polars(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """Verdicts alone, and which rows are in doubt."""
    plan = verdict_only(compile_plan(annex_1(), TRACK, ROUND, frame.columns))

    def run() -> pl.DataFrame:
        return vector.run(frame, plan)

    seconds, found = _best(run, repeats)
    codes = found[vector.name_of(plan.outcome)].to_numpy().astype(np.int8)
    doubtful = found[vector.name_of(plan.doubt)].arg_true()
    for n, row in zip(doubtful, frame[doubtful].iter_rows(named=True), strict=True):
        codes[n] = settle(row, plan).outcome
    return Measured(seconds, codes, note="只算结论")


def polars_reasons(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """Verdicts with every criterion, what fails and what is missing, in words."""

    def run() -> pl.DataFrame:
        return screen_frame(frame, annex_1(), track=TRACK, round_year=ROUND)

    seconds, found = _best(run, repeats)
    return Measured(seconds, _codes(found["outcome"]), note="结论、逐条结果、不满足和缺的，都成文字")


def spark(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """The same on Spark, ``local[*]``: from a Parquet file to all columns of the result, which are thrown away."""
    from assistant.batch.spark import open_session, screen_spark, why_not

    if why := why_not():
        raise Unable(why)
    with tempfile.TemporaryDirectory(prefix="tiaoli-bench-") as folder:
        path = Path(folder) / "companies.parquet"
        frame.with_columns(pl.int_range(frame.height).cast(pl.Int64).alias("number")).write_parquet(path)
        session = open_session(spark_driver_memory="2g", spark_log_level="ERROR", spark_ui_showConsoleProgress="false")
        try:
            judged = screen_spark(session.read.parquet(str(path)), annex_1(), track=TRACK, round_year=ROUND)
            seconds, _ = _best(lambda: judged.write.format("noop").mode("overwrite").save(), min(repeats, 2))
            table = pl.from_arrow(judged.select("number", "outcome").toArrow())
        finally:
            session.stop()
    assert isinstance(table, pl.DataFrame)
    return Measured(
        seconds, _codes(table.sort("number")["outcome"].cast(VERDICT)), note="本机 local[*]，从 Parquet 读起，带理由"
    )


def openfisca(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """The rule in OpenFisca's own idiom."""
    try:
        from eval.bench_criteria import openfisca_rule
    except ImportError as error:
        raise Unable("没有装 openfisca-core（开发依赖），这一行跳过。") from error
    system, given = openfisca_rule.system(), openfisca_rule.inputs(frame)
    seconds, codes = _best(lambda: openfisca_rule.verdicts(system, given), repeats)
    return Measured(seconds, codes, note="没有“未知”，缺的按 0 或否算")


def plain_numpy(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """The rule in numpy, written by hand."""
    given = numpy_rule.arrays(frame)
    seconds, codes = _best(lambda: numpy_rule.verdicts(given), repeats)
    return Measured(seconds, codes, note="手写，双精度浮点")


def end_to_end(frame: pl.DataFrame, repeats: int, progress: Progress) -> Measured:
    """Parquet to Parquet in a process of its own, with its peak memory."""
    with tempfile.TemporaryDirectory(prefix="tiaoli-bench-") as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        frame.write_parquet(source)
        command = [sys.executable, "-m", "eval.bench_criteria.end_to_end", str(source), str(target)]
        runs: list[dict[str, Any]] = []
        for _ in range(repeats):
            done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False, cwd=_root())
            if done.returncode:
                raise Unable(f"没有跑完：{''.join(done.stderr.strip().splitlines()[-1:])}")
            runs.append(json.loads(done.stdout))
        codes = _codes(pl.read_parquet(target, columns=["outcome"])["outcome"].cast(VERDICT))
    seconds, peak = min(run["seconds"] for run in runs), max(run["peak_bytes"] for run in runs)
    return Measured(seconds, codes, peak, note="读、判、写 Parquet，带理由")


WAYS: dict[str, Callable[[pl.DataFrame, int, Progress], Measured]] = {
    "逐行求值（一核，留全部依据）": scalar,
    "Polars": polars,
    "Polars（带理由）": polars_reasons,
    "PySpark": spark,
    "OpenFisca-core": openfisca,
    "numpy": plain_numpy,
    "Parquet 到结论": end_to_end,
}
"""Name → way, in the order of the table."""


def _best(run: Callable[[], T], repeats: int) -> tuple[float, T]:
    """Seconds of the fastest of several runs after one to warm up, and what it gave."""
    found = run()
    seconds = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        found = run()
        seconds = min(seconds, time.perf_counter() - started)
    return seconds, found


def _codes(outcomes: pl.Series) -> Codes:
    """Outcomes in words as codes; what is not decided for whatever reason is 1."""
    codes = outcomes.to_physical().to_numpy().astype(np.int8)
    return np.where(codes == VERDICTS.index("invalid_input"), np.int8(1), codes)


def _root() -> Path:
    return Path(__file__).parents[2]
