"""Screen a frame of companies against a standard: verdict, what fails, what is not known, what to ask, per row.

``screen_frame`` takes and gives Polars frames, ``spark.screen_spark`` does the same on PySpark. Rows keep their order and
columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TypeVar

import polars as pl

from assistant.batch import vector
from assistant.batch.columns import column_type, fact_columns, fits
from assistant.batch.judged import OUTCOMES
from assistant.batch.plan import AT_ONCE, VERDICTS, Plan, compile_plan
from assistant.batch.settle import Settled, settle
from assistant.errors import BadInput
from corpus.criteria_models import Standard, Track
from corpus.facts_models import load_dictionary

JOIN = "、"
"""Between clauses."""
APART = "；"
"""Between missing facts, whose names may hold 、."""
VERDICT = pl.Enum(VERDICTS)
OUTCOME = pl.Enum(OUTCOMES)
RESULTS = ("outcome", "failing", "unknown", "missing", "exact")
"""The columns beside those of the criteria."""
F = TypeVar("F", pl.DataFrame, pl.LazyFrame)


def screen_frame(
    frame: F,
    standard: Standard,
    *,
    track: Track | None,
    round_year: int,
    rest: bool = False,
    as_of: date | None = None,
    place: str | None = None,
) -> F:
    """The frame with the verdict of every row; a lazy frame stays lazy and can be streamed.

    Columns that are named by fact key are read (see ``columns``), all are kept. Added are ``outcome`` (eligible,
    not_eligible, needs_info, invalid_input), ``failing`` and ``unknown`` (clauses, joined by 、), ``missing`` (facts
    that still matter, with their year, joined by ；; only where the outcome is needs_info), ``exact`` (whether the
    exact evaluator settled the row) and one column per criterion id with its outcome (met, not_met, unknown, exempt,
    declared, manual). For the other arguments see ``plan.compile_plan``.

    Raises BadInput where a column has another type than ``columns.column_type`` or the name of a result.
    """
    types = dict(frame.collect_schema())
    plan = compile_plan(standard, track, round_year, types, as_of=as_of, rest=rest, place=place)
    check_types(types, plan)
    if isinstance(frame, pl.DataFrame):
        return screen_rows(frame, plan)
    return frame.map_batches(partial(screen_rows, plan=plan), schema={**types, **result_types(plan)}, streamable=True)


def check_types(types: dict[str, pl.DataType], plan: Plan) -> None:
    """Raises BadInput where the columns cannot be read as facts."""
    dictionary = load_dictionary()
    for name in fact_columns(types, dictionary):
        entry = dictionary.of_key(name)
        if not fits(types[name], entry):
            wanted = column_type(entry)
            raise BadInput(f"列“{name}”的类型是 {types[name]}，应当是 {wanted.__name__}，请先按事实的类型整理好。")
    free_names(types, plan)


def free_names(names: Iterable[str], plan: Plan) -> None:
    """Raises BadInput where a column has the name of a result."""
    present = set(names)
    taken = [name for name in (*RESULTS, *plan.criteria) if name in present]
    if taken:
        raise BadInput(f"表里已经有叫 {JOIN.join(taken)} 的列，与结果的列重名，请先改名。")


def result_types(plan: Plan) -> dict[str, pl.DataType]:
    """Name and type of every result column, in order."""
    text, flag = pl.String(), pl.Boolean()
    shared: dict[str, pl.DataType] = dict(zip(RESULTS, (VERDICT, text, text, text, flag), strict=True))
    return shared | dict.fromkeys(plan.criteria, OUTCOME)


def screen_rows(frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The frame with the results of ``plan``."""
    return finish(frame, vector.run(frame, plan), plan)


def finish(own: pl.DataFrame, codes: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The companies with what ``vector.run`` gives of them: codes as words, rows in doubt settled."""
    doubt = codes[vector.name_of(plan.doubt)]
    rows = doubt.arg_true()
    settled = [settle(row, plan) for row in own.select(plan.columns)[rows].iter_rows(named=True)] if len(rows) else []
    results = [
        _words(_laid_over(codes, plan.outcome, rows, [one.outcome for one in settled]), VERDICT, "outcome"),
        _texts(_laid_over(codes, plan.failing, rows, [one.failing for one in settled]), plan.clauses, "failing"),
        _texts(_laid_over(codes, plan.unknown, rows, [one.unknown for one in settled]), plan.clauses, "unknown"),
        _missing(codes, plan, rows, settled),
        doubt.alias("exact"),
        *(
            _words(_laid_over(codes, ref, rows, [one.criteria[i] for one in settled]), OUTCOME, i)
            for i, ref in plan.criteria.items()
        ),
    ]
    return own.hstack(results)


def _laid_over(codes: pl.DataFrame, ref: int, rows: pl.Series, values: list[int]) -> pl.Series:
    """A column of codes with those of the settled rows."""
    column = codes[vector.name_of(ref)]
    return column.clone().scatter(rows, pl.Series(values, dtype=column.dtype)) if len(rows) else column


def _words(codes: pl.Series, words: pl.Enum, name: str) -> pl.Series:
    return codes.cast(pl.UInt8).cat.to(words).alias(name)


def _texts(masks: pl.Series, names: list[str], name: str, between: str = JOIN) -> pl.Series:
    """The names of the bits that are set, each different mask written once."""
    different = masks.unique()
    texts = [between.join(names[n] for n in range(len(names)) if mask >> n & 1) for mask in different]
    return masks.replace_strict(different, texts, return_dtype=pl.String).alias(name)


def _missing(codes: pl.DataFrame, plan: Plan, rows: pl.Series, settled: list[Settled]) -> pl.Series:
    names = plan.missing_names
    parts = [
        _texts(codes[vector.name_of(ref)], names[n * AT_ONCE : (n + 1) * AT_ONCE], str(n), APART)
        for n, ref in enumerate(plan.missing)
    ]
    if len(parts) == 1:
        text = parts[0]
    else:
        joined = pl.concat_str(pl.all(), separator=APART).str.replace_all(f"{APART}+", APART).str.strip_chars(APART)
        text = pl.DataFrame(parts).select(joined).to_series() if parts else pl.repeat("", codes.height, eager=True)
    if len(rows):
        text = text.scatter(rows, pl.Series([APART.join(one.missing) for one in settled], dtype=pl.String))
    return text.alias("missing")
