"""Timeline, versions, changes and care over HTTP; people's questions only for those who work with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

SignIn = Callable[..., TestClient]
PATHS = ("timeline", "versions", "changes", "care", "care/questions")


def test_the_routes_are_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in PATHS:
        assert paths[f"/api/v1/documents/{path}"]["get"]["summary"]


def test_the_timeline_of_a_place(client: TestClient) -> None:
    found = client.get("/api/v1/documents/timeline", params={"place": "上海", "endings": True}).json()
    assert found["place"] == "上海市"
    days = [event["day"] for event in found["events"]]
    assert days == sorted(days)
    assert {event["document"]["place"] for event in found["events"]} <= {"国家", "上海市", "上海市青浦区"}
    (rules,) = [e for e in found["events"] if e["document"]["id"] == "cn-sh/jxw/2022/8" and e["kind"] == "ended"]
    assert (rules["day"], rules["ahead"]) == ("2027-11-10", True)
    earlier = client.get("/api/v1/documents/timeline", params={"as_of": "2026-01-01"}).json()["events"]
    assert any(event["ahead"] and event["day"] == "2026-04-01" for event in earlier)


def test_changes_of_a_pair(client: TestClient) -> None:
    pairs = client.get("/api/v1/documents/versions").json()["versions"]
    ids = ("cn-sh/jxw/2022/8", "cn/miit/2026/2")
    assert ids in {(pair["earlier"]["id"], pair["later"]["id"]) for pair in pairs}
    found = client.get("/api/v1/documents/changes", params={"earlier": ids[0], "later": ids[1]}).json()
    joined: dict[str, Any] = {c["earlier"]["label"]: c for c in found["changes"] if c["kind"] == "changed"}
    assert joined["第十四条"]["later"]["label"] == "第十七条"
    assert joined["第十四条"]["note"]
    assert joined["第十一条"]["later"]["label"] == joined["第十二条"]["later"]["label"] == "第八条"
    assert sum(found["counts"].values()) == len(found["changes"])


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("timeline?place=火星", 422, "invalid-request"), ("care?soon=0", 422, "invalid-request"),
        ("changes?earlier=cn/miit/2026/2", 422, "invalid-request"),
        ("changes?earlier=cn/miit/2026/2&later=cn/nowhere/1/1", 404, "unknown-item"),
        ("care/questions", 401, "unauthorised"),
    ],
)  # fmt: skip
def test_what_cannot_be_had(client: TestClient, path: str, status: int, kind: str) -> None:
    found = client.get(f"/api/v1/documents/{path}")
    assert (found.status_code, found.json()["type"]) == (status, f"/problems/{kind}")


def test_questions_are_for_those_who_work_with_them(client: TestClient, signed_in: SignIn) -> None:
    question = "灯塔水费每年几月交"
    asked = client.post("/api/v1/ask", json={"message": question}).json()
    assert asked["status"] == "not_found"
    assert question not in client.get("/api/v1/documents/care").text
    for role in ("specialist", "trainer"):
        found = signed_in(role).get("/api/v1/documents/care/questions").json()
        assert any(one["question"] == question for one in found["unanswered"]) == (asked["reason"] != "out_of_scope")
