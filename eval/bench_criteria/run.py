"""All ways in one run, their verdicts counted against the exact reference."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from eval.bench_criteria.companies import companies
from eval.bench_criteria.reference import verdicts
from eval.bench_criteria.rule import STANDARD
from eval.bench_criteria.ways import WAYS, Measured, Unable

Progress = Callable[[str, int, int], None]
SCALAR, POLARS, OPENFISCA, END_TO_END = "逐行求值（一核，留全部依据）", "Polars", "OpenFisca-core", "Parquet 到结论"
GOALS = {
    "scalar_rows_per_s": 40_000.0,
    "polars_over_openfisca": 5.0,
    "end_to_end_rows_per_s": 500_000.0,
    "peak_gb": 1.0,
}


class Line(BaseModel):
    """One way: rows per second, wrong verdicts (and which), peak memory; ``why`` where it could not run."""

    name: str
    seconds: float | None = None
    rows_per_s: float | None = None
    wrong: int | None = None
    unknown_refused: int | None = None
    unknown_granted: int | None = None
    peak_gb: float | None = None
    note: str = ""
    why: str = ""


class CriteriaBench(BaseModel):
    """The whole run. ``outcomes`` counts the reference's verdicts."""

    standard: str
    processors: int
    rows: int
    outcomes: dict[str, int]
    lines: list[Line]

    def line(self, name: str) -> Line:
        """The line of a way."""
        return next(line for line in self.lines if line.name == name)

    def reached(self) -> dict[str, float | None]:
        """What was measured for every goal; None where it was not."""
        polars, openfisca = self.line(POLARS).rows_per_s, self.line(OPENFISCA).rows_per_s
        return {
            "scalar_rows_per_s": self.line(SCALAR).rows_per_s,
            "polars_over_openfisca": polars / openfisca if polars and openfisca else None,
            "end_to_end_rows_per_s": self.line(END_TO_END).rows_per_s,
            "peak_gb": self.line(END_TO_END).peak_gb,
        }

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {**self.model_dump(), "goals": GOALS, "reached": self.reached()}


def bench(rows: int, repeats: int = 5, *, progress: Progress = lambda what, done, of: None) -> CriteriaBench:
    """Measure every way on ``rows`` made-up companies, the fast ones ``repeats`` times (the best counts)."""
    frame = companies(rows)
    exact = verdicts(frame, lambda done: progress("精确的参照", done, rows))
    lines: list[Line] = []
    for n, (name, way) in enumerate(WAYS.items()):
        progress(name, n, len(WAYS))
        try:
            measured = way(frame, repeats, lambda done, name=name: progress(name, done, rows))  # type: ignore[misc]
        except Unable as error:
            lines.append(Line(name=name, why=str(error)))
            continue
        lines.append(_line(name, measured, exact))
    counts = {word: int((exact == code).sum()) for code, word in enumerate(("not_eligible", "needs_info", "eligible"))}
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return CriteriaBench(standard=STANDARD, processors=processors, rows=rows, outcomes=counts, lines=lines)


def _line(name: str, measured: Measured, exact: NDArray[np.int8]) -> Line:
    wrong = measured.codes != exact
    open_ = wrong & (exact == 1)
    return Line(
        name=name,
        seconds=round(measured.seconds, 4),
        rows_per_s=round(len(exact) / measured.seconds),
        wrong=int(wrong.sum()),
        unknown_refused=int((open_ & (measured.codes == 0)).sum()),
        unknown_granted=int((open_ & (measured.codes == 2)).sum()),
        peak_gb=None if measured.peak_bytes is None else round(measured.peak_bytes / 1e9, 3),
        note=measured.note,
    )


def as_text(result: CriteriaBench) -> str:
    """The figures in lines."""
    counts = result.outcomes
    lines = [
        f"专精特新中小企业附件1（首次申报，六条），{result.rows:,} 家虚构企业，{result.processors} 个处理器",
        f"参照（分数运算）：符合 {counts['eligible']:,}，不符合 {counts['not_eligible']:,}，缺信息 {counts['needs_info']:,}",
        *(_said(line) for line in result.lines),
    ]
    reached = result.reached()
    goals = [
        ("逐行求值", reached["scalar_rows_per_s"], GOALS["scalar_rows_per_s"], "家/秒"),
        ("Polars 是 OpenFisca 的", reached["polars_over_openfisca"], GOALS["polars_over_openfisca"], "倍"),
        ("Parquet 到结论", reached["end_to_end_rows_per_s"], GOALS["end_to_end_rows_per_s"], "家/秒"),
        ("内存峰值（不超过）", reached["peak_gb"], GOALS["peak_gb"], "GB"),
    ]
    said = [
        f"{name} {_number(value)}{unit}（目标 {_number(goal)}）"
        for name, value, goal, unit in goals
        if value is not None
    ]
    return "\n".join([*lines, "目标：" + "；".join(said)])


def _said(line: Line) -> str:
    if line.rows_per_s is None:
        return f"{line.name}：没有测。{line.why}"
    wrong = f"错 {line.wrong:,}"
    if line.unknown_refused or line.unknown_granted:
        wrong += f"（其中把未知当成不符合 {line.unknown_refused:,}、当成符合 {line.unknown_granted:,}）"
    peak = "" if line.peak_gb is None else f"，内存峰值 {line.peak_gb * 1000:.0f} MB"
    return f"{line.name}：{line.rows_per_s:,.0f} 家/秒，{wrong}{peak}（{line.note}）"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
