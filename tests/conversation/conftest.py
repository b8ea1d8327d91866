"""Threads of their own over the shared house, and stores that can be closed and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from talking import Talk
from throwaway_postgres import postgres_server

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.conversation import Assistant
    from assistant.house import House


@pytest.fixture
def kept(house: House, tmp_path: Path) -> Iterator[Assistant]:
    """The assistant with a store of this test alone."""
    from assistant.conversation import Assistant
    from assistant.store import Store

    store = Store(f"sqlite:///{tmp_path / 'talk.db'}")
    yield Assistant(replace(house, store=store))
    store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A throw-away cluster; the test is skipped where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the conversations of a test are kept."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'kept.db'}"


@pytest.fixture
def talk(kept: Assistant) -> Talk:
    """Says one message after the other in one thread and gives all answers; ``place`` is set with the first."""

    def say(*messages: str, place: str | None = None, thread: str | None = None, **more: Any) -> list[Answer]:
        answers: list[Answer] = []
        for message in messages:
            at = None if answers else place
            answers.append(kept.ask(message, thread=answers[-1].thread if answers else thread, place=at, **more))
        return answers

    return say
