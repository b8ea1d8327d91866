"""``tiaoli ask``: one question, one answer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.answer import Answer
from assistant.commands.shared import AsOf, Json, Place, day, place_name, show

BAD_INPUT = ("empty_message", "too_long", "unreadable")
LARGEST_INPUT = 1024 * 1024


def ask(
    message: Annotated[str, typer.Argument(help="问题；写 - 从标准输入读。")],
    place: Place = None,
    as_of: AsOf = None,
    thread: Annotated[str | None, typer.Option("--thread", help="接着哪个对话问。")] = None,
    trace: Annotated[bool, typer.Option("--trace", help="附上每一步的经过。")] = False,
    as_json: Json = False,
) -> None:
    """问一个问题，回答带条款出处。"""
    from assistant.conversation import Assistant
    from assistant.house import open_house

    if message == "-":
        message = sys.stdin.buffer.read(LARGEST_INPUT).decode("utf-8", "replace")
    assistant = Assistant(open_house())
    answer = assistant.ask(message, thread=thread, place=place_name(place), as_of=day(as_of))
    steps = assistant.trace(answer) if trace else None
    if as_json:
        show({**answer.model_dump(mode="json"), **({"trace": steps} if trace else {})})
    elif answer.reason not in BAD_INPUT:
        print_answer(answer)
        if trace:
            show(steps)
    if answer.reason in BAD_INPUT:
        typer.echo(answer.answer, err=True)
        raise typer.Exit(2)


def print_answer(answer: Answer) -> None:
    """The answer for a terminal: text, citations, notes."""
    typer.echo(answer.answer)
    if answer.citations:
        typer.echo("\n依据：")
    for c in answer.citations:
        kind = "原文" if c.text_kind == "original" else "摘要"
        number = f"（{c.number}）" if c.number else ""
        typer.echo(
            f"[{c.n}] {c.title}{number}{c.clause} · {VALIDITY[c.validity]}（{c.validity_note}）\n    {kind}：{c.text}"
        )
    for note in answer.notes:
        typer.echo(f"注：{note}")
    if answer.follow_ups:
        typer.echo("还可以问：" + " / ".join(answer.follow_ups))
    typer.echo(f"\n{answer.place} · {answer.as_of} · 对话 {answer.thread}")


VALIDITY = {
    "in_force": "现行有效",
    "expired": "已过期",
    "repealed": "已废止",
    "superseded": "已被取代",
    "not_yet": "未施行",
    "unknown": "待核实",
}
