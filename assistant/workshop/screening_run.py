"""One screening from the file to the figures of its charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl

from assistant.errors import BadInput
from assistant.sheets.job import Done, Settings, look, run
from assistant.sheets.results import OUTCOMES, Screened
from assistant.sheets.write import KINDS
from assistant.workshop.screening_models import TABLE, Counted, NearMiss, Screening, ScreeningResult, TitleResult

MOST_COMPANIES = 5000
SHOWN, NEAREST = 12, 20
RESULTS = "results.parquet"
Tell = Callable[[str, int, int], None]


def settings_of(job: Screening) -> Settings:
    """How the companies of a job are screened."""
    return Settings(as_of=job.as_of, titles=tuple(job.titles), track=job.track)


def screen(job: Screening, source: Path, tell: Tell) -> ScreeningResult:
    """Screen the companies of ``source`` and write the table beside it; what was begun goes on. Raises BadInput where
    the file cannot be read, or holds more companies than a class has."""
    settings = settings_of(job)

    def watch(stage: str, done: int, of: int | None) -> None:
        tell(stage, done, of or 0)

    _, survey = look(source, settings, watch)
    if survey.rows > MOST_COMPANIES:
        raise BadInput(f"这张表有{survey.rows:,}家企业，课堂上一次最多{MOST_COMPANIES:,}家，请分几次。")
    done = run(source, source.with_name(RESULTS), settings, watch)
    frame = pl.read_parquet(source.with_name(RESULTS))
    table = run(source, source.with_name(TABLE), settings, watch)
    return ScreeningResult(
        companies=done.tally.rows, titles=[_title(done, one, frame) for one in done.screened],
        cells=_counted(done.tally.cells, KINDS), notes=[*done.survey.notes, *done.notes],
        seconds=round(done.seconds + table.seconds, 2),
    )  # fmt: skip


def _title(done: Done, one: Screened, frame: pl.DataFrame) -> TitleResult:
    counts = done.tally.titles[one.name]
    outcomes = [Counted(id=name, label=label, count=counts.outcomes.get(name, 0)) for name, label in OUTCOMES.items()]
    return TitleResult(
        title=one.standard.title, standard=one.standard.name, outcomes=outcomes, failing=_counted(counts.failing),
        missing=_counted(counts.missing), near=_near(one, frame),
    )  # fmt: skip


def _counted(counts: Counter[str], labels: dict[str, str] | None = None) -> list[Counted]:
    most = counts.most_common() if labels is not None else counts.most_common(SHOWN)
    return [Counted(id=name, label=(labels or {}).get(name, name), count=count) for name, count in most]


def _near(one: Screened, frame: pl.DataFrame) -> list[NearMiss]:
    """The companies that fail one criterion and leave none open, those with the fewest figures short first."""
    outcomes = [pl.col(one.column(id_)) for id_ in one.clauses]
    fails = pl.sum_horizontal(column == "not_met" for column in outcomes)
    open_ = pl.sum_horizontal(column == "unknown" for column in outcomes)
    gap, failing = pl.col(one.column("gap")).cast(pl.String), pl.col(one.column("failing")).cast(pl.String)
    close = (
        frame.filter((fails == 1) & (open_ == 0))
        .select("name", "row", failing.alias("failing"), gap.fill_null("").alias("gap"))
        .with_columns(figures=gap_parts(pl.col("gap")))
        .sort(pl.col("figures") == 0, "figures", "row")
        .head(NEAREST)
    )
    return [
        NearMiss(name=row["name"] or f"第{row['row']}行", row=row["row"], failing=row["failing"], gap=row["gap"])
        for row in close.iter_rows(named=True)
    ]


def gap_parts(gap: pl.Expr) -> pl.Expr:
    """How many figures fall short; none in an empty text."""
    return pl.when(gap == "").then(0).otherwise(gap.str.count_matches("；") + 1)
