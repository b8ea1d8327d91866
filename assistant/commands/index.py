"""``tiaoli index``: build and status."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.shared import Json, show

app = typer.Typer(no_args_is_help=True)


@app.command("build")
def build_index(
    full: Annotated[bool, typer.Option("--full", help="从头重建。")] = False, as_json: Json = False
) -> None:
    """建立或更新索引；只重做变了的部分。"""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from indexing.build import build

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task("准备", total=None)
        manifest = build(
            full=full,
            progress=lambda what, done, total: bar.update(task, description=what, completed=done, total=total),
        )
    data = {
        "entries": len(manifest.entries),
        "changed": manifest.changed,
        "seconds": manifest.seconds,
        "model": manifest.model,
    }
    if as_json:
        show(data)
    else:
        typer.echo(
            f"索引可用：{data['entries']} 条，最近一次更新 {data['changed']} 条，用时 {data['seconds']} 秒，向量模型 {data['model']}"
        )


@app.command("status")
def status(as_json: Json = False) -> None:
    """索引是否存在、是否最新、用的什么模型。"""
    from indexing import build

    manifest = build.read_manifest(build.current())
    data = {
        "fresh": build.is_fresh(), "entries": len(manifest.entries), "model": manifest.model, "built_at": manifest.built_at,
        "folder": str(build.current()),
    }  # fmt: skip
    if as_json:
        show(data)
    else:
        typer.echo(
            f"{'最新' if data['fresh'] else '需要更新，请运行 tiaoli index build'}：{data['entries']} 条，{data['model']}，建于 {data['built_at']}"
        )
