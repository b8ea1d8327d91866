"""``tiaoli account``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import BadInput

PASSWORD = "三月的雨 落在屋顶\n"


def run(*words: str, said: str = "") -> str:
    done = CliRunner().invoke(app, ["account", *words], input=said)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_accounts_are_made_changed_and_listed(own_home: Path) -> None:
    assert "还没有账号" in run("list")
    assert run("add", "王小", "--role", "trainer", "--password-stdin", said=PASSWORD) == "王小：培训师\n"
    made = json.loads(
        run("add", "李二", "--role", "specialist", "--role", "admin", "--password-stdin", "--json", said=PASSWORD)
    )
    assert made["roles"] == ["specialist", "admin"]
    assert "password" not in made
    assert run("disable", "王小") == "王小：培训师（已停用）\n"
    assert run("enable", "王小") == "王小：培训师\n"
    assert run("roles", "王小", "--role", "specialist") == "王小：坐席\n"
    assert run("password", "王小", "--password-stdin", said="四月的风 吹过田野\n") == "王小：坐席\n"
    assert [row["name"] for row in json.loads(run("list", "--json"))] == ["李二", "王小"]


@pytest.mark.parametrize(
    ("words", "said", "why"),
    [
        (["add", "王小", "--role", "boss", "--password-stdin"], PASSWORD, "boss"),
        (["add", "王小", "--role", "admin", "--password-stdin"], "", "至少 10"),
        (["add", "王小", "--role", "admin"], "", "--password-stdin"),
        (["disable", "没有"], "", "没有叫"),
    ],
)
def test_what_cannot_be_done_is_said(own_home: Path, words: list[str], said: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        run(*words, said=said)
