"""The application over the shared house: a client for its API."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.house import House


@pytest.fixture(scope="session")
def app(house: House) -> Iterator[FastAPI]:
    """The application as it is served, over the house of these tests. Gradio opens an event loop where there is none
    and leaves it open; here it finds one that is closed afterwards."""
    from web.app import create_app

    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)
        yield create_app(house)
        asyncio.set_event_loop(None)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that gets a response for everything, as over the network."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
