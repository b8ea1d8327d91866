"""Search, documents and clauses over HTTP."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_search_finds_the_clause(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "首次上规模 奖励", "k": 5, "place": "上海"}).json()
    assert found["total"] == len(found["hits"]) <= 5
    assert "cn-sh/gov/2025/zjtx-measures#sec_1__item_2" in [h["ref"] for h in found["hits"]]
    scores = [h["score"] for h in found["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_search_by_post_is_the_same(client: TestClient) -> None:
    by_get = client.get("/api/v1/search", params={"q": "更新信息", "as_of": "2026-11-21"}).json()
    assert client.post("/api/v1/search", json={"query": "更新信息", "as_of": "2026-11-21"}).json() == by_get


def test_search_filters_stay_empty(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "青浦区 奖励", "place": "天津市"}).json()
    assert not [h for h in found["hits"] if h["place"].startswith("上海市")]
    before = client.get("/api/v1/search", params={"q": "专精特新 条件", "as_of": "2021-01-01"}).json()
    documents = {
        d["id"]: d for d in client.get("/api/v1/documents", params={"as_of": "2021-01-01"}).json()["documents"]
    }
    found = [documents[h["document"]] for h in before["hits"] if h["kind"] == "clause"]
    assert found
    assert not [d["id"] for d in found if (d["in_force_from"] or d["signed"] or "") > "2021-01-01"]


def test_search_refuses_what_it_cannot_use(client: TestClient) -> None:
    assert client.get("/api/v1/search").status_code == 422
    assert client.get("/api/v1/search", params={"q": "a", "k": 1000}).status_code == 422
    assert client.get("/api/v1/search", params={"q": "a", "as_of": "x"}).status_code == 422


def test_documents_and_their_status(client: TestClient) -> None:
    found = client.get("/api/v1/documents").json()
    by_id = {d["id"]: d for d in found["documents"]}
    assert found["total"] == len(by_id)
    assert by_id["cn/miit/2026/2"]["validity"] == "in_force"
    assert by_id["cn/miit/2026/2"]["clauses"] >= 61
    earlier = client.get("/api/v1/documents", params={"as_of": "2026-03-31"}).json()
    assert {d["id"]: d["validity"] for d in earlier["documents"]}["cn/miit/2026/2"] == "not_yet"


def test_one_document_with_its_clauses(client: TestClient) -> None:
    found = client.get("/api/v1/documents/cn/miit/2026/2").json()
    assert found["info"]["number"] == "工信部企业〔2026〕2号"
    assert len(found["clauses"]) == found["info"]["clauses"]
    assert {"第一条", "第十七条", "附件1（二）"} <= {c["clause"] for c in found["clauses"]}
    assert client.get("/api/v1/documents/cn/miit/1999/1").json()["type"] == "/problems/unknown-item"


def test_one_clause(client: TestClient) -> None:
    found = client.get("/api/v1/clauses", params={"ref": "cn/miit/2026/2#art_17"}).json()
    assert (found["clause"], found["text_kind"], found["validity"]) == ("第十七条", "digest", "in_force")
    for ref in ("cn/miit/2026/2#art_99", "nothing", "cn/miit/2026/2#../x"):
        assert client.get("/api/v1/clauses", params={"ref": ref}).status_code == 404
