"""Search as one types: half a word, numbers, articles; place and day; positions instead of markup."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.desk.marks import marked
from assistant.desk.search import DeskFound, DeskHit, DeskSearch

if TYPE_CHECKING:
    from assistant.house import House

SH = "上海市"


@pytest.fixture(scope="module")
def desk(house: House) -> DeskSearch:
    return DeskSearch(lambda: house)


def first(found: DeskFound) -> DeskHit:
    return found.hits[0]


def test_half_typed_words_lead_on(desk: DeskSearch) -> None:
    typed = "首次上规模奖励"
    refs = [first(desk.search(typed[:n], place=SH)).ref for n in range(4, len(typed) + 1)]
    assert set(refs) == {"cn-sh/gov/2025/zjtx-measures#sec_1__item_2"}


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("第17条", "cn/miit/2026/2#art_17"),
        ("第十七条", "cn/miit/2026/2#art_17"),
        ("8号 第13条", "cn-sh/jxw/2022/8#art_13"),
        ("附件1三", "cn/miit/2026/2#annex_1__item_3"),
        ("2026 2号", "cn/miit/2026/2#art_1"),
        ("工信部企业〔2026〕2", "cn/miit/2026/2#art_1"),
    ],
)
def test_numbers_name_documents_and_articles(desk: DeskSearch, typed: str, ref: str) -> None:
    assert first(desk.search(typed, place=SH)).ref == ref


def test_a_document_that_is_not_held_says_its_status(desk: DeskSearch) -> None:
    hit = first(desk.search("63号", place=SH))
    assert (hit.kind, hit.ref) == ("document", "cn/miit/2022/63")
    assert hit.validity == "unknown"
    assert "工信部企业〔2022〕63号" in hit.read


def test_place_and_day_are_respected(desk: DeskSearch) -> None:
    here = desk.search("专精特新 有效期", place=SH)
    assert {hit.place for hit in here.hits} <= {"国家", SH, ""}
    there = desk.search("专精特新 有效期", place="天津市")
    assert not any(hit.place == SH for hit in there.hits)
    assert all(hit.validity not in ("expired", "repealed", "superseded") for hit in here.hits)
    early = desk.search("专精特新 研发", place=SH, as_of=date(2026, 1, 10))
    assert not any(hit.ref.startswith("cn/miit/2026/2#") for hit in early.hits)
    assert any(hit.kind == "topic" for hit in desk.search("专精特新 研发", place=SH).hits)
    assert not any(hit.kind == "topic" and "先说明" in hit.read for hit in early.hits)


def test_what_the_collection_does_not_hold_is_said_first(desk: DeskSearch) -> None:
    hit = first(desk.search("上海新评上专精特新一次性奖多少钱", place=SH))
    assert hit.kind == "gap"
    assert "主管部门" in hit.read
    assert hit.source == ""


def test_what_is_only_near_is_said_to_be(desk: DeskSearch) -> None:
    assert desk.search("研发费用一年要多少", place=SH).near
    assert desk.search("量子", place=SH).near
    assert not desk.search("火星探测器的车票怎么报销", place=SH).near


def test_every_line_can_be_read_out_and_marked(desk: DeskSearch) -> None:
    for hit in desk.search("研发费用占营业收入", place=SH).hits:
        assert hit.read
        assert hit.copied
        assert hit.kind == "gap" or "依据" in hit.copied
        for name, spans in hit.marks.items():
            text = getattr(hit, name)
            assert all(0 <= start < end <= len(text) for start, end in spans)
    assert any(hit.marks["answer"] for hit in desk.search("研发费用占营业收入", place=SH).hits)


def test_nothing_typed_finds_nothing_and_long_text_is_cut(desk: DeskSearch) -> None:
    assert desk.search("   ", place=SH).hits == []
    assert len(desk.search("研发" * 400, place=SH).q) == 100


def test_what_was_found_is_kept(desk: DeskSearch) -> None:
    assert desk.search("有效期几年", place=SH) is desk.search("有效期几年 ", place=SH)
    assert desk.search("有效期几年", place=SH) is not desk.search("有效期几年", place="上海市青浦区")


def test_marks() -> None:
    assert marked("研发 占比", "研发费用占比3%") == [(0, 2), (4, 6)]
    assert marked("ＡＢ", "x ab y") == [(2, 4)]
    assert marked("奖", "奖补和奖励") == [(0, 1), (3, 4)]
    assert marked("", "什么") == []
    assert marked("😀研发", "😀研发") == [(0, 3)]
