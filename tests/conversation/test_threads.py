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


@pytest.mark.parametrize(
    ("messages", "track", "outcome"),
    [
        (("首报专精特新，六项都达标，别的也没问题", "慢着，上个月刚被列入经营异常名录，还在里面，这碍事伐"), "first", "not_eligible"),
        (("小巨人首次，前年营收8200万，大前年7900万，去年8900万，其他都达标", "写错了，去年是8300万，别的不变，咋样"), "first", "not_eligible"),
        (("专精特新三年到了要复核，近两年评价一年46分，一年51分，是不是没过", "其余各项都符合"), "review", "eligible"),
        (("专精特新到期复核的企业，去年营收2300万", "负债率52%，其余都达标，能过吗"), "review", "eligible"),
        (("首次评创新型，其他都没问题，高企有效", "高企去年到期了，没续上"), "first", "needs_info"),
    ],
)  # fmt: skip
def test_a_second_turn_changes_what_is_checked(talk: Talk, messages: tuple[str, str], track: str, outcome: str) -> None:
    verdict = talk(*messages)[-1].verdict
    assert verdict is not None
    assert (verdict.track, verdict.outcome) == (track, outcome)


def test_what_a_question_told_counts_in_the_pre_check_after_it(talk: Talk) -> None:
    verdict = talk("我们去年营收1300万，专精特新复核的材料交到哪里", "其他都达标，能过吗")[-1].verdict
    assert verdict is not None
    assert verdict.track == "review"
    assert verdict.outcome != "eligible"


def test_what_was_told_earlier_is_not_taken_for_another_company(talk: Talk) -> None:
    said = ("我们去年营收1300万，专精特新材料交到哪里", "小巨人由谁认定", "客户首次报专精特新，样样达标，能报吗")
    verdict = talk(*said)[-1].verdict
    assert verdict is not None
    assert verdict.outcome == "eligible"


@pytest.mark.parametrize(
    "message",
    [
        "2021年河南认定专精特新，我们各项都达标，就是名额没了，算符合吗",
        "2020年湖北省那批隐形冠军，我们指标都够，能补进去吗",
    ],
)
def test_an_earlier_round_gets_no_verdict_of_today(talk: Talk, message: str) -> None:
    answer = talk(message)[-1]
    assert answer.route == "policy"
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("messages", "ref"),
    [
        (("上海科技小巨人工程归哪些部门管", "那份实施办法有效期写到哪天"), "cn/compendium-2021/sh-03#art_18"),
        (("青浦的梯度培育方案哪年出的", "准确几月几号，文号念一下"), "cn-sh-qp/jw/2023/80#intro"),
        (("青浦那份方案有哪些量化目标", "里面单项冠军几家"), "cn-sh-qp/jw/2023/80#sec_1"),
        (("上海专精特新贷款贴息多少", "这份措施哪天开始施行"), "cn-sh/gov/2025/zjtx-measures#closing"),
    ],
)  # fmt: skip
def test_a_document_is_pointed_at(talk: Talk, messages: tuple[str, str], ref: str) -> None:
    assert talk(*messages)[-1].citations[0].ref == ref


def test_a_further_question_is_about_the_same_round(talk: Talk) -> None:
    answer = talk("江西专业化小巨人（老的认定办法，2020年底出的），上年营收多少起步，负债率红线呢？")[-1]
    assert {c.ref.partition("#")[0] for c in answer.citations} == {"cn/compendium-2021/jx-01"}
    assert "70%" in answer.answer
