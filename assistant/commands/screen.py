"""``tiaoli screen``: a table of companies in, verdicts and reasons out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.commands.shared import AsOf, Json, day, show
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.sheets.job import Done, Settings, Watcher
    from assistant.sheets.survey import Survey

TRACKS: dict[str | None, Literal["first", "review"] | None] = {None: None, "first": "first", "review": "review"}
ENGINES: dict[str, Literal["polars", "spark"]] = {"polars": "polars", "spark": "spark"}
SHOWN = 5


def screen(
    source: Annotated[Path, typer.Argument(metavar="IN", help="企业名单：.xlsx、.csv 或 .parquet。")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="结果：.xlsx、.csv 或 .parquet。")] = None,
    title: Annotated[
        list[str] | None, typer.Option("--title", help="核对哪个称号，可重复；默认专精特新和小巨人。")
    ] = None,
    track: Annotated[str | None, typer.Option("--track", help="first 首次，review 复核；不写则两种都看。")] = None,
    as_of: AsOf = None,
    round_: Annotated[int | None, typer.Option("--round", min=2000, max=2100, help="哪一年的申报，默认今年。")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="对照文件（YAML）：写明每一列是什么。")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只看每一列读成什么，不核对。")] = False,
    engine: Annotated[str, typer.Option("--engine", help="polars（本机）或 spark（集群）。")] = "polars",
    master: Annotated[str | None, typer.Option("--master", help="Spark 集群的地址，默认 local[*]。")] = None,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", help="接着上次没做完的做；或从头开始。")] = True,
    rows: Annotated[int, typer.Option("--rows", min=1, max=1_000_000, help="一批多少行。")] = 50_000,
    as_json: Json = False,
) -> None:
    """把一张企业名单逐家核对，写出结论和理由。"""
    from datetime import date

    from assistant.sheets.job import Settings, run

    if track not in TRACKS:
        raise BadInput("--track 只能是 first（首次）或 review（复核）。")
    if engine not in ENGINES:
        raise BadInput("--engine 只能是 polars 或 spark。")
    settings = Settings(
        as_of=day(as_of) or date.today(), titles=tuple(title or ("zjtx", "xjr")), track=TRACKS[track],
        round_year=round_, mapping=mapping, engine=ENGINES[engine], master=master, resume=resume, rows=rows,
    )  # fmt: skip
    if preview:
        _preview(source, settings, as_json=as_json)
        return
    if output is None:
        raise BadInput("请用 -o 写明结果文件，例如：tiaoli screen 企业.xlsx -o 结果.xlsx；只看列的对照用 --preview。")
    with _progress(silent=as_json) as watch:
        done = run(source, output, settings, watch)
    if as_json:
        show(summary(done))
    else:
        _print(done)


def _preview(source: Path, settings: Settings, *, as_json: bool) -> None:
    from assistant.sheets.job import look
    from assistant.sheets.preview import as_dict

    with _progress(silent=as_json) as watch:
        _, survey = look(source, settings, watch)
    if as_json:
        show(as_dict(survey))
        return
    _print_columns(survey)


def _print_columns(survey: Survey) -> None:
    from rich.console import Console
    from rich.table import Table

    from assistant.sheets.preview import COLUMN_HEADINGS, column_rows

    console = Console(width=None if sys.stdout.isatty() else 200)
    for part in survey.parts:
        where = f"表头在第 {part.layout.last} 行，" if part.layout.last else ""
        table = Table(*COLUMN_HEADINGS[1:], title=f"{part.sheet}：{where}数据第 {part.first:,}—{part.last:,} 行")
        for row in column_rows(part):
            table.add_row(*row[1:])
        console.print(table)
    for name, number, why in survey.passed_over:
        console.print(f"{name}第 {number:,} 行{why}，不当作企业。")
    for note in survey.notes:
        console.print(note)


def summary(done: Done) -> dict[str, Any]:
    """What ``--json`` prints: rows, counts per title, cells by what was said of them, columns, seconds, paths."""
    from assistant.sheets.preview import as_dict

    cells = done.tally.cells
    read = as_dict(done.survey)
    return {
        "input": str(done.source), "output": str(done.target), "cell_report": str(done.report) if done.report else None,
        "rows": done.tally.rows, "titles": done.tally.as_dict(done.screened),
        "cells_repaired": cells["read"], "cells_not_readable": sum(cells[k] for k in ("wrong", "vague", "unit", "extra")),
        "cells_impossible": cells["absurd"], "cells": dict(cells), "tables": read["tables"],
        "passed_over": read["passed_over"], "notes": [*done.survey.notes, *done.notes],
        "seconds": round(done.seconds, 3),
    }  # fmt: skip


def _print(done: Done) -> None:
    from assistant.sheets.results import OUTCOMES
    from assistant.sheets.write import KINDS

    for note in (*done.notes, *done.survey.notes):
        typer.echo(note)
    for part in done.survey.parts:
        for column in part.layout.columns:
            if column.role == "ambiguous" or (column.role == "fact" and column.notes):
                typer.echo(f"列“{column.header}”：{''.join(column.notes)}")
    typer.echo(f"核对了 {done.tally.rows:,} 家企业，用时 {done.seconds:.1f} 秒。")
    for one in done.screened:
        counts = done.tally.titles[one.name]
        outcomes = "，".join(f"{words} {counts.outcomes.get(name, 0):,}" for name, words in OUTCOMES.items())
        typer.echo(f"{one.standard.title}：{outcomes}")
        for heading, most in (
            ("最常不满足", dict(counts.failing.most_common(SHOWN))),
            ("最常缺", dict(counts.missing.most_common(SHOWN))),
        ):
            if most:
                typer.echo(f"  {heading}：" + "；".join(f"{name}（{n:,}）" for name, n in most.items()))
    if done.tally.cells:
        said = "，".join(
            f"{words} {done.tally.cells[kind]:,}" for kind, words in KINDS.items() if done.tally.cells[kind]
        )
        typer.echo(f"格子：{said}。逐格的说明在 {done.report}。")
    typer.echo(f"结果在 {done.target}。")


@contextmanager
def _progress(*, silent: bool) -> Iterator[Watcher]:
    """A bar on stderr, only where someone watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = silent or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task("读表", total=None)

        def watch(stage: str, done: int, of: int | None) -> None:
            bar.update(task, description=stage, completed=done, total=of)

        yield watch
