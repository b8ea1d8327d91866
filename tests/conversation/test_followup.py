"""A message within its thread: title, place, day and aspect of the matter before."""

from __future__ import annotations

from datetime import date

import pytest
from patience import patience

from assistant.understanding.ask_back import chosen, open_question, table
from assistant.understanding.followup import POLITE, resolve, with_title
from assistant.understanding.when import asked_date, without_date
from assistant.understanding.where import asked_place

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("message", "previous", "question"),
    [
        ("那小巨人呢", "专精特新营收要多少", "小巨人营收要多少"),
        ("低一档的专精特新是多少", "小巨人负债率上限多少", "专精特新负债率上限多少"),
        ("创新型", "每年几号前更新信息", "创新型 每年几号前更新信息"),
        ("国家的那个小巨人", "科技小巨人怎么报", "小巨人怎么报"),
        ("换成天津呢", "上海的贷款贴息多少", "天津 的贷款贴息多少"),
        ("在苏州", "专精特新贷款贴息多少", "江苏 专精特新贷款贴息多少"),
        ("那2025年的时候呢", "专精特新几号前更新信息", "专精特新几号前更新信息"),
        ("回到现在呢", "2025年的时候专精特新几号前更新信息", "专精特新几号前更新信息"),
        ("省里的是不是不一样？", "专精特新几号前更新信息", "专精特新几号前更新信息 国家和上海一样吗"),
        ("市里的呢", "专精特新几号前更新信息", "专精特新几号前更新信息 市里"),
        ("那市里的办法呢", "小巨人有效期几年", "小巨人有效期几年 市里"),
        ("市级文件怎么写", "重大变化几个月内报", "重大变化几个月内报 市级"),
        ("国家那边对小巨人也是这个期限吗", "上海创新型几个月内报变化", "小巨人几个月内报变化 国家"),
        ("哪个部门管", "担保最多多少", "担保最多多少 哪个部门管 责任单位"),
        ("不报会怎样", "重大变化几个月内报", "重大变化几个月内报 不报会怎样"),
        ("那知识产权呢", "专精特新和小巨人的研发有什么不同", "小巨人和专精特新的知识产权有什么不同"),
        ("小巨人由谁认定", "专精特新营收要多少", "小巨人由谁认定"),
    ],
)
def test_what_the_thread_adds(message: str, previous: str, question: str) -> None:
    assert resolve(message, previous, "专精特新", "上海市").question == question


def test_another_side_of_the_matter_takes_title_and_context_along() -> None:
    found = resolve("那负债率呢", "专精特新营收要多少", "专精特新", "上海市")
    assert (found.question, found.context) == ("专精特新 负债率呢", "专精特新营收要多少")


def test_a_remembered_matter_does_not_grow_for_ever() -> None:
    matter = "专精特新有重大变化几个月内报"
    for _ in range(200):
        matter = resolve("不报会怎样", matter, "专精特新", "上海市").matter
    assert len(matter) <= 80


def test_two_titles_give_way_to_one() -> None:
    assert with_title("专精特新和小巨人的研发", "创新型") == "创新型 和的研发"


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("不是天津，是上海", "上海市"),
        ("换成天津呢", "天津市"),
        ("青浦有什么支持", "上海市青浦区"),
        ("国家的标准呢", "北京市"),
        ("天津的企业想在上海申报", "上海市"),
        ("总公司在杭州，我们这家注册在上海", "上海市"),
        ("我们总部在杭州，能报吗", "浙江省"),
        ("创新型企业去香港设了家分公司，要不要报告", "北京市"),
        ("香港的企业能报吗", "香港特别行政区"),
    ],
)
def test_the_place_that_is_meant(message: str, place: str) -> None:
    assert asked_place(message, "北京市") == place


@pytest.mark.parametrize(
    ("message", "day"),
    [
        ("2025年的时候呢", date(2025, 12, 31)),
        ("那2021年呢", date(2021, 12, 31)),
        ("去年的时候呢", date(2025, 12, 31)),
        ("站在2025年6月看", date(2025, 6, 30)),
        ("回到现在呢", TODAY),
        ("现在呢", TODAY),
        ("2026年的时候呢", TODAY),
        ("现在专精特新要什么条件", date(2024, 5, 1)),
        ("去年营收3000万", date(2024, 5, 1)),
        ("2024年认定的专精特新", date(2024, 5, 1)),
    ],
)
def test_the_day_that_is_meant(message: str, day: date) -> None:
    assert asked_date(message, date(2024, 5, 1), TODAY) == day


def test_the_words_of_the_day_leave_the_question() -> None:
    assert without_date("站在2025年12月，上海几号前更新信息") == "上海几号前更新信息"
    assert without_date("几号前更新信息") == "几号前更新信息"


ROWS = [(row.reason, example) for row in table().rows for example in row.examples]
OTHERS = [example for row in table().rows for example in row.counter_examples]


@pytest.mark.parametrize(("reason", "message"), ROWS)
def test_an_open_question_is_seen(reason: str, message: str) -> None:
    row = open_question(message)
    assert row is not None
    assert row.reason == reason


@pytest.mark.parametrize("message", OTHERS)
def test_a_question_that_says_what_it_is_about_is_not_open(message: str) -> None:
    assert open_question(message) is None


CHOICES = ["国家专精特新小巨人怎么申报", "云南省级小巨人怎么申报", "创新型怎么申报"]


@pytest.mark.parametrize(
    ("reply", "place"),
    [("第二个", 1), ("2", 1), ("最后一个吧", 2), ("国家的", 0), ("我问的是省级的", 1), ("创新型", 2), ("第四个", None),
     ("小巨人", None), ("那贷款贴息有多少，要自己申请吗，找谁", None), ("怎么申报", None)],
)  # fmt: skip
def test_a_reply_takes_a_choice_or_none(reply: str, place: int | None) -> None:
    assert chosen(reply, CHOICES) == (None if place is None else CHOICES[place])


@pytest.mark.parametrize("lead", ["备课用：", "我要做一个讲课课件，", "给企业讲义用,"])
def test_what_a_trainer_says_first_is_no_part_of_the_question(lead: str) -> None:
    assert POLITE.sub("", f"{lead}小巨人有效期几年") == "小巨人有效期几年"


@pytest.mark.parametrize(
    "message",
    ["培训要收费吗", "在培训平台上怎么报名，找谁", "问题企业怎么处理", "企业信息一年报几次", "我们去年营收3000万"],
)
def test_politeness_takes_nothing_of_the_matter(message: str) -> None:
    assert POLITE.sub("", message) == message


@pytest.mark.parametrize("piece", ["这个", "帮我", "想问", "补贴", "条件", "换成", "天津", "不是在", "好的", "2025年"])
def test_no_message_takes_for_ever(piece: str) -> None:
    with patience():
        for message in (piece * 900, piece * 900 + "甲"):
            resolve(message, "专精特新要什么条件", "专精特新", "上海市")
            open_question(message)
            asked_place(message, "上海市")
            asked_date(message, TODAY)
            POLITE.sub("", message)
            chosen(message, CHOICES)
