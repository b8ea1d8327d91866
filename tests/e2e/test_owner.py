"""An owner asks, opens a citation, goes through a pre-check by chat and by form, has a check-up, exports, hands off, and
deletes it all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from browser import LATIN, SMALL
from checks import accessible, shots

from assistant.accounts.accounts import Accounts
from assistant.answer import Answer
from assistant.desk.answering import prepared
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.tickets import Tickets

if TYPE_CHECKING:
    from assistant.house import House

Visit = Callable[..., Any]
DONE = "#tl-live .tl-actions"
LATER = 'text => document.querySelector("#tl-now p")?.textContent !== text'


def ask(page: Any, text: str) -> None:
    count = page.locator(".tl-exchange").count()
    page.fill("#tl-text", text)
    page.press("#tl-text", "Enter")
    page.wait_for_function("n => document.querySelectorAll('.tl-exchange').length > n", arg=count)
    page.wait_for_selector(DONE)


def thread_of(page: Any) -> str:
    return str(page.evaluate("JSON.parse(sessionStorage.getItem('tiaoli-thread'))"))


def sound(page: Any, name: str) -> None:
    shots(page, name)
    accessible(page)
    assert page.evaluate(SMALL) == []
    assert [text for text in page.evaluate(LATIN) if not text.startswith("编号")] == []  # a ticket's number is one


def test_the_first_screen_stands_before_any_script(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    text = page.inner_text("#tl-welcome")
    for part in ("上海市", "2026年11月21日", "问政策", "资格预检", "政策体检"):
        assert part in text


def test_ask_and_open_a_citation(visit: Visit) -> None:
    page = visit()
    sound(page, "owner-first")
    page.click(".tl-way >> nth=0")
    assert page.evaluate("document.activeElement.id") == "tl-text"
    ask(page, "上海第一次上规模，市里能奖多少？")
    page.click("#tl-live .tl-text button.tl-chip >> nth=0")
    page.wait_for_selector("#tl-panel[open]")
    assert "若干措施" in page.inner_text("#tl-panel")
    sound(page, "owner-citation")
    page.keyboard.press("Escape")
    page.wait_for_selector("#tl-panel", state="hidden")


def test_a_pre_check_by_chat_and_form_at_once(visit: Visit, house: House) -> None:
    page = visit()
    page.click("[data-do=precheck]")
    page.click("#tl-titles [data-check=专精特新]")
    page.wait_for_selector(DONE)
    page.wait_for_selector("#tl-side[open] .tl-group")
    before = page.inner_text("#tl-now p")
    assert "还差" in before
    page.fill("#tl-side [data-key='revenue@2025']", "1480")
    page.press("#tl-side [data-key='revenue@2025']", "Enter")
    page.wait_for_selector("[data-chip='revenue@2025']")
    page.fill("#tl-side [data-key='debt_ratio@2025']", "很多")
    page.press("#tl-side [data-key='debt_ratio@2025']", "Enter")
    page.wait_for_selector("#tl-side [data-key='debt_ratio@2025'][aria-invalid=true]")
    assert "要填数字，单位%" in page.inner_text("#tl-side .tl-wrong")
    sound(page, "owner-form")
    ask(page, "没拿过投资，负债率45%，别的都达标")
    page.wait_for_function(LATER, arg=before)
    assert "现在不符合：差在 1 项" in page.inner_text("#tl-now p")
    known = page.inner_text("#tl-side .tl-facts")
    for part in ("1480万元", "表单填写", "您说：负债率45%", "您说：别的都达标"):
        assert part in known
    assert "2027年这一轮" in page.inner_text("#tl-side .tl-gap-table")
    page.click("[data-chip='revenue@2025']")
    page.fill(".tl-editor input", "1600")
    page.press(".tl-editor input", "Enter")
    page.wait_for_selector("#tl-side .tl-verdict-eligible")
    assert "符合" in page.inner_text("#tl-now p")
    page.wait_for_selector("#tl-live .tl-outdated:has-text('按现在的情况，符合')")
    sound(page, "owner-eligible")
    assert house.store is not None
    state = house.store.state(thread_of(page))
    assert state is not None
    assert state["origins"]["revenue@2025"]["by"] == "form"


def test_the_form_is_a_sheet_on_a_phone(visit: Visit) -> None:
    page = visit(size=(360, 740))
    ask(page, "我们去年营收4800万，能报专精特新中小企业吗？")
    page.click("[data-do=form]")
    page.wait_for_selector("#tl-side[open] .tl-group")
    assert page.evaluate("document.querySelector('#tl-side').matches(':modal')")
    page.select_option("#tl-side [data-key='is_sme']", "是")
    page.wait_for_selector("[data-chip='is_sme']")
    page.click("#tl-side [data-ref] >> nth=0")
    page.wait_for_selector("#tl-panel[open] .tl-clause-text")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("#tl-side", state="hidden")
    assert "2 项" in page.inner_text("#tl-facts-count")
    page.reload()
    page.wait_for_selector(DONE)
    page.wait_for_selector("#tl-facts-count:has-text('2 项')")


def test_a_check_up_as_cards_and_deadlines_into_the_calendar(visit: Visit) -> None:
    page = visit()
    ask(page, "给我们做个政策体检")
    ask(page, "我们在上海做软件，去年营收6200万，第一次上规模，现在是专精特新")
    page.wait_for_selector("#tl-live .tl-card-likely")
    assert "50万元" in page.inner_text("#tl-live .tl-cards")
    page.click("#tl-live .tl-card-likely [data-ref] >> nth=0")
    page.wait_for_selector("#tl-panel[open] .tl-clause-text")
    page.keyboard.press("Escape")
    sound(page, "owner-checkup")
    page.click("[data-do=side]")
    page.fill("#tl-side [data-key='held:专精特新:granted']", "2024-03-01")
    page.press("#tl-side [data-key='held:专精特新:granted']", "Enter")
    page.wait_for_selector("#tl-side .tl-dates li")
    with page.expect_download() as download:
        page.click("#tl-side a:has-text('加入日历')")
    assert download.value.suggested_filename == "tiaoli-duties.ics"
    sound(page, "owner-deadlines")


def test_export_hand_off_answer_and_delete(visit: Visit, house: House, account: Callable[..., str]) -> None:
    page = visit()
    ask(page, "去年营收4800万，研发费用300万，能报专精特新吗？")
    page.click("#tl-export > summary")
    with page.expect_download() as download:
        page.click("[data-export=docx]")
    assert download.value.suggested_filename.endswith(".docx")
    page.wait_for_selector("#tl-notice:has-text('存好了')")
    page.click("[data-do=dismiss]")
    page.click("[data-do=handoff]")
    page.wait_for_selector("#tl-dialog .tl-goes")
    sound(page, "owner-hand-off")
    page.fill("#tl-wish", "请看看研发费用怎么归集")
    page.dblclick("#tl-dialog [type=submit]")
    page.wait_for_selector("#tl-handoff:has-text('排队中')")
    answer_ticket(house, account, thread_of(page))
    page.wait_for_selector(".tl-desk-said:has-text('辅助账')")
    page.wait_for_selector("#tl-handoff:has-text('已答复')")
    sound(page, "owner-answered")
    page.reload()
    page.wait_for_selector(".tl-desk-said:has-text('辅助账')")
    page.fill("#tl-to-desk", "明白了，谢谢")
    page.click("#tl-handoff [type=submit]")
    page.wait_for_selector("#tl-live:has-text('明白了，谢谢')")
    thread = thread_of(page)
    page.click("[data-do=history]")
    sound(page, "owner-history")
    page.click("text=删除我的数据")
    page.click("#tl-dialog [type=submit]")
    page.wait_for_selector("#tl-notice:has-text('都删掉了')")
    assert house.store is not None
    assert house.store.state(thread) is None
    assert page.evaluate("localStorage.length") == 0


def answer_ticket(house: House, account: Callable[..., str], thread: str) -> None:
    """A specialist takes the ticket and answers it."""
    account("周专员", "specialist")
    assert house.store is not None
    who = Accounts(house.store).find("周专员")
    assert who is not None
    ticket = OwnTickets(house.store).of(thread).ticket
    text = "研发费用按辅助账归集，先备好两个年度的专项审计。"
    made: tuple[Answer, list[str], Any] = prepared(
        house, thread, ticket.place, ticket.as_of, text, ["cn/miit/2026/2#annex_3__item_1"], who.name
    )
    tickets = Tickets(house.store)
    tickets.claim(ticket.id, who)
    tickets.answer(ticket.id, who, made[0], text, made[1], made[2], None)
