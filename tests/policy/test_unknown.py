"""Names that no document speaks of, years to come, and the part of a long message that asks."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.policy.history import asks_of_then, years_to_come
from assistant.policy.named import with_its_standing
from assistant.policy.question import ASKS_VALIDITY, Question, asking_part
from assistant.policy.unknown import unknown_name

DAY = date(2026, 11, 21)
KNOWN = {"外资", "规模", "老字", "字号"}


def question(text: str, place: str = "上海市", *titles: str) -> Question:
    return Question(text, place, DAY, titles)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("浙江星鹭企业的认定门槛高不高", "星鹭"),
        ("上海“火炬之光”企业怎么评上", "火炬之光"),
        ("四川“贡嘎培优”计划要满足啥", "贡嘎培优"),
        ("外资企业申报有没有限制", ""),
        ("去年企业申报条件变了吗", ""),
        ("我们星鹭企业申报要什么条件", ""),
        ("双重称号企业复核就高还是就低", ""),
    ],
)
def test_unknown_name(text: str, name: str) -> None:
    assert unknown_name(question(text), KNOWN.__contains__) == name


def test_a_title_of_the_ladder_is_known() -> None:
    assert unknown_name(question("“星鹭”企业的小巨人认定", "上海市", "小巨人"), KNOWN.__contains__) == ""


@pytest.mark.parametrize(
    "told", ["24年产值涨了26%，上海有奖吗", "2020年换了一批设备，能补吗", "25年招了三十个人，有补贴吗"]
)
def test_the_year_of_what_a_company_did_is_not_that_of_a_document(told: str) -> None:
    assert not asks_of_then(question(told))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2027年那批名额几个", {2027}),
        ("2026年给多少", {2026}),
        ("2021年和2027年比", set()),
        ("2027年细则还有效吗", set()),
    ],
)
def test_years_to_come(text: str, years: set[int]) -> None:
    assert years_to_come(question(text)) == years


@pytest.mark.parametrize("text", ["那份细则到哪天截止", "〔2022〕8号文什么日子到期", "办法到哪一天为止"])
def test_how_long_a_document_holds(text: str) -> None:
    assert ASKS_VALIDITY.search(text)


@pytest.mark.parametrize("text", ["细则里称号几时到期", "办法里申报材料截止哪天"])
def test_how_long_something_else_holds(text: str) -> None:
    assert not ASKS_VALIDITY.search(text)


def test_the_part_that_asks() -> None:
    chatter = "厂房搬了三回，工人走了一半，账目也乱。前阵子还来查了两次，烦得睡不着觉，儿子又不肯接班。"
    asked = "听讲信用贷款可以贴息，最多贴几成？"
    assert asking_part(chatter + asked) == "听讲信用贷款可以贴息，最多贴几成"
    assert asking_part(asked) == asked


def test_a_city_apart_beside_its_province() -> None:
    text = "省级这一档是青岛自己认吗"
    assert with_its_standing(text, question(text, "青岛市")).endswith("计划单列市")
    assert with_its_standing(text, question(text, "山东省")) == text
