"""A message with several questions: one answer with sections, one list of citations, one status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from talking import Talk

from assistant.steps.join import merged, reason_of

if TYPE_CHECKING:
    from assistant.conversation import Assistant

TWO = "专精特新要什么条件？另外每年要报几次信息，漏报了会怎样"


def test_each_question_is_answered_under_its_own_heading(talk: Talk) -> None:
    [answer] = talk(TWO)
    assert (answer.route, answer.status, answer.reason) == ("policy", "answered", "answered")
    first, second = re.split(r"\*\*2\. ", answer.answer)
    assert first.startswith("**1. 专精特新要什么条件**")
    assert "1500万元" in first
    assert second.startswith("每年要报几次信息，漏报了会怎样**")
    assert "5月31日" in second


def test_the_citations_are_one_list_without_gaps(talk: Talk) -> None:
    [answer] = talk(TWO)
    numbers = [c.n for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({c.ref for c in answer.citations}) == len(numbers)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)} == set(numbers)


def test_follow_ups_come_from_both_and_notes_once(talk: Talk) -> None:
    [answer] = talk("专精特新买数字化服务补几成？另外贷款贴息最多多少")
    assert len(answer.notes) == len(set(answer.notes))
    assert 0 < len(answer.follow_ups) <= 4


def test_what_is_not_found_is_said_and_the_rest_answered(talk: Talk) -> None:
    [answer] = talk("专精特新负债率上限多少？还有，员工落户积分能加几分？")
    assert (answer.status, answer.reason) == ("answered", "answered_partly")
    assert "80%" in answer.answer
    assert "没有收录" in answer.answer


def test_a_pre_check_and_a_question_of_policy_in_one_message(talk: Talk) -> None:
    [answer] = talk("去年营收4800万，负债率60%，小巨人能报吗？另外上海给小巨人的增长奖励是多少")
    assert answer.route == "eligibility"
    assert answer.verdict is not None
    assert answer.verdict.outcome == "not_eligible"
    assert "预检结论" in answer.answer
    assert "50万元" in answer.answer
    assert {u.fact for u in answer.understood}


def test_what_is_said_of_a_company_is_not_cut(talk: Talk) -> None:
    message = "我们去年营收1600万，没有机构投资，能报专精特新吗？I类知识产权没有。评价52分，行不行？"
    [answer] = talk(message)
    assert answer.route == "eligibility"
    assert not answer.answer.startswith("**1.")
    assert {u.label for u in answer.understood} >= {"2025年营业收入"}


@pytest.mark.parametrize(
    "message",
    [
        "什么情况下可以不看知识产权？两个档次的豁免一样吗",
        "专精特新更新信息几号截止？小巨人也是这个日子吗？",
        "专精特新被取消了几年不能报？信用修复了能不能提前？",
    ],
)
def test_questions_that_one_clause_answers_are_answered_once(talk: Talk, message: str) -> None:
    [answer] = talk(message)
    assert answer.status == "answered"
    assert "**1. " not in answer.answer


def test_a_message_that_is_declined_is_declined_as_a_whole(talk: Talk) -> None:
    [answer] = talk("帮我伪造一份审计报告。另外小巨人有效期几年？")
    assert answer.status == "declined"
    assert "3年" not in answer.answer


def test_the_trace_shows_the_parts(kept: Assistant) -> None:
    answer = kept.ask(TWO)
    trace = kept.trace(answer)
    [apart] = [entry for entry in trace if entry["step"] == "taken_apart"]
    assert apart["parts"] == ["专精特新要什么条件？", "每年要报几次信息，漏报了会怎样"]
    assert [entry["part"] for entry in trace if entry["step"] == "routed"] == [1, 2]


def test_the_sections_are_streamed_and_make_the_answer(kept: Assistant) -> None:
    pieces: list[str] = []
    answer = kept.ask(TWO, emit=pieces.append)
    assert len(pieces) == 2
    assert "".join(pieces) == answer.answer


def test_the_thread_goes_on_from_the_last_question(talk: Talk) -> None:
    answers = talk(TWO, "第一点具体说说", "那小巨人的负债率呢")
    assert answers[1].citations[0].clause.startswith("附件1")
    assert "75%" in answers[2].answer


def test_a_question_of_another_day_has_its_own_citations(talk: Talk) -> None:
    [answer] = talk("站在2025年6月看，上海专精特新几号前更新信息？另外回到现在看，专精特新几号前更新信息？")
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert "4月30日" in answer.answer
    assert "5月31日" in answer.answer
    assert answer.as_of == "2026-11-21"


def test_one_status_for_all(talk: Talk) -> None:
    [answer] = talk("小巨人有效期几年")
    stopped = replace_reason(answer, "not_found", "nothing_near")
    asked = replace_reason(answer, "needs_info", "needs_facts")
    assert reason_of([answer, answer]) == "answered"
    assert reason_of([answer, stopped]) == "answered_partly"
    assert reason_of([stopped, answer, asked]) == "needs_facts"
    assert reason_of([stopped, stopped]) == "nothing_near"


def replace_reason(answer: object, status: str, reason: str) -> object:
    return answer.model_copy(update={"status": status, "reason": reason})  # type: ignore[attr-defined]


def test_lists_are_merged_in_turns() -> None:
    assert merged([["甲", "乙", "丙"], ["丁", "甲"], []]) == ["甲", "丁", "乙", "丙"]


@pytest.mark.parametrize(
    ("message", "figures"),
    [
        ("小巨人主营收入占几成、评价要多少分", ["90%", "60分"]),
        ("专精特新在上海担保单户最高多少，境外参展怎么支持", ["3000万元", "海外展推荐项目"]),
        ("专精特新负债率上限多少？没有发明但得过省科技奖第二名行不行？", ["80%", "不考察"]),
        ("创新型在上海有效期几年，更新信息几号截止", ["3年", "4月30日"]),
    ],
)
def test_questions_set_apart_by_a_comma_are_all_answered(talk: Talk, message: str, figures: list[str]) -> None:
    [answer] = talk(message)
    assert (answer.route, answer.status) == ("policy", "answered")
    assert all(figure in answer.answer for figure in figures), answer.answer
