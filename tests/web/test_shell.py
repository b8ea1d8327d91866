"""Pages of our own: their header, their policy, their assets, who may see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from web.security import COOKIE
from web.service import Service
from web.ui.shell.page import serve_page

if TYPE_CHECKING:
    from assistant.house import House

TEMPLATE = '{% extends "shell.html.j2" %}{% block content %}<main>{{ what }}</main>{% endblock %}'


@pytest.fixture(scope="module")
def pages(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One page for everybody, one for specialists, one for any account."""
    folder = tmp_path_factory.mktemp("page")
    template, style, script = folder / "page.html.j2", folder / "own.css", folder / "main.js"
    template.write_text(TEMPLATE, "utf-8")
    style.write_text(".own { color: var(--ink) }", "utf-8")
    script.write_text('import "./dom.js";', "utf-8")
    app = FastAPI()
    app.state.service = Service(house)
    more: dict[str, Any] = {"template": template, "styles": [style], "scripts": [script]}
    serve_page(app, "/room/{code}", title="房间", context=lambda request: {"what": request.path_params["code"]}, **more)
    serve_page(app, "/desk", title="坐席", context={"what": "只给坐席"}, roles=["specialist"], **more)
    serve_page(app, "/mine", title="我的", current="/documents", context={"what": "自己的"}, roles=[], **more)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def test_a_page_is_whole(pages: TestClient) -> None:
    page = pages.get("/room/%3Cb%3E7")
    assert "<main>&lt;b&gt;7</main>" in page.text
    assert page.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page.text)
    for name in ("问答", "文件", "坐席", "培训"):
        assert f">{name}</a>" in page.text
    assert "aria-current" not in page.text
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
    assert [Path(one).name for one in assets] == ["theme.js", "page.css", "shell.js", "main.js"]
    for one in [*assets, assets[-1].replace("main.js", "dom.js")]:
        part = pages.get(one)
        assert part.status_code == 200
        assert "immutable" in part.headers["cache-control"]
    assert ".own" in pages.get(assets[1]).text


def test_who_is_not_signed_in_is_sent_to_sign_in(pages: TestClient) -> None:
    found = pages.get("/desk?q=一&n=2")
    assert found.status_code == 303
    assert found.headers["location"] == "/sign-in?next=%2Fdesk%3Fq%3D%25E4%25B8%2580%26n%3D2"
    expired = pages.get("/desk", headers={"Cookie": f"{COOKIE}=no-such-session"})
    assert expired.headers["location"] == "/sign-in?next=%2Fdesk&why=expired"


def test_roles(pages: TestClient, signed_in: Callable[..., TestClient]) -> None:
    def get(path: str, role: str) -> Any:
        return pages.get(path, headers={"Cookie": f"{COOKIE}={signed_in(role).cookies[COOKIE]}"})

    seen = get("/desk", "specialist")
    assert "只给坐席" in seen.text
    assert "测试-specialist" in seen.text
    assert "只给坐席" in get("/desk", "admin").text
    refused = get("/desk", "trainer")
    assert refused.status_code == 403
    assert "只给坐席" not in refused.text
    assert "这里只有坐席能用" in refused.text
    assert "main.js" not in refused.text
    mine = get("/mine", "trainer").text
    assert '<a href="/documents" aria-current="page">文件</a>' in mine
