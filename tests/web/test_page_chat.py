"""The conversation behind the page: asked once whatever comes twice, watched by anybody, never lost without a word."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer
from assistant.store import new_id
from web.service import Service
from web.ui.asked import Asked
from web.ui.chat import Sent, converse, is_stored, show
from web.ui.session import Exchange

if TYPE_CHECKING:
    from assistant.conversation import Emit
    from assistant.house import House

POLICY = "上海第一次上规模，市里能奖多少？"


@pytest.fixture
def service(house: House) -> Service:
    return Service(house)


@pytest.fixture
def asked(service: Service) -> Asked:
    return Asked(lambda turn: is_stored(service, turn))


@pytest.fixture
def thread() -> str:
    return f"chat-{uuid.uuid4().hex}"


def answered(text: str) -> Answer:
    return Answer(route="policy", status="answered", reason="answered", answer=text, place="上海市", as_of="2026-11-21")


def test_a_message_that_comes_twice_is_asked_once(service: Service, asked: Asked, thread: str) -> None:
    sent = Sent(thread, new_id(), POLICY)
    first = list(converse(service, asked, sent))[-1]
    again = list(converse(service, asked, sent))[-1]
    assert first.newest is not None
    assert again.newest is not None
    assert first.newest.key == again.newest.key == sent.key
    assert [turn.id for turn in service.store.turns(thread)] == [sent.key]


def test_two_watchers_see_one_question_come(asked: Asked, thread: str) -> None:
    go_on, calls = threading.Event(), []

    def ask(one: Exchange, emit: Emit) -> Answer:
        calls.append(one.key)
        emit("第一句。")
        go_on.wait(20)
        return answered("第一句。第二句。")

    key = new_id()
    first, second = (asked.start(thread, key, "问", ask) for _ in range(2))
    assert first is second
    watched = second.watch()
    while not next(watched).partial:
        pass
    assert second.exchange.partial == "第一句。"
    go_on.set()
    assert list(first.watch())[-1].answer == list(watched)[-1].answer
    assert calls == [key]


def test_what_fails_is_said_and_can_be_asked_again(asked: Asked, thread: str) -> None:
    def ask(one: Exchange, emit: Emit) -> Answer:
        raise RuntimeError("broken")

    last = list(asked.start(thread, new_id(), "问", ask).watch())[-1]
    assert last.answer is None
    assert "再试一次" in last.trouble


def test_after_a_restart_a_message_that_never_came_to_an_answer_is_called_lost(
    service: Service, asked: Asked, thread: str
) -> None:
    list(converse(service, asked, Sent(thread, new_id(), POLICY)))
    restarted = Asked(lambda turn: is_stored(service, turn))
    frames = list(show(service, restarted, thread, new_id(), 1))
    assert [frame.said for frame in frames] == ["lost"]
    assert frames[0].newest is not None
    found = list(show(service, restarted, thread, frames[0].newest.key, 1))
    assert [frame.said for frame in found] == ["kept"]


def test_a_deleted_thread_is_not_begun_again(service: Service, asked: Asked, thread: str) -> None:
    list(converse(service, asked, Sent(thread, new_id(), POLICY)))
    service.store.forget(thread)
    assert [frame.said for frame in converse(service, asked, Sent(thread, new_id(), "那条件呢？", seen=1))] == ["gone"]
    assert [frame.said for frame in show(service, asked, thread, "", 1)] == ["gone"]
    assert service.store.turns(thread) == []
