"""What is told beside the facts stops no verdict; what might bear on a criterion does."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.facts.unread import doubts, unread

TODAY = date(2026, 11, 21)
FIRST = "其余条件都满足，首次报专精特新行吗"
GIANT = "其余条件都满足，首次报小巨人行吗"


def left(message: str) -> list[str]:
    found = extract(message, as_of=TODAY)
    return [*unread(message, found), *doubts(message, found)]


@pytest.mark.parametrize(
    "message",
    [
        f"24年研发110万、25年130万，会计觉得110万有点悬。{FIRST}",
        f"研发24年380万、25年900万，股东们嫌24年少了点。{GIANT}",
        f"2019年出过较大事故，停产三个月，罚了五十万，责任人也处理了。{FIRST}",
        f"前年叉车撞伤过人，安监局定的一般事故，罚款也交了，整改也通过了。{FIRST}",
        f"今年忘了报年报，被列入经营异常，补报以后就移出了，如今查都查不到。{FIRST}",
        f"发明一件都没有，清一色实用新型。去年拿了省科技进步二等奖，我们排第二，领奖那天我也去了。{FIRST}",
        f"发明还没批。有科技部认定的部级重点实验室，牌子是公司的。{FIRST}",
        f"代理上门说花八万包通过，老板直接回绝了。{FIRST}",
        f"有件事想不明白，做机床的，员工1300人，去年营收2.9亿，人过千还算中小企业吗？{GIANT}",
        f"孩子高考我睡不好，愁死人。{FIRST}",
        f"家里人说这牌子没啥用。{FIRST}",
    ],
)
def test_nothing_is_left_to_ask_about(message: str) -> None:
    assert left(message) == []


@pytest.mark.parametrize(
    "message",
    [
        f"24年研发110万、25年130万，会计担心24年有一部分要调出去。{FIRST}",
        f"24年研发130万、25年150万，会计觉得24年多算了。{FIRST}",
        f"有笔两千万的收入是开票没发货的。{FIRST}",
        f"停也停了，罚也罚了，事情还没定性。{FIRST}",
        f"前年出过一般事故，罚了款，今年又出了一起大的。{FIRST}",
        f"今年3月移出了经营异常，8月又进去了。{FIRST}",
        f"年报漏报了一次。{FIRST}",
        f"发明还没批。部级重点实验室是高校的，我们就是合作方。{FIRST}",
        f"中介说材料可以帮忙编，我们照办了。{FIRST}",
        f"代理说花八万包通过，老板答应了。{FIRST}",
        f"隔壁厂的发明转给我们了。{FIRST}",
        f"有一点拿不准，那张创新型证书是母公司的，算不算？{FIRST}",
    ],
)
def test_what_may_bear_on_a_criterion_is_asked_about(message: str) -> None:
    told = [s.value for s in extract(message, as_of=TODAY).statements]
    unsure = [v for v in told if v.state == "uncertain" or (v.hi is not None and not v.is_exact)]
    assert left(message) or unsure


def test_a_title_called_useless_is_not_missing() -> None:
    found = extract("老板说这牌子没什么用。其余都符合，首次报专精特新", as_of=TODAY)
    assert not any(key.startswith("holds_") for key in found.facts)


def test_a_list_left_is_no_exception() -> None:
    found = extract("7月补交就解除了，现在系统里是正常的。其余都满足，首次报专精特新", as_of=TODAY)
    assert found.rest_affirmed == "其余都满足"
