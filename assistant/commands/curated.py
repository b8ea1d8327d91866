"""``tiaoli curated``: the answers that specialists wrote, and which of them do not hold any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from assistant.commands.shared import AsOf, Json, Place, day, place_name, show
from assistant.errors import StoreUnavailable

if TYPE_CHECKING:
    from assistant.house import House
    from assistant.store import Store

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_curated(place: Place = None, as_json: Json = False) -> None:
    """整理好的回答，新改的在前。"""
    from assistant.desk.curated import Curated

    found = Curated(_opened()[1]).list(place=place_name(place))
    if as_json:
        show([c.model_dump(mode="json") for c in found])
        return
    for c in found:
        typer.echo(f"{c.id}  [{c.state_name}] {c.place}  {c.questions[0]}（{len(c.questions)}种问法）")
    typer.echo(f"共 {len(found)} 条。")


@app.command("lint")
def lint(as_of: AsOf = None, as_json: Json = False) -> None:
    """哪些整理好的回答不能再用：条款改了、不再有效，或者该复核了。"""
    from assistant.desk.curated_lint import lint_curated

    house, store = _opened()
    found = lint_curated(house, store, day(as_of) or date.today())
    if as_json:
        show([c.model_dump(mode="json") for c in found])
    else:
        for c in found:
            typer.echo(f"{c.id}  {c.place}  {c.question}")
            for fault in c.faults:
                typer.echo(f"  {fault.why}")
        typer.echo(f"{len(found)} 条不再显示，请重新复核。" if found else "没有问题。")
    if found:
        raise typer.Exit(1)


def _opened() -> tuple[House, Store]:
    """The house without index, and its store. Raises StoreUnavailable where there is none."""
    from assistant.house import open_house

    house = open_house(search=False)
    if house.store is None:
        raise StoreUnavailable("对话数据库打不开，读不到整理好的回答。请检查 TIAOLI_HOME 或 TIAOLI_DATABASE。")
    return house, house.store
