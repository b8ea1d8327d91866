"""Threads: follow-ups, corrections, place and day that hold, asking back, a pre-check put aside, long threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from talking import Talk

from assistant.conversation import Assistant, Memory

if TYPE_CHECKING:
    from assistant.house import House


@pytest.mark.parametrize("message", ["谢谢", "好的", "你好", "明白了", "嗯嗯", "没有了"])
def test_a_courtesy_gets_one_sentence_and_no_search(kept: Assistant, message: str) -> None:
    first = kept.ask("专精特新负债率上限多少")
    answer = kept.ask(message, thread=first.thread)
    assert (answer.route, answer.status) == ("about", "answered")
    assert answer.citations == []
    assert answer.answer.count("。") == 1
    assert not [e for e in kept.trace(answer) if e["step"] == "passages"]


def test_a_courtesy_leaves_the_thread_as_it_was(talk: Talk) -> None:
    assert "80%" in talk("专精特新营收要多少", "谢谢", "那负债率呢")[-1].answer


@pytest.mark.parametrize("message", ["有依据吗", "哪一条写的", "为什么", "再说详细点"])
def test_the_last_answer_is_asked_about(talk: Talk, message: str) -> None:
    first, second = talk("专精特新改名几个月内报", message)
    assert second.status == "answered"
    assert second.citations[0].ref == first.citations[0].ref


def test_a_point_is_told_in_full(talk: Talk) -> None:
    first, second = talk("上海专精特新都有什么好处", "第三点再说详细点")
    assert second.citations[0].ref.endswith("sec_3__item_9")
    assert second.citations[0].ref in {c.ref for c in first.citations}


def test_a_point_that_is_not_there_is_looked_up_as_an_article(talk: Talk) -> None:
    assert talk("国家办法第十八条讲的什么", "第二十二条呢")[-1].citations[0].eid == "art_22"


def test_without_an_answer_before_there_is_nothing_to_explain(talk: Talk) -> None:
    assert talk("有依据吗")[0].status in ("not_found", "needs_info", "answered")


def test_an_earlier_matter_is_taken_up_again(talk: Talk) -> None:
    answers = talk("上海的小巨人增长奖励是多少", "专精特新几号前更新信息", "刚才说的那个50万谁能拿")
    assert "sec_1__item_3" in answers[-1].citations[0].ref


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        (("每年几号前更新信息", "不对，我说的是创新型"), "4月30日"),
        (("小巨人营收要多少", "说错了，是专精特新"), "1500万元"),
        (("专精特新要几个发明", "错了错了，问的是小巨人"), "4项"),
    ],
)
def test_a_correction_puts_the_question_again(talk: Talk, messages: tuple[str, str], says: str) -> None:
    assert says in talk(*messages)[-1].answer


def test_the_place_holds_for_the_thread_and_is_said(talk: Talk) -> None:
    answers = talk("专精特新贷款贴息多少", "换成天津呢", "那担保呢", "不对，是上海", place="上海市")
    assert [a.place for a in answers] == ["上海市", "天津市", "天津市", "上海市"]
    assert "以下按天津市回答。" in answers[1].notes
    assert not any("若干措施" in a.answer for a in answers[1:3])


def test_the_same_setting_sent_again_does_not_undo_what_was_said(kept: Assistant) -> None:
    first = kept.ask("专精特新贷款贴息多少", place="上海市")
    said = kept.ask("换成天津呢", thread=first.thread, place="上海市")
    after = kept.ask("那担保呢", thread=first.thread, place="上海市")
    assert (said.place, after.place) == ("天津市", "天津市")
    assert kept.ask("那担保呢", thread=first.thread, place="北京市").place == "北京市"


def test_the_day_holds_for_the_thread_and_is_said(talk: Talk) -> None:
    answers = talk("专精特新几号前更新信息", "那2025年的时候呢", "漏了会怎样", "回到现在呢")
    assert [a.as_of for a in answers] == ["2026-11-21", "2025-12-31", "2025-12-31", "2026-11-21"]
    assert "4月30日" in answers[1].answer
    assert any("2025年12月31日" in note for note in answers[2].notes)
    assert "重点监测" in answers[3].answer


def test_a_day_that_the_caller_sets_goes_before_the_thread(kept: Assistant) -> None:
    first = kept.ask("那2025年的时候专精特新几号前更新信息")
    assert first.as_of == "2025-12-31"
    assert kept.ask("小巨人呢", thread=first.thread, as_of=date(2026, 5, 1)).as_of == "2026-05-01"


def test_asking_back_puts_choices_and_takes_one(talk: Talk) -> None:
    asked, answer = talk("能补多少", "第二个")
    assert (asked.status, asked.reason) == ("needs_info", "needs_matter")
    assert 2 <= len(asked.follow_ups) <= 4
    assert answer.status == "answered"
    assert "50万元" in answer.answer


def test_the_words_of_a_choice_take_it_too(talk: Talk) -> None:
    asked, answer = talk("要什么条件", "小巨人的")
    assert asked.reason == "needs_which_title"
    assert "5000万元" in answer.answer


def test_another_question_is_not_taken_for_a_choice(talk: Talk) -> None:
    assert "5月31日" in talk("要什么条件", "专精特新每年几号前更新信息")[-1].answer


@pytest.mark.parametrize("message", ["专精特新要什么条件", "小巨人奖多少", "营收要多少", "有效期几年"])
def test_what_has_one_common_reading_is_answered(talk: Talk, message: str) -> None:
    assert talk(message, place="上海市")[0].status == "answered"


def test_a_title_that_was_assumed_is_said(talk: Talk) -> None:
    notes = talk("研发费用每年要花多少才够100万的线", place="上海市")[0].notes
    assert any("没有说哪个称号" in note for note in notes)


def test_a_pre_check_put_aside_is_taken_up_again(talk: Talk) -> None:
    answers = talk(
        "我想报专精特新，去年营收1700万，没有融资", "算了先问个别的，信息更新最晚哪天", "小巨人由谁认定",
        "回到刚才的预检，其他都达标",
    )  # fmt: skip
    assert [a.route for a in answers] == ["eligibility", "policy", "policy", "eligibility"]
    verdict = answers[-1].verdict
    assert verdict is not None
    assert (verdict.title, verdict.outcome) == ("专精特新", "eligible")


def test_an_abandoned_pre_check_does_not_swallow_questions(talk: Talk) -> None:
    answers = talk("报专精特新，去年营收1400万", "小巨人要几个发明", "更名几个月内报", "负债率上限", "担保最多多少")
    assert [a.route for a in answers[1:]] == ["policy"] * 4


def test_leaving_a_pre_check_says_how_to_come_back(talk: Talk) -> None:
    answers = talk("报专精特新，去年营收1400万", "先不做了", "继续预检")
    assert "继续预检" in answers[1].answer
    assert answers[2].verdict is not None


def test_a_thread_of_two_hundred_turns_stays_small_and_right(kept: Assistant) -> None:
    asks = [
        "专精特新营收要多少",
        "那负债率呢",
        "小巨人呢",
        "谁来认定",
        "不报会怎样",
        "换成天津呢",
        "换成上海呢",
        "谢谢",
    ]
    answer = kept.ask("小巨人有效期几年")
    thread = answer.thread
    sizes = []
    for number in range(200):
        answer = kept.ask(asks[number % len(asks)], thread=thread)
        assert answer.status != "failed"
        if number >= 100:
            sizes.append(len(json.dumps(state_of(kept, str(thread)), ensure_ascii=False)))
    assert max(sizes) < 20_000
    assert max(sizes) - min(sizes) < 5_000
    assert "75%" in kept.ask("小巨人负债率上限多少", thread=thread).answer


def state_of(assistant: Assistant, thread: str) -> dict[str, object]:
    store = assistant.house.store
    assert store is not None
    return store.state(thread) or {}


def test_several_threads_at_once_do_not_mix(kept: Assistant) -> None:
    titles = {"专精特新": "80%", "小巨人": "75%"}

    def one(number: int) -> list[str]:
        title = list(titles)[number % 2]
        thread = None
        said = []
        for message in (f"{title}营收要多少", "那负债率呢", "有依据吗"):
            answer = kept.ask(message, thread=thread)
            thread = answer.thread
            said.append(answer.answer)
        return [title, *said]

    with ThreadPoolExecutor(8) as pool:
        for title, _, ratio, source in pool.map(one, range(16)):
            assert titles[title] in ratio
            assert title in source


def test_a_thread_goes_on_after_a_restart(house: House, address: str) -> None:
    from assistant.store import Store

    thread = None
    answers = []
    for message in (
        "报专精特新，去年营收1400万，没有机构投资",
        "站在2025年6月看，更新信息几号前",
        "能补多少",
        "继续预检",
        "别的都达标",
    ):
        store = Store(address)
        answer = Assistant(replace(house, store=store)).ask(message, thread=thread)
        thread = answer.thread
        answers.append(answer)
        store.close()
    assert answers[2].as_of == "2025-06-30"
    assert answers[-1].verdict is not None
    assert answers[-1].verdict.title == "专精特新"


def test_an_older_memory_is_still_read() -> None:
    old = {"place": "上海市", "question": "专精特新营收要多少", "title": "专精特新", "asked": [], "checking": False}
    assert Memory.model_validate(old).matters == []
