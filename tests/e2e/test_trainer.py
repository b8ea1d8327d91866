"""A trainer's day: compare standards, work through a sample, make a quiz, run a room with three telephones, print, screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browser import LATIN, SMALL
from checks import ARTIFACTS, accessible, shots
from sqlalchemy import update

from assistant.accounts.accounts import Accounts
from assistant.accounts.tables import SessionRow
from assistant.store import now

if TYPE_CHECKING:
    from assistant.house import House

TRAINER = {"name": "周讲师", "roles": ("trainer",)}
PHONE = (360, 740)
NAMES = ("小河", "山雀", "青瓦")
CLASS = "\n".join(
    [
        "企业名称,2024年营业收入(万元),2025年营业收入(万元),2024年研发费用(万元),2025年研发费用(万元),2025年主营业务收入占比,2025年末资产负债率,细分市场年限(年)",
        "示例甲,3000,3200,150,160,90%,40%,6",
        "示例乙,1200,1400,150,160,90%,40%,6",
        "示例丙,3000,3200,150,160,90%,95%,6",
    ]
)
Visit = Callable[..., Any]


def sound(page: Any, name: str = "", latin: tuple[str, ...] = ()) -> None:
    """Keep pictures, and check what holds for every page. ``latin``: what may be read in Latin letters."""
    if name:
        shots(page, name)
    accessible(page)
    assert page.evaluate(SMALL) == []
    known = ("Word 文档", "PDF", "CSV", ".csv", *latin)
    assert [text for text in page.evaluate(LATIN) if not any(one in text for one in known)] == []


def paper(page: Any, name: str) -> None:
    """Keep a picture of what is printed."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 794, "height": 1123})
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}-print.png", full_page=True)


def screen(page: Any) -> None:
    """Back from paper."""
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen", color_scheme="null")
    page.set_viewport_size({"width": 1440, "height": 900})


def saved(page: Any, press: str, start: bytes) -> str:
    """Press a button that saves a file, which begins with ``start``; its name."""
    with page.expect_download() as waiting:
        page.click(press)
    assert Path(waiting.value.path()).read_bytes().startswith(start)
    name: str = waiting.value.suggested_filename
    return name


def test_standards_are_compared_and_printed(visit: Visit) -> None:
    page = visit("workshop", **TRAINER)
    page.wait_for_selector("#compared .kind-stricter")
    assert page.locator("#presets button").count() >= 3
    table = page.inner_text(".wide-table >> nth=0")
    assert "附件1（二）" in table
    assert "已废止" in table
    assert "▲ 更严" in table
    assert "企业规模" not in table, "what is the same is left out at first"
    sound(page, "workshop-compare", latin=("II类", "ISO"))
    page.uncheck("text=只看不同的")
    assert "企业规模" in page.inner_text(".wide-table >> nth=0")
    page.click("#presets button >> nth=1")
    page.wait_for_selector("#compared thead >> nth=0 >> th >> nth=3")
    assert "比第一份" in page.inner_text("#compared")
    page.check("text=拆到每个数")
    assert page.is_visible(".line >> nth=0")
    chosen = page.url
    page.reload()
    page.wait_for_selector("#compared thead >> nth=0 >> th >> nth=3")
    assert page.url == chosen
    page.click(".views >> text=示例企业")
    page.wait_for_selector("#sample-form")
    page.click(".views >> text=对照")
    page.wait_for_url(chosen)
    assert saved(page, "#compared >> text=PDF", b"%PDF").endswith(".pdf")
    for format in ("Word 文档", "表格", "幻灯片"):
        saved(page, f"#compared .downloads button >> text={format}", b"PK")
    paper(page, "workshop-compare")
    assert page.is_hidden("#compare-form")
    assert page.is_hidden(".top")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    screen(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("getComputedStyle(document.querySelector('.matter td')).display") == "block"


def test_two_equal_columns_are_refused_in_words(visit: Visit) -> None:
    page = visit("workshop#compare", **TRAINER)
    page.wait_for_selector("#compared .kind-stricter")
    page.select_option(".pair >> nth=0 >> [name=standard]", index=0)
    page.select_option(".pair >> nth=1 >> [name=standard]", index=0)
    page.click("#compare-form [type=submit]")
    page.wait_for_selector("#compared [role=alert] >> text=一模一样")
    page.click("#sizes summary")
    page.wait_for_selector("#sized td >> text=万元")
    sound(page)


def test_places_side_by_side_with_the_country_now(visit: Visit) -> None:
    page = visit("workshop#compare", **TRAINER)
    page.wait_for_selector("#compared .kind-stricter")
    page.click("#provinces summary")
    page.wait_for_selector("#beside td >> text=已过有效期")
    page.select_option("#provinces [name=place] >> nth=0", "福建省")
    page.select_option("#provinces [name=place] >> nth=1", "北京市")
    page.wait_for_selector("#beside td >> text=5000万元")
    assert page.locator("#beside thead th").all_inner_texts() == ["项目", "福建省", "北京市", "现在全国", "条款"]
    assert page.locator("#beside tbody tr").count() > 4
    page.evaluate("document.getElementById('compared').hidden = true")  # so that the pictures show this part
    sound(page, "workshop-places", latin=("ISO9001", "II类", "ERP", "IPO"))
    page.select_option("#provinces [name=place] >> nth=1", "福建省")
    page.wait_for_selector("#beside [role=alert] >> text=两个不同")


def test_a_sample_company_is_worked_through_by_keyboard(visit: Visit) -> None:
    page = visit("workshop#samples", **TRAINER)
    page.wait_for_selector("#sample-form [name=kind] option >> nth=1", state="attached")
    page.select_option("#sample-form [name=kind]", "one_reason")
    page.press("#sample-form [type=submit]", "Enter")
    page.wait_for_selector(".asking h5")
    assert "虚构" in page.inner_text(".sample-head")
    assert page.locator(".step").count() == 0
    page.click("text=收进讲义")
    page.focus(".guess >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".step")
    assert page.evaluate("document.activeElement.matches('.asking h5')")
    page.keyboard.press("Tab")  # the clause
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".step >> nth=1")
    sound(page, "workshop-sample")
    page.reload()
    page.wait_for_selector(".step >> nth=1")
    while page.locator(".guess").count():
        page.click(".guess >> nth=0")
    ending = page.inner_text(".ending")
    assert "结论：不符合" in ending
    assert "✗ 您猜的是“符合”" in ending
    assert page.locator(".step-not_met").count() == 1
    assert page.locator(".step-not_met .clause").count() == 1
    sound(page, "workshop-sample-end")
    page.click("text=换一家")
    page.wait_for_selector(".asking")
    page.click("text=收进讲义")
    assert page.locator("#collected li").count() == 2
    assert saved(page, "#collected .downloads >> nth=0 >> text=PDF", b"%PDF").endswith(".pdf")
    saved(page, "#collected .downloads >> nth=1 >> text=Word 文档", b"PK")


def test_a_quiz_is_run_in_a_room_with_three_telephones(visit: Visit) -> None:
    page = visit("workshop#quiz", **TRAINER)
    page.wait_for_selector("#topics input >> nth=0")
    for topic in ("threshold", "qualifies"):
        page.check(f"#topics [value={topic}]")
    page.fill("#quiz-form [name=number]", "4")
    page.click("#quiz-form [type=submit]")
    page.wait_for_selector(".question >> nth=3")
    first = page.inner_text(".questions")
    page.click("text=换一批")
    page.wait_for_function("first => document.querySelector('.questions').innerText !== first", arg=first)
    for _ in range(2):
        page.click(".question:not(.gone) button >> nth=-1")
    sound(page, "workshop-quiz", latin=("II类",))
    page.reload()
    page.wait_for_selector(".question.gone >> nth=1")
    paper(page, "workshop-quiz")
    assert page.locator(".question:visible").count() == 2
    assert page.locator(".key:visible").count() == 2
    assert page.locator(".about-company:not([open])").count() == 0
    screen(page)
    page.uncheck("text=显示答案")
    paper(page, "workshop-quiz-without-key")
    assert page.locator(".key:visible, .right-word:visible").count() == 0
    screen(page)
    saved(page, "text=只有题目 >> xpath=.. >> text=幻灯片", b"PK")
    saved(page, "text=带答案和讲解 >> xpath=.. >> text=PDF", b"%PDF")
    page.fill(".opening [name=title]", "六月班")
    page.dblclick("text=开房间")
    page.wait_for_selector(".room-code")
    code = page.inner_text(".room-code")
    phones = [enter(visit, code, name, events=name != NAMES[1]) for name in NAMES]
    page.wait_for_selector(".names li >> nth=2")
    sound(page, "stage-lobby", latin=(code, "/room"))
    run(page, phones, code)


def enter(visit: Visit, code: str, name: str, *, events: bool) -> Any:
    """Come into a room by its code, in small letters, pressing twice; without ``events`` none come through."""
    phone = visit("room", size=PHONE)
    if not events:
        phone.route("**/me/events", lambda route: route.abort("connectionrefused"))
    phone.fill("[name=code]", code.lower())
    phone.press("[name=code]", "Enter")
    phone.wait_for_selector("#join:not([hidden])")
    assert "不要写真名" in phone.inner_text("#join")
    sound(phone, "room-join" if name == NAMES[0] else "")
    phone.fill("[name=nickname]", name)
    phone.dblclick("#join button")
    phone.wait_for_selector("text=进来了")
    return phone


def run(page: Any, phones: list[Any], code: str) -> None:
    """Two questions: answers, a lost connection, a reload, a double click; scores at the end."""
    page.dblclick("#go")
    page.wait_for_selector("#go:enabled >> text=收卷")
    for number, phone in enumerate(phones):
        phone.wait_for_selector(".choice")
        if number == 0:
            sound(phone, "room-question", latin=(code,))
        if number == 2:
            phone.context.set_offline(True)
            phone.click("#option-a")
            phone.wait_for_selector("#link >> text=还没有交上")
            phone.context.set_offline(False)
        else:
            phone.dblclick("#option-a" if number == 0 else "#option-b")
        phone.wait_for_selector(".mine >> text=已经交了")
    phones[0].dispatch_event("#option-b", "click")
    phones[0].reload()
    phones[0].wait_for_selector("#option-a[aria-pressed=true]")
    page.wait_for_selector(".answered >> text=3 / 3")
    page.click(".peek summary")
    assert page.locator(".peek .bar-count").all_inner_texts()[:2] == ["2人", "1人"]
    sound(page, "stage-question", latin=(code, "/room", "II类"))
    page.click("#go")
    page.wait_for_selector(".scene .bars .right")
    right = page.inner_text(".scene .bars .right .letter")
    assert page.locator(".scene .key .clause").count() == 1
    sound(page, "stage-answer", latin=(code, "/room", "II类"))
    for phone, chosen in zip(phones, "ABA", strict=True):
        phone.wait_for_selector(".result")
        assert phone.inner_text(".result") == ("✓ 答对了" if chosen == right else "✗ 没有答对")
    sound(phones[0], "room-answer", latin=(code, "II类"))
    page.click("#go")
    phones[1].wait_for_selector(".choice")
    phones[1].click("#option-a")
    phones[1].wait_for_selector(".mine >> text=已经交了")
    page.click("#go")
    phones[0].wait_for_selector(".result >> text=没有选")
    page.click("#go >> text=结束测验")
    page.wait_for_selector(".ranking")
    assert page.is_hidden(".ranking table")
    page.click(".ranking summary")
    assert page.locator(".ranking tbody tr").count() == 3
    sound(page, "stage-end", latin=("II类",))
    phones[0].wait_for_selector("text=测验结束")
    sound(phones[0], "room-end", latin=(code,))
    assert saved(page, ".scene .downloads >> text=PDF", b"%PDF").endswith(".pdf")
    page.click("text=我的房间")
    page.wait_for_selector(f".rows >> text={code}")
    assert page.locator(".rows li").count() == 1
    page.click(".rows >> text=删掉")
    page.click("#sure [value=yes]")
    page.wait_for_selector("text=还没有房间")
    phones[0].reload()
    phones[0].wait_for_selector("#trouble:not([hidden])")
    assert phones[0].is_visible("[name=code]")


def test_an_unknown_room_is_said_in_words(visit: Visit) -> None:
    phone = visit("room/CCCCCC", size=PHONE)
    phone.wait_for_selector("#trouble:not([hidden])")
    assert "房间" in phone.inner_text("#trouble")
    assert phone.input_value("[name=code]") == "CCCCCC"
    sound(phone, latin=("CCCCCC",))


def test_an_expired_session_leaves_the_stage_in_place(visit: Visit, house: House) -> None:
    page = visit("workshop#quiz", name="吴讲师", roles=("trainer",))
    page.wait_for_selector("#topics input >> nth=0")
    page.fill("#quiz-form [name=number]", "1")
    page.click("#quiz-form [type=submit]")
    page.click("text=开房间")
    page.wait_for_selector(".room-code")
    assert house.store is not None
    row = Accounts(house.store).find("吴讲师")
    assert row is not None
    with house.store.sessions() as session, session.begin():
        mine = update(SessionRow).where(SessionRow.account == row.id)
        session.execute(mine.values(until=now() - timedelta(seconds=1)))
    page.click("#go")
    page.wait_for_selector("#session-ended:not([hidden])")
    with house.store.sessions() as session, session.begin():
        session.execute(mine.values(until=now() + timedelta(hours=1)))
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#session-ended", state="hidden")
    page.click("#go")
    page.wait_for_selector("#go >> text=收卷")


def test_a_class_is_screened(visit: Visit) -> None:
    page = visit("workshop#screening", **TRAINER)
    page.wait_for_selector("#choose")
    file = {"name": "六月班.csv", "mimeType": "text/csv", "buffer": CLASS.encode()}
    page.set_input_files("#choose", {**file, "name": "名单.txt"})
    page.wait_for_selector("#said >> text=只收")
    page.set_input_files("#choose", file)
    page.wait_for_selector(".screened", timeout=120_000)
    assert "一共3家" in page.inner_text(".job")
    assert page.locator(".title-result").count() == 2
    page.wait_for_selector("#said:empty", state="attached")
    sound(page, "workshop-screening")
    saved(page, ".job >> text=逐家的结论", b"PK")
    saved(page, ".job >> text=汇总（PDF）", b"%PDF")
    page.reload()
    page.wait_for_selector(".job >> text=六月班")
    page.click(".job >> text=现在就删")
    page.click("#sure [value=yes]")
    page.wait_for_selector(".job", state="detached")


def test_a_specialist_reads_and_does_not_steer(visit: Visit) -> None:
    page = visit("workshop#rooms", name="李专员", roles=("specialist",))
    page.wait_for_selector("#compared .kind-stricter")
    assert page.locator(".views a").all_inner_texts() == ["对照", "示例企业"]
    sound(page, latin=("II类", "ISO"))
