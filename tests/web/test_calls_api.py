"""The desk's routes: who may, what comes back, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.store import new_id

API = "/api/v1"
SignIn = Callable[..., TestClient]


@pytest.fixture
def desk(signed_in: SignIn) -> TestClient:
    return signed_in("specialist")


def draft(**fields: Any) -> dict[str, Any]:
    return {"version": 0, "draft": fields}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/desk/search?q=x"), ("GET", "/desk/clause?ref=x"), ("GET", "/desk/compare?left=x&right=y"), ("GET", "/calls"),
     ("GET", "/calls/abcdefgh"), ("PUT", "/calls/abcdefgh"), ("POST", "/calls/abcdefgh/facts"), ("POST", "/calls/abcdefgh/finish"),
     ("DELETE", "/calls/abcdefgh"), ("DELETE", "/calls/abcdefgh/facts/staff@2025")],
)  # fmt: skip
def test_specialists_only(client: TestClient, signed_in: SignIn, method: str, path: str) -> None:
    assert client.request(method, API + path).status_code == 401
    assert signed_in("trainer").request(method, API + path).status_code == 403


def test_search_and_the_clause_behind_it(desk: TestClient) -> None:
    found = desk.get(API + "/desk/search", params={"q": "首次上规", "place": "青浦", "limit": 3}).json()
    assert found["place"] == "上海市青浦区"
    assert 1 <= len(found["hits"]) <= 3
    hit = found["hits"][0]
    assert "最高奖励50万元" in hit["read"]
    clause = desk.get(API + "/desk/clause", params={"ref": hit["ref"]}).json()
    assert clause["clause"]["clause"] == hit["label"]
    assert hit["read"] in [one["text"] for one in clause["read_outs"]]
    topic = desk.get(API + "/desk/clause", params={"ref": "topic:apply-path-shanghai"}).json()
    assert topic["clause"] is None
    assert len(topic["clauses"]) > 1
    assert desk.get(API + "/desk/clause", params={"ref": "cn/none#art_1"}).status_code == 404
    assert desk.get(API + "/desk/clause", params={"ref": "topic:none"}).status_code == 404
    assert desk.get(API + "/desk/clause", params={"ref": "gap:x"}).status_code == 404


def test_side_by_side(desk: TestClient) -> None:
    refs = {"left": "cn/miit/2026/2#annex_1__item_3", "right": "cn/miit/2026/2#annex_2__item_3"}
    found = desk.get(API + "/desk/compare", params={**refs, "right_as_of": "2026-01-10"}).json()
    assert found["right"]["as_of"] == "2026-01-10"
    assert any(piece["kind"] == "figure" for piece in found["left"]["pieces"])
    assert desk.get(API + "/desk/compare", params={"left": "x", "right": "y"}).status_code == 404


def test_a_call_from_beginning_to_end(desk: TestClient) -> None:
    where = f"{API}/calls/{new_id()}"
    begun = desk.put(where, json=draft(company="上海明德传感器有限公司", caller="王小明"))
    assert begun.status_code == 200, begun.text
    assert begun.json()["questions"][0]["fact"] == "title"
    told = desk.post(where + "/facts", json={"text": "想报专精特新，去年营收4800万，研发占6%"}).json()
    assert told["heard"]["title"] == "专精特新"
    assert told["verdict"]["outcome"] == "needs_info"
    assert [chip["value"] for chip in told["chips"]] == ["4800万元", "6%"]
    version = told["call"]["version"]
    saved = desk.put(
        where, json={"version": version, "draft": {**told["call"]["draft"], "title": "专精特新", "notes": "记一笔"}}
    ).json()
    asked = saved["questions"][0]
    assert asked["fact"] not in ("title", "revenue@2025")
    answered = desk.post(where + "/facts", json={"text": asked["answers"][0], "asked": [asked["fact"]]}).json()
    assert answered["questions"][0]["fact"] != asked["fact"]
    typed = desk.post(where + "/facts", json={"fact": "revenue@2025", "value": "1200万元"}).json()
    assert typed["verdict"]["criteria"]
    dropped = desk.delete(where + "/facts/revenue@2025").json()
    assert "revenue@2025" not in [chip["key"] for chip in dropped["chips"]]
    finished = desk.post(where + "/finish").json()
    assert finished["call"]["finished"]
    assert "记一笔" in finished["summary"]["text"]
    listed = desk.get(API + "/calls", params={"q": "明德"}).json()["calls"]
    assert listed[0]["company"] == "上海明德＊＊有限公司"
    assert listed[0]["outcome"] == "needs_info"
    assert desk.delete(where).status_code == 204
    assert desk.get(where).status_code == 404


def test_an_older_page_is_told_so(desk: TestClient) -> None:
    where = f"{API}/calls/{new_id()}"
    desk.put(where, json=draft(notes="甲"))
    assert desk.put(where, json={"version": 1, "draft": {"notes": "乙"}}).status_code == 200
    refused = desk.put(where, json={"version": 1, "draft": {"notes": "丙"}})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/conflict")
    assert desk.get(where).json()["call"]["draft"]["notes"] == "乙"


def test_colleagues_read_with_names_masked(desk: TestClient, signed_in: SignIn) -> None:
    call = new_id()
    where = f"{API}/calls/{call}"
    desk.put(where, json=draft(company="上海明德传感器有限公司", caller="王小明", contact="13812345678"))
    other = signed_in("specialist", name="同事乙")
    seen = other.get(where).json()
    assert seen["mine"] is False
    assert "小明" not in str(seen)
    assert "传感器" not in str(seen)
    assert "138" not in str(seen)
    assert other.put(where, json={"version": 1, "draft": {}}).status_code == 404
    assert other.delete(where).status_code == 404
    assert call not in [one["id"] for one in other.get(API + "/calls").json()["calls"]]
    assert call in [one["id"] for one in other.get(API + "/calls", params={"everyone": True}).json()["calls"]]


@pytest.mark.parametrize(
    ("body", "word"),
    [({"text": "x", "fact": "y"}, "写一样"), ({}, "写一样"), ({"fact": "幸福指数", "value": "3"}, "没有叫"),
     ({"fact": "revenue@2025", "value": "很多"}, "看不懂"), ({"text": "啊" * 2001}, "")],
)  # fmt: skip
def test_bad_facts_are_refused_with_a_sentence(desk: TestClient, body: dict[str, Any], word: str) -> None:
    where = f"{API}/calls/{new_id()}"
    desk.put(where, json=draft())
    refused = desk.post(where + "/facts", json=body)
    assert refused.status_code == 422
    assert word in refused.text


def test_bad_drafts_are_refused(desk: TestClient) -> None:
    where = f"{API}/calls/{new_id()}"
    for bad in (
        {"place": "月球"},
        {"notes": "长" * 10_001},
        {"noted": ""},
        {"promises": [{"text": "x", "due": "明天"}]},
    ):
        assert desk.put(where, json=draft(**bad)).status_code == 422
    assert desk.put(f"{API}/calls/short", json=draft()).status_code == 422
    assert desk.put(where, json={"version": 2, "draft": {}}).status_code == 404
