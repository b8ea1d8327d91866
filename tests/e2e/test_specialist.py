"""A specialist on a call: find, read out, copy, record; two tabs, no network, an expired session; a ticket to its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from browser import LATIN, SMALL
from checks import accessible, shots
from sqlalchemy import update

from assistant.accounts.accounts import Accounts
from assistant.accounts.tables import SessionRow
from assistant.conversation import Assistant
from assistant.desk.calls import Calls
from assistant.desk.handoff import hand_over
from assistant.store import now

if TYPE_CHECKING:
    from assistant.desk.call_models import Call
    from assistant.house import House

SPECIALIST = {"name": "李专员", "roles": ("specialist",)}
SAVED = "#saved[data-state=saved]"
TOLD = "我们想报专精特新，去年营收4800万，研发占6%"
KEYS = ("Esc",)
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
Visit = Callable[..., Any]


def kept(house: House, page: Any) -> Call:
    """The call of this page, as the store has it."""
    found = re.search(r"call=([\w-]+)", page.url)
    assert found is not None
    assert house.store is not None
    return Calls(house.store).read(found[1])


def sound(page: Any, name: str = "") -> None:
    if name:
        shots(page, name)
    accessible(page)
    assert page.evaluate(SMALL) == []
    assert [text for text in page.evaluate(LATIN) if text not in KEYS] == []


def told(page: Any, words: str) -> None:
    page.fill("#words", words)
    page.press("#words", "Enter")


def test_find_read_out_copy_and_record(visit: Visit, house: House) -> None:
    page = visit("console", **SPECIALIST, **CLIPBOARD)
    assert page.evaluate("document.activeElement.id") == "q"
    sound(page, "console-empty")
    page.keyboard.type("首次上规模奖励")
    page.wait_for_selector("#results mark")
    assert page.get_attribute("#q", "aria-activedescendant") == "line-0"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#line-1", "aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#more .words")
    assert page.evaluate("document.activeElement.id") == "clause"
    page.keyboard.press("c")
    page.wait_for_selector("#said >> text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "50万元" in copied
    assert "一（二），现行有效" in copied
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("c")  # a letter in a field is a letter
    told(page, TOLD)
    page.wait_for_selector(".chip >> text=4800万元")
    assert page.input_value("[name=title]") == "专精特新"
    first = page.inner_text("#question .say")
    assert first.startswith("请问")
    page.click("#question .answer >> nth=0")
    page.wait_for_function("first => document.querySelector('#question .say').textContent !== first", arg=first)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.fill("[name=company]", "上海明德传感器有限公司")
    page.fill("[name=caller]", "王小明")
    page.fill("#promise-text", "发材料清单")
    page.fill("#promise-due", "2026-11-25")
    page.press("#promise-text", "Enter")
    page.fill("#notes", "客户关心复核时间。")
    page.wait_for_selector(SAVED)
    page.click("#verdict summary")
    sound(page, "console-call")
    page.reload()
    page.wait_for_selector(".chip >> text=4800万元")
    assert page.input_value("#notes") == "客户关心复核时间。"
    call = kept(house, page)
    assert call.draft.company == "上海明德传感器有限公司"
    assert [one.ref for one in call.draft.shown] == ["cn-sh/gov/2025/zjtx-measures#sec_1__item_2"]
    page.dblclick("#finish")
    page.wait_for_selector("#record h4")
    record = page.inner_text("#record")
    for words in ("王小明", "2025年营业收入：4800万元", "发材料清单（2026年11月25日前）", "客户关心复核时间"):
        assert words in record
    sound(page, "console-record")
    page.click("#record >> text=复制整份")
    page.wait_for_selector("#said >> text=已复制")
    assert "【预检】" in page.evaluate("navigator.clipboard.readText()")
    assert "小明" not in page.inner_text("#records")


def test_side_by_side_in_another_place_and_on_another_day(visit: Visit) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#q", "专精特新研发费用要求")
    page.wait_for_selector("#results [role=option]")
    page.press("#q", "Enter")
    page.click("#to-compare")
    page.wait_for_selector("#compare-sides mark")
    sound(page, "console-compare")
    page.select_option("#compare [name=place]", "天津市")
    page.wait_for_selector("#compare-said >> text=天津市那一天没有找到自己的规定")
    page.fill("#compare [name=right_as_of]", "2021-11-01")
    page.dispatch_event("#compare [name=right_as_of]", "change")
    page.wait_for_function("() => document.querySelector('#compare-sides').textContent.includes('天津')")
    page.keyboard.press("Escape")
    assert page.is_hidden("#compare")
    page.fill("#where [name=as_of]", "2026-01-10")
    page.wait_for_selector("#to-today")
    page.wait_for_function("() => !document.querySelector('#results').textContent.includes('2026年国家办法')")
    page.click("#to-today")
    page.wait_for_function("() => document.querySelector('#results').textContent.includes('2026年国家办法')")


def test_keys_can_be_looked_up_and_switched_off(visit: Visit) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#q", "有效期")
    page.wait_for_selector("#results [role=option]")
    page.press("#q", "Enter")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    sound(page)
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.focus("#clause")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "clause"
    page.reload()
    page.focus("#help")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "help"


def test_late_answers_are_dropped_and_typing_goes_on(visit: Visit) -> None:
    from playwright.sync_api import Error

    page = visit("console", **SPECIALIST)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route(re.compile(r"/desk/search\?q=%E5%B0%8F&"), hold)  # 小
    page.keyboard.type("小")
    page.wait_for_timeout(300)
    assert len(held) == 1
    page.keyboard.type("巨人研发")
    page.wait_for_selector("#results >> text=附件2（三）")
    before = page.inner_text("#results")
    with suppress(Error):  # given up by the page, so that it cannot be answered any more
        held[0].fulfill(json={"q": "小", "place": "上海市", "as_of": "2026-11-21", "hits": [], "elapsed_ms": 1})
    page.wait_for_timeout(200)
    assert page.inner_text("#results") == before
    assert page.input_value("#q") == "小巨人研发"


def test_without_a_network_everything_is_kept_and_sent_later(visit: Visit, house: House) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#notes", "第一句")
    page.wait_for_selector(SAVED)
    page.context.set_offline(True)
    page.fill("#notes", "第一句，断网时写的第二句")
    told(page, TOLD)
    page.wait_for_selector("#saved >> text=未保存，等网络")
    assert "等着读" in page.inner_text("#chips")
    page.keyboard.press("Escape")
    page.fill("#q", "有效期")
    page.wait_for_selector("#found >> text=连不上")
    sound(page)
    page.context.set_offline(False)
    page.wait_for_selector(".chip >> text=4800万元")
    page.wait_for_selector(SAVED)
    call = kept(house, page)
    assert call.draft.notes == "第一句，断网时写的第二句"
    assert set(call.told.facts) == {"revenue@2025", "rd_ratio@2025"}


def test_a_page_that_is_closed_without_network_loses_nothing(visit: Visit, house: House) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#notes", "先存一句")
    page.wait_for_selector(SAVED)
    address = page.url
    page.route(
        "**/api/v1/calls/**", lambda route: route.fulfill(status=503, json={"status": 503, "detail": "正在重启"})
    )
    page.fill("#notes", "先存一句，再写一句")
    page.wait_for_selector("#saved >> text=等网络")
    page.unroute("**/api/v1/calls/**")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("() => document.querySelector('#notes').value === '先存一句，再写一句'")
    page.wait_for_selector(SAVED)
    assert kept(house, page).draft.notes == "先存一句，再写一句"


def test_two_tabs_on_one_call(visit: Visit, house: House) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#notes", "这边的")
    page.wait_for_selector(SAVED)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_function("() => document.querySelector('#notes').value === '这边的'")
    other.fill("#notes", "这边的，那边加的")
    other.wait_for_selector(SAVED)
    page.fill("#notes", "这边的又改了")
    page.fill("[name=caller]", "王小明")
    page.wait_for_selector("#clash[open]")
    assert "另一页改过" in page.inner_text("#saved")
    sound(page)
    page.click("#clash [value=both]")
    page.wait_for_selector(SAVED)
    call = kept(house, page)
    assert "那边加的" in call.draft.notes
    assert "又改了" in call.draft.notes
    assert call.draft.caller == "王小明"


def test_an_expired_session_loses_no_draft(visit: Visit, house: House, account: Callable[..., str]) -> None:
    page = visit("console", **SPECIALIST)
    page.fill("#notes", "登录着写的")
    page.wait_for_selector(SAVED)
    row = Accounts(house.store).find("李专员")
    assert row is not None
    with house.store.sessions() as session, session.begin():
        session.execute(
            update(SessionRow).where(SessionRow.account == row.id).values(until=now() - timedelta(seconds=1))
        )
    page.fill("#notes", "登录着写的，过期后写的")
    page.wait_for_selector("#enter[open]")
    sound(page)
    page.fill("#enter [name=name]", "李专员")
    page.fill("#enter [name=password]", "记错了的密码")
    page.press("#enter [name=password]", "Enter")
    page.wait_for_selector("#enter-said >> text=对不上")
    page.fill("#enter [name=password]", account("李专员", "specialist"))
    page.press("#enter [name=password]", "Enter")
    page.wait_for_selector(SAVED)
    assert page.is_hidden("#enter")
    assert kept(house, page).draft.notes == "登录着写的，过期后写的"


@pytest.fixture
def wish(house: House) -> str:
    """What an owner wishes who handed over."""
    assert house.store is not None
    answer = Assistant(house).ask("我们去年营收4800万，能报专精特新吗？")
    assert answer.thread is not None
    hand_over(house, house.store, answer.thread, wish="想请专员看看差什么")
    return "想请专员看看差什么"


def test_a_ticket_from_the_queue_to_its_answer(visit: Visit, wish: str) -> None:
    page = visit("console", **SPECIALIST)
    page.wait_for_selector("#badge:not([hidden])")
    page.click("[data-view=tickets]")
    page.click(f"#queue >> text={wish}")
    page.wait_for_selector(f"#ticket h3 >> text={wish}")
    assert "4800万元" in page.inner_text("#ticket")
    page.click("#ticket >> text=领取")
    page.fill("#answer-text", "您好，营收已经够了，还要看研发费用。")
    page.fill(".answering [type=search]", "专精特新研发费用要求")
    page.click(".picker li >> nth=0 >> text=引用并放进答复")
    sound(page, "console-ticket")
    page.reload()
    page.click(f"#queue >> text={wish}")
    page.wait_for_function("() => document.querySelector('#answer-text')?.value.startsWith('您好')")
    page.dblclick(".answering >> text=发出答复")
    page.wait_for_timeout(500)
    if page.locator("text=看过了，仍然发出").count():
        page.click("text=看过了，仍然发出")
    page.wait_for_selector(".letter-answer")
    assert page.locator(".letter-answer").count() == 1
    page.click("#ticket >> text=整理成回答")
    page.wait_for_selector("#ticket [name=questions]")
    assert "待复核" in page.inner_text("#ticket")
    sound(page, "console-curated")


def test_on_a_telephone_the_panes_are_tabs(visit: Visit) -> None:
    page = visit("console", size=(360, 740), **SPECIALIST)
    assert page.is_hidden("#call")
    page.fill("#q", "小巨人研发")
    page.wait_for_selector("#results [role=option]")
    page.click("#line-0")
    page.wait_for_selector("#more .words")
    page.click(".pane-tabs [data-pane=call]")
    assert page.is_hidden("#q")
    told(page, TOLD)
    page.wait_for_selector(".chip >> text=4800万元")
    sound(page)
