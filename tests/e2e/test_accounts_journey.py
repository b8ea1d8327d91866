"""Signing in and out in a real browser: wrong password, expired session, two tabs, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from browser import LATIN, SMALL
from checks import accessible, quiet, shots
from sqlalchemy import update

from assistant.accounts.accounts import Accounts
from assistant.accounts.tables import SessionRow
from assistant.store import now

if TYPE_CHECKING:
    from assistant.house import House

DARK, LIGHT = "rgb(17, 22, 29)", "rgb(245, 246, 248)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def enter(page: Any, name: str, password: str) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")


def test_somebody_signs_in_and_out(visit: Callable[..., Any], address: str, account: Callable[..., str]) -> None:
    password = account("林小河", "specialist")
    page = visit("account")
    assert page.url.endswith("/sign-in?next=%2Faccount")
    assert page.evaluate("document.activeElement.name") == "name"
    enter(page, "林小河", "记错了的密码")
    page.wait_for_selector("#said >> text=对不上")
    assert page.is_hidden("#session-ended")
    shots(page, "sign-in")
    accessible(page)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(LATIN) == []
    enter(page, "林小河", password)
    page.wait_for_url("**/account")
    assert page.inner_text("#account .who") == "林小河"
    assert "坐席" in page.inner_text("main")
    shots(page, "account")
    accessible(page)
    page.click("#sign-out")
    page.wait_for_url(address)
    page.goto(address + "account")
    assert "/sign-in" in page.url
    assert page.locator(".notice").count() == 0


@pytest.mark.parametrize(
    "next", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_the_way_back_leads_to_our_own_pages_only(
    visit: Callable[..., Any], account: Callable[..., str], address: str, next: str
) -> None:
    page = visit("documents")
    page.goto(address + "sign-in")
    page.evaluate("next => history.replaceState(null, '', '/sign-in?next=' + encodeURIComponent(next))", next)
    enter(page, "林小河", account("林小河", "specialist"))
    page.wait_for_url("**/console")


def test_an_expired_session_is_said_and_nothing_typed_is_lost(
    visit: Callable[..., Any], address: str, house: House, account: Callable[..., str]
) -> None:
    page = visit("account", name="周一航", roles=("trainer",))
    other = page.context.new_page()
    ended = now() - timedelta(seconds=1)
    row = Accounts(house.store).find("周一航")
    assert row is not None
    with house.store.sessions() as session, session.begin():
        session.execute(update(SessionRow).where(SessionRow.account == row.id).values(until=ended))
    page.fill("input[name=old]", "五月的")
    page.fill("input[name=new]", "一个新的密码 够长")
    page.click("#form [type=submit]")
    page.wait_for_selector("#session-ended >> text=过期")
    accessible(page)
    shots(page, "session-ended")
    with quiet(other, address):
        other.goto(address + "account")
        assert "why=expired" in other.url
        assert "过期" in other.inner_text(".notice")
        enter(other, "周一航", account("周一航"))
        other.wait_for_url("**/account")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#session-ended", state="hidden")
    assert page.input_value("input[name=new]") == "一个新的密码 够长"


def test_signing_out_in_one_tab_is_noticed_in_the_other(visit: Callable[..., Any], address: str) -> None:
    page = visit("account", name="陈双双", roles=("specialist", "trainer"))
    other = page.context.new_page()
    other.goto(address + "documents")
    other.click("#sign-out")
    other.wait_for_url(address)
    page.fill("input[name=old]", "五月的")
    page.fill("input[name=new]", "一个新的密码 够长")
    page.click("#form [type=submit]")
    page.wait_for_selector("#session-ended a")


def test_a_link_on_another_site_leads_to_the_page(visit: Callable[..., Any], address: str) -> None:
    page = visit("documents", name="陈双双", roles=("specialist", "trainer"))
    elsewhere = page.context.new_page()
    elsewhere.goto(address.replace("127.0.0.1", "localhost") + "sign-in")
    elsewhere.evaluate("where => { location.href = where; }", address + "account")
    elsewhere.wait_for_url(address + "account")


def test_signing_in_from_the_header_leads_back(visit: Callable[..., Any], account: Callable[..., str]) -> None:
    page = visit("documents?q=专精特新")
    page.click(".enter")
    page.wait_for_url("**/sign-in?next=*")
    enter(page, "林小河", account("林小河", "specialist"))
    page.wait_for_url("**/documents?q=*")
    assert page.inner_text("#account .who") == "林小河"


def test_colours_are_kept(visit: Callable[..., Any], address: str) -> None:
    page = visit("documents", color_scheme="light")
    assert page.evaluate(BACKGROUND) == LIGHT
    other = page.context.new_page()
    other.goto(address + "sign-in")
    page.select_option("#theme", "dark")
    assert page.evaluate(BACKGROUND) == DARK
    other.wait_for_function(f"{BACKGROUND} === '{DARK}'")
    assert other.input_value("#theme") == "dark"
    # The choice is made before anything is painted: what the first frame shows is dark already.
    page.add_init_script("requestAnimationFrame(() => { window.first = document.documentElement.dataset.theme; })")
    page.reload()
    assert page.evaluate("window.first") == "dark"
    assert page.input_value("#theme") == "dark"
    page.select_option("#theme", "system")
    assert page.evaluate(BACKGROUND) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == DARK


def test_the_keyboard_reaches_the_content_first(visit: Callable[..., Any]) -> None:
    page = visit("documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
