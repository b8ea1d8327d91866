"""The profile over HTTP: facts, corrections, collisions, check-up, deadlines as a calendar."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def path() -> str:
    return f"/api/v1/conversations/api-{uuid.uuid4().hex}"


def test_fill_in_correct_and_take_out(client: TestClient, path: str) -> None:
    new = client.get(f"{path}/profile").json()
    assert (new["version"], new["facts"], new["check"]) == (0, [], None)
    body = {"version": 0, "title": "专精特新", "track": "first", "place": "青浦", "set": {"revenue@2025": "4800"}}
    begun = client.patch(f"{path}/profile", json=body).json()
    assert begun["place"] == "上海市青浦区"
    assert begun["facts"][0]["source"] == "表单填写"
    assert begun["check"]["name"] == "专精特新中小企业"
    assert begun["check"]["progress"].startswith("还差")
    gone = client.patch(f"{path}/profile", json={"version": begun["version"], "remove": ["revenue@2025"]}).json()
    assert gone["facts"] == []


def test_what_is_wrong_is_said_at_its_field(client: TestClient, path: str) -> None:
    body = {"version": 0, "set": {"revenue@2025": "很多", "is_sme": "也许"}, "title": "院士"}
    response = client.patch(f"{path}/profile", json=body)
    assert response.status_code == 422
    errors = {error["pointer"]: error["detail"] for error in response.json()["errors"]}
    assert set(errors) == {"/set/revenue@2025", "/set/is_sme", "/title"}
    assert "单位万元" in errors["/set/revenue@2025"]


def test_two_tabs(client: TestClient, path: str) -> None:
    first = client.patch(f"{path}/profile", json={"version": 0, "set": {"revenue@2025": "4800"}}).json()["version"]
    client.patch(f"{path}/profile", json={"version": first, "set": {"revenue@2025": "5000"}})
    late = client.patch(f"{path}/profile", json={"version": first, "set": {"revenue@2025": "5100"}})
    assert late.status_code == 409
    assert late.json()["type"] == "/problems/conflict"
    assert "现在是5000万元" in late.json()["detail"]


def test_a_deleted_conversation_is_not_found(client: TestClient, path: str) -> None:
    client.patch(f"{path}/profile", json={"version": 0, "set": {"revenue@2025": "4800"}})
    assert client.delete(path).status_code == 204
    assert client.patch(f"{path}/profile", json={"version": 1, "set": {"revenue@2025": "1"}}).status_code == 404


def test_another_site_changes_nothing(client: TestClient, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.patch(f"{path}/profile", json={"version": 0, "title": "专精特新"}, headers=headers).status_code == 403
    assert client.get(f"{path}/profile").json()["version"] == 0


def test_what_follows_from_the_profile(client: TestClient, path: str) -> None:
    known = {"holds_zjtx": "是", "held:专精特新:granted": "2024-03-01", "revenue@2025": "6200"}
    assert client.patch(f"{path}/profile", json={"version": 0, "set": known}).status_code == 200
    assert any(row["status"] in ("entitled", "likely") for row in client.get(f"{path}/checkup").json()["benefits"])
    dated = [duty["date"] for duty in client.get(f"{path}/duties").json()["duties"] if duty["date"]]
    assert dated
    calendar = client.get(f"{path}/calendar")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") >= 1


def test_a_rating_is_changed_and_not_added(client: TestClient) -> None:
    turn = client.post("/api/v1/ask", json={"message": "上海第一次上规模，市里能奖多少？"}).json()
    for body in ({"verdict": "up"}, {"verdict": "down", "comment": "没说区里的"}):
        assert client.post("/api/v1/feedback", json={"turn": turn["turn"], **body}).status_code == 201
    store = client.app.state.service.store  # type: ignore[attr-defined]
    assert store.ratings(turn["thread"]) == {turn["turn"]: "down"}
