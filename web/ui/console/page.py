"""Serves the page 坐席."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request

from assistant.conversation import DEFAULT_PLACE
from assistant.desk.caller import TITLES
from assistant.library import place_names
from web.ui.shell.page import serve_page

HERE = Path(__file__).parent
STYLES = ("console.css", "look_up.css", "call.css", "tickets.css")


def serve_console(app: FastAPI) -> None:
    """Put the page at /console of ``app``; for specialists."""
    serve_page(
        app, "/console", template=HERE / "page.html.j2", title="坐席", description="通话时找条款、记情况、答工单。",
        styles=[HERE / name for name in STYLES], scripts=sorted(HERE.glob("*.js")), context=_context, roles=("specialist",),
    )  # fmt: skip


def _context(request: Request) -> dict[str, object]:
    names = place_names()
    ours = [name for name in names if name.startswith(DEFAULT_PLACE)]
    return {
        "places": [
            ("上海", ours),
            ("其他地区", [n for n in names if n not in ours and n != "国家"]),
            ("全国", ["国家"]),
        ],
        "titles": TITLES,
        "here": DEFAULT_PLACE,
        "today": request.app.state.service.today().isoformat(),
    }
