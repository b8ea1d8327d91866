"""The chat page in a real Chromium, end to end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import FAINT, LATIN, SMALL, errors_of, serving
from model_server import Handler, url
from model_server import serving as model_serving
from sqlalchemy import select

from assistant.models.chat import ChatModel
from assistant.models.settings import Settings
from assistant.store import Feedback

if TYPE_CHECKING:
    from assistant.house import House

pytestmark = pytest.mark.browser
ARTIFACTS = Path(__file__).parents[1] / "artifacts"
POLICY = "上海第一次上规模，市里能奖多少？"
ELIGIBILITY = "去年营收1480万，没拿过投资，别的都达标，专精特新能报不？"
PHONE, DESKTOP = (360, 740), (1440, 900)


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    with serving(house) as address:
        yield address


class Visit:
    """One visit of the page that remembers what went wrong and where requests went."""

    def __init__(self, browser: Any, address: str, size: tuple[int, int], scheme: str = "light") -> None:
        self.address = address
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="en-US", color_scheme=scheme, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        errors_of(self.page, self.errors)
        self.page.on("request", lambda r: None if r.url.startswith((address, "data:")) else self.foreign.append(r.url))
        self.page.goto(address)
        self.page.wait_for_selector("#tl-message textarea")

    def ask(self, text: str) -> None:
        count = self.page.locator(".tl-exchange").count()
        self.page.fill("#tl-message textarea", text)
        self.page.press("#tl-message textarea", "Enter")
        self.page.wait_for_function("n => document.querySelectorAll('.tl-exchange').length > n", arg=count)
        self.page.wait_for_selector("#tl-live .tl-actions")

    def shot(self, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    def overflow(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def close(self) -> None:
        self.context.close()
        assert self.errors == []
        assert self.foreign == []


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    """Opens visits; at the end none may have had a console error or a request to another host."""
    visits: list[Visit] = []

    def open_(size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Visit:
        visits.append(Visit(browser, address, size, scheme))
        return visits[-1]

    yield open_
    for one in visits:
        one.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_a_chip_opens_its_clause_by_keyboard(visit: Any, size: tuple[int, int]) -> None:
    one = visit(size)
    one.shot(f"welcome-{size[0]}")
    one.ask(POLICY)
    page = one.page
    assert "50万元" in page.inner_text("#tl-live .tl-text")
    one.shot(f"policy-{size[0]}")
    chip = page.locator("#tl-live .tl-text button.tl-chip").first
    page.focus("#tl-live .tl-question ~ .tl-answer button >> nth=0")
    assert chip.evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tl-panel[open]")
    clause = page.inner_text("#tl-panel")
    for part in (
        "一（二）",
        "上海市促进专精特新中小企业发展壮大的若干措施",
        "现行有效",
        "摘要",
        "2025年4月3日",
        "上海市人民政府办公厅",
    ):
        assert part in clause
    one.shot(f"clause-{size[0]}")
    assert one.overflow() <= 0
    page.keyboard.press("Escape")
    assert not page.locator("#tl-panel[open]").count()
    assert chip.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_a_comparison_fits_and_can_be_copied_with_its_sources(visit: Any, size: tuple[int, int]) -> None:
    one = visit(size)
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.ask("上海企业更新信息到底是4月30日还是5月31日？")
    one.shot(f"comparison-{size[0]}")
    assert one.overflow() <= 0
    if size == DESKTOP:
        assert (
            one.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('#tl-live .tl-scroll'))")
            <= 0
        )
    one.page.click("#tl-live [data-copy]")
    one.page.wait_for_selector("#tl-live [data-copy]:has-text('已复制')")
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert "[1]" in copied
    assert "沪经信规范〔2022〕8号）第十四条，现行有效" in copied


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_a_verdict_is_a_table_with_words(visit: Any, size: tuple[int, int], scheme: str) -> None:
    one = visit(size, scheme)
    one.ask(ELIGIBILITY)
    page = one.page
    page.locator("#tl-live .tl-verdict").evaluate("one => one.scrollIntoView({ block: 'start' })")
    one.shot(f"verdict-{size[0]}-{scheme}")
    failing = page.locator(".tl-criteria tr.tl-not_met")
    assert failing.count() == 1
    text = failing.inner_text()
    for part in ("附件1（二）", "✗", "不符合", "1480万元", "1500万元", "差20万元"):
        assert part in text
    assert not page.locator(".tl-rest tr.tl-met").first.is_visible()
    page.locator(".tl-rest > summary").focus()
    page.keyboard.press("Enter")
    assert "✓" in page.inner_text(".tl-rest tr.tl-met >> nth=0")
    assert "1480万元" in page.inner_text(".tl-understood")
    missing = page.inner_text("#tl-live .tl-gap-table")
    assert "附件1（二）" in missing
    assert "2027年这一轮" in missing
    assert one.overflow() <= 0
    assert page.evaluate(SMALL) == []
    assert page.evaluate(FAINT) == []
    assert page.evaluate(LATIN) == []


def test_hostile_text_stays_text(visit: Any) -> None:
    one = visit()
    one.ask(
        "<script>window.hacked=1</script><img src=http://evil.example/x.png onerror=window.hacked=2> ![a](http://evil.example/y.png)"
    )
    assert "<script>" in one.page.inner_text(".tl-question")
    assert one.page.evaluate("window.hacked") is None
    assert one.page.locator("#tl-page img").count() == 0


def test_the_conversation_survives_a_reload_until_a_new_one(visit: Any) -> None:
    one = visit()
    one.page.click(".tl-example[data-ask] >> nth=0")
    one.page.wait_for_selector("#tl-live .tl-actions")
    one.page.click(".tl-follow >> nth=0")
    one.page.wait_for_function("document.querySelectorAll('.tl-exchange').length === 2")
    one.page.wait_for_selector("#tl-live .tl-actions")
    one.page.reload()
    one.page.wait_for_function("document.querySelectorAll('.tl-exchange').length === 2")
    one.page.click("#tl-new")
    one.page.wait_for_selector(".tl-example[data-ask] >> nth=0")
    one.page.wait_for_function("document.querySelectorAll('.tl-exchange').length === 0")
    one.page.reload()
    one.page.wait_for_selector(".tl-example[data-ask] >> nth=0")
    assert one.page.locator(".tl-exchange").count() == 0


def test_feedback_is_stored(visit: Any, house: House) -> None:
    one = visit()
    one.ask(POLICY)
    one.page.click("#tl-live [data-rate=down]")
    one.page.wait_for_selector("#tl-live [data-rate=down][aria-pressed=true]")
    one.page.fill("#tl-comment", "没有说区里的")
    one.page.click("#tl-dialog [type=submit]")
    one.page.wait_for_selector("#tl-dialog", state="hidden")
    thread = one.page.evaluate("JSON.parse(sessionStorage.getItem('tiaoli-thread'))")
    assert house.store is not None
    turn = house.store.turns(thread)[0].id
    with house.store.sessions() as session:
        kept = session.scalars(select(Feedback).where(Feedback.turn == turn)).all()
    assert [(one.verdict, one.comment) for one in kept] == [("down", "没有说区里的")]
    one.page.reload()
    one.page.wait_for_selector("#tl-live [data-rate=down][aria-pressed=true]")


def test_the_place_decides(visit: Any) -> None:
    one = visit()
    one.page.select_option("#tl-place select", "天津市")
    one.ask("专精特新有多少补贴？")
    assert "天津市" in one.page.inner_text("#tl-live .tl-where")
    assert "上海" not in one.page.inner_text("#tl-live .tl-text")


def test_too_long_is_said_kindly_and_nothing_is_lost(visit: Any) -> None:
    one = visit()
    text = "专精特新要什么条件？" * 250
    one.ask(text)
    one.page.wait_for_selector('#tl-live .tl-text:has-text("2000")')
    one.page.wait_for_function("text => document.querySelector('#tl-message textarea').value === text", arg=text)
    assert one.page.locator("#tl-live .tl-source").count() == 0


def test_sentences_appear_while_the_model_still_speaks(
    visit: Any, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def behave(handler: Handler) -> None:
        """The clause in two sentences, with a wait between them."""
        sentences = handler.tokens["c1"].split("：", 1)[1].split("。")
        handler.start()
        handler.say(f"{sentences[0]}。〔c1〕\n")
        handler.say("\n")
        go_on.wait(20)
        handler.say(f"{sentences[1]}。〔c1〕\n")
        handler.end()

    with model_serving() as server:
        server.behaviour = behave
        monkeypatch.setattr(house, "model", ChatModel(Settings(url(server), "waiting", limit=60, first=30)))
        one = visit()
        one.page.fill("#tl-message textarea", POLICY)
        one.page.press("#tl-message textarea", "Enter")
        try:
            one.page.wait_for_selector("#tl-live .tl-answer[aria-busy=true] p:has-text('50万元')")
        finally:
            go_on.set()
        one.page.wait_for_selector("#tl-live .tl-actions")
    assert "50万元" in one.page.inner_text("#tl-live .tl-text")
