"""``tiaoli corpus``: the documents, their clauses, imported originals, the linter."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import originals as originals_commands
from assistant.commands.shared import AsOf, Json, Place, day, place_name, show
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.library import DocumentInfo

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_documents(place: Place = None, as_of: AsOf = None, as_json: Json = False) -> None:
    """目录里有哪些文件，各是什么状态；按收录与否和地区分组。"""
    from assistant.house import open_house
    from assistant.library import documents

    found = documents(open_house(keep=False, search=False), day(as_of) or date.today(), place_name(place))
    if as_json:
        show([d.model_dump(mode="json") for d in found])
        return
    if not found:
        typer.echo(f"目录里没有{place}的文件。")
        return
    for (included, where), group in groupby(found, key=lambda d: (d.included, d.place)):
        entries = list(group)
        typer.echo(f"\n{where}（{len(entries)} 份{'，有条款' if included else '，只有目录'}）")
        for d in entries:
            typer.echo(f"  {document_line(d)}")
    kept = sum(d.included for d in found)
    typer.echo(f"\n共 {len(found)} 份：有条款的 {kept} 份，只有目录的 {len(found) - kept} 份。")


def document_line(document: DocumentInfo) -> str:
    """One document in a line: id, what we call it, number or date, status with its reason."""
    mark = document.number or (f"{document.signed}，未印文号" if document.signed else "未印文号，未印日期")
    size = f" · {document.clauses} 条" if document.included else ""
    why = document.validity_note.partition("；")[0].removesuffix("，那一轮已经结束")  # the label says that it is over
    reason = "" if document.validity == "unknown" else f"：{why}"
    return f"{document.id}  {document.short_title}（{mark}）{size} · {document.validity_label}{reason}"


@app.command("show")
def show_document(document: str, as_of: AsOf = None, as_json: Json = False) -> None:
    """一份文件的全部条款。"""
    from assistant.house import open_house
    from assistant.library import document as read

    try:
        found = read(open_house(keep=False, search=False), document, day(as_of) or date.today())
    except KeyError as error:
        raise BadInput(f"没有编号为“{document}”的文件。用 tiaoli corpus list 看编号。") from error
    if as_json:
        show(found.model_dump(mode="json"))
        return
    info = found.info
    typer.echo(f"{info.title}（{info.number or '未印文号'}）{info.validity_label}：{info.validity_note}")
    typer.echo(f"{info.issuer} · {info.place} · {f'{info.signed}签发' if info.signed else '未印签发日期'}")
    for note in [*(f"同时废止{name}" for name in info.repeals), *info.notes]:
        typer.echo(f"注：{note}")
    for clause in found.clauses:
        typer.echo(f"\n{clause.clause} {clause.heading}\n{clause.text}")


app.command("add")(originals_commands.add)
app.command("update")(originals_commands.update)
app.command("remove")(originals_commands.remove)
app.command("status")(originals_commands.status)


@app.command("lint")
def lint(
    originals: Annotated[Path | None, typer.Option("--originals", help="原文文件夹；给了就核对每个数字。")] = None,
    as_json: Json = False,
) -> None:
    """检查语料：编号、引用、日期，以及数字是否都在原文里。"""
    from corpus.benefit_lint import lint_benefits
    from corpus.benefit_models import load_benefits
    from corpus.duty_lint import lint_duties
    from corpus.duty_models import load_duties
    from corpus.lint import lint as run
    from corpus.load import load_corpus
    from indexing.faithful import missing_clauses, originals_in, unfaithful

    corpus = load_corpus()
    problems = [*run(corpus), *lint_benefits(corpus, load_benefits()), *lint_duties(load_duties(), corpus)]
    folder = originals or Path("../shared/corpus")
    if originals is not None and not originals.is_dir():
        raise BadInput(f"找不到原文文件夹 {originals}。")
    checked = folder.is_dir()
    if checked:
        found = originals_in(folder, corpus)
        problems += unfaithful(corpus, found) + missing_clauses(corpus, found)
    if as_json:
        show(
            {
                "problems": problems,
                "clauses": len(corpus.clauses),
                "topics": len(corpus.topics),
                "gaps": len(corpus.gaps),
                "originals_checked": checked,
            }
        )
    else:
        for problem in problems:
            typer.echo(problem)
        typer.echo(
            f"{len(corpus.clauses)} 条条款，{len(corpus.topics)} 个专题，{len(corpus.gaps)} 处已知空白；{len(problems)} 个问题"
            + ("" if checked else "（没有原文，未核对数字）")
        )
    if problems:
        raise typer.Exit(1)
