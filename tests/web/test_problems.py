"""Errors are RFC 9457 problem details in Chinese with a stable type."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from web.problems import KINDS, MEDIA_TYPE


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == MEDIA_TYPE
    body: dict[str, Any] = response.json()
    assert body["type"] == f"/problems/{kind}"
    assert body["status"] == status
    assert body["title"] == KINDS[kind].title
    assert body["detail"]
    return body


def test_types_are_stable() -> None:
    assert {name: kind.status for name, kind in KINDS.items()} == {
        "malformed-body": 400, "not-found": 404, "unknown-item": 404, "method-not-allowed": 405, "too-large": 413,
        "unsupported-media-type": 415, "invalid-request": 422, "unavailable": 503, "internal": 500, "other-site": 403,
        "unauthorised": 401, "forbidden": 403, "too-many": 429, "conflict": 409,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_type_can_be_opened(client: TestClient, kind: str) -> None:
    response = client.get(f"/problems/{kind}")
    assert response.status_code == 200
    assert KINDS[kind].title in response.text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api/v2/ask", "/problems/nothing", "/nothing.html"])
def test_unknown_addresses(client: TestClient, path: str) -> None:
    problem(client.get(path), 404, "not-found")


def test_wrong_method(client: TestClient) -> None:
    response = client.get("/api/v1/ask")
    problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


def test_wrong_content_type(client: TestClient) -> None:
    response = client.post(
        "/api/v1/ask", content="message=a", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("body", "pointer", "said"),
    [
        ({}, "/message", "缺少"),
        ({"message": 5}, "/message", "文字"),
        ({"message": "a", "masage": "b"}, "/masage", "不认识"),
        ({"message": "a", "as_of": "昨天"}, "/as_of", "2026-11-21"),
        ({"message": "a", "as_of": 0}, "/as_of", "2026-11-21"),
        ({"message": "a", "as_of": "0001-01-01"}, "/as_of", "1990"),
        ({"message": "a", "place": "火星"}, "/place", "地区"),
        ({"message": "a", "thread": "../x"}, "/thread", "格式"),
        ({"message": "a", "profile": []}, "/profile", "对象"),
    ],
)
def test_each_bad_field_is_named(client: TestClient, body: dict[str, Any], pointer: str, said: str) -> None:
    errors = problem(client.post("/api/v1/ask", json=body), 422, "invalid-request")["errors"]
    assert [e["pointer"] for e in errors] == [pointer]
    assert said in errors[0]["detail"]


def test_what_breaks_inside_stays_inside(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret /root/path")

    monkeypatch.setattr("web.api.documents.listed", broken)
    response = client.get("/api/v1/documents")
    problem(response, 500, "internal")
    assert "secret" not in response.text
