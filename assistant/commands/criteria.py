"""``tiaoli criteria``: write, check, test and print the standards that the checker uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.shared import Json, day, show
from assistant.errors import BadInput

if TYPE_CHECKING:
    from corpus.criteria_lint import Draft, Shelf

app = typer.Typer(no_args_is_help=True)
Files = Annotated[list[Path] | None, typer.Argument(help="标准的文件；不写就是全部。")]
FORMATS = ("md", "xlsx", "both")


@app.command("list")
def list_standards(as_json: Json = False) -> None:
    """列出每一套标准：版本、施行日期、条件数、用例数。"""
    shelf = _shelf()
    rows = [_summary(draft) for draft in shelf.drafts]
    if as_json:
        show(rows)
        return
    for row in rows:
        until = f"到{row['until']}止" if row["until"] else ""
        note = "（草稿）" if row["draft"] else ""
        counts = f"{row['criteria']}条，评分{row['scores']}项，用例{row['cases']}个"
        typer.echo(f"{row['id']}\t{row['title']}\t{row['name']}\t{row['from'] or '日期不详'}起{until}\t{counts}{note}")


@app.command("new")
def new(
    title: Annotated[str, typer.Argument(help="称号，例如 小巨人 或 xjr。")],
    document: Annotated[str, typer.Option("--document", help="文件编号，例如 cn/miit/2026/2。")],
    start: Annotated[str, typer.Option("--from", help="从哪一天起施行，例如 2026-04-01。")],
    version: Annotated[str, typer.Option("--version", help="版本名，默认是施行的年份。")] = "",
    name: Annotated[str, typer.Option("--name", help="标准的全名。")] = "",
    folder: Annotated[str, typer.Option("--folder", help="文件夹，默认同这个称号的旧版本。")] = "",
    held: Annotated[str, typer.Option("--held", help="持有这个称号的事实，默认同旧版本。")] = "",
    root: Annotated[Path | None, typer.Option("--root", help="语料文件夹，默认是随程序的 corpus。")] = None,
    as_json: Json = False,
) -> None:
    """新建一套标准的草稿，逐项有中文说明；已有的文件不会改动。"""
    from assistant.criteria_authoring.template import Answers, new_standard
    from corpus.load import ROOT

    first = day(start)
    assert first is not None
    answers = Answers(title, document, first, version=version, name=name, folder=folder, held=held)
    path = new_standard(answers, root or ROOT)
    if as_json:
        show({"file": str(path)})
    else:
        typer.echo(f"已写好草稿 {path}。\n接着：填完每一处 TODO，再运行 tiaoli criteria lint {path}。")


@app.command("lint")
def lint(
    files: Files = None,
    mutate: Annotated[bool, typer.Option("--mutate", help="再逐条改动规则，看有没有用例发现（较慢）。")] = False,
    as_json: Json = False,
) -> None:
    """检查标准的写法：用词、条款、事实、期间、走不到的分支、评分档次、用例、版本衔接。"""
    from assistant.criteria_authoring.lint import lint as run

    found = run(_existing(files), mutate=mutate)
    wrong = [finding for finding in found if not finding.todo]
    if as_json:
        show({"problems": [finding.__dict__ for finding in wrong], "todo": [f.__dict__ for f in found if f.todo]})
    else:
        for finding in found:
            typer.echo(str(finding))
        typer.echo(f"{len(wrong)} 个问题，{len(found) - len(wrong)} 处待填。")
    if wrong:
        raise typer.Exit(1)


@app.command("test")
def run_tests(files: Files = None, as_json: Json = False) -> None:
    """运行写在标准里的用例。"""
    from assistant.criteria_authoring.lint import failed_cases
    from corpus.criteria_lint import name_of, read_shelf

    paths = _existing(files)
    wanted = {name_of(path) for path in paths}
    shelf, unread = read_shelf(more=paths)
    drafts = [draft for draft in shelf.drafts if not wanted or draft.file in wanted]
    broken = [f for f in unread if not f.todo and (not wanted or f.file in wanted)]
    report = [(draft, list(failed_cases(draft))) for draft in drafts]
    if as_json:
        show(
            {
                "unread": [str(finding) for finding in broken],
                "standards": [
                    {"id": d.standard.id, "cases": len(d.standard.tests.cases), "failed": [str(f) for f in found]}
                    for d, found in report
                ],
            }
        )
    else:
        for finding in broken:
            typer.echo(f"✗ {finding}")
        for draft, found in report:
            count = len(draft.standard.tests.cases)
            typer.echo(f"{'✗' if found else '✓'} {draft.standard.id}：{count} 个用例，{count - len(found)} 个通过")
            for finding in found:
                typer.echo(f"  {finding.where}：{finding.wrong}")
    if broken or any(found for _, found in report):
        raise typer.Exit(1)


@app.command("table")
def table(
    title: Annotated[str | None, typer.Argument(help="称号或标准编号，例如 小巨人、xjr-2026。")] = None,
    all_: Annotated[bool, typer.Option("--all", help="全部标准。")] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="写到哪个文件夹。")] = Path(),
    format_: Annotated[str, typer.Option("--format", help="md、xlsx 或 both。")] = "both",
    as_json: Json = False,
) -> None:
    """把标准写成核对表：每个门槛一行，可以打印、核对、签字。"""
    from assistant.criteria_authoring.table import fact_check_table
    from assistant.criteria_authoring.table_files import markdown, workbook

    if format_ not in FORMATS:
        raise BadInput(f"--format 只能是 {'、'.join(FORMATS)}。")
    shelf = _shelf()
    chosen = [d for d in shelf.drafts if all_ or title in (d.standard.title, d.standard.id, *d.standard.names)]
    if not chosen:
        known = "、".join(draft.standard.id for draft in shelf.drafts)
        raise BadInput(f"请写明哪一套标准，或用 --all。现在有：{known}。")
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for draft in chosen:
        made = fact_check_table(draft.standard, shelf.dictionary, shelf.corpus)
        if format_ != "xlsx":
            written.append(out / f"{made.id}.md")
            written[-1].write_text(markdown(made), encoding="utf-8")
        if format_ != "md":
            written.append(out / f"{made.id}.xlsx")
            workbook(made, written[-1])
    if as_json:
        show([str(path) for path in written])
    else:
        typer.echo("\n".join(f"已写 {path}" for path in written))


def _shelf() -> Shelf:
    """Every standard; CorpusError where a file cannot be used."""
    from corpus.criteria_lint import read_shelf
    from corpus.load import CorpusError

    shelf, unread = read_shelf()
    if broken := [str(finding) for finding in unread if not finding.todo]:
        raise CorpusError("".join(broken))
    return shelf


def _existing(files: list[Path] | None) -> list[Path]:
    """The named files. Raises BadInput for one that is not there."""
    for path in files or []:
        if not path.is_file():
            raise BadInput(f"找不到文件 {path}。")
    return files or []


def _summary(draft: Draft) -> dict[str, object]:
    standard = draft.standard
    return {
        "id": standard.id,
        "title": standard.title,
        "name": standard.name,
        "document": standard.document,
        "from": standard.in_force.from_.isoformat() if standard.in_force.from_ else None,
        "until": standard.in_force.until.isoformat() if standard.in_force.until else None,
        "criteria": len(standard.criteria),
        "scores": len(standard.scores),
        "cases": len(standard.tests.cases),
        "draft": standard.draft,
    }
