"""The workshop's routes: who may, what comes back, a class of fifty over HTTP, events, a restart, a table of companies."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest
from browser import serving
from patience import ENOUGH
from starlette.testclient import TestClient

from assistant.accounts.accounts import Accounts
from assistant.accounts.sessions import Sessions
from web.security import COOKIE

if TYPE_CHECKING:
    from assistant.house import House

API = "/api/v1/workshop"
CLASS = 50
PASSWORD = "correct horse battery 22"
QUIZ = {"topics": ["threshold", "amount"], "number": 3, "seed": 4}
SignIn = Callable[..., TestClient]


@pytest.fixture
def trainer(signed_in: SignIn) -> TestClient:
    return signed_in("trainer")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/standards"), ("GET", "/choices"), ("GET", "/compare?standard=a&standard=b"), ("GET", "/sizes?trade=工业"),
     ("GET", "/places/choices"), ("GET", "/places?title=a&place=b&place=c"),
     ("GET", "/samples/kinds?standard=zjtx-2026"), ("POST", "/samples"), ("GET", "/samples/x"), ("GET", "/samples/x/steps"),
     ("POST", "/quizzes"), ("POST", "/rooms"), ("GET", "/rooms"), ("GET", "/rooms/AAAAAA"), ("DELETE", "/rooms/AAAAAA"),
     ("POST", "/rooms/AAAAAA/steps"), ("GET", "/rooms/AAAAAA/events"), ("GET", "/rooms/AAAAAA/qr.svg"),
     ("GET", "/screenings"), ("POST", "/screenings"), ("GET", f"/screenings/{'0' * 32}"), ("DELETE", f"/screenings/{'0' * 32}"),
     ("GET", f"/screenings/{'0' * 32}/files/xlsx")],
)  # fmt: skip
def test_only_for_those_who_sign_in(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, API + path).status_code == 401


def test_making_and_steering_is_for_trainers(signed_in: SignIn) -> None:
    specialist = signed_in("specialist")
    assert specialist.get(API + "/standards").status_code == 200
    assert specialist.post(API + "/quizzes", json={}).status_code == 403
    assert specialist.post(API + "/rooms", json={"quiz": QUIZ}).status_code == 403
    assert specialist.get(API + "/screenings").status_code == 403


def test_standards_side_by_side(trainer: TestClient) -> None:
    listed = trainer.get(API + "/standards").json()["standards"]
    assert listed[0]["in_force"]
    found = trainer.get(API + "/compare", params={"standard": ["zjtx-2022", "zjtx-2026"]}).json()
    assert {one["theme"]: one["differences"][0]["label"] for one in found["rows"]}["niche"] == "更严"
    places = trainer.get(API + "/compare", params={"standard": ["cxx-2022@天津", "cxx-2022"]}).json()
    assert [one["place"] for one in places["subjects"]] == ["天津市", "上海市"]
    wrong = trainer.get(API + "/compare", params={"standard": ["zjtx-2026", "zjtx-2026"]})
    assert (wrong.status_code, wrong.json()["detail"]) == (422, "同一份标准（同一个地方）选了两次，请换一份。")
    assert trainer.get(API + "/sizes", params={"trade": ["工业", "批发业"]}).json()["trades"] == ["工业", "批发业"]
    assert {"工业", "餐饮业"} <= {*trainer.get(API + "/choices").json()["trades"]}


def test_places_side_by_side(trainer: TestClient) -> None:
    titles = trainer.get(API + "/places/choices").json()["titles"]
    assert {"北京市", "天津市", "福建省"} <= {*titles["专精特新"]}
    assert "江苏省" not in titles["专精特新"]
    found = trainer.get(API + "/places", params={"title": "专精特新", "place": ["福建", "天津"]}).json()
    assert found["columns"] == ["福建省", "天津市", "现在全国"]
    revenue = next(row for row in found["rows"] if row["label"] == "营业收入")
    assert [
        "5000万元" in revenue["cells"][0],
        "1000万元" in revenue["cells"][1],
        "1500万元" in revenue["cells"][2],
    ] == [True] * 3
    assert all(row["clauses"] for row in found["rows"])


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"title": "专精特新", "place": ["福建", "福建省"]}, "一次对照两个或三个不同的地区。"),
        ({"title": "创新型", "place": ["福建", "天津"]}, "各地自己的条件只收录了专精特新、小巨人的。"),
        ({"title": "专精特新", "place": ["江苏", "甘肃"]}, "没有找到江苏省、甘肃省的专精特新条件，请换一个地区。"),
    ],
)
def test_places_that_cannot_be_compared(trainer: TestClient, asked: dict[str, object], why: str) -> None:
    refused = trainer.get(API + "/places", params=asked)
    assert (refused.status_code, refused.json()["detail"]) == (422, why)


def test_a_made_company_and_its_solution(trainer: TestClient) -> None:
    kinds = trainer.get(API + "/samples/kinds", params={"standard": "xjr-2026"}).json()["kinds"]
    assert "one_reason" in {one["id"] for one in kinds}
    body = {"standard": "xjr-2026", "kind": "one_reason", "seed": 3}
    company = trainer.post(API + "/samples", json=body).json()
    path = f"{API}/samples/{quote(company['id'])}"
    assert trainer.get(path).json() == company
    assert trainer.get(path + "/steps").json()["steps"] == []
    whole = trainer.get(path + "/steps", params={"upto": 100}).json()
    assert whole["result"] == "not_eligible"
    assert trainer.get(API + "/samples/x").status_code == 422


def test_the_same_seed_is_the_same_quiz_and_room(trainer: TestClient) -> None:
    quiz = trainer.post(API + "/quizzes", json=QUIZ).json()
    room = trainer.post(API + "/rooms", json={"title": "周五", "quiz": QUIZ, "only": [3, 1]}).json()
    stems = [one["question"]["stem"] for one in quiz["questions"]]
    assert [one["question"]["stem"] for one in room["results"]] == [stems[2], stems[0]]
    missing = trainer.post(API + "/rooms", json={"quiz": QUIZ, "only": [9]})
    assert (missing.status_code, missing.json()["detail"]) == (422, "没有第9题，这份测验一共3题。")


def test_the_code_as_a_picture(trainer: TestClient) -> None:
    code = trainer.post(API + "/rooms", json={"quiz": QUIZ}).json()["room"]["code"]
    drawn = trainer.get(f"{API}/rooms/{code}/qr.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert code in drawn.text
    assert trainer.get(f"{API}/rooms/AAAAAA/qr.svg").status_code == 404


def test_another_trainers_room_is_not_there(signed_in: SignIn, trainer: TestClient) -> None:
    code = trainer.post(API + "/rooms", json={"quiz": QUIZ}).json()["room"]["code"]
    other = signed_in("trainer", name="另一位讲师")
    assert other.get(f"{API}/rooms/{code}").status_code == 404
    assert other.post(f"{API}/rooms/{code}/steps", json={"action": "end"}).status_code == 404
    assert signed_in("admin").get(f"{API}/rooms/{code}").status_code == 200
    assert code in {one["code"] for one in trainer.get(API + "/rooms").json()["rooms"]}
    assert trainer.delete(f"{API}/rooms/{code}").status_code == 204
    assert trainer.get(f"{API}/rooms/{code}").status_code == 404


def test_joining_needs_the_code_and_answering_the_cookie(app: Any, trainer: TestClient) -> None:
    code = trainer.post(API + "/rooms", json={"quiz": QUIZ}).json()["room"]["code"]
    phone = TestClient(app, raise_server_exceptions=False)
    assert phone.get(f"{API}/rooms/{code}/me").status_code == 401
    assert phone.post(f"{API}/rooms/AAAAAA/participants", json={"nickname": "甲"}).status_code == 404
    elsewhere = phone.post(
        f"{API}/rooms/{code}/participants", json={"nickname": "甲"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert elsewhere.status_code == 403
    joined = phone.post(f"{API}/rooms/{code.lower()}/participants", json={"nickname": "甲 13812345678"})
    assert joined.status_code == 201
    assert "138" not in joined.json()["nickname"]
    again = phone.post(f"{API}/rooms/{code}/participants", json={"nickname": "乙"})
    assert again.json()["nickname"] == joined.json()["nickname"], "the cookie knows who it is"
    cookie = joined.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", f"Path=/api/v1/workshop/rooms/{code}"))
    stage = joined.json()["room"]["stage"]
    assert phone.get(f"{API}/rooms/{code}/me", params={"since": stage}).status_code == 204
    early = phone.put(f"{API}/rooms/{code}/answers/1", json={"option": "a"})
    assert (early.status_code, early.json()["detail"]) == (422, "讲师还没有打开这一题。")


@pytest.fixture(scope="module")
def session(house: House) -> str:
    """The token of a trainer's session."""
    Accounts(house.store).create("课堂讲师", ["trainer"], PASSWORD)
    found = Sessions(house.store).sign_in("课堂讲师", PASSWORD)
    assert found is not None
    return found[1]


def desk(address: str, session: str) -> httpx.Client:
    """A trainer's browser at a server's address."""
    headers = {"Origin": address.rstrip("/")}
    return httpx.Client(base_url=address + API[1:], cookies={COOKIE: session}, headers=headers, timeout=60)


class Listener(threading.Thread):
    """Somebody who listens to events and keeps each with its id."""

    def __init__(self, client: httpx.Client, path: str, last: str = "") -> None:
        super().__init__(daemon=True)
        self.client, self.path, self.found, self.last = client, path, list[tuple[str, dict[str, Any]]](), last
        self.start()

    def run(self) -> None:
        headers = {"Last-Event-ID": self.last} if self.last else {}
        number = ""
        try:
            with self.client.stream("GET", self.path, headers=headers) as response:
                for line in response.iter_lines():
                    if line.startswith("id:"):
                        number = line[3:].strip()
                    if line.startswith("data:"):
                        self.found.append((number, json.loads(line[5:])))
        except httpx.HTTPError:
            return  # the server is gone, as it should be in the restart's test
        finally:
            self.client.close()

    def until(self, right: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state that is right, waited for with patience."""
        end = time.monotonic() + ENOUGH
        while time.monotonic() < end:
            for _, state in list(self.found):
                if right(state):
                    return state
            time.sleep(0.02)
        raise AssertionError(f"it never came; the last was {self.found[-1:] or 'nothing'}")


def test_a_class_of_fifty_and_a_restart_in_mid_quiz(house: House, session: str) -> None:
    """Fifty phones join and answer at the same moment, twice each; the server is stopped and started in between."""
    phones = [httpx.Client(timeout=60) for _ in range(CLASS)]
    with serving(house) as address, desk(address, session) as trainer:
        room = trainer.post("/rooms", json={"title": "五十人", "quiz": QUIZ}).json()["room"]
        code, path = room["code"], f"{address}{API[1:]}/rooms/{room['code']}"
        screen = Listener(desk(address, session), f"/rooms/{code}/events")

        def join(n: int) -> int:
            key = f"key-{n:020d}"
            return phones[n].post(f"{path}/participants", json={"nickname": f"学员{n}", "key": key}).status_code

        with ThreadPoolExecutor(CLASS) as pool:
            assert set(pool.map(join, range(CLASS))) == {201}
            phone = Listener(httpx.Client(cookies=phones[0].cookies, timeout=60), f"{path}/me/events")
            phone.until(lambda state: state["room"]["state"] == "lobby")
            trainer.post(f"/rooms/{code}/steps", json={"action": "open", "question": 1})
            phone.until(lambda state: state["room"]["number"] == 1)

            def answer(n: int) -> tuple[int, str]:
                option = "abc"[n % 3]
                first = phones[n].put(f"{path}/answers/1", json={"option": option})
                second = phones[n].put(f"{path}/answers/1", json={"option": "c"})
                assert first.status_code == second.status_code == 200, (first.text, second.text)
                return n, second.json()["chosen"]

            assert list(pool.map(answer, range(CLASS))) == [(n, "abc"[n % 3]) for n in range(CLASS)]
        live = screen.until(lambda state: state["answered"] == CLASS)
        assert {name: live["results"][0]["counts"][name] for name in "abc"} == {"a": 17, "b": 17, "c": 16}
        assert "key" not in str(phone.found[-1][1]["room"]["question"])
        version = screen.found[-1][0]
    with serving(house) as address, desk(address, session) as trainer:
        path = f"{address}{API[1:]}/rooms/{code}"
        again = Listener(desk(address, session), f"/rooms/{code}/events", last=version)
        assert again.until(lambda state: True)["answered"] == CLASS, "the state is there at once after a restart"
        assert phones[7].get(f"{path}/me").json()["chosen"] == "b"
        closed = trainer.post(f"/rooms/{code}/steps", json={"action": "close", "question": 1}).json()
        right = closed["results"][0]["key"]["right"]
        assert closed["results"][0]["right"] == closed["results"][0]["counts"][right]
        again.until(lambda state: state["room"]["state"] == "shown")
        scores = [phones[n].get(f"{path}/me").json() for n in range(6)]
        assert [one["score"] for one in scores] == [int("abc"[n % 3] == right) for n in range(6)]
        late = phones[3].put(f"{path}/answers/1", json={"option": "b"})
        assert late.status_code == 422
        wrong = trainer.post(f"/rooms/{code}/steps", json={"action": "open", "question": 3})
        assert (wrong.status_code, wrong.json()["type"]) == (409, "/problems/conflict")
        unchanged = trainer.get(f"/rooms/{code}", params={"since": closed["version"]})
        assert unchanged.status_code == 204
        trainer.delete(f"/rooms/{code}")
        again.join(ENOUGH)
        assert not again.is_alive(), "the stream of a deleted room ends"
    for one in phones:
        one.close()


COLUMNS = (
    "企业名称", "2024年营业收入(万元)", "2025年营业收入(万元)", "2024年研发费用(万元)", "2025年研发费用(万元)", "2025年主营业务收入占比",
    "2025年末资产负债率", "细分市场年限(年)", "是否中小企业", "是否创新型中小企业", "自有发明专利数(项)", "I类知识产权已用上并有收益", "科技奖级别",
    "研发机构级别", "近两年新增股权投资(万元)", "占有率较为靠前", "知名度", "2026年发展评价得分", "是否列入经营异常名录", "是否列入严重失信名单",
    "产品属于限制或淘汰类", "近三年五类情形",
)  # fmt: skip
REST = "6,是,是,3,是,无,无,0,是,是"
TABLE = "\n".join(
    [
        ",".join(COLUMNS),
        f"示例甲,3000,3200,150,160,90%,40%,{REST},66,否,否,否,否",
        f"示例乙,1200,1400,150,160,90%,40%,{REST},66,否,否,否,否",
        f"示例丙,3000,3200,150,160,90%,95%,{REST},40,否,否,否,否",
        f"示例丁,3000,,150,,90%,40%,{REST},66,否,否,否,否",
    ]
)


def finished(trainer: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """The job once it has ended."""
    end = time.monotonic() + ENOUGH
    while job["ended"] is None:
        assert time.monotonic() < end, job
        time.sleep(0.05)
        job = trainer.get(f"{API}/screenings/{job['id']}").json()
    return job


def test_a_class_screened_in_one_go(trainer: TestClient, signed_in: SignIn) -> None:
    sent = trainer.post(
        API + "/screenings", files={"file": ("班级.csv", TABLE.encode(), "text/csv")},
        data={"titles": ["zjtx"], "track": "first"},
    )  # fmt: skip
    assert sent.status_code == 202, sent.text
    job = finished(trainer, sent.json())
    assert (job["state"], job["problem"]) == ("done", "")
    result = job["result"]
    assert result["companies"] == 4
    title = result["titles"][0]
    assert {one["id"]: one["count"] for one in title["outcomes"]} == {
        "eligible": 1, "not_eligible": 2, "needs_info": 1, "invalid_input": 0,
    }  # fmt: skip
    assert title["failing"][0]["count"] == 2
    assert [one["name"] for one in title["near"]] == ["示例乙"]
    assert "差100.0万元" in title["near"][0]["gap"] or "差100万元" in title["near"][0]["gap"]
    book = trainer.get(f"{API}/screenings/{job['id']}/files/xlsx")
    assert book.content[:2] == b"PK"
    from openpyxl import load_workbook

    assert any("示例乙" in str(row) for sheet in load_workbook(io.BytesIO(book.content)) for row in sheet.values)
    other = signed_in("trainer", name="另一位讲师")
    summary = f"{API}/handouts/screenings/{job['id']}"
    assert trainer.get(summary, params={"format": "docx"}).content[:2] == b"PK"
    assert other.get(summary).status_code == 404
    assert other.get(f"{API}/screenings/{job['id']}").status_code == 404
    assert other.delete(f"{API}/screenings/{job['id']}").status_code == 404
    assert job["id"] in {one["id"] for one in trainer.get(API + "/screenings").json()["screenings"]}
    assert trainer.delete(f"{API}/screenings/{job['id']}").status_code == 204
    assert trainer.get(f"{API}/screenings/{job['id']}").status_code == 404


def test_what_cannot_be_screened_is_said(trainer: TestClient) -> None:
    def send(name: str, content: bytes, **data: Any) -> httpx.Response:
        return trainer.post(API + "/screenings", files={"file": (name, content)}, data=data)

    assert send("名单.docx", b"x").status_code == 422
    assert send("名单.csv", TABLE.encode(), titles=["没有的称号"]).status_code == 422
    assert send("名单.csv", b"x" * (10 * 2**20 + 1)).status_code == 413
    broken = finished(trainer, send("名单.xlsx", b"no workbook").json())
    assert broken["state"] == "failed"
    assert broken["problem"]
    assert trainer.get(f"{API}/screenings/{'0' * 32}").status_code == 404
    assert trainer.get(f"{API}/screenings/x").status_code == 422
