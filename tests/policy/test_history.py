"""What was once in force: it answers where nothing in force does, says so, and keeps to its place, year and round."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.policy.history import asks_of_now, asks_of_then, years_named
from assistant.policy.question import Question, numbered, unknown_number
from corpus.load import Corpus
from corpus.places import lies_within, without_names
from corpus.quantities import undated

DAY = date(2026, 11, 21)


def ask(assistant: Assistant, text: str, place: str | None = None) -> Answer:
    return assistant.ask(text, place=place, as_of=DAY)


def question(text: str, place: str = "天津市") -> Question:
    return Question(text, place, DAY)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年评专精特新要多少营收", {2021}),
        ("21年那次的门槛", {2021}),
        ("我们2024年认定的，现在怎么办", set()),
        ("2026年的办法", set()),
        ("去年营收3000万", set()),
    ],
)
def test_years_that_a_question_is_about(text: str, years: set[int]) -> None:
    assert years_named(question(text)) == years


def test_then_and_now() -> None:
    assert asks_of_then(question("第三批小巨人当年的条件"))
    assert not asks_of_now(question("第三批小巨人当年的条件"))
    both = question("负债率那会儿要多少，现在要多少")
    assert asks_of_then(both)
    assert asks_of_now(both)
    assert not asks_of_then(question("专精特新要什么条件"))


@pytest.mark.parametrize(
    ("text", "place", "document"),
    [
        ("天津2021年评市级专精特新，营业收入得多少", None, "tj-07"),
        ("2021年评省里的专精特新，营业收入要多少", "福建省", "fj-02"),
        ("厦门成长型中小企业的称号管几年", None, "xm-06"),
        ("泉州的厂，福建2021年专精特新要开满几年", None, "fj-02"),
    ],
)
def test_the_own_document_of_the_place_answers_and_says_what_it_is(
    assistant: Assistant, text: str, place: str | None, document: str
) -> None:
    answer = ask(assistant, text, place)
    assert answer.status == "answered"
    assert answer.citations[0].document == f"cn/compendium-2021/{document}"
    assert "历史文件" in answer.answer.split("\n")[0]
    assert answer.citations[0].validity != "in_force"
    assert any("历史文件" in note for note in answer.notes)


def test_the_present_national_standard_comes_first_elsewhere(assistant: Assistant) -> None:
    answer = ask(assistant, "专精特新的营业收入要多少", "天津市")
    assert answer.citations[0].document == "cn/miit/2026/2"
    assert not answer.answer.startswith("天津市")
    now = ask(assistant, "现在专精特新的营业收入要多少", "天津市")
    assert all(not c.document.startswith("cn/compendium-2021/") for c in now.citations)


def test_no_historical_document_answers_for_a_place_with_documents_in_force(assistant: Assistant) -> None:
    for text in ("专精特新要什么条件", "小巨人研发费用要多少", "上海第一次上规模奖多少"):
        answer = ask(assistant, text)
        assert answer.citations
        assert all(not c.document.startswith("cn/compendium-2021/") for c in answer.citations), text


def test_then_and_now_stand_side_by_side(assistant: Assistant) -> None:
    answer = ask(assistant, "小巨人的资产负债率，第三批那会儿是多少，现在是多少", "国家")
    cited = {c.document for c in answer.citations}
    assert {"cn/compendium-2021/cn-03", "cn/miit/2026/2"} <= cited
    assert "70%" in answer.answer
    assert "75%" in answer.answer


@pytest.mark.parametrize(
    "text", ["天津第七批种子企业什么时候报", "浙江2016年的隐形冠军要多少营收", "厦门2019年专精特新的负债率上限是多少"]
)
def test_another_round_or_year_is_not_answered(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status == "not_found"


def test_another_place_never_answers(assistant: Assistant) -> None:
    for place in ("河北省", "青海省", "新疆生产建设兵团", "深圳市"):
        answer = ask(assistant, "2021年评专精特新，营业收入要多少", place)
        issued = {assistant.house.corpus.documents[c.document].place for c in answer.citations}
        assert issued <= {place, "国家"}


def test_what_a_notice_leaves_to_a_missing_document_is_not_answered(assistant: Assistant) -> None:
    answer = ask(assistant, "甘肃2021年评专精特新，营业收入要多少")
    assert answer.status == "not_found"
    assert "万元" not in answer.answer


def test_the_names_of_companies_are_never_answered(assistant: Assistant) -> None:
    assert ask(assistant, "天津第一批种子企业都是哪些企业").status == "not_found"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("财建2号里服务平台的钱能不能盖楼", "cn/compendium-2021/cn-02"),
        ("财建〔2021〕2号管到哪年", "cn/compendium-2021/cn-02"),
        ("工信部企业〔2026〕2号第十七条", "cn/miit/2026/2"),
        ("川经信企业〔2021〕143号还能用吗", "cn/compendium-2021/sc-05"),
    ],
)
def test_documents_by_their_number(corpus: Corpus, text: str, number: str) -> None:
    assert numbered(text, corpus) == {number}
    assert not unknown_number(text, corpus)


def test_a_number_that_nobody_knows(corpus: Corpus, assistant: Assistant) -> None:
    text = "海工信发〔2019〕340号第五条怎么写的"
    assert unknown_number(text, corpus)
    assert ask(assistant, text).reason == "document_not_imported"
    assert not unknown_number("坐2号线到人民广场", corpus)


def test_words_that_do_not_tell_what_is_asked() -> None:
    assert undated("2021年度评专精特新那次") == "评专精特新"
    assert without_names("天津专精特新", ["天津市"]) == "专精特新"
    assert lies_within("宜昌能推几家") == ["宜昌"]
    assert lies_within("湖北能推几家") == []
