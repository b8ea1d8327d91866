"""``tiaoli duties``: what a company has to do for its titles, by when, as a list and as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.check import read_mapping
from assistant.commands.shared import AsOf, Json, Place, day, place_name, show
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.duties.model import Duty, DutyList

STATES = {
    "valid": "有效",
    "expired": "已到期",
    "not_yet": "还没开始",
    "cancelled": "已取消",
    "unknown": "有效期不清楚",
}


def duties(
    facts: Annotated[
        Path | None, typer.Option("--facts", help="企业情况，YAML 或 JSON 文件，称号写在 titles，变化写在 events。")
    ] = None,
    place: Place = None,
    as_of: AsOf = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="同时写成日历文件，如 期限.ics。")] = None,
    as_json: Json = False,
) -> None:
    """列出手里的称号有哪些期限和事项，没办会怎样，依据哪一条。"""
    from datetime import date

    from assistant.duties.evaluate import duties as run
    from assistant.duties.profile import profile_from_mapping

    if facts is None:
        raise BadInput("要写明企业情况文件，例如：tiaoli duties --facts 企业.yaml。")
    data = read_mapping(facts)
    today = day(as_of or _text(data.get("as_of"))) or date.today()
    where = place_name(place or _text(data.get("place"))) or "上海市"
    found = run(profile_from_mapping(data, as_of=today, place=where), as_of=today)
    written = write_calendar(found, ics) if ics else 0
    if as_json:
        show(found.model_dump(mode="json"))
        return
    _print(found)
    if ics:
        typer.echo(f"已写入 {ics}：{written} 条日程。")


def write_calendar(found: DutyList, path: Path) -> int:
    """Write the calendar and return how many entries it has. Raises BadInput where the file cannot be written."""
    from assistant.duties.calendar import calendar, dated

    try:
        path.write_bytes(calendar(found))
    except OSError as error:
        raise BadInput(f"日历写不进 {path}：{error.strerror or error}。请检查路径和磁盘。") from error
    return len(dated(found.duties))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _print(found: DutyList) -> None:
    for title in found.titles:
        span = "至".join(d.isoformat() for d in (title.start, title.end) if d)
        typer.echo(f"{title.title}：{STATES[title.state]}{'，' + span if span else ''}")
        for line in (title.basis, *title.notes):
            if line:
                typer.echo(f"  {line}")
    typer.echo("")
    for duty in found.duties:
        _print_duty(duty)
    for question in found.questions:
        typer.echo(f"还要了解：{question.question}")
    for line in (*found.notes, found.disclaimer):
        typer.echo(line)


def _print_duty(duty: Duty) -> None:
    from assistant.duties.calendar import describe

    when = duty.date.isoformat() if duty.date else "日期待定"
    first = f"（可从{duty.from_date.isoformat()}起）" if duty.kind == "review" and duty.from_date else ""
    typer.echo(f"{when}{first} {duty.title} {duty.summary}【{duty.status_label}】")
    for line in describe(duty):
        typer.echo(f"  {line}")
