"""``tiaoli search``: clauses for a query."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.shared import AsOf, Json, Place, day, place_name, show


def search(
    query: Annotated[str, typer.Argument(help="要找的内容。")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="最多几条。")] = 10,
    place: Place = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """在收录的条款里检索。"""
    from assistant.house import open_house
    from assistant.library import search as run

    hits = run(open_house(keep=False), query, k=k, place=place_name(place), as_of=day(as_of))
    if as_json:
        show([h.model_dump(mode="json") for h in hits])
        return
    if not hits:
        typer.echo("没有找到。")
    for h in hits:
        typer.echo(f"{h.score:.2f}  {h.document_title}{h.clause} · {h.heading}\n      {h.text[:80]}")
