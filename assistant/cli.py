"""The ``tiaoli`` command. Every subcommand takes ``--json``; exit code 2 and one line on stderr for bad input."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer

from assistant.commands import account as account_commands
from assistant.commands import ask as ask_command
from assistant.commands import check as check_command
from assistant.commands import checkup as checkup_command
from assistant.commands import corpus as corpus_commands
from assistant.commands import criteria as criteria_commands
from assistant.commands import curated as curated_commands
from assistant.commands import demo as demo_command
from assistant.commands import doctor as doctor_command
from assistant.commands import duties as duties_command
from assistant.commands import export as export_command
from assistant.commands import index as index_commands
from assistant.commands import model as model_commands
from assistant.commands import screen as screen_command
from assistant.commands import search as search_command
from assistant.commands.shared import quit_on_error

app = typer.Typer(
    name="tiaoli",
    help="条理：优质中小企业政策问答与资格预检。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("ask")(ask_command.ask)
app.command("check")(check_command.check)
app.command("checkup")(checkup_command.checkup)
app.command("extract")(check_command.extract_facts)
app.command("duties")(duties_command.duties)
app.command("export")(export_command.export)
app.command("search")(search_command.search)
app.command("screen")(screen_command.screen)
app.command("demo")(demo_command.demo)
app.command("doctor")(doctor_command.doctor)
app.add_typer(account_commands.app, name="account", help="账号：新建、列表、停用、角色、密码。")
app.add_typer(corpus_commands.app, name="corpus", help="收录的文件：列表、查看、导入原文、检查。")
app.add_typer(criteria_commands.app, name="criteria", help="认定标准：列表、新建、检查、用例、核对表。")
app.add_typer(curated_commands.app, name="curated", help="专员整理、复核过的回答：列表、检查。")
app.add_typer(index_commands.app, name="index", help="索引：建立、状态。")
app.add_typer(model_commands.app, name="model", help="自带的检索模型：训练、说明。")


def plug_in() -> None:
    """Attach the commands of rooms that this one does not import (web, eval): entry points ``tiaoli.commands``."""
    for point in entry_points(group="tiaoli.commands"):
        if point.name in sys.argv[1:2] or "--help" in sys.argv[1:2] or len(sys.argv) == 1:
            app.add_typer(point.load(), name=point.name)


@app.callback()
def settings(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="把运行日志打到标准错误。")] = False,
) -> None:
    """Options for every subcommand."""
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")


def main() -> None:
    """Entry point of the command."""
    plug_in()
    with quit_on_error():
        app()
