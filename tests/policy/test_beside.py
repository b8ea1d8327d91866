"""Places side by side: each cell from that place's own documents, the present beside them, and nothing made up for a gap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from assistant.policy.beside import NOT_HELD, NOW, ROW
from assistant.understanding.between_places import places_compared

if TYPE_CHECKING:
    from assistant.conversation import Assistant

CELL = re.compile(r"^\| (.+) \|$", re.M)


def table(assistant: Assistant, question: str) -> list[list[str]]:
    """The cells of the table that answers a question, its head first."""
    lines = [row.split(" | ") for row in CELL.findall(assistant.ask(question).answer)]
    return [line for line in lines if line[0] != "---"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("北京和天津的专精特新营收要求有什么不同", ["北京市", "天津市"]),
        ("广西跟云南比，小巨人研发谁更严", ["广西壮族自治区", "云南省"]),
        ("对比一下山东、河南、河北三省的条件", ["山东省", "河南省", "河北省"]),
        ("我从江苏搬到上海，两边条件一样吗", []),
        ("青浦和上海的奖励有什么区别", []),
        ("不是北京，是天津，条件有什么不一样", []),
        ("北京和天津都去过", []),
        ("上海的条件和国家的一样吗", []),
    ],
)
def test_which_places_are_compared(text: str, named: list[str]) -> None:
    assert places_compared(text) == named


def test_each_place_says_its_own(assistant: Assistant) -> None:
    head, papers, *rows = table(assistant, "北京和天津2021年专精特新的营收和研发要求有什么不同？")
    assert [h.strip() for h in head] == ["", "北京市", "天津市", NOW, "依据"]
    assert papers[0] == ROW
    assert "北京" in papers[1]
    assert "已过有效期" in papers[1]
    assert "天津" in papers[2]
    assert "现行有效" in papers[3]
    cells = {row[0]: row[1:4] for row in rows}
    assert list(cells) == ["营业收入", "研发投入"]
    for place, figure in zip(cells["营业收入"], ("1500万元", "1000万元", "1500万元"), strict=True):
        assert figure in place
    for place, figure in zip(cells["研发投入"], ("5%", "3%", "100万元"), strict=True):
        assert figure in place


def test_all_conditions_where_none_is_named(assistant: Assistant) -> None:
    head, _, *rows = table(assistant, "河南和湖北，小巨人的认定条件对比一下")
    assert len(rows) >= 6
    assert all(len(row) == len(head) for row in rows)
    assert all(re.search(r"\[\d+\]", row[-1]) for row in rows)


def test_a_clause_of_another_programme_says_nothing_of_the_title(assistant: Assistant) -> None:
    answer = assistant.ask("浙江和北京的专精特新条件有什么区别")
    shown = [c.text for c in answer.citations if c.place == "浙江省"]
    assert shown
    assert not any("隐形冠军要同时" in text for text in shown)


def test_a_place_without_documents_stays_empty(assistant: Assistant) -> None:
    head, *rows = table(assistant, "北京和江苏的专精特新条件一样吗")
    assert "江苏省" in head
    assert all(row[2] == NOT_HELD for row in rows)


def test_the_thread_stays_where_it_was(assistant: Assistant) -> None:
    first = assistant.ask("北京和天津2021年专精特新研发投入要求有什么不同", place="上海市")
    assert first.place == "上海市"
    assert assistant.ask("那现在上海专精特新的有效期几年", thread=first.thread).place == "上海市"
