"""/checkup and /duties."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar
from starlette.testclient import TestClient

DAY = "2026-11-21"
TITLES: list[dict[str, Any]] = [{"title": "专精特新", "granted": "2024-03-01"}]


def test_a_checkup_names_benefits_with_their_clauses(client: TestClient) -> None:
    body = {"facts": {"revenue": {"2025": "6200万元"}, "holds_zjtx": True}, "as_of": DAY, "name": "灯塔厂"}
    found = client.post("/api/v1/checkup", json=body).json()
    assert found["company"] == "灯塔厂"
    assert found["benefits"]
    assert all(row["clause"] and row["ref"] for row in found["benefits"])
    assert {row["title"] for row in found["titles"]} >= {"创新型", "专精特新", "小巨人"}


def test_elsewhere_there_is_no_benefit_of_shanghai(client: TestClient) -> None:
    found = client.post("/api/v1/checkup", json={"facts": {}, "place": "河北省", "as_of": DAY}).json()
    assert found["benefits"] == []
    assert any("河北" in note for note in found["notes"])


def test_duties_have_dates_and_a_calendar(client: TestClient) -> None:
    body = {"titles": TITLES, "as_of": DAY}
    found = client.post("/api/v1/duties", json=body).json()
    days = [duty["date"] for duty in found["duties"] if duty["date"]]
    assert days == sorted(days)
    assert any(day.endswith("-05-31") for day in days)
    answer = client.post("/api/v1/duties/calendar", json=body)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) >= 1


def test_what_cannot_be_read_is_said(client: TestClient) -> None:
    response = client.post("/api/v1/duties", json={"titles": [{"title": "独角兽", "granted": "2024-03-01"}]})
    assert response.status_code == 422
    assert "独角兽" in response.json()["detail"]
    response = client.post("/api/v1/checkup", json={"facts": {"revenue": "很多"}})
    assert response.status_code == 422
