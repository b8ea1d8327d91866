"""``tiaoli checkup``: one company against every benefit of its place and every title."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.checkup.models import STATUSES, BenefitRow, CheckUp, TitleRow
from assistant.checkup.report import OUTCOME, ROUTE, STATUS, deadline
from assistant.commands.check import read_mapping
from assistant.commands.shared import AsOf, Json, Place, day, place_name, show
from assistant.conversation import DEFAULT_PLACE
from assistant.export.paper import printable

MOST_QUESTIONS = 5
IN_FULL = ("entitled", "likely", "needs_info")


def checkup(
    facts: Annotated[Path, typer.Option("--facts", help="企业情况，YAML 或 JSON 文件。")],
    as_of: AsOf = None,
    place: Place = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="另存为 .xlsx、.docx、.pdf 或 .html 报告。")] = None,
    as_json: Json = False,
) -> None:
    """给一家企业做政策体检：能享受什么、够哪些称号、还缺什么。"""
    from assistant.checkup.export import export, writer
    from assistant.checkup.run import checkup as run
    from assistant.criteria.facts_file import facts_from_mapping

    today = day(as_of) or date.today()
    if out is not None:
        writer(out)
    data = read_mapping(facts)
    values, problems = facts_from_mapping(data, last_year=today.year - 1)
    where = place_name(place or str(data.get("place") or "") or None) or DEFAULT_PLACE
    name = printable(str(data.get("name") or ""))
    report = run(values, as_of=today, place=where, company=name, problems=problems)
    if out is not None:
        export(report, out)
    if as_json:
        show(report.model_dump(mode="json"))
        return
    _print(report)
    if out is not None:
        typer.echo(f"报告已写到 {out}。")


def _print(report: CheckUp) -> None:
    typer.echo(f"政策体检 {report.company}（{report.place}，{report.as_of}）".replace("  ", " "))
    for sentence in report.conflicts:
        typer.echo(f"先核对：{sentence}")
    for status in STATUSES:
        rows = report.of(status)
        if rows:
            typer.echo(f"\n{STATUS[status]}（{len(rows)}项）")
        for row in rows:
            _benefit(row)
    typer.echo("\n称号")
    for title in report.titles:
        _title(title)
    if report.questions:
        typer.echo(f"\n还要了解（共{len(report.questions)}件，先说这几件）")
    for question in report.questions[:MOST_QUESTIONS]:
        typer.echo(f"  {question.question}（关系到{len(question.criteria)}项）")
    typer.echo("")
    for line in (*report.notes, report.disclaimer):
        typer.echo(line)


def _benefit(row: BenefitRow) -> None:
    source = f"{row.document} {row.clause}"
    if row.status not in IN_FULL:
        typer.echo(f"  {row.name} | {'；'.join(row.reasons)} | {source}")
        return
    typer.echo(f"  {row.name} | {row.amount}{'：' + row.how if row.how else ''} | {ROUTE[row.route]} | {deadline(row)}")
    typer.echo(f"    {'；'.join(row.reasons)}")
    if row.undefined and row.status != "needs_info":
        typer.echo(f"    没有写明：{'；'.join(row.undefined)}")
    typer.echo(f"    问：{row.department} | 依据：{source}")


def _title(row: TitleRow) -> None:
    when = f" | {row.next_round}" if row.next_round else ""
    typer.echo(f"  {row.name}：{OUTCOME[row.outcome]}{when}")
    for line in row.failing:
        typer.echo(f"    ✗ {line}")
    if row.open:
        typer.echo(f"    ? 还有{len(row.open)}项不能判断：{'；'.join(line.split('：')[0] for line in row.open)}")
    if row.outcome == "not_encoded":
        typer.echo(f"    {'；'.join(row.notes)}")
