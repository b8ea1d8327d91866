"""The chat's own list of duties, and the questions of policy that stay what they are."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import Assistant
from assistant.duties.words import said_dates
from assistant.store import new_id

TODAY = date(2026, 11, 21)


def test_a_list_with_citations(assistant: Assistant) -> None:
    answer = assistant.ask("我们2024年6月15日认定的专精特新，接下来要办哪些事")
    assert (answer.route, answer.status) == ("duties", "answered")
    for part in ("2027年4月30日", "2027年5月31日", "2027年6月14日", "向区里确认", "复核"):
        assert part in answer.answer
    clauses = {(c.document, c.eid) for c in answer.citations}
    assert {("cn/miit/2026/2", "art_17"), ("cn-sh/jxw/2022/8", "art_14"), ("cn/miit/2026/2", "art_16")} <= clauses


def test_the_date_is_asked_for_once_and_remembered(assistant: Assistant) -> None:
    thread = new_id()
    first = assistant.ask("专精特新是2024年认定的，帮我列个待办", thread=thread)
    assert first.route == "duties"
    assert "2024年几月认定" in first.answer
    assert first.answer.count("？") == 1
    second = assistant.ask("是2024年6月认定的", thread=thread)
    assert second.route == "duties"
    assert "2027年5月31日" in second.answer
    assert "按当月1日算" in second.answer
    third = assistant.ask("把这些期限导出成日历", thread=thread)
    assert "2027年5月31日" in third.answer


def test_no_title_known_is_a_question(assistant: Assistant) -> None:
    answer = assistant.ask("生成一份待办日历", thread=new_id())
    assert (answer.route, answer.status) == ("duties", "needs_info")
    assert "哪个称号" in answer.answer


def test_impossible_dates_are_asked_again(assistant: Assistant) -> None:
    thread = new_id()
    answer = assistant.ask("小巨人2025年6月认定，2024年6月到期，帮我列个待办", thread=thread)
    assert answer.status == "needs_info"
    assert "不能早于" in answer.answer
    again = assistant.ask("小巨人是2025年6月认定的", thread=thread)
    assert again.status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "更新信息是4月30日还是5月31日",
        "我们是小巨人，每年要做哪些事",
        "我们是2024年认定的专精特新，新办法出来还有效吗",
        "公司上个月改了名，多久之内要报",
        "给客户列一张专精特新企业的年度日历",
    ],
)
def test_questions_of_policy_stay_so(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, thread=new_id()).route == "policy"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "专精特新是2024年3月认定的，小巨人2027年6月30日到期",
            {("专精特新", "granted"): "2024-03", ("小巨人", "expires"): "2027-06-30"},
        ),
        ("创新型去年5月评上的", {("创新型", "granted"): "2025-05"}),
        ("有效期到2027-02-28", {("专精特新", "expires"): "2027-02-28"}),
        ("2024年认定的", {("专精特新", "granted"): None}),
        (
            "科技型今年5月入库，小巨人2024.3.1认定",
            {("科技型", "granted"): "2026-05", ("小巨人", "granted"): "2024-03-01"},
        ),
        ("认定日期是2024年2月30日", {("专精特新", "granted"): None}),
        ("科技小巨人2024年3月认定", {("专精特新", "granted"): "2024-03"}),
        ("去年营收3000万", {}),
    ],
)
def test_dates_from_words(text: str, expected: dict[tuple[str, str], str | None]) -> None:
    found = {(one.title, one.what): one.day for one in said_dates(text, as_of=TODAY, title="专精特新")}
    assert found == expected
