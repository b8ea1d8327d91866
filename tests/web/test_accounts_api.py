"""Signing in and out, who may what, and accounts for administrators, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from fastapi import Depends, FastAPI
from sqlalchemy import func, select, update
from starlette.testclient import TestClient
from test_problems import problem

from assistant.accounts.accounts import Accounts
from assistant.accounts.tables import AuditRow, SessionRow
from assistant.store import now
from web.security import COOKIE, Account, require

if TYPE_CHECKING:
    from assistant.house import House

PASSWORD = "夜里三点 的 一盏灯 亮"
SESSION = "/api/v1/session"


@pytest.fixture(scope="module")
def accounts(house: House) -> Accounts:
    return Accounts(house.store)


@pytest.fixture(scope="module")
def anna(accounts: Accounts) -> Account:
    return accounts.create("安妮", ["specialist"], PASSWORD)


@pytest.fixture
def visitor(app: FastAPI, client: TestClient) -> TestClient:
    """A browser of its own."""
    return TestClient(app, raise_server_exceptions=False, headers={"Origin": "http://testserver"})


def enter(visitor: TestClient, name: str = "安妮", password: str = PASSWORD) -> Any:
    return visitor.post(SESSION, json={"name": name, "password": password})


def test_sign_in_and_out(visitor: TestClient, anna: Account) -> None:
    assert visitor.get(SESSION).json() == {"account": None}
    entered = enter(visitor, " 安妮 ")
    assert entered.json() == {"account": {"name": "安妮", "roles": ["specialist"]}}
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    assert visitor.get(SESSION).json()["account"]["name"] == "安妮"
    token = visitor.cookies[COOKIE]
    assert visitor.delete(SESSION).status_code == 204
    assert COOKIE not in visitor.cookies
    visitor.cookies.set(COOKIE, token)
    assert visitor.get(SESSION).json() == {"account": None}


def test_over_https_the_cookie_is_secure(app: FastAPI, client: TestClient, anna: Account) -> None:
    secure = TestClient(app, base_url="https://testserver", headers={"Origin": "https://testserver"})
    assert "; secure" in enter(secure).headers["set-cookie"].lower()


def test_wrong_names_and_passwords_get_the_same_answer(visitor: TestClient, anna: Account) -> None:
    wrong = problem(enter(visitor, password="不是这个密码"), 401, "unauthorised")
    nobody = problem(enter(visitor, "没有这个人"), 401, "unauthorised")
    assert wrong == nobody
    assert COOKIE not in visitor.cookies


def test_guessing_is_slowed_down(visitor: TestClient, accounts: Accounts) -> None:
    accounts.create("被猜的人", ["trainer"], PASSWORD)
    for _ in range(5):
        problem(enter(visitor, "被猜的人", "猜一猜"), 401, "unauthorised")
    refused = enter(visitor, "被猜的人")
    problem(refused, 429, "too-many")
    assert int(refused.headers["retry-after"]) >= 1
    assert "请等" in refused.json()["detail"]


def test_other_sites_are_refused(visitor: TestClient, anna: Account) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    problem(visitor.post(SESSION, json={"name": "安妮", "password": PASSWORD}, headers=elsewhere), 403, "other-site")
    enter(visitor)
    problem(visitor.delete(SESSION, headers=elsewhere), 403, "other-site")
    del visitor.headers["Origin"]
    problem(visitor.delete(SESSION), 403, "other-site")
    body = {"old": PASSWORD, "new": "另一个 很长很长的密码"}
    problem(visitor.put(f"{SESSION}/password", json=body), 403, "other-site")


@pytest.mark.parametrize(("column", "ago"), [("seen", timedelta(hours=2)), ("until", timedelta(0))])
def test_sessions_expire(visitor: TestClient, anna: Account, house: House, column: str, ago: timedelta) -> None:
    enter(visitor)
    assert house.store is not None
    with house.store.sessions() as session, session.begin():
        session.execute(update(SessionRow).where(SessionRow.account == anna.id).values({column: now() - ago}))
    assert visitor.get(SESSION).json() == {"account": None}
    refused = problem(visitor.put(f"{SESSION}/password", json={"old": "a", "new": "b"}), 401, "unauthorised")
    assert "过期" in refused["detail"]


def test_sign_out_everywhere(app: FastAPI, visitor: TestClient, anna: Account, house: House) -> None:
    other = TestClient(app, headers={"Origin": "http://testserver"})
    enter(visitor)
    enter(other)
    assert visitor.delete(f"{SESSION}?everywhere=true").status_code == 204
    assert other.get(SESSION).json() == {"account": None}
    assert house.store is not None
    with house.store.sessions() as session:
        audit = select(func.count()).where(AuditRow.account == anna.id, AuditRow.action == "sign-out-everywhere")
        assert session.scalar(audit) == 1


def test_an_account_changes_its_password(visitor: TestClient, accounts: Accounts) -> None:
    accounts.create("换密码的人", ["trainer"], PASSWORD)
    enter(visitor, "换密码的人")
    path, new = f"{SESSION}/password", "河边 七棵树 都很高"
    problem(visitor.put(path, json={"old": "不对的密码", "new": new}), 422, "invalid-request")
    assert "10" in problem(visitor.put(path, json={"old": PASSWORD, "new": "短"}), 422, "invalid-request")["detail"]
    assert visitor.put(path, json={"old": PASSWORD, "new": new}).status_code == 204
    assert visitor.get(SESSION).json() == {"account": None}
    assert enter(visitor, "换密码的人").status_code == 401
    assert enter(visitor, "换密码的人", new).status_code == 200


@pytest.fixture(scope="module")
def guarded(house: House) -> Iterator[TestClient]:
    """A route for each role, in a small application over the same service."""
    from web import problems
    from web.api import accounts as routes
    from web.service import Service

    app = FastAPI()
    app.state.service = Service(house)
    problems.install(app)
    app.include_router(routes.router, prefix="/api/v1")

    @app.post("/desk")
    def desk(account: Annotated[Account, Depends(require("specialist"))]) -> str:
        return account.name

    @app.get("/any")
    def anyone(account: Annotated[Account, Depends(require())]) -> str:
        return account.name

    with TestClient(app, raise_server_exceptions=False, headers={"Origin": "http://testserver"}) as client:
        yield client


def test_roles_are_enforced(guarded: TestClient, accounts: Accounts, anna: Account) -> None:
    accounts.create("培训的人", ["trainer"], PASSWORD)
    accounts.create("管理的人", ["admin"], PASSWORD)
    problem(guarded.post("/desk"), 401, "unauthorised")
    problem(guarded.get("/any"), 401, "unauthorised")
    for name, status in (("安妮", 200), ("培训的人", 403), ("管理的人", 200)):
        enter(guarded, name)
        assert guarded.post("/desk").status_code == status
        assert guarded.get("/any").json() == name
    enter(guarded, "培训的人")
    assert "坐席" in problem(guarded.post("/desk"), 403, "forbidden")["detail"]
    accounts.set_roles("培训的人", ["trainer", "specialist"])
    assert guarded.post("/desk").status_code == 200
    accounts.set_disabled("培训的人")
    problem(guarded.post("/desk"), 401, "unauthorised")


def test_administrators_keep_the_accounts(signed_in: Callable[..., TestClient], visitor: TestClient) -> None:
    admin, other = signed_in("admin"), signed_in("specialist")
    body = {"name": "新来的人", "password": PASSWORD, "roles": ["specialist"]}
    problem(visitor.get("/api/v1/accounts"), 401, "unauthorised")
    problem(other.get("/api/v1/accounts"), 403, "forbidden")
    problem(other.post("/api/v1/accounts", json=body), 403, "forbidden")
    made = admin.post("/api/v1/accounts", json=body)
    assert made.status_code == 201
    assert "password" not in made.json()
    taken = problem(admin.post("/api/v1/accounts", json=body), 422, "invalid-request")
    assert "已经有人用" in taken["detail"]
    problem(admin.post("/api/v1/accounts", json={**body, "name": "另一位", "roles": ["owner"]}), 422, "invalid-request")
    assert "新来的人" in [row["name"] for row in admin.get("/api/v1/accounts").json()["accounts"]]
    path = "/api/v1/accounts/新来的人"
    assert enter(visitor, "新来的人").status_code == 200
    changed = admin.patch(path, json={"disabled": True, "roles": ["trainer"]}).json()
    assert (changed["disabled"], changed["roles"]) == (True, ["trainer"])
    assert visitor.get(SESSION).json() == {"account": None}
    assert enter(visitor, "新来的人").status_code == 401
    assert admin.patch(path, json={"disabled": False, "password": "换过的 另一个词组 长"}).json()["disabled"] is False
    assert enter(visitor, "新来的人", "换过的 另一个词组 长").status_code == 200
    problem(admin.patch("/api/v1/accounts/没有的人", json={}), 404, "unknown-item")
    problem(admin.patch("/api/v1/accounts/测试-admin", json={"disabled": True}), 422, "invalid-request")
