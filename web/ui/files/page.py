"""Serves the page 文件."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request

from assistant.conversation import DEFAULT_PLACE
from assistant.library import place_names
from web.problems import Problem
from web.security import account_of
from web.settings import Settings
from web.ui.shell.page import serve_page
from web.ui.words import VALIDITY

HERE = Path(__file__).parent


def serve_files(app: FastAPI, settings: Settings) -> None:
    """Put the page at /documents of ``app``."""
    names = place_names()
    ours = [name for name in names if name.startswith("上海市")]
    shared = {
        "places": [
            ("全国", ["国家"]),
            ("上海", ours),
            ("其他地区", [n for n in names if n not in ours and n != "国家"]),
        ],
        "home": DEFAULT_PLACE,
        "validities": VALIDITY,
        "most_files": settings.max_files,
        "most_megabytes": settings.max_upload // 2**20,
    }
    serve_page(
        app,
        "/documents",
        template=HERE / "page.html.j2",
        title="文件",
        description="条理收录的政策文件：导入原文，逐条查看，时间线，版本对照，要留意的。",
        styles=[HERE / "files.css", HERE / "reader.css", HERE / "views.css"],
        scripts=sorted(HERE.glob("*.js")),
        context=lambda request: shared | {"staff": _staff(request)},
    )


def _staff(request: Request) -> bool:
    """Whether the questions of people may be shown; nobody's while the store cannot be read."""
    try:
        account = account_of(request)
    except Problem:
        return False
    return account is not None and account.may("specialist", "trainer")
