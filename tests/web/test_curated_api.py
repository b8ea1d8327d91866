"""Curated answers by the API: from a ticket's answer to what everybody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from desk_made import BERT, DAY
from starlette.testclient import TestClient
from typer.testing import CliRunner

from assistant.desk.curated import Curated
from assistant.house import House

SignIn = Callable[..., TestClient]
REF = "cn/miit/2026/2#annex_3__item_7"
QUESTION = "接盘来的专利顶不顶小巨人的一类知识产权"
TEXT = "转让来的知识产权不计入I类知识产权。"


@pytest.fixture
def anna(signed_in: SignIn) -> TestClient:
    return signed_in("specialist", name="安娜")


@pytest.fixture
def bert(signed_in: SignIn) -> TestClient:
    return signed_in("specialist", name="贝特")


@pytest.fixture(autouse=True)
def _nothing_left(house: House) -> Iterator[None]:
    """No curated answer of these tests answers the questions of others."""
    yield
    assert house.store
    shelf = Curated(house.store)
    for entry in shelf.list(state="reviewed"):
        shelf.withdraw(entry.id, BERT, entry.version)


def test_from_a_ticket_to_what_everybody_reads(client: TestClient, anna: TestClient, bert: TestClient) -> None:
    thread = client.post("/api/v1/ask", json={"message": QUESTION}).json()["thread"]
    number = client.post("/api/v1/tickets", json={"thread": thread}).json()["number"]
    ticket = anna.get("/api/v1/tickets", params={"text": number}).json()["tickets"][0]["id"]
    assert anna.post(f"/api/v1/curated/from-ticket/{ticket}").status_code == 422
    anna.post(f"/api/v1/tickets/{ticket}/claim")
    anna.post(f"/api/v1/tickets/{ticket}/answer", json={"text": TEXT, "refs": [REF]})
    made = anna.post(f"/api/v1/curated/from-ticket/{ticket}")
    assert made.status_code == 201, made.text
    answer = made.json()["answer"]
    assert (answer["state"], answer["questions"], answer["refs"], made.json()["shown"]) == (
        "draft",
        [QUESTION],
        [REF],
        False,
    )
    path = f"/api/v1/curated/{answer['id']}"
    assert anna.post(f"{path}/review", json={"version": answer["version"]}).status_code == 422
    edit = {
        "questions": [QUESTION, "买断的专利算一类知识产权吗"],
        "text": TEXT,
        "refs": [REF],
        "version": answer["version"],
    }
    edited = anna.put(path, json=edit).json()["answer"]
    assert bert.post(f"{path}/review", json={"version": answer["version"]}).status_code == 409
    done = bert.post(f"{path}/review", json={"version": edited["version"]})
    assert done.status_code == 200, done.text
    assert (done.json()["shown"], done.json()["answer"]["reviewer_name"]) == (True, "贝特")
    read = client.post("/api/v1/ask", json={"message": QUESTION}).json()
    assert read["answer"].startswith(TEXT)
    assert any("贝特" in note for note in read["notes"])
    listed = anna.get("/api/v1/curated", params={"text": "接盘", "state": "reviewed"}).json()
    assert [c["answer"]["id"] for c in listed] == [answer["id"]]
    gone = bert.post(f"{path}/withdraw", json={"version": done.json()["answer"]["version"], "why": "口径变了"}).json()
    assert (gone["answer"]["state"], gone["shown"]) == ("withdrawn", False)
    assert not client.post("/api/v1/ask", json={"message": QUESTION}).json()["answer"].startswith(TEXT)


def test_the_desk_says_why_it_is_not_shown(anna: TestClient, bert: TestClient, house: House) -> None:
    body = {"questions": ["两个字以上的问题"], "text": TEXT, "refs": [REF], "valid_from": "2026-11-22"}
    made = anna.post("/api/v1/curated", json=body).json()["answer"]
    done = bert.post(f"/api/v1/curated/{made['id']}/review", json={"version": made["version"]}).json()
    assert done["shown"] is False
    assert done["faults"][0]["why"] == "2026年11月21日不在它的有效期里。"
    assert [c["id"] for c in anna.get("/api/v1/curated/lint").json()] == [made["id"]]


def test_the_command(client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch, anna: TestClient) -> None:
    from assistant.cli import app

    monkeypatch.setattr("assistant.house.open_house", lambda **_: house)
    run = CliRunner().invoke
    fine = run(app, ["curated", "lint", "--as-of", "2026-11-21"])
    assert (fine.exit_code, fine.stdout.strip()) == (0, "没有问题。")
    made = anna.post("/api/v1/curated", json={"questions": ["命令行里的问题"], "text": TEXT, "refs": [REF]}).json()
    assert house.store
    version = made["answer"]["version"]
    Curated(house.store).review(made["answer"]["id"], BERT, version, house, DAY, DAY + timedelta(days=1))
    late = run(app, ["curated", "lint", "--as-of", "2026-12-01"])
    assert late.exit_code == 1
    assert "该复核了" in late.stdout
    assert "命令行里的问题" in run(app, ["curated", "list"]).stdout


@pytest.mark.parametrize(
    "body",
    [
        {"questions": [], "text": "x"}, {"questions": ["问题"], "text": ""}, {"questions": ["问"], "text": "x"},
        {"questions": ["问题"], "text": "x", "place": "火星"}, {"questions": ["问题"], "text": "x", "valid_until": "2020-01-01"},
    ],
)  # fmt: skip
def test_bad_input(anna: TestClient, body: dict[str, Any]) -> None:
    assert anna.post("/api/v1/curated", json=body).status_code == 422
    assert anna.get("/api/v1/curated/nothing").status_code == 404
