"""``tiaoli account``: who may sign in at the desks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.shared import Json, show
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.accounts.accounts import Accounts
    from assistant.accounts.model import Account

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="登录名。")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码（第一行），不在屏幕上问。")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="specialist（坐席）、trainer（培训师）或 admin（管理员）；可以写几次。"),
]


@app.command("add")
def add(name: Name, role: Roles, password_stdin: Stdin = False, as_json: Json = False) -> None:
    """新建账号。密码在屏幕上问两遍，或从标准输入读。"""
    _tell(_accounts().create(name, role, _password(password_stdin)), as_json)


@app.command("list")
def list_accounts(as_json: Json = False) -> None:
    """有哪些账号，各是什么角色。"""
    found = _accounts().everyone()
    if as_json:
        show([account.model_dump(mode="json") for account in found])
    elif not found:
        typer.echo("还没有账号。用 tiaoli account add 新建。")
    else:
        for account in found:
            typer.echo(_line(account))


@app.command("disable")
def disable(name: Name, as_json: Json = False) -> None:
    """停用账号，马上退出它的所有登录。"""
    _tell(_accounts().set_disabled(name), as_json)


@app.command("enable")
def enable(name: Name, as_json: Json = False) -> None:
    """重新启用账号。"""
    _tell(_accounts().set_disabled(name, disabled=False), as_json)


@app.command("roles")
def roles(name: Name, role: Roles, as_json: Json = False) -> None:
    """换成这些角色。"""
    _tell(_accounts().set_roles(name, role), as_json)


@app.command("password")
def password(name: Name, password_stdin: Stdin = False, as_json: Json = False) -> None:
    """重设密码，并退出它的所有登录。"""
    _tell(_accounts().set_password(name, _password(password_stdin)), as_json)


def _accounts() -> Accounts:
    from assistant.accounts.accounts import Accounts
    from assistant.store import Store

    return Accounts(Store())


def _password(from_stdin: bool) -> str:
    """The new password. Raises BadInput where none can be read."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadInput("这里问不了密码。请加上 --password-stdin，从标准输入给出密码。")
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一遍"))


def _tell(account: Account, as_json: bool) -> None:
    if as_json:
        show(account.model_dump(mode="json"))
    else:
        typer.echo(_line(account))


def _line(account: Account) -> str:
    from assistant.accounts.model import ROLE_NAMES

    roles = "、".join(ROLE_NAMES[role] for role in account.roles)
    return f"{account.name}：{roles}{'（已停用）' if account.disabled else ''}"
