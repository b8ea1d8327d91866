"""Serves the page 文件 with its style sheet and scripts. Nothing is loaded from elsewhere, no inline script runs."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from assistant.library import place_names
from web.settings import Settings
from web.ui.words import VALIDITY

HERE = Path(__file__).parent
PATH = "/documents"
STYLE = b"\n".join(path.read_bytes() for path in (HERE.parent / "base.css", HERE / "files.css", HERE / "reader.css"))
SCRIPTS = {path.name: path.read_bytes() for path in sorted(HERE.glob("*.js"))}
ASSETS = f"{PATH}-{hashlib.sha256(STYLE + b''.join(SCRIPTS.values())).hexdigest()[:12]}"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def serve_files(app: FastAPI, settings: Settings) -> None:
    """Put the page at /documents of ``app``; the names of its parts change with their content."""
    html = _html(settings).encode()
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    app.add_api_route(
        PATH, partial(_served, html, "text/html; charset=utf-8", headers), include_in_schema=False, response_model=None
    )
    parts = {"files.css": (STYLE, "text/css")} | {name: (text, "text/javascript") for name, text in SCRIPTS.items()}
    for name, (content, kind) in parts.items():
        app.add_api_route(
            f"{ASSETS}/{name}", partial(_served, content, f"{kind}; charset=utf-8", FOREVER), include_in_schema=False,
            response_model=None,
        )  # fmt: skip


async def _served(content: bytes, kind: str, headers: dict[str, str]) -> Response:
    return Response(content, media_type=kind, headers=headers)


def _html(settings: Settings) -> str:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape(default=True))
    names = place_names()
    ours = [name for name in names if name.startswith("上海市")]
    return environment.get_template("page.html.j2").render(
        assets=ASSETS,
        places=[("全国", ["国家"]), ("上海", ours), ("其他地区", [n for n in names if n not in ours and n != "国家"])],
        validities=VALIDITY,
        most_files=settings.max_files,
        most_megabytes=settings.max_upload // 2**20,
    )
