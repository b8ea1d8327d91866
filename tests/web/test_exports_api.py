"""Files over HTTP: types, Chinese names, problems, roles."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from pptx import Presentation
from starlette.testclient import TestClient

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HANDOUTS = "/api/v1/workshop/handouts"


def test_a_conversation_comes_as_a_file_with_a_chinese_name(client: TestClient) -> None:
    thread = client.post("/api/v1/ask", json={"message": "专精特新有效期几年？"}).json()["thread"]
    path = f"/api/v1/conversations/{thread}/export"
    found = client.get(path, params={"format": "docx"})
    assert found.status_code == 200
    assert found.headers["content-type"] == WORD
    assert found.headers["cache-control"] == "no-store"
    named = found.headers["content-disposition"]
    assert named.startswith("attachment; filename=\"tiaoli-2026-11-21.docx\"; filename*=UTF-8''")
    assert unquote(named.rpartition("''")[2]) == "政策问答记录-2026-11-21.docx"
    assert any("专精特新有效期几年" in p.text for p in Document(BytesIO(found.content)).paragraphs)
    printed = client.get(path)
    assert printed.status_code in (200, 503)  # 503 with its sentence where the system has no Chinese font
    assert printed.content.startswith(b"%PDF") or "中文字体" in printed.json()["detail"]
    assert client.get(path, params={"turn": "elsewhere"}).json()["type"] == "/problems/unknown-item"


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 404), ("?format=exe", 422), ("?turn=../x", 422), ("?format=pptx", 422)],
)
def test_what_cannot_be_exported_is_a_problem(client: TestClient, query: str, status: int) -> None:
    found = client.get(f"/api/v1/conversations/no-such-thread/export{query}")
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"


def test_handouts_are_for_those_who_may(client: TestClient, signed_in: Callable[..., TestClient]) -> None:
    asked = f"{HANDOUTS}/quiz?seed=3&number=3&format=docx&key=true"
    assert client.get(asked).status_code == 401
    assert signed_in("specialist").get(asked).status_code == 403
    found = signed_in("trainer").get(asked)
    assert found.status_code == 200
    assert any("答案：" in p.text for p in Document(BytesIO(found.content)).paragraphs)


def test_every_handout_has_its_route(signed_in: Callable[..., TestClient]) -> None:
    trainer = signed_in("trainer")
    compared = trainer.get(f"{HANDOUTS}/comparison?standard=zjtx-2022&standard=zjtx-2026&format=pptx")
    assert compared.status_code == 200
    assert len(Presentation(BytesIO(compared.content)).slides) > 10
    body = {"standard": "zjtx-2026", "kind": "one_reason", "seed": 7}
    company = trainer.post("/api/v1/workshop/samples", json=body).json()["id"]
    for solved in ("false", "true"):
        made = trainer.get(f"{HANDOUTS}/samples", params={"company": company, "solved": solved, "format": "docx"})
        assert ("结论：不符合" in "".join(p.text for p in Document(BytesIO(made.content)).paragraphs)) == (
            solved == "true"
        )
    room = trainer.post("/api/v1/workshop/rooms", json={"title": "一班", "quiz": {"number": 2, "seed": 3}}).json()
    result = trainer.get(f"{HANDOUTS}/rooms/{room['room']['code']}", params={"format": "docx"})
    assert result.status_code == 200
    assert trainer.get(f"{HANDOUTS}/rooms/ZZZZZZ").status_code == 404
    assert trainer.get(f"{HANDOUTS}/samples?company=none").json()["type"] == "/problems/invalid-request"
    assert trainer.get(f"{HANDOUTS}/comparison?standard=zjtx-2026").status_code == 422


def test_a_quiz_is_handed_out_without_the_questions_left_out(signed_in: Callable[..., TestClient]) -> None:
    trainer = signed_in("trainer")
    wish = {"seed": 5, "number": 4}
    stems = [one["question"]["stem"] for one in trainer.post("/api/v1/workshop/quizzes", json=wish).json()["questions"]]
    found = trainer.get(f"{HANDOUTS}/quiz", params={**wish, "only": [2, 4], "format": "docx"})
    document = Document(BytesIO(found.content))
    said = "\n".join(p.text for p in document.paragraphs) + "\n".join(
        c.text for t in document.tables for row in t.rows for c in row.cells
    )
    assert [stem in said for stem in stems] == [False, True, False, True]
    assert trainer.get(f"{HANDOUTS}/quiz", params={**wish, "only": [9]}).json()["detail"].startswith("没有第9题")
