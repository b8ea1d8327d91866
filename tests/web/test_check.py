"""/check and /extract."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

FACTS: dict[str, Any] = {"revenue": {"2025": "1480万元"}, "new_equity_l2y": "0万元", "debt_ratio": "45%"}


def test_a_failing_company(client: TestClient) -> None:
    verdict = client.post("/api/v1/check", json={"title": "专精特新", "facts": FACTS, "track": "first"}).json()
    assert verdict["outcome"] == "not_eligible"
    failing = next(c for c in verdict["criteria"] if c["outcome"] == "not_met")
    assert failing["clause"] == "附件1（二）"
    assert "20万元" in failing["margin"]


def test_facts_decide_and_not_their_order(client: TestClient) -> None:
    backwards = dict(reversed(FACTS.items()))
    first, second = (
        client.post("/api/v1/check", json={"title": "专精特新", "facts": facts, "track": "first"}).json()
        for facts in (FACTS, backwards)
    )
    assert first == second


def test_values_without_a_year_are_of_the_last_accounting_year(client: TestClient) -> None:
    body = {"title": "专精特新", "facts": {"revenue": "1480万元"}, "track": "first", "as_of": "2026-11-21"}
    verdict = client.post("/api/v1/check", json=body).json()
    assert any("2025年" in name for c in verdict["criteria"] for name in c["values"])


def test_unknown_title_and_fact_are_named(client: TestClient) -> None:
    response = client.post("/api/v1/check", json={"title": "独角兽", "facts": {}})
    assert response.status_code == 422
    assert "独角兽" in response.json()["detail"]
    response = client.post("/api/v1/check", json={"title": "专精特新", "facts": {"profit": 3}})
    assert response.status_code == 422
    assert "profit" in response.json()["detail"]


def test_extract_reads_words(client: TestClient) -> None:
    found = client.post("/api/v1/extract", json={"message": "去年营收1480万，负债率45%，想报专精特新"}).json()
    assert found["title"] == "专精特新"
    assert {"revenue@2025", "debt_ratio@2025"} <= {f["fact"] for f in found["facts"]}
