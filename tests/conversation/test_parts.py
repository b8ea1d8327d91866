"""Several questions in one message: where it is cut, and where it is not."""

from __future__ import annotations

import pytest
from patience import patience

from assistant.understanding.parts import Part, announced_only, essence, parts, sentences_only
from eval.questions_model import load_questions


def texts(message: str) -> list[str]:
    return [part.text for part in parts(message)]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("专精特新要什么条件？另外每年要报几次信息，漏报了会怎样", ["专精特新要什么条件？", "每年要报几次信息，漏报了会怎样"]),
        ("首次升规奖多少，顺便问一下数字化能补几成", ["首次升规奖多少", "数字化能补几成"]),
        ("1、小巨人几月组织 2、由谁认定 3、收不收费", ["小巨人几月组织", "由谁认定", "收不收费"]),
        ("①小巨人几月组织②最后由谁认定", ["小巨人几月组织", "最后由谁认定"]),
        ("一是改名多久内要报，二是搬到外省怎么办", ["改名多久内要报", "搬到外省怎么办"]),
        ("小巨人有两个问题：1）有效期几年 2）谁来复核", ["小巨人有效期几年", "小巨人谁来复核"]),
        ("小巨人有效期几年？到期了谁来复核？", ["小巨人有效期几年？", "到期了谁来复核？"]),
        ("请教两桩事：辅导要交六千块合规吗？还有人讲评审包给了外面，能这样吗？", ["请教两桩事：辅导要交六千块合规吗？", "还有人讲评审包给了外面，能这样吗？"]),
        ("西藏那批，纸质材料要几份？网上没系统，截止是几号", ["西藏那批，纸质材料要几份？", "网上没系统，截止是几号"]),
        ("我们在青浦。专精特新有补贴吗？还有，更名要报吗？", ["我们在青浦。专精特新有补贴吗？", "更名要报吗？"]),
    ],
)  # fmt: skip
def test_questions_are_taken_apart(message: str, found: list[str]) -> None:
    assert texts(message) == found


@pytest.mark.parametrize(
    "message",
    [
        "专精特新要什么条件",
        "更新信息到底哪天？4月30日还是5月31日？",
        "软著算不算I类知识产权？对吧？",
        "被取消了还能再报吗？要等几年？",
        "小巨人是不是每年都组织，还有什么时候组织",
        "去年营收3000万，研发4%，负债率50%",
        "国家办法第十七条、第十八条讲什么",
        "另外每年几号前更新信息",
        "研发要1.5亿还是2.5亿",
        "您好。请问一下。专精特新有哪些条件？谢谢。",
    ],
)
def test_one_question_stays_one(message: str) -> None:
    assert texts(message) == [message]


def test_what_is_only_cut_by_its_form_is_joined_again() -> None:
    found = parts("小巨人有效期几年？谁来复核？另外收不收费？")
    assert [part.announced for part in found] == [True, False, True]
    assert announced_only(found) == [Part("小巨人有效期几年？谁来复核？"), Part("收不收费？")]


def test_too_many_questions_are_one_message() -> None:
    message = "".join(f"{matter}是怎么规定的？" for matter in ("有效期", "更名", "举报", "贷款", "担保", "落户"))
    assert len(parts(message)) == 1


@pytest.mark.parametrize("piece", ["另外，", "？", "1、", "还有问一下", "条件？另外", "一是二是", "，顺便"])
def test_no_message_takes_for_ever(piece: str) -> None:
    with patience():
        parts(piece * 600)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("专精特新负债率到几成为止，研发一年最少投多少", ["专精特新负债率到几成为止", "研发一年最少投多少"]),
        ("小巨人主营收入占几成、有没有增长要求、要哪级公示", ["小巨人主营收入占几成", "有没有增长要求", "要哪级公示"]),
        ("我们在宝山，专精特新担保最多多少，技改怎么支持，两件事一起讲讲", ["我们在宝山，专精特新担保最多多少", "技改怎么支持"]),
        ("创新型有效期是多少年 材料先交到哪个部门", ["创新型有效期是多少年", "材料先交到哪个部门"]),
        ("小巨人抽查是怎么抽的，顺便讲下举报找谁", ["小巨人抽查是怎么抽的", "举报找谁"]),
        ("专精特新贷款贴息给几成，还有上市有什么帮助", ["专精特新贷款贴息给几成", "上市有什么帮助"]),
    ],
)  # fmt: skip
def test_questions_set_apart_by_a_pause(message: str, found: list[str]) -> None:
    assert texts(message) == found


@pytest.mark.parametrize(
    "message",
    [
        "专精特新和小巨人哪个研发要求高，差在哪",
        "不管有没有发明，研发不够能不能报专精特新",
        "去年营收2300万、负债率61%、研发90万，专精特新还差什么",
        "小巨人复核看哪些指标，是不是都和首次一样",
        "研发费用怎么算，每个项目要多少",
        "专精特新增长率国家怎么定，上海和国家是不是不一样",
        "负债率多少算高，能不能放宽",
        "技改项目在上海最高支持多少，占投资几成",
    ],
)
def test_a_pause_does_not_cut_one_question(message: str) -> None:
    assert texts(message) == [message]


def test_what_only_a_pause_sets_apart_is_joined_first() -> None:
    found = parts("小巨人研发两年投多少，发明要几项？到期了谁复核？")
    assert [part.paused for part in found] == [False, True, False]
    assert [part.text for part in sentences_only(found)] == ["小巨人研发两年投多少，发明要几项？", "到期了谁复核？"]


def test_few_gold_questions_are_cut_at_a_pause() -> None:
    """Where no set of several questions is meant, a comma hardly ever makes two of one; what is answered then still has to
    hold (take_apart)."""
    single = [q for q in load_questions() if not q.parts and len(q.turns) == 1]
    cut = [q.id for q in single if any(part.paused for part in parts(q.turns[0]))]
    assert len(single) > 1500
    assert len(cut) <= 0.01 * len(single), cut


CHATTER = (
    "今年真是不顺，年初车间漏水，修了半个月，三月会计又回老家了，账都是我弟在弄。上个月去看展会，天天愁订单，"
    "微信几百条没回。厂里三十几个人，老师傅快退休了。隔壁老王倒是接了个大单子，人都找不着，喝喜酒也没来。"
)


def test_of_a_long_message_the_question_is_looked_up() -> None:
    asked = "听朋友讲专精特新的信用贷款能补利息。最多补几成？"
    assert essence(CHATTER + asked) == asked


@pytest.mark.parametrize("message", ["专精特新贷款贴息几成？", CHATTER, f"小巨人不容易。{CHATTER}贷款贴息几成？"])
def test_a_message_that_cannot_be_shortened_stays(message: str) -> None:
    assert essence(message) == message
