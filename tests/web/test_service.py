"""Health, headers, OpenAPI, settings, and the page's document."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer
from web.middleware import INLINE_SCRIPT
from web.settings import Settings

if TYPE_CHECKING:
    from assistant.house import House


def test_health_and_readiness(client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    monkeypatch.setattr(house, "store", None)
    degraded = client.get("/readyz").json()
    assert (degraded["ready"], degraded["store"]["state"]) == (True, "degraded")
    monkeypatch.setattr(house, "searcher", None)
    monkeypatch.setattr("assistant.house.House.refresh", lambda self: None)
    down = client.get("/readyz")
    assert (down.status_code, down.json()["index"]["state"]) == (503, "down")
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/v1/search", params={"q": "更新"}).status_code == 503


def test_every_response_carries_security_headers(client: TestClient) -> None:
    for path in ("/", "/api/v1/documents", "/api/v1/nothing", "/openapi.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_the_page_allows_its_own_scripts_only(client: TestClient) -> None:
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert "'unsafe-inline'" not in scripts[1]
    assert "http" not in policy
    for text in INLINE_SCRIPT.findall(page.content):
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_page_is_chinese_and_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert re.search(r'<html[^>]*lang="zh-CN"', page, re.S)
    head = page.split("<script", 1)[0]
    assert "http" not in head
    assert "og:" not in page
    style = re.search(r'href="(/assets/chat-\w+/page\.css)"', page)
    assert style
    sheet = client.get(style[1])
    assert sheet.headers["content-type"].startswith("text/css")
    assert "url(" not in sheet.text
    assert "@import" not in sheet.text


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/gradio_api/file=/etc/passwd", "/gradio_api/docs"])
def test_no_page_from_elsewhere_and_no_files(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "cdn" not in response.text


def test_openapi_examples_are_accepted(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    tried = 0
    for path, methods in spec["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in content.get("examples", {}).values():
            response = client.post(path, json=example["value"])
            assert response.status_code == 200, response.text
            tried += 1
    assert tried >= 5


def test_openapi_describes_every_route_in_chinese(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            assert chinese.search(operation["summary"]), (path, method)
    ask: dict[str, Any] = spec["paths"]["/api/v1/ask"]["post"]
    assert {"200", "400", "413", "415", "422", "503"} <= set(ask["responses"])
    shown = Answer.model_validate(ask["responses"]["200"]["content"]["application/json"]["example"])
    said = Answer.model_validate(client.post("/api/v1/ask", json={"message": "专精特新有效期几年？"}).json())
    assert (shown.route, shown.status, shown.citations[0].ref) == (said.route, said.status, said.citations[0].ref)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOLI_PORT", "9001")
    monkeypatch.setenv("TIAOLI_MAX_BODY", "2048")
    assert (Settings().port, Settings().max_body) == (9001, 2048)
