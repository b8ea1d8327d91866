"""Conversations and feedback."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient


@pytest.fixture
def answer(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/api/v1/ask", json={"message": "专精特新有效期几年？电话13812345678"}).json()
    return found


def test_a_conversation_can_be_read_and_forgotten(client: TestClient, answer: dict[str, Any]) -> None:
    path = f"/api/v1/conversations/{answer['thread']}"
    kept = client.get(path).json()
    assert kept["turns"][0]["answer"]["answer"] == answer["answer"]
    assert "13812345678" not in str(kept)
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404


def test_feedback_is_kept_with_its_turn(client: TestClient, answer: dict[str, Any], house: Any) -> None:
    body = {"turn": answer["turn"], "verdict": "down", "comment": "没说到点上，打我13812345678"}
    assert client.post("/api/v1/feedback", json=body).status_code == 201
    from sqlalchemy import select

    from assistant.store import Feedback

    with house.store.sessions() as session:
        row = session.scalars(select(Feedback).where(Feedback.turn == answer["turn"])).one()
    assert row.verdict == "down"
    assert "没说到点上" in row.comment
    assert "13812345678" not in row.comment


def test_feedback_for_nothing_is_refused(client: TestClient, answer: dict[str, Any]) -> None:
    assert client.post("/api/v1/feedback", json={"turn": "nothing", "verdict": "up"}).status_code == 404
    assert client.post("/api/v1/feedback", json={"turn": answer["turn"], "verdict": "great"}).status_code == 422


def test_without_a_store_questions_are_still_answered(
    client: TestClient, house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "store", None)
    found = client.post("/api/v1/ask", json={"message": "专精特新有效期几年？"})
    assert found.json()["status"] == "answered"
    response = client.post("/api/v1/feedback", json={"turn": "a", "verdict": "up"})
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/unavailable"
