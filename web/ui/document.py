"""The HTML document of the owner's chat: our own page, complete before any script runs, with Gradio's part in its middle."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from assistant.conversation import DEFAULT_PLACE
from assistant.library import place_names
from assistant.profile.precheck import titles
from web.problems import Problem
from web.security import account_of
from web.service import Service
from web.ui.shell.page import NAVIGATION, serve_assets
from web.ui.words import chinese_day

HERE = Path(__file__).parent
OWNER = HERE / "owner"
STYLES = [HERE / "style.css", HERE / "answer.css", *(OWNER / name for name in ("desk.css", "side.css", "cards.css"))]
TITLE = "政策问答与资格预检"
DESCRIPTION = "条理：优质中小企业政策问答与资格预检，每个结论都带条款出处。"
SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.S)
STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')
APP = re.compile(r"<gradio-app\b.*?</gradio-app>", re.S)
NOT_OURS = ("iframeResizer.contentWindow", "gradio_api_info")
"""Scripts of Gradio's document that our page has no use for: being embedded elsewhere, the description of its API."""
EXAMPLES = (
    "上海第一次上规模，市里能奖多少？",
    "专精特新现在要满足什么条件？",
    "更新信息到底是4月30日还是5月31日？",
    "去年营收1480万，没拿过投资，别的都达标，能报专精特新吗？",
)
Edit = Callable[[bytes, Scope], Awaitable[bytes]]


def serve_owner(app: FastAPI, service: Service) -> Edit:
    """Serve the page's style sheets and scripts; what makes Gradio's document into the page."""
    assets = serve_assets(app, "chat", STYLES, sorted(OWNER.glob("*.js")))
    template = Environment(
        loader=FileSystemLoader([OWNER, HERE / "shell"]), autoescape=select_autoescape(default=True)
    ).get_template("page.html.j2")
    names = place_names()
    ours = [name for name in names if name.startswith("上海市")]
    fixed = {
        "assets": assets, "title": TITLE, "description": DESCRIPTION, "modules": ("main.js",), "navigation": NAVIGATION,
        "current": "/", "examples": EXAMPLES, "titles": titles(), "place": DEFAULT_PLACE,
        "places": [
            ("上海", ours), ("全国", ["国家"]), ("其他地区", [n for n in names if n not in ours and n != "国家"]),
        ],
    }  # fmt: skip

    async def page(html: bytes, scope: Scope) -> bytes:
        text = html.decode()
        gradio = APP.search(text)
        if gradio is None:
            return html
        scripts = [one for one in SCRIPT.findall(text[: gradio.start()]) if not any(n in one for n in NOT_OURS)]
        now = await run_in_threadpool(_now, service, Request({**scope, "app": app}))  # not the mounted one
        head = "".join((*STYLE.findall(text), *scripts))
        return template.render(**fixed, **now, head=Markup(head), gradio=Markup(gradio[0])).encode()

    return page


def _now(service: Service, request: Request) -> dict[str, Any]:
    """What changes from one visit to the next: who is signed in, today, how much there is to answer from."""
    try:
        account = account_of(request)
    except Problem:
        account = None
    today = service.today().isoformat()
    try:
        documents = sum(1 for one in service.house.corpus.documents.values() if one.included)
    except Problem:
        documents = 0
    return {"account": account, "today": today, "today_words": chinese_day(today), "documents": documents}
