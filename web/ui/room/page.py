"""Serves the page of quiz rooms, for telephones; nobody signs in."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from web.ui.shell.page import serve_page

HERE = Path(__file__).parent
SHARED = HERE.parent / "workshop"
SCRIPTS = (SHARED / "follow.js", SHARED / "question.js", SHARED / "parts.js")


def serve_room(app: FastAPI) -> None:
    """Put the page at /room (asks for the code) and at /room/CODE of ``app``."""
    for path in ("/room", "/room/{code}"):
        serve_page(
            app, path, template=HERE / "page.html.j2", title="测验房间", description="用手机参加课堂测验。",
            styles=[HERE / "room.css"], scripts=[*sorted(HERE.glob("*.js")), *SCRIPTS],
        )  # fmt: skip
