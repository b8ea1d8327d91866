"""Serves the page 培训."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request

from assistant.conversation import DEFAULT_PLACE
from assistant.library import place_names
from web.ui.shell.page import serve_page

HERE = Path(__file__).parent
STYLES = ("workshop.css", "compare.css", "samples.css", "quiz.css", "stage.css", "screening.css", "print.css")


def serve_workshop(app: FastAPI) -> None:
    """Put the page at /workshop of ``app``; specialists may read what is to be read there, the rest is for trainers."""
    serve_page(
        app, "/workshop", template=HERE / "page.html.j2", title="培训",
        description="标准对照、示例企业、测验、测验房间、班级筛查。", styles=[HERE / name for name in STYLES],
        scripts=sorted(HERE.glob("*.js")), context=_context, roles=("trainer", "specialist"),
    )  # fmt: skip


def _context(request: Request) -> dict[str, object]:
    names = [name for name in place_names() if name != "国家"]
    ours = [name for name in names if name.startswith(DEFAULT_PLACE)]
    return {
        "places": [("上海", ours), ("其他地区", [name for name in names if name not in ours])],
        "here": DEFAULT_PLACE,
        "today": request.app.state.service.today().isoformat(),
    }
