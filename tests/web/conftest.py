"""The application over the shared house: a client for its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.house import House


@pytest.fixture(scope="session")
def app(house: House) -> FastAPI:
    """The application as it is served, over the house of these tests."""
    from web.app import create_app

    return create_app(house)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that gets a response for everything, as over the network."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
