"""``tiaoli serve``: the chat page and the API."""

from __future__ import annotations

import errno
import socket
from typing import Annotated

import typer

from assistant.errors import BadInput

serve_app = typer.Typer(help="启动聊天页面和接口。")


@serve_app.callback(invoke_without_command=True)
def serve(
    host: Annotated[str | None, typer.Option("--host", help="监听地址，默认 127.0.0.1（TIAOLI_HOST）。")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="端口，默认 8000（TIAOLI_PORT）。")
    ] = None,
) -> None:
    """启动聊天页面（/）和接口（/api/v1）。"""
    import uvicorn

    from assistant.house import open_house
    from web.app import create_app
    from web.settings import Settings

    settings = Settings()
    host, port = host or settings.host, settings.port if port is None else port
    check_free(host, port)
    typer.echo("正在打开资料和索引，第一次会慢一些……", err=True)
    house = open_house()
    typer.echo(
        f"准备好了：聊天页面 http://{host}:{port}/ ，接口 http://{host}:{port}/api/v1 ，按 Ctrl+C 结束。", err=True
    )
    try:
        uvicorn.run(
            create_app(house, settings),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    finally:
        if house.store is not None:
            house.store.close()


def check_free(host: str, port: int) -> None:
    """Raises BadInput with a sentence when nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BadInput(f"端口 {port} 已经被别的程序占用，请用 --port 换一个。") from error
        raise BadInput(f"不能在 {host}:{port} 上监听，请检查 --host 和 --port。") from error
