"""A thread about an earlier year, or a title of a place's own, stays there until the present is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import Assistant
from assistant.policy.of_last import of_last
from assistant.understanding.followup import resolve
from assistant.understanding.of_then import asks_only_now, of_then, without_then
from corpus.load import Corpus

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("message", "before", "then"),
    [
        ("那研发占比呢", "2021年吉林省级小巨人营收多少", "2021年省级"),
        ("负债率卡得严不严", "吉林2021年专精特新营收多少", "2021年"),
        ("知识产权要几项", "第三批小巨人营收多少", "第三批"),
        ("有效期呢", "那年省里的小巨人要哪些材料", "那年省级"),
        ("有效期呢", "小巨人营收多少", ""),
        ("现在的负债率呢", "2021年吉林省级小巨人营收多少", ""),
        ("专精特新呢", "2021年吉林省级小巨人营收多少", ""),
        ("浙江的研发占比呢", "2021年吉林省级小巨人营收多少", ""),
        ("我们营收两千万够不够", "2021年吉林省级小巨人营收多少", ""),
    ],
)
def test_what_a_further_question_takes_from_a_thread_of_then(message: str, before: str, then: str) -> None:
    assert of_then(message, before) == then


def test_the_present_leaves_the_earlier_time_behind() -> None:
    before = "2021年省级小巨人 研发占比呢"
    assert without_then("那现在小巨人呢", before) == "小巨人 研发占比呢"
    assert without_then("那复核呢", before) == before
    assert asks_only_now("那现在呢？")
    assert not asks_only_now("现在负债率呢")


@pytest.mark.parametrize(
    ("message", "previous", "question"),
    [
        ("那省小巨人呢", "吉林2021年专精特新营收多少", "吉林2021年省级小巨人营收多少"),
        ("省里的专精特新呢", "2021年省级小巨人营收多少", "2021年省级专精特新营收多少"),
        ("那小巨人呢", "2021年隐形冠军负债率多少", "2021年小巨人负债率多少"),
    ],
)
def test_a_title_of_the_places_own_keeps_its_level(message: str, previous: str, question: str) -> None:
    assert resolve(message, previous, None, "吉林省").question.replace(" ", "") == question


@pytest.mark.parametrize(
    ("place", "turns", "document"),
    [
        ("辽宁省", ["2021年我省专精特新营收要到多少", "省小巨人又是多少", "研发占几个点"], "cn/compendium-2021/ln-02"),
        ("湖南省", ["湖南2021年省级小巨人营收门槛多少", "那负债率"], "cn/compendium-2021/hn-02"),
        ("四川省", ["2021年四川专精特新营收线多少", "资产负债率也管吗"], "cn/compendium-2021/sc-05"),
    ],
)
def test_a_thread_stays_in_the_document_of_its_place(
    assistant: Assistant, place: str, turns: list[str], document: str
) -> None:
    thread = None
    for turn in turns:
        answer = assistant.ask(turn, thread=thread, place=place, as_of=DAY)
        thread = answer.thread
    assert answer.citations[0].document == document


def test_a_follow_up_with_nothing_to_search_for_goes_on_with_the_last_answer(corpus: Corpus) -> None:
    officer = "cn-sh/gov/2025/zjtx-measures#sec_6__item_20"
    assert of_last("一家配一个，还是几家合着用", [officer], corpus)
    assert not of_last("他们食堂怎么样", [officer], corpus)
    assert not of_last("小巨人一家一个吗", [officer], corpus)
    assert not of_last("一家一个吗", [], corpus)
