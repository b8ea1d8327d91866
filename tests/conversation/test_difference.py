"""What two earlier answers differ in, asked without naming either."""

from __future__ import annotations

import pytest
from talking import Talk

from assistant.understanding.difference import difference
from assistant.understanding.matters import Matter


def matters(*questions: str) -> list[Matter]:
    return [Matter(question=question) for question in questions]


@pytest.mark.parametrize(
    ("said", "message", "question"),
    [
        (["专精特新研发一年要多少", "小巨人研发一年要多少"], "两个差多少", "专精特新和小巨人的研发一年要多少有什么不同"),
        (["小巨人主营占比多少", "专精特新主营占比多少"], "那哪个更严？", "小巨人和专精特新的主营占比多少有什么不同"),
        (["创新型有效期几年", "小巨人有效期几年"], "这两个一样吗", "创新型和小巨人的有效期几年有什么不同"),
        (["小巨人评价多少分", "改名多久内报", "专精特新评价多少分"], "它们之间差几分", "小巨人和专精特新的评价多少分有什么不同"),
        (["国家的更新日期是哪天", "上海的更新日期是哪天"], "差几天", "的更新日期是哪天 国家和上海市有什么不同"),
    ],
)  # fmt: skip
def test_the_same_asked_of_two(said: list[str], message: str, question: str) -> None:
    assert difference(message, matters(*said)) == question


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["小巨人负债率多少"], "差多少"),
        (["小巨人有效期几年", "专精特新研发要多少"], "两个差多少"),
        (["小巨人负债率多少", "专精特新负债率多少"], "那主营占比呢"),
        (["小巨人负债率多少", "专精特新负债率多少"], "我们还差多少"),
        (["小巨人负债率多少", "专精特新负债率多少"], "创新型差在哪"),
        ([], "有什么区别"),
    ],
)
def test_anything_else_is_none(said: list[str], message: str) -> None:
    assert difference(message, matters(*said)) == ""


def test_both_clauses_are_cited(talk: Talk) -> None:
    answer = talk("专精特新主营占比要多少", "小巨人呢", "两个差多少")[-1]
    assert {c.ref for c in answer.citations[:3]} >= {"cn/miit/2026/2#annex_1__item_2", "cn/miit/2026/2#annex_2__item_2"}
    assert "80%" in answer.answer
    assert "90%" in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("专精特新被撤了几年内不准申报", "我们已经完成信用修复了"),
        ("小巨人称号取消后多久才能再申报", "公司早就完成了整改，主管部门也认可了"),
    ],
)
def test_a_circumstance_of_a_rule_is_no_pre_check(talk: Talk, question: str, told: str) -> None:
    answer = talk(question, told)[-1]
    assert (answer.route, answer.status) == ("policy", "answered")


def test_facts_after_a_question_of_conditions_are_checked(talk: Talk) -> None:
    answer = talk("专精特新营收要多少", "我们去年营收1700万，负债率66%")[-1]
    assert answer.route == "eligibility"
