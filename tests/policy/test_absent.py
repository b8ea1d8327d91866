"""What the collection does not hold is not answered with a neighbour; what it holds in other words is found."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.policy.history import asks_of_then
from assistant.policy.named import asks_of_country, months_named
from assistant.policy.question import Question, documents_named, kind_asked
from corpus.load import Corpus

DAY = date(2026, 11, 21)


def question(text: str, place: str = "上海市") -> Question:
    return Question(text, place, DAY)


def ask(assistant: Assistant, text: str, place: str | None = None) -> Answer:
    return assistant.ask(text, place=place, as_of=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "湖北2021年3月那批省级小巨人最后评上了多少家",
        "江苏2021年省级小巨人后来认定了几家",
        "浙江2021年省级小巨人营收要多少",
        "湖南2021年专精特新营收要多少",
        "甘肃2021年专精特新什么时候截止",
        "赤峰，内蒙古自治区级专精特新要多少营收",
        "湖南2021年专精特新小微奖多少",
        "创新型评价材料交哪个窗口，具体地址给一个",
        "上海报小巨人的纸质申请书寄到哪儿，门牌号多少",
        "培育平台密码忘了怎么找回",
    ],
)
def test_a_neighbour_does_not_answer(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status == "not_found"


def test_a_neighbours_sum_is_not_named_where_the_clause_states_none(assistant: Assistant) -> None:
    answer = ask(assistant, "山东省级专精特新2021年营业收入要几千万")
    assert answer.status == "not_found"
    assert "1000万" not in answer.answer


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("从无锡整厂迁到外省，小巨人的牌子能一并转过去吗", "cn/miit/2026/2#art_19"),
        ("有人来电话说给我们发专精特新铜牌，协会有资格发吗", "cn/miit/2026/2#art_4"),
        ("哪个地方的发展质量评分吊车尾，会被怎样", "cn/miit/2026/2#art_15"),
        ("专精特新每年几月几号前要更新信息？", "cn/miit/2026/2#art_17"),
        ("四川省第二批重点小巨人申报时第三批推荐上去给工信部的是多少家", "cn/compendium-2021/sc-03#sec_1__item_1"),
        ("湖北2021年初那批省级小巨人营收门槛多少", "cn/compendium-2021/hb-01#sec_1__item_3"),
        ("海南在库企业漏报几次数据就清退", "cn/compendium-2021/hi-01#sec_5__item_2"),
        ("培育制造业优质企业的那份意见，单项冠军到2025年要几家", "cn/compendium-2021/cn-04#sec_2"),
        ("西藏2021年第二批专精特新几月几号几点截止", "cn/compendium-2021/xz-01#sec_4__item_2"),
        ("沪经信规范〔2022〕8号字面上哪天截止", "cn-sh/jxw/2022/8#art_30"),
        ("重庆2021年的时候有多少家国家级小巨人", "cn/compendium-2021/cq-03#sec_1"),
        ("做密码芯片的，布图设计算I类知识产权吗", "cn/miit/2026/2#annex_3__item_7"),
    ],
)
def test_other_words_lead_to_the_same_clause(assistant: Assistant, text: str, ref: str) -> None:
    answer = ask(assistant, text)
    assert answer.status == "answered"
    assert answer.citations[0].ref == ref


def test_the_older_paper_answers_where_it_is_named(assistant: Assistant) -> None:
    assert ask(assistant, "上海细则里专精特新几号前更新信息").citations[0].ref == "cn-sh/jxw/2022/8#art_14"


@pytest.mark.parametrize(
    ("text", "asks_back"),
    [
        ("小巨人要什么条件", True),
        ("2021年认的小巨人复核条件", True),
        ("国家认的小巨人申报标准是什么", False),
        ("2024年认的小巨人到期了按什么标准续", False),
        ("小巨人没复核就过期了，按哪个标准来", False),
        ("今年报小巨人有什么门槛", False),
    ],
)
def test_which_giant_is_asked_only_where_it_is_open(assistant: Assistant, text: str, asks_back: bool) -> None:
    assert (ask(assistant, text, "江苏省").reason == "needs_which_giant") is asks_back


@pytest.mark.parametrize("text", ["牌子怎么带过去", "公司搬过去了，称号还在吗", "七月没复核就过去了"])
def test_where_something_goes_is_no_time_gone_by(text: str) -> None:
    assert not asks_of_then(question(text))


def test_to_whom_something_is_sent_is_not_whose_rules_are_asked() -> None:
    assert not asks_of_country(question("四川推到部里的有多少家", "四川省"))
    assert asks_of_country(question("部里那份通知怎么写的", "四川省"))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("开春那次", {3, 4, 5}),
        ("2021年年初报的", {1, 2, 3, 4}),
        ("秋里那批", {9, 10, 11}),
        ("2021年年底前报送", set()),
    ],
)
def test_seasons_as_people_say_them(text: str, months: set[int]) -> None:
    assert months_named(text) == months


@pytest.mark.parametrize(
    ("text", "kind"),
    [("最低几百万还是几千万", "money"), ("要占几个点", "percent"), ("6月几号几点", ""), ("要多少", "")],
)
def test_the_kind_of_figure_that_is_asked_for(text: str, kind: str) -> None:
    assert kind_asked(text) == kind


def test_a_document_named_by_the_words_of_its_title(corpus: Corpus) -> None:
    assert documents_named("培育制造业优质企业那份意见里怎么写", corpus) == {"cn/compendium-2021/cn-04"}
    assert not documents_named("湖北专精特新申报的通知", corpus)
