"""What the clauses of a message ask: how it turns out, or something else."""

from __future__ import annotations

import pytest

from assistant.understanding.asked import asks_else, asks_outcome
from assistant.understanding.routing import plain


@pytest.mark.parametrize(
    "message",
    [
        "刚被列进名录，这碍事伐",
        "负债率其实是77%，还行不行",
        "去年52今年49，那咋说",
        "研发改成102万，结果变不变",
        "眼下递上去过得了吗",
        "自有发明又多一件，这下够了吧",
        "近两年评分51和48，称号保得住伐",
        "高企证书在期，直接过是吧",
        "这样报得上不",
        "到底能不能认定",
        "能先判一下吗",
        "是不是报不成了",
    ],
)
def test_how_it_turns_out_is_asked(message: str) -> None:
    assert asks_outcome(plain(message))


@pytest.mark.parametrize(
    "message",
    [
        "委外的30万能算吗",
        "贷款能申请贴息吗",
        "负债率最高多少",
        "材料交到哪里",
        "要交审计报告吗",
        "软著算不算I类",
        "去年营收2000万",
        "还没拿到证书",
    ],
)
def test_something_else_or_nothing_is_asked(message: str) -> None:
    assert not asks_outcome(plain(message))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("各项都够，没名额，落下来的后来怎么处理的", True),
        ("其余都达标，上海给多少奖励", True),
        ("主营到底多少还没拆出来", False),
        ("专利什么的更没有，其余都够", False),
        ("十几年老厂，其余都够", False),
        ("专利这关怎么算？能报吗", False),
    ],
)
def test_an_account_is_asked_for(message: str, expected: bool) -> None:
    assert asks_else(plain(message)) == expected
