"""A check-up in conversation, through the one door."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from assistant.answer import Answer
from assistant.conversation import Assistant


@pytest.fixture
def thread() -> str:
    return uuid4().hex


def questions(answer: Answer) -> list[str]:
    """The lines under the last heading."""
    return [line for line in answer.answer.split("**下一步**")[-1].splitlines() if line.startswith("- ")]


def test_a_holder_hears_what_can_be_had_with_clauses(assistant: Assistant, thread: str) -> None:
    answer = assistant.ask("我们是专精特新，在青浦，帮我们看看能享受哪些政策", thread=thread)
    assert (answer.route, answer.status, answer.reason) == ("checkup", "answered", "answered")
    assert answer.place == "上海市青浦区"
    assert "一企一专员" in answer.answer
    assert "不加总" in answer.answer
    assert {c.document for c in answer.citations} >= {"cn-sh/gov/2025/zjtx-measures", "cn-sh-qp/jw/2023/80"}
    assert any(u.fact == "holds_zjtx" for u in answer.understood)
    assert 1 <= len(questions(answer)) <= 3


def test_without_facts_it_asks_first(assistant: Assistant, thread: str) -> None:
    answer = assistant.ask("给我们做个政策体检", thread=thread)
    assert (answer.route, answer.status, answer.reason) == ("checkup", "needs_info", "needs_facts")
    assert "专精特新" in questions(answer)[0]
    assert len(questions(answer)) <= 3


def test_what_is_said_next_goes_on_with_the_check_up(assistant: Assistant, thread: str) -> None:
    assistant.ask("我们是小巨人，也是专精特新，能享受哪些政策", thread=thread)
    answer = assistant.ask("2023年营收5000万，前年6500万，去年8000万", thread=thread)
    assert answer.route == "checkup"
    assert "小巨人增长奖励：可能可以享受，最高50万元" in answer.answer


def test_a_pre_check_takes_over_and_a_policy_question_does_not_end_it(assistant: Assistant, thread: str) -> None:
    assistant.ask("我们是专精特新，能享受哪些政策", thread=thread)
    assert assistant.ask("上海首次上规模能奖多少", thread=thread).route == "policy"
    assert assistant.ask("去年营收3000万", thread=thread).route == "checkup"
    assert assistant.ask("我们能报小巨人吗", thread=thread).route == "eligibility"
    assert assistant.ask("去年研发投了180万", thread=thread).route == "eligibility"


def test_elsewhere_gets_no_shanghai_money(assistant: Assistant, thread: str) -> None:
    answer = assistant.ask("我们在苏州，是专精特新，能享受哪些政策", thread=thread)
    assert answer.route == "checkup"
    assert "没有收录江苏省" in answer.answer
    assert not [c for c in answer.citations if c.document.startswith("cn-sh/gov")]


def test_a_lapsed_waiver_is_said_to_be_over(assistant: Assistant, thread: str) -> None:
    now = assistant.ask("我们是专精特新，能享受哪些政策", thread=thread)
    assert "已经结束的：超定额水费加价免收" in now.answer
    then = assistant.ask("我们是专精特新，能享受哪些政策", as_of=date(2025, 6, 1))
    assert "已经结束的" not in then.answer


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    texts = {assistant.ask("我们是专精特新，能享受哪些政策").answer for _ in range(3)}
    assert len(texts) == 1


def test_what_the_policy_check_up_of_qingpu_is_stays_a_policy_question(assistant: Assistant) -> None:
    assert assistant.ask("青浦的“政策体检”是什么").route == "policy"
