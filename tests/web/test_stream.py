"""Server-sent events of /api/v1/ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import anyio
import pytest
from model_server import Handler, says, serving, url
from starlette.testclient import TestClient

from assistant.models.chat import ChatModel
from assistant.models.settings import Settings

if TYPE_CHECKING:
    from assistant.house import House

STREAM = {"Accept": "text/event-stream"}


def events(client: TestClient, message: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    with client.stream("POST", "/api/v1/ask", json={"message": message}, headers=STREAM) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in response.iter_lines():
            if line.startswith("event:"):
                name = line.removeprefix("event:").strip()
            elif line.startswith("data:"):
                found.append((name, json.loads(line.removeprefix("data:"))))
    return found


def test_pieces_first_then_the_whole_answer(client: TestClient) -> None:
    found = events(client, "上海第一次上规模，市里能奖多少？")
    assert [name for name, _ in found] == ["delta"] * (len(found) - 1) + ["answer"]
    text = "".join(str(data["text"]) for name, data in found if name == "delta")
    assert text == found[-1][1]["answer"]


@pytest.fixture
def slow(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A model on this machine that says a clause's own words, in small pieces; its name."""

    def behave(handler: Handler) -> None:
        clause = handler.tokens["c1"].split("：", 1)[1].split("。", 1)[0]
        says(f"{clause}。〔c1〕\n完。", pieces=5)(handler)

    with serving() as server:
        server.behaviour = behave
        monkeypatch.setattr(house, "model", ChatModel(Settings(url(server), "slow")))
        yield "slow"


def test_sentences_come_as_they_are_checked(client: TestClient, slow: str) -> None:
    found = events(client, "上海第一次上规模，市里能奖多少？")
    assert found[-1][0] == "answer"
    assert found[-1][1]["model"] == slow
    assert sum(name == "delta" for name, _ in found) >= 2


def test_bad_requests_are_problems_not_events(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"text": "?"}, headers=STREAM)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_client_that_leaves_ends_it_quietly(app: object, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> int:
        sent = 0
        body = json.dumps({"message": "上海第一次上规模，市里能奖多少？"}).encode()
        gone = anyio.Event()

        async def receive() -> dict[str, object]:
            nonlocal body
            if body:
                handed, body = body, b""
                return {"type": "http.request", "body": handed, "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            nonlocal sent
            sent += 1
            gone.set()

        scope = {
            "type": "http", "method": "POST", "path": "/api/v1/ask", "raw_path": b"/api/v1/ask", "query_string": b"",
            "headers": [(b"accept", b"text/event-stream"), (b"content-type", b"application/json")], "http_version": "1.1",
            "scheme": "http", "server": ("test", 80), "client": ("test", 1), "root_path": "",
        }  # fmt: skip
        with anyio.fail_after(10):
            await app(scope, receive, send)  # type: ignore[operator]
        return sent

    assert anyio.run(run) >= 1
    assert not [r for r in caplog.records if r.levelname == "ERROR"]
