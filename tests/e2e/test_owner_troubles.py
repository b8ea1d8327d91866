"""What goes wrong on the owner's way: nothing is lost, nothing doubled, and a sentence says what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from model_server import Handler, url
from model_server import serving as model_serving

from assistant.models.chat import ChatModel
from assistant.models.settings import Settings

if TYPE_CHECKING:
    from assistant.house import House

Visit = Callable[..., Any]
POLICY = "上海第一次上规模，市里能奖多少？"
DONE = "#tl-live .tl-actions"
COUNT = "n => document.querySelectorAll('.tl-exchange').length === n"


def put(page: Any, text: str) -> None:
    page.fill("#tl-text", text)
    page.press("#tl-text", "Enter")


def ask(page: Any, text: str, nth: int = 1) -> None:
    put(page, text)
    page.wait_for_function(COUNT, arg=nth)
    page.wait_for_selector(DONE)


def messages(house: House, page: Any) -> list[str]:
    thread = page.evaluate("JSON.parse(sessionStorage.getItem('tiaoli-thread'))")
    assert house.store is not None
    return [turn.message for turn in house.store.turns(thread)]


@pytest.fixture
def halted(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A model that says one sentence and then waits for the event."""
    go_on = threading.Event()

    def behave(handler: Handler) -> None:
        sentences = handler.tokens["c1"].split("：", 1)[1].split("。")
        handler.start()
        handler.say(f"{sentences[0]}。〔c1〕\n")
        handler.say("\n")
        go_on.wait(40)
        handler.say(f"{sentences[1]}。〔c1〕\n")
        handler.end()

    with model_serving() as server:
        server.behaviour = behave
        monkeypatch.setattr(house, "model", ChatModel(Settings(url(server), "waiting", limit=60, first=30)))
        yield go_on
        go_on.set()


def test_a_reload_in_mid_stream_goes_on(visit: Visit, house: House, halted: threading.Event) -> None:
    page = visit()
    put(page, POLICY)
    page.wait_for_selector("#tl-live [aria-busy=true] p:has-text('50万元')")
    page.reload()
    page.wait_for_selector("#tl-live [aria-busy=true] p:has-text('50万元')")
    assert POLICY in page.inner_text("#tl-live .tl-question")
    halted.set()
    page.wait_for_selector(DONE)
    assert messages(house, page) == [POLICY]
    assert page.evaluate("sessionStorage.getItem('tiaoli-pending')") is None


def test_twice_sent_is_asked_once_and_the_next_one_waits(visit: Visit, house: House, halted: threading.Event) -> None:
    page = visit()
    page.fill("#tl-text", POLICY)
    page.dblclick("#tl-message button")
    page.wait_for_selector("#tl-live [aria-busy=true]")
    put(page, "专精特新要什么条件？")
    page.wait_for_selector("#tl-notice:has-text('上一个问题还在回答')")
    assert page.input_value("#tl-text") == "专精特新要什么条件？"
    halted.set()
    page.wait_for_selector(DONE)
    assert messages(house, page) == [POLICY]
    assert page.input_value("#tl-text") == "专精特新要什么条件？"


def test_a_lost_connection_loses_nothing(visit: Visit, house: House) -> None:
    page = visit()
    ask(page, POLICY)
    page.context.set_offline(True)
    put(page, "专精特新要什么条件？")
    page.wait_for_selector("#tl-notice:has-text('连接断了')")
    page.context.set_offline(False)
    page.wait_for_function(COUNT, arg=2)
    page.wait_for_selector(DONE)
    page.wait_for_selector("#tl-notice", state="hidden")
    assert messages(house, page) == [POLICY, "专精特新要什么条件？"]


def test_two_tabs_show_one_conversation(visit: Visit, house: House) -> None:
    page = visit()
    ask(page, POLICY)
    other = page.context.new_page()
    other.goto(page.url)
    other.click("[data-do=history]")
    other.click(".tl-past-open")
    other.wait_for_function(COUNT, arg=1)
    ask(other, "去年营收4800万，能报专精特新吗？", 2)
    page.wait_for_function(COUNT, arg=2)
    page.wait_for_selector("#tl-facts-count:has-text('1 项')")
    page.fill("#tl-text", "那负债率呢？")
    other.click("[data-do=history]")
    other.click(".tl-history .tl-quiet")
    other.click("#tl-dialog [type=submit]")
    page.wait_for_selector("#tl-notice:has-text('在另一个页面上删除了')")
    page.wait_for_selector("#tl-welcome")
    assert page.input_value("#tl-text") == "那负债率呢？"


def test_a_thread_deleted_on_the_server_says_so_and_keeps_the_question(visit: Visit, house: House) -> None:
    page = visit()
    ask(page, POLICY)
    assert house.store is not None
    house.store.forget(page.evaluate("JSON.parse(sessionStorage.getItem('tiaoli-thread'))"))
    put(page, "那要交什么材料？")
    page.wait_for_selector("#tl-notice:has-text('已经删除')")
    assert page.input_value("#tl-text") == "那要交什么材料？"
    page.press("#tl-text", "Enter")
    page.wait_for_selector(DONE)
    assert messages(house, page) == ["那要交什么材料？"]


def test_what_is_opened_stays_though_the_service_is_slow(visit: Visit) -> None:
    page = visit()
    ask(page, POLICY)
    page.click("[data-do=new]")
    page.wait_for_selector("#tl-welcome")
    held: list[Any] = []
    page.route("**/gradio_api/run/**", lambda one: held.extend([one]))
    page.click("[data-do=history]")
    page.click(".tl-past-open")
    page.wait_for_function(COUNT, arg=1)
    for one in held:
        one.continue_()
    page.wait_for_timeout(1000)
    assert page.evaluate(f"({COUNT})(1)")


def test_another_conversation_is_not_drawn_over_by_the_one_left_in_mid_stream(
    visit: Visit, house: House, halted: threading.Event
) -> None:
    page = visit()
    put(page, POLICY)
    page.wait_for_selector("#tl-live [aria-busy=true] p:has-text('50万元')")
    left = page.evaluate("JSON.parse(sessionStorage.getItem('tiaoli-thread'))")
    page.click("[data-do=new]")
    page.wait_for_selector("#tl-welcome")
    halted.set()
    assert house.store is not None
    for _ in range(100):
        if house.store.turns(left):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(1000)
    assert page.evaluate(f"({COUNT})(0)")
    assert page.is_visible("#tl-welcome")
    page.click("[data-do=history]")
    page.click(".tl-past-open")
    page.wait_for_function(COUNT, arg=1)
    page.wait_for_selector(DONE)
