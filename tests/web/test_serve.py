"""``tiaoli serve``: what it says when it cannot start."""

from __future__ import annotations

import socket

import pytest
from typer.testing import CliRunner

from assistant.errors import BadInput
from web.cli import check_free, serve_app


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(BadInput, match=f"端口 {port} .*--port"):
            check_free("127.0.0.1", port)
        result = CliRunner().invoke(serve_app, ["--port", str(port)])
    assert isinstance(result.exception, BadInput)


def test_a_host_that_is_none_is_named() -> None:
    with pytest.raises(BadInput, match="--host"):
        check_free("no.such.host.invalid", 8000)


def test_the_help_is_chinese() -> None:
    result = CliRunner().invoke(serve_app, ["--help"])
    assert "启动聊天页面" in result.output
