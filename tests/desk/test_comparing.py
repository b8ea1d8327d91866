"""Side by side: what differs, by text or by figures, and what a clause can be laid beside."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.desk.comparing import compare, counterparts

if TYPE_CHECKING:
    from assistant.house import House

TODAY, BEFORE = date(2026, 11, 21), date(2026, 1, 10)
ZJTX, XJR = "cn/miit/2026/2#annex_1__item_3", "cn/miit/2026/2#annex_2__item_3"


def test_pieces_give_the_text_back_and_name_what_differs(house: House) -> None:
    for right in (XJR, "cn/miit/2026/2#annex_2__item_6", ZJTX):
        found = compare(house, ZJTX, right, TODAY, TODAY)
        for side in (found.left, found.right):
            assert "".join(piece.text for piece in side.pieces) == side.clause.digest


def test_figures_alone_where_the_texts_have_little_in_common(house: House) -> None:
    found = compare(house, ZJTX, XJR, TODAY, TODAY)
    assert found.by_figures
    assert [p.text for p in found.left.pieces if p.kind == "figure"] == ["100万元"]
    assert [p.text for p in found.right.pieces if p.kind == "figure"] == ["1200万元"]


def test_one_clause_on_two_days(house: House) -> None:
    found = compare(house, ZJTX, ZJTX, TODAY, BEFORE)
    assert found.alike == 1
    assert {piece.kind for piece in found.left.pieces} == {"same"}
    assert any("效力不同" in line and "尚未施行" in line for line in found.differences)
    same = compare(house, ZJTX, ZJTX, TODAY, date(2026, 11, 20))
    assert same.differences == ["同一条，在这两天的文字和效力都一样。"]


def test_counterparts_are_other_clauses_with_a_reason(house: House) -> None:
    found = counterparts(house, "cn-sh/jxw/2022/8#art_13", TODAY, "上海市")
    assert "cn/miit/2026/2#art_16" in [one.ref for one in found]
    assert all(one.why and one.ref != "cn-sh/jxw/2022/8#art_13" for one in found)


def test_counterparts_hold_in_the_place(house: House) -> None:
    found = counterparts(house, XJR, TODAY, "上海市")
    assert {house.corpus.document_of(one.ref).place for one in found} <= {"国家", "上海市"}


def test_unknown_clauses(house: House) -> None:
    with pytest.raises(KeyError):
        compare(house, ZJTX, "cn/miit/2026/2#art_99", TODAY, TODAY)
    with pytest.raises(KeyError):
        counterparts(house, "cn/nowhere#art_1", TODAY, "上海市")
