"""Handing over by the API: the owner by the thread, the specialist by role; the answer comes back into the conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

SignIn = Callable[..., TestClient]
REF = "cn/miit/2026/2#annex_3__item_7"
GOOD = "从别处转让来的知识产权不计入I类知识产权。"


@pytest.fixture
def thread(client: TestClient) -> str:
    found: dict[str, Any] = client.post("/api/v1/ask", json={"message": "买来的软著能不能拿来报小巨人？"}).json()
    return str(found["thread"])


@pytest.fixture
def anna(signed_in: SignIn) -> TestClient:
    return signed_in("specialist", name="安娜")


@pytest.fixture
def bert(signed_in: SignIn) -> TestClient:
    return signed_in("specialist", name="贝特")


def hand_over(client: TestClient, thread: str, **more: Any) -> dict[str, Any]:
    response = client.post("/api/v1/tickets", json={"thread": thread, **more})
    assert response.status_code in (200, 201), response.text
    return dict(response.json())


def ticket_of(client: TestClient, thread: str, anna: TestClient) -> str:
    number = hand_over(client, thread)["number"]
    (line,) = anna.get("/api/v1/tickets", params={"text": number}).json()["tickets"]
    return str(line["id"])


def test_handing_over_and_back(client: TestClient, thread: str, anna: TestClient) -> None:
    contact = {"name": "王小明", "phone": "138 1234 5678"}
    body = {"thread": thread, "wish": "请看看，微信13812345678", "contact": contact}
    first = client.post("/api/v1/tickets", json=body)
    again = client.post("/api/v1/tickets", json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert "13812345678" not in first.text
    assert "已遮住您写的手机号" in first.json()["notes"][0]
    listed = anna.get("/api/v1/tickets", params={"text": first.json()["number"]})
    ticket = listed.json()["tickets"][0]["id"]
    assert "5678" in listed.json()["tickets"][0]["contact"]
    assert "138 1234" not in listed.text
    whole = anna.get(f"/api/v1/tickets/{ticket}").json()
    assert whole["contact"]["phone"] == "138 1234 5678"
    assert whole["package"]["transcript"][0]["message"] == "买来的软著能不能拿来报小巨人？"
    assert anna.post(f"/api/v1/tickets/{ticket}/claim").json()["assignee_name"] == "安娜"
    sent = anna.post(
        f"/api/v1/tickets/{ticket}/answer",
        json={"text": GOOD, "refs": [REF]},
        headers={"Idempotency-Key": "answer-0001"},
    )
    assert sent.status_code == 200, sent.text
    assert sent.json()["message"]["warnings"] == []
    talk = client.get(f"/api/v1/conversations/{thread}").json()["turns"]
    assert [(t["kind"], t["by"]) for t in talk] == [("assistant", ""), ("specialist", "安娜")]
    assert talk[1]["answer"]["citations"][0]["eid"] == "annex_3__item_7"
    assert GOOD in talk[1]["answer"]["answer"]
    mine = client.get(f"/api/v1/conversations/{thread}/ticket").json()
    assert (mine["state"], mine["specialist"], mine["messages"][0]["by"]) == ("answered", "安娜", "specialist")
    assert mine["messages"][0]["citations"][0]["text"]
    more = client.post(f"/api/v1/conversations/{thread}/ticket/messages", json={"text": "那自己申请的呢"}).json()
    assert more["state"] == "claimed"
    followed = client.post("/api/v1/ask", json={"message": "依据在哪一条", "thread": thread}).json()
    assert [c["eid"] for c in followed["citations"]] == ["annex_3__item_7"]
    talk = client.get(f"/api/v1/conversations/{thread}").json()["turns"]
    assert [t["kind"] for t in talk] == ["assistant", "specialist", "to_specialist", "assistant"]


def test_the_second_to_claim_is_told_who_has_it(
    client: TestClient, thread: str, anna: TestClient, bert: TestClient
) -> None:
    ticket = ticket_of(client, thread, anna)
    assert anna.post(f"/api/v1/tickets/{ticket}/claim").status_code == 200
    late = bert.post(f"/api/v1/tickets/{ticket}/claim")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/conflict")
    assert "安娜" in late.json()["detail"]
    assert anna.post(f"/api/v1/tickets/{ticket}/claim").status_code == 200
    assert bert.post(f"/api/v1/tickets/{ticket}/close", json={}).status_code == 409
    assert anna.post(f"/api/v1/tickets/{ticket}/hand-back", json={"why": "休假"}).json()["state"] == "waiting"
    assert bert.post(f"/api/v1/tickets/{ticket}/claim").json()["assignee_name"] == "贝特"
    audit = anna.get(f"/api/v1/tickets/{ticket}").json()["events"]
    assert [(e["name"], e["what"]) for e in audit] == [
        ("", "handed-over"), ("安娜", "claimed"), ("安娜", "handed-back"), ("贝特", "claimed"),
    ]  # fmt: skip


def test_what_the_clauses_do_not_bear_out_is_a_warning(client: TestClient, thread: str, anna: TestClient) -> None:
    ticket = ticket_of(client, thread, anna)
    body = {
        "text": "您好！至少要有97项I类知识产权。",
        "refs": [REF, "cn/miit/2026/2#art_999", "cn-sh/jxw/2022/8#art_10"],
    }
    checked = anna.post(f"/api/v1/tickets/{ticket}/check", json=body).json()["warnings"]
    why = "".join(w["why"] for w in checked)
    assert "art_999" in why
    assert "这句话里的数字“97项”在所引条款里找不到。" in why
    assert not any("您好" in w["sentence"] for w in checked)
    assert anna.get(f"/api/v1/tickets/{ticket}").json()["messages"] == []
    anna.post(f"/api/v1/tickets/{ticket}/claim")
    sent = anna.post(f"/api/v1/tickets/{ticket}/answer", json=body).json()["message"]
    assert sent["warnings"] == checked
    assert "cn/miit/2026/2#art_999" not in sent["refs"]
    assert anna.get(f"/api/v1/tickets/{ticket}").json()["messages"][0]["warnings"] == checked
    bare = anna.post(f"/api/v1/tickets/{ticket}/check", json={"text": "不算。"}).json()["warnings"]
    assert "没有引用条款" in bare[0]["why"]


def test_a_clause_that_is_over_is_a_warning(client: TestClient, thread: str, anna: TestClient, house: Any) -> None:
    over = next(
        ref for ref in house.corpus.clauses
        if (e := house.library.evidence(ref, house.today())) and e.validity.state == "expired"
    )  # fmt: skip
    ticket = ticket_of(client, thread, anna)
    found = anna.post(f"/api/v1/tickets/{ticket}/check", json={"text": "见条款。", "refs": [over]}).json()["warnings"]
    assert "已过有效期" in found[0]["why"]


def test_roles(client: TestClient, thread: str, anna: TestClient, signed_in: SignIn) -> None:
    ticket = ticket_of(client, thread, anna)
    calls = [
        ("GET", "/api/v1/tickets"), ("GET", f"/api/v1/tickets/{ticket}"), ("POST", f"/api/v1/tickets/{ticket}/claim"),
        ("POST", f"/api/v1/tickets/{ticket}/answer"), ("POST", f"/api/v1/tickets/{ticket}/close"),
        ("PATCH", f"/api/v1/tickets/{ticket}"), ("POST", f"/api/v1/tickets/{ticket}/notes"), ("GET", "/api/v1/curated"),
        ("POST", f"/api/v1/curated/from-ticket/{ticket}"),
    ]  # fmt: skip
    for who, status in ((client, 401), (signed_in("trainer"), 403)):
        for method, path in calls:
            found = who.request(method, path, json={"text": "x", "version": 1} if method != "GET" else None)
            assert found.status_code == status, (method, path)
    assert signed_in("admin").get(f"/api/v1/tickets/{ticket}").status_code == 200


def test_the_thread_is_the_capability(client: TestClient, thread: str, anna: TestClient) -> None:
    ticket = ticket_of(client, thread, anna)
    for path in ("/api/v1/conversations/another/ticket", f"/api/v1/conversations/{ticket}/ticket"):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}/messages", json={"text": "看看"}).status_code == 404
        assert client.post(f"{path}/withdraw").status_code == 404
    assert client.post("/api/v1/tickets", json={"thread": "another"}).status_code == 404
    foreign = client.post("/api/v1/tickets", json={"thread": thread}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


def test_notes_tags_and_due(client: TestClient, thread: str, anna: TestClient) -> None:
    ticket = ticket_of(client, thread, anna)
    anna.post(f"/api/v1/tickets/{ticket}/notes", json={"text": "客户电话13812345678，着急"})
    version = anna.get(f"/api/v1/tickets/{ticket}").json()["ticket"]["version"]
    body = {"version": version, "due": "2026-11-24T10:00:00+08:00", "priority": "urgent", "tags": ["软著", "小巨人"]}
    changed = anna.patch(f"/api/v1/tickets/{ticket}", json=body)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["priority"], changed.json()["tags"]) == ("urgent", ["软著", "小巨人"])
    assert anna.patch(f"/api/v1/tickets/{ticket}", json={**body, "tags": []}).status_code == 409
    assert anna.patch(f"/api/v1/tickets/{ticket}", json={"version": 1, "due": "2026-11-24"}).status_code == 422
    whole = anna.get(f"/api/v1/tickets/{ticket}").json()
    assert whole["messages"][0]["text"] == "客户电话〔手机号〕，着急"
    assert client.get(f"/api/v1/conversations/{thread}/ticket").json()["messages"] == []


def test_deleting_the_conversation_deletes_the_ticket(client: TestClient, thread: str, anna: TestClient) -> None:
    ticket = ticket_of(client, thread, anna)
    assert client.delete(f"/api/v1/conversations/{thread}").status_code == 204
    assert anna.get(f"/api/v1/tickets/{ticket}").status_code == 404
    assert client.get(f"/api/v1/conversations/{thread}/ticket").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {}, {"thread": "a b"}, {"thread": "x", "wish": "长" * 1001}, {"thread": "x", "contact": {"phone": "打我"}},
        {"thread": "x", "contact": {"email": "没有"}}, {"thread": "x", "contact": {"qq": "1"}},
    ],
)  # fmt: skip
def test_bad_input(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/api/v1/tickets", json=body).status_code == 422


def test_every_route_is_described_in_chinese(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    ours = {p: ops for p, ops in paths.items() if "ticket" in p or "curated" in p}
    assert len(ours) >= 17
    for path, operations in ours.items():
        for operation in operations.values():
            assert any("\u4e00" <= ch <= "\u9fff" for ch in operation["summary"]), path
