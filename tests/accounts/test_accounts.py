"""Accounts, sessions and slowed-down guessing in the store: SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, text, update
from throwaway_postgres import postgres_server

from assistant.accounts import passwords
from assistant.accounts.accounts import Accounts
from assistant.accounts.model import Account
from assistant.accounts.sessions import IDLE, LONGEST, Sessions
from assistant.accounts.tables import AccountRow, AuditRow, SessionRow, TriesRow
from assistant.accounts.tries import FREE, TooManyTries, Tries
from assistant.errors import BadInput, StoreUnavailable
from assistant.store import Store, now

PASSWORD = "三月的雨 落在屋顶"
NAME = "张小满"


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    """Hashes that take little time; what is tested does not depend on how much."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 't.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    made = Store(url)
    with made.sessions() as session, session.begin():
        session.execute(text("DELETE FROM accounts"))
        session.execute(text("DELETE FROM account_audit"))
        session.execute(text("DELETE FROM sign_in_tries"))
    yield made
    made.close()


@pytest.fixture
def zhang(store: Store) -> Account:
    return Accounts(store).create(NAME, ["trainer", "specialist"], PASSWORD)


def audit(store: Store) -> list[str]:
    with store.sessions() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.at, AuditRow.id)))


def entered(store: Store, password: str = PASSWORD, name: str = NAME, address: str = "10.0.0.1") -> str:
    found = Sessions(store).sign_in(name, password, address)
    assert found is not None
    return found[1]


def test_nothing_secret_is_kept(store: Store, zhang: Account) -> None:
    token = entered(store)
    with store.sessions() as session:
        kept = session.scalars(select(AccountRow.password)).one()
        assert kept.startswith("$argon2id$")
        assert PASSWORD not in kept
        assert session.scalars(select(SessionRow.token)).one() != token
        assert len(token) >= 43


@pytest.mark.parametrize("name", ["", "一", "有 空格", "a" * 33, "<b>", "\u202e反的名字"])
def test_names_that_will_not_do(store: Store, name: str) -> None:
    with pytest.raises(BadInput, match="登录名"):
        Accounts(store).create(name, ["admin"], PASSWORD)


@pytest.mark.parametrize("password", ["短", "a" * 12, "abababababab", "张小满张小满张小满 好", "长" * 201])
def test_passwords_that_will_not_do(store: Store, password: str) -> None:
    with pytest.raises(BadInput, match="密码"):
        Accounts(store).create(NAME, ["admin"], password)


def test_a_name_is_taken_however_it_is_written(store: Store) -> None:
    accounts = Accounts(store)
    accounts.create("Anna.W", ["trainer"], PASSWORD)
    with pytest.raises(BadInput, match="已经有人用"):
        accounts.create("ａＮＮＡ.w", ["trainer"], PASSWORD)
    assert entered(store, name=" ANNA.w")


def test_a_password_is_the_same_however_it_is_typed(store: Store) -> None:
    Accounts(store).create("anna", ["trainer"], "crème brûlée au café")
    assert entered(store, "cre\u0300me bru\u0302le\u0301e au cafe\u0301", "anna")


def test_disabling_signs_out_and_shuts(store: Store, zhang: Account) -> None:
    accounts, sessions = Accounts(store), Sessions(store)
    token = entered(store)
    accounts.set_disabled(NAME, by="boss")
    assert sessions.find(token) is None
    assert sessions.sign_in(NAME, PASSWORD) is None
    accounts.set_disabled(NAME, disabled=False, by="boss")
    assert entered(store)
    assert audit(store) == ["created", "sign-in", "disabled", "sign-in-failed", "enabled", "sign-in"]


def test_roles_hold_at_once(store: Store, zhang: Account) -> None:
    token = entered(store)
    assert zhang.roles == ("specialist", "trainer")
    Accounts(store).set_roles(NAME, ["trainer"])
    found = Sessions(store).find(token)
    assert found is not None
    assert found.roles == ("trainer",)
    assert found.may("trainer", "specialist")
    assert not found.may("specialist")
    with pytest.raises(BadInput, match="owner"):
        Accounts(store).set_roles(NAME, ["owner"])
    assert audit(store)[-1] == "roles"


def test_a_new_password_signs_out_everywhere(store: Store, zhang: Account) -> None:
    tokens = [entered(store), entered(store)]
    Accounts(store).set_password(NAME, "四月的风 吹过田野")
    assert [Sessions(store).find(token) for token in tokens] == [None, None]
    assert Sessions(store).sign_in(NAME, PASSWORD) is None
    assert entered(store, "四月的风 吹过田野")


def test_sessions_end(store: Store, zhang: Account) -> None:
    sessions = Sessions(store)

    def moved(**columns: object) -> None:
        with store.sessions() as session, session.begin():
            session.execute(update(SessionRow).values(**columns))

    token = entered(store)
    moved(seen=now() - IDLE + timedelta(minutes=5))
    assert sessions.find(token) is not None, "used in time"
    with store.sessions() as session:
        assert session.scalar(
            select(func.count()).where(SessionRow.seen > now() - timedelta(minutes=1)).select_from(SessionRow)
        )
    moved(seen=now() - IDLE)
    assert sessions.find(token) is None, "idle"
    token = entered(store)
    moved(until=now(), seen=now())
    assert sessions.find(token) is None, f"older than {LONGEST}"
    entered(store)
    with store.sessions() as session:
        assert session.scalar(select(func.count()).select_from(SessionRow)) == 1, "ended ones are removed"


def test_outdated_hashes_are_renewed(store: Store, zhang: Account) -> None:
    with store.sessions() as session, session.begin():
        old = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(PASSWORD)
        session.execute(update(AccountRow).values(password=old))
    entered(store)
    with store.sessions() as session:
        kept = session.scalars(select(AccountRow.password)).one()
    assert "t=1" in kept
    assert entered(store)


def test_unknown_names_cost_the_same_work(store: Store, zhang: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    passwords._nobodys()
    verify = passwords.HASHER.verify

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            done.append(kept.rpartition("$")[0].rpartition("$")[0])
            return verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    for name in (NAME, "没有这个人"):
        assert Sessions(store).sign_in(name, "一个不对的密码") is None
    assert len(done) == 2
    assert done[0] == done[1], "the same parameters"


def test_waiting_doubles_and_ends(store: Store) -> None:
    tries = Tries(store)
    for n in range(FREE["name"] + 3):
        tries.begin("谁", f"10.0.1.{n}")
        with store.sessions() as session, session.begin():
            session.execute(update(TriesRow).values(until=now() - timedelta(seconds=1)))
    tries.begin("谁", "10.0.2.1")
    with pytest.raises(TooManyTries, match="请等") as caught:
        tries.begin("谁", "10.0.2.2")
    assert 16 < caught.value.seconds <= 32
    tries.begin("别人", "10.0.2.2")
    with store.sessions() as session, session.begin():
        session.execute(update(TriesRow).values(last=now() - timedelta(hours=2)))
    tries.begin("谁", "10.0.2.2")


def test_one_address_has_more_tries_and_success_gives_one_back(store: Store, zhang: Account) -> None:
    tries = Tries(store)
    for n in range(FREE["address"] - 1):
        tries.begin(f"n{n}", "10.0.0.9")
    for _ in range(3):
        entered(store, address="10.0.0.9")
    tries.begin("x", "10.0.0.9")
    with pytest.raises(TooManyTries):
        tries.begin("y", "10.0.0.9")


def test_many_tries_at_the_same_moment_are_all_counted(store: Store, zhang: Account) -> None:
    refused, others = [], []

    def guess(n: int) -> None:
        try:
            Tries(store).begin("满", f"10.0.3.{n}")
        except TooManyTries:
            refused.append(n)
        except StoreUnavailable as error:
            others.append(error)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert others == []
    assert len(refused) == 12 - FREE["name"]


def test_the_audit_says_who_did_what(store: Store, zhang: Account) -> None:
    sessions = Sessions(store)
    token = entered(store)
    sessions.sign_in("没有这个人", PASSWORD, "10.0.0.2")
    sessions.end(token, "10.0.0.1")
    sessions.end(token, "10.0.0.1")
    entered(store)
    sessions.end_all(zhang.id, "10.0.0.1")
    assert audit(store) == ["created", "sign-in", "sign-in-failed", "sign-out", "sign-in", "sign-out-everywhere"]
    with store.sessions() as session:
        rows = {row.action: row for row in session.scalars(select(AuditRow))}
    assert rows["sign-in-failed"].account is None
    assert rows["sign-in-failed"].address == "10.0.0.2"
    assert rows["sign-out"].account == zhang.id
    assert "没有这个人" not in str([vars(row) for row in rows.values()])
