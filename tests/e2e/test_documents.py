"""The documents' other views: the timeline, two documents side by side, what needs a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser import LATIN, SMALL
from checks import accessible, shots

from assistant.conversation import Assistant
from assistant.house import House

Visit = Callable[..., Any]
SHANGHAI, COUNTRY = "cn-sh/jxw/2022/8", "cn/miit/2026/2"


def sound(page: Any, name: str) -> None:
    shots(page, name)
    accessible(page)
    assert page.evaluate(SMALL) == []
    assert [text for text in page.evaluate(LATIN) if "www." not in text and "https:" not in text] == []


def test_from_the_timeline_to_the_changes_to_a_clause(visit: Visit) -> None:
    page = visit("documents")
    page.click(".views a >> text=时间线")
    page.wait_for_selector("#timeline-count >> text=还没到日子")
    assert page.input_value("#timeline-form [name=place]") == "上海市"
    page.select_option("#timeline-form [name=place]", "上海市青浦区")
    page.wait_for_selector("#timeline-count >> text=还没到日子")
    page.wait_for_selector(".dot-ahead >> text=2027年11月10日")
    assert page.get_attribute(".views a[aria-current]", "data-view") == "timeline"
    sound(page, "documents-timeline")
    page.select_option("#timeline-form [name=endings]", "true")
    page.wait_for_selector(".dot-issued", state="detached")
    page.reload()
    page.wait_for_selector(".dot-replaced")
    assert page.input_value("#timeline-form [name=endings]") == "true"
    page.click(".dot-clause_replaced a >> text=逐条对照")
    page.wait_for_selector(".difference")
    assert page.input_value("#changes-form [name=earlier]") == SHANGHAI
    assert page.input_value("#changes-form [name=later]") == COUNTRY
    sound(page, "documents-changes")
    assert page.locator(".is-changed ins .unseen").first.text_content() == "〔后来的："
    page.uncheck(".kinds label:has-text('只在后来的有') input")
    assert page.locator(".is-added:visible").count() == 0
    assert page.locator(".is-changed:visible").count() > 5
    page.click(".is-changed a >> text=第十四条")
    page.wait_for_selector("#clause h2 >> text=第十四条")
    page.go_back()
    page.wait_for_selector(".difference")
    page.go_back()
    page.wait_for_selector(".dot-replaced")


def test_a_pair_is_chosen_and_what_cannot_be_compared_is_said(visit: Visit) -> None:
    page = visit(f"documents?id={COUNTRY}", size=(360, 740))
    page.click("#head a >> text=和别的文件逐条对照")
    page.wait_for_selector("#changes-said >> text=选好两份文件")
    page.select_option("#changes-form [name=pair]", f"{SHANGHAI} {COUNTRY}")
    page.wait_for_selector(".difference")
    page.goto(page.url.split("?")[0] + f"?view=changes&earlier=cn/miit/2022/63&later={COUNTRY}")
    page.wait_for_selector("#changes-said >> text=没有导入原文，不能逐条对照")
    page.goto(page.url.split("?")[0] + f"?view=changes&earlier=cn/no/1&later={COUNTRY}")
    page.wait_for_selector("#changes-said >> text=没有这个编号的文件")


def test_what_needs_a_look_and_whose_questions_are_shown(visit: Visit, house: House) -> None:
    Assistant(house).ask("出口退税几个点")
    page = visit("documents?view=care")
    page.wait_for_selector(".care-no_original")
    assert page.locator("#care-questions").count() == 0
    assert "出口退税" not in page.inner_text("#care")
    page = visit("documents?view=care&place=上海市", name="周专员", roles=("specialist",))
    page.wait_for_selector("#care-questions >> text=出口退税几个点")
    page.wait_for_selector(".care-ending >> text=2026年12月31日")
    sound(page, "documents-care")
    page.context.set_offline(True)
    page.select_option("#care-form [name=soon]", "365")
    page.wait_for_selector("#care-said >> text=连不上")
    page.context.set_offline(False)
    page.select_option("#care-form [name=soon]", "")
    page.wait_for_selector(".care-ending >> text=180天")
