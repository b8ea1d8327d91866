"""``tiaoli corpus add``, ``update``, ``remove`` and ``status``: the store of imported originals."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.shared import Json, show
from assistant.errors import BadInput
from indexing.peak import peak_with_children

if TYPE_CHECKING:
    from corpus.load import Corpus
    from indexing.originals import ImportReport

DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会认出什么，什么也不存。")]
STATES = {"added": "新导入", "changed": "有变化", "unchanged": "没有变化", "skipped": "没有导入", "failed": "没有导入"}
CHANGES = {"added": "新增", "removed": "删去", "changed": "改动"}
SOURCE_STATES = {
    "current": "和原文件一致", "changed": "原文件后来改过，请运行 tiaoli corpus update", "missing": "原文件已经不在，内容照常使用",
    "outdated": "程序或目录更新过，运行 tiaoli corpus update 可以重新读",
}  # fmt: skip
MOST_CHANGES, MOST_DOUBTS, BRIEF = 20, 12, 30


def add(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹。")], dry_run: DryRun = False, as_json: Json = False
) -> None:
    """导入原文：文件或文件夹；汇编自动拆成单份，和目录、摘要对上。"""
    from indexing.originals import add as run

    _import(run, paths, dry_run, as_json)


def update(
    paths: Annotated[list[Path] | None, typer.Argument(help="哪些文件；不写就是导入过的全部。")] = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """重新读改过的原文，逐条列出变化。"""
    from indexing.originals import update as run

    _import(run, paths or [], dry_run, as_json)


def remove(name: Annotated[str, typer.Argument(help="文件编号，或导入时的文件名。")], as_json: Json = False) -> None:
    """删除导入的原文，索引里也一并删掉；摘要不受影响。"""
    from assistant.documents.sources import forget, sources
    from indexing.build import build
    from indexing.originals import remove as run

    before = sources()
    gone = run(name)
    if not gone:
        raise BadInput(f"没有导入过“{name}”。用 tiaoli corpus status 看导入了哪些文件。")
    forget(before)
    with _progress() as progress:
        build(progress=progress)
    if as_json:
        show({"removed": gone})
    else:
        typer.echo(f"已删除 {len(gone)} 份原文，并已从索引里去掉。")


def status(as_json: Json = False) -> None:
    """导入了哪些原文，原文件有没有变。"""
    from corpus.load import load_corpus
    from indexing.originals import status as run

    found = run(load_corpus())
    if as_json:
        show([s.model_dump() for s in found])
        return
    for s in found:
        typer.echo(
            f"{s.file}：{s.documents} 份文件（{s.catalogued} 份在目录里）、{s.clauses} 条，{s.doubtful} 份有疑问；{SOURCE_STATES[s.state]}"
        )
    if not found:
        typer.echo("还没有导入原文。用 tiaoli corpus add 文件或文件夹 来导入。")


def _import(run: Callable[..., ImportReport], paths: list[Path], dry_run: bool, as_json: bool) -> None:
    from corpus.load import load_corpus
    from indexing.build import build

    started = time.monotonic()
    corpus = load_corpus()
    with _progress() as progress:
        report = run(paths, corpus, dry_run=dry_run, progress=progress)
        read = time.monotonic() - started
        if not dry_run:
            build(corpus=corpus, progress=progress)
    used = {
        "read_seconds": round(read, 2),
        "seconds": round(time.monotonic() - started, 2),
        "peak_mb": peak_with_children() // 2**20,
    }
    if as_json:
        show({**report.model_dump(mode="json"), "totals": _totals(report), **used})
    else:
        _tell(report, corpus)
        typer.echo(
            f"用时 {used['seconds']} 秒，内存最多 {used['peak_mb']} MB。{'（试运行，什么也没有存）' if dry_run else ''}"
        )
    if report.failed:
        raise typer.Exit(2)


def _totals(report: ImportReport) -> dict[str, int]:
    documents = [d for f in report.files for d in f.documents]
    return {
        "files": len(report.files), "failed": len(report.failed), "documents": len(documents),
        "catalogued": sum(d.catalogued for d in documents), "numbers": sum(bool(d.number) for d in documents),
        "dates": sum(bool(d.signed) for d in documents), "clauses": sum(d.clauses for d in documents),
        "forms": sum(d.forms for d in documents), "doubtful": sum(bool(d.doubts) for d in documents),
        "removed": len(report.removed),
    }  # fmt: skip


def _tell(report: ImportReport, corpus: Corpus) -> None:
    """The report in words: every file, what changed in which clause, and what is doubtful."""
    for file in report.files:
        if file.problem:
            typer.echo(file.problem, err=True)
            continue
        size = f"：{len(file.documents)} 份文件、{sum(d.clauses for d in file.documents)} 条" if file.documents else ""
        typer.echo(f"{file.file} {STATES[file.state]}{size}{''.join(f'；{d}' for d in file.doubts)}")
        for document in file.documents if len(file.documents) == 1 else []:
            typer.echo(f"  → {document.id} {_name(document.title)}")
        for document in file.documents:
            for change in document.changes[:MOST_CHANGES]:
                typer.echo(
                    f"  {CHANGES[change.kind]} {_name(document.title)}{change.label}：{_words(change.after or change.before)}"
                )
            if len(document.changes) > MOST_CHANGES:
                typer.echo(f"  ……一共 {len(document.changes)} 处，用 --json 看全部。")
    doubtful = [(d.title, d.doubts) for f in report.files for d in f.documents if d.doubts]
    for title, doubts in doubtful[:MOST_DOUBTS]:
        typer.echo(f"请核对 {_name(title)}：{''.join(doubts)}")
    if len(doubtful) > MOST_DOUBTS:
        typer.echo(f"还有 {len(doubtful) - MOST_DOUBTS} 份有疑问，用 --json 看全部。")
    for document_id in report.removed:
        known = corpus.documents.get(document_id)
        typer.echo(f"原文件里已经没有{_name(known.title) if known else document_id}，一并去掉了。")


def _name(title: str) -> str:
    return f"《{title[:BRIEF]}{'…' if len(title) > BRIEF else ''}》"


def _words(text: str) -> str:
    flat = " ".join(text.split())
    return f"{flat[: BRIEF * 2]}…" if len(flat) > BRIEF * 2 else flat


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr; silent where nobody watches."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task: Any = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
