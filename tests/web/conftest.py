"""The application over the shared house: a client for its API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.house import House

PASSWORD = "五月的河流向东 42"


@pytest.fixture(scope="session")
def app(house: House) -> FastAPI:
    """The application as it is served, over the house of these tests. It is made inside a running event loop: where
    there is none, Gradio opens loops of its own and leaves them open."""
    from web.app import create_app

    async def made() -> FastAPI:
        return create_app(house)

    return asyncio.run(made())


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that gets a response for everything, as over the network."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def signed_in(app: FastAPI, client: TestClient, house: House) -> Callable[..., TestClient]:
    """``signed_in("specialist")``: a client with the session of an account that has these roles, the same one each time
    unless ``name`` is given."""
    from assistant.accounts.accounts import Accounts
    from assistant.accounts.sessions import Sessions
    from web.security import COOKIE

    accounts, made = Accounts(house.store), {}

    def sign_in(*roles: str, name: str = "") -> TestClient:
        name = name or "测试-" + "-".join(roles)
        if name not in made:
            accounts.create(name, list(roles), PASSWORD)
            signed = TestClient(app, raise_server_exceptions=False, headers={"Origin": "http://testserver"})
            found = Sessions(house.store).sign_in(name, PASSWORD)
            assert found is not None
            signed.cookies.set(COOKIE, found[1])
            made[name] = signed
        return made[name]

    return sign_in
