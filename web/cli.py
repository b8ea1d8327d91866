"""``tiaoli serve``: the chat page and the API."""

from __future__ import annotations

from typing import Annotated

import typer

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

    from web.app import create_app
    from web.settings import Settings

    settings = Settings()
    host, port = host or settings.host, settings.port if port is None else port
    typer.echo(f"正在启动，准备好以后打开 http://{host}:{port}/", err=True)
    uvicorn.run(create_app(settings=settings), host=host, port=port, log_level="warning", server_header=False)
