"""Serves the pages 登录 and 我的账号."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request

from assistant.accounts.model import ROLE_NAMES
from assistant.accounts.passwords import LEAST, MOST
from web.security import EXPIRED
from web.ui.shell.page import serve_page

HERE = Path(__file__).parent


def serve_account(app: FastAPI) -> None:
    """Put both pages at their addresses of ``app``."""
    style = [HERE / "account.css"]
    serve_page(
        app,
        "/sign-in",
        template=HERE / "sign-in.html.j2",
        title="登录",
        description="坐席和培训师登录条理。",
        styles=style,
        scripts=[HERE / "form.js", HERE / "sign-in.js"],
        start=["sign-in.js"],
        context=_sign_in,
    )
    serve_page(
        app,
        "/account",
        template=HERE / "account.html.j2",
        title="我的账号",
        styles=style,
        scripts=[HERE / "form.js", HERE / "account.js"],
        start=["account.js"],
        context={"role_names": ROLE_NAMES, "least": LEAST, "most": MOST},
        roles=[],
    )


def _sign_in(request: Request) -> dict[str, Any]:
    return {"expired": EXPIRED if request.query_params.get("why") == "expired" else ""}
