"""``tiaoli demo``: a state to look at, with fictitious companies."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.shared import Json, show

NEXT = """
接下来运行 tiaoli serve，再打开：
  http://127.0.0.1:8000/           企业问答
  http://127.0.0.1:8000/console    坐席（用 演示坐席 登录）
  http://127.0.0.1:8000/workshop   培训（用 演示培训 登录）
  http://127.0.0.1:8000/documents  文件"""
Add = Annotated[bool, typer.Option("--add", help="这里已经有别的数据，也照样加进去。")]


def demo(add: Add = False, as_json: Json = False) -> None:
    """做一套演示数据：账号、虚构企业的对话、工单、通话、整理好的回答、测验房间。"""
    from assistant.demo.make import enrol, fill
    from assistant.house import open_house

    steps: list[str] = []

    def tell(words: str) -> None:
        steps.append(words)
        typer.echo(f"做好了 {words}", err=True)

    typer.echo("正在打开资料和索引，第一次会慢一些……", err=True)
    house = open_house()
    try:
        passwords = enrol(house, add=add)
        if passwords and not as_json:
            _tell_passwords(passwords)
        fill(house, tell)
    finally:
        if house.store is not None:
            house.store.close()
    if as_json:
        show({"made": steps, "passwords": passwords})
        return
    typer.echo("\n演示数据做好了，企业和人都是虚构的。" if steps or passwords else "演示数据已经在了，没有再做。")
    if not passwords:
        typer.echo("密码只在做的那一次显示。忘了就用 tiaoli account password 演示坐席 重设。")
    typer.echo(NEXT)


def _tell_passwords(passwords: dict[str, str]) -> None:
    """At once: a run that is cut off later has shown them."""
    typer.echo("账号和密码（只显示这一次，请记下）：")
    for name, password in passwords.items():
        typer.echo(f"  {name}  {password}")
