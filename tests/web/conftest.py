"""The application over the shared house: a client for its API."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browser import ARGUMENTS, chromium
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.house import House


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium for one module: Playwright keeps an event loop running, in which other modules' own could not start."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()
