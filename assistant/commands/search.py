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
    """在收录的条款和导入的原文里检索；问句里点名了地区，就只看那里适用的。"""
    from assistant.house import open_house
    from assistant.searching import search as run

    hits = run(open_house(keep=False), query, k=k, place=place_name(place), as_of=day(as_of))
    if as_json:
        show([h.model_dump(mode="json") for h in hits])
        return
    if not hits:
        typer.echo("没有找到。")
    for h in hits:
        place = f"{h.place or '地区不明'}{f'，{h.year}年' if h.year else ''}，{h.validity_label}"
        typer.echo(f"{h.score:.2f}  {h.document_title}{h.clause}{f' · {h.heading}' if h.heading else ''}（{place}）")
        typer.echo(f"      {' '.join(h.text.split())[:80]}")
        if h.historical:
            typer.echo(f"      ※ {h.historical}")
        if h.also_in:
            places = "、".join(dict.fromkeys(f"{a.place or '地区不明'}{a.year or ''}" for a in h.also_in))
            typer.echo(f"      同样的话还见于：{places}")
