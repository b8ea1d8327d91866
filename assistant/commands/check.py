"""``tiaoli check`` and ``tiaoli extract``: the criteria checker on a file of facts, and facts from words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
import yaml

from assistant.answer import Verdict
from assistant.commands.shared import AsOf, Json, Place, day, place_name, show
from assistant.errors import BadInput

EARLIEST, LATEST = 1990, 2100
SYMBOLS = {"met": "✓", "not_met": "✗", "unknown": "?", "exempt": "–", "declared": "◌", "manual": "◌"}
TRACKS: dict[str, Literal["first", "review"]] = {"first": "first", "review": "review"}
OUTCOMES = {"eligible": "符合", "not_eligible": "不符合", "needs_info": "还不能判断", "invalid_input": "数据有误"}


def check(
    title: Annotated[
        str | None,
        typer.Argument(help="称号：科技型（kjx）、创新型（cxx）、专精特新（zjtx）、小巨人（xjr）等，--list 看全部。"),
    ] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="企业情况，YAML 或 JSON 文件。")] = None,
    track: Annotated[str | None, typer.Option("--track", help="first 首次，review 复核。")] = None,
    started: Annotated[str | None, typer.Option("--started", help="申报或复核启动的日期，例如 2026-03-01。")] = None,
    as_of: AsOf = None,
    list_: Annotated[bool, typer.Option("--list", help="列出可查的标准。")] = False,
    as_json: Json = False,
) -> None:
    """按标准逐条预检一家企业。"""
    from datetime import date

    from assistant.criteria.check import check as run
    from assistant.criteria.facts_file import facts_from_mapping
    from assistant.criteria.standards import standards
    from assistant.library import full_place
    from corpus.size_models import load_size

    if list_:
        found = [
            {
                "title": s.title,
                "standard": s.name,
                "in_force": s.in_force.from_.isoformat() if s.in_force.from_ else None,
                "until": s.in_force.until.isoformat() if s.in_force.until else None,
            }
            for s in standards()
        ]
        found.append({"title": load_size().title, "standard": load_size().name, "in_force": None, "until": None})
        if as_json:
            show(found)
        for row in [] if as_json else found:
            when = (f"{row['in_force']}起" if row["in_force"] else "现行") + (
                f"，{row['until']}止" if row["until"] else ""
            )
            typer.echo(f"{row['title']}\t{row['standard']}\t{when}")
        return
    if facts is None or title is None:
        raise BadInput("要写明查哪个称号和企业情况文件，例如：tiaoli check zjtx --facts 企业.yaml。")
    today = day(as_of) or date.today()
    data = read_mapping(facts)
    begun = day(started or (str(data["started"]) if data.get("started") else None))
    round_year = _year(data.get("round") or data.get("round_year")) or (begun or today).year
    values, problems = facts_from_mapping(data, last_year=round_year - 1)
    rest = data.get("rest_affirmed")
    which = TRACKS.get(track or data.get("track") or "")
    if which is None and (track or data.get("track")):
        raise BadInput("--track（或文件里的 track）只能是 first（首次）或 review（复核）。")
    verdict = run(
        title,
        values,
        track=which,
        as_of=today,
        round_year=_year(data.get("round") or data.get("round_year")),
        rest_affirmed="其余都达标" if rest is True else rest or None,
        excluded=data.get("excluded", ()),
        problems=problems,
        place=full_place(str(data["place"])) if data.get("place") else None,
        started=begun,
    )
    if as_json:
        show(verdict.model_dump(mode="json"))
        return
    for one in (verdict, *verdict.beside):
        print_verdict(one)
    typer.echo(verdict.disclaimer)


def _year(raw: object) -> int | None:
    if raw is None:
        return None
    if not str(raw).isdigit() or not EARLIEST <= int(str(raw)) <= LATEST:
        raise BadInput(f"round（哪一年的一轮）要写成四位年份，例如 2027，现在写的是“{raw}”。")
    return int(str(raw))


def print_verdict(verdict: Verdict) -> None:
    """A verdict as lines: the outcome, a line per criterion, what is missing, cautions."""
    typer.echo(f"{verdict.title}（{verdict.standard}）：{OUTCOMES[verdict.outcome]}")
    for c in verdict.criteria:
        values_said = "；".join(f"{k}：{v}" for k, v in c.values.items())
        typer.echo(f"{SYMBOLS[c.outcome]} {c.clause} {c.label} | {values_said} | {c.threshold} | {c.margin}")
    for missing in verdict.missing:
        typer.echo(f"还要了解：{missing.question}")
    for gap in verdict.gaps:
        typer.echo(f"要改变的：{gap.action}" + (f"（最早{gap.earliest}）" if gap.earliest else ""))
    for line in (*verdict.conflicts, *verdict.notes):
        typer.echo(line)


def read_mapping(path: Path) -> dict[str, Any]:
    """A YAML or JSON file with one mapping. Raises BadInput with a sentence."""
    try:
        text = path.read_text("utf-8")
        data = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except FileNotFoundError as error:
        raise BadInput(f"找不到文件 {path}。") from error
    except (ValueError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path.name} 读不懂：{' '.join(str(error).split())[:160]}。请检查是不是 UTF-8 的 YAML 或 JSON。"
        ) from error
    if not isinstance(data, dict):
        raise BadInput(f"{path.name} 里应当是“事实: 值”的列表，例如 revenue: {{2025: 3000万元}}。")
    return data


def extract_facts(
    message: Annotated[str, typer.Argument(help="一段企业情况。")],
    place: Place = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """从一段话里读出企业的各项事实。"""
    from datetime import date

    from assistant.facts.details import details, lines
    from assistant.facts.extract import extract

    found = extract(message, as_of=day(as_of) or date.today(), place=place_name(place) or "上海市")
    if as_json:
        show(details(found))
        return
    for line in lines(found):
        typer.echo(line)
