"""Paragraphs → clauses: articles, annexes with items, sections with items, items inside an article."""

from __future__ import annotations

from functools import reduce

from damaged import ARTICLES, CONTINUED, NESTED, SECTIONS
from hypothesis import given
from hypothesis import strategies as st

from indexing.clauses import OriginalClause, clauses_of
from indexing.containers import ANNEX
from indexing.numbers import ARTICLE, CHAPTER, ITEM, POINT, SECTION, SUBPOINT, ordinal
from indexing.paragraphs import paragraphs


def split(text: str) -> dict[str, OriginalClause]:
    found = clauses_of(paragraphs(text))
    assert len({c.eid for c in found}) == len(found)
    return {c.eid: c for c in found}


def test_articles_with_annexes() -> None:
    found = split(ARTICLES)
    assert list(found) == [
        "intro", "art_1", "art_2", "art_2__item_1", "art_2__item_2", "art_3", "art_10",
        "annex_1", "annex_1__item_1", "annex_1__item_2", "annex_2", "annex_2__item_1",
    ]  # fmt: skip
    assert found["art_3"].path == ["第二章点灯"]
    assert found["art_3"].label == "第三条"
    assert found["art_3"].text == "每年6月15日前要把灯油数量报一遍；累计两次不报的，灭灯。"
    assert found["annex_1__item_1"].label == "附件1（一）"
    assert found["annex_1__item_1"].text.splitlines() == ["灯塔高度10米以上。", "A.含塔基", "B.不含避雷针"]
    assert found["annex_1"].text == "点灯标准"
    assert found["annex_2__item_1"].path == ["附件2"]


def test_the_items_of_an_article_are_clauses_and_part_of_it() -> None:
    found = split(ARTICLES)
    assert found["art_2__item_2"].text == "老灯塔，点灯三年以上。\n老灯塔可以带徒弟。"
    assert found["art_2__item_2"].label == "第二条（二）"
    for words in ("新灯塔", "老灯塔可以带徒弟"):
        assert words in found["art_2"].text


def test_lists_below_an_item_belong_to_it() -> None:
    found = split(NESTED)
    assert list(found) == ["intro", "art_1", "art_2", "art_2__item_1", "art_2__item_2", "art_3"]
    assert "A.十米以上（6分）" in found["art_2__item_1"].text
    assert "最后一句" in found["art_2__item_2"].text
    assert "最后一句" in found["art_2"].text
    assert "最后一句" not in found["art_3"].text


def test_sections() -> None:
    found = split(SECTIONS)
    assert list(found) == ["intro", "sec_1", "sec_2", "sec_2__item_1", "sec_2__item_2", "sec_3"]
    assert found["sec_1"].text == "工作目标\n到2027年点亮100盏灯。"
    assert found["sec_2__item_2"].label == "二（二）"
    assert found["sec_2__item_2"].path == ["二、重点工作"]
    assert found["sec_2__item_2"].text == "修灯。坏一盏修一盏，修灯费最高5万元。"
    assert found["sec_3"].text.endswith("由灯塔局负责。")


def test_items_that_run_on_through_sections() -> None:
    found = split(CONTINUED)
    assert [e for e in found if "item" in e] == ["sec_1__item_1", "sec_1__item_2", "sec_2__item_3"]
    assert found["sec_2__item_3"].label == "二（三）"


def test_the_closing_formula_is_a_clause_of_its_own() -> None:
    text = SECTIONS + "本方案自2025年3月1日起施行。\n青石镇办公室2025年2月20日印发\n"
    found = split(text)
    assert found["closing"].text.splitlines()[0] == "本方案自2025年3月1日起施行。"
    assert "由灯塔局负责。" in found["sec_3"].text
    assert "施行" not in found["sec_3"].text


def test_a_number_that_is_none_is_text() -> None:
    assert ordinal("十七") == 17
    assert ordinal("百百") is None
    found = split(ARTICLES.replace("第十条", "第百百条"))
    assert "art_10" not in found
    assert "第百百条" in found["art_3"].text


def test_nothing() -> None:
    assert clauses_of([]) == []


@given(st.lists(st.text(alphabet="第一二十百零条章（）、附件12A.灯塔。印发", max_size=12), max_size=30))
def test_no_text_is_lost(lines: list[str]) -> None:
    parts = paragraphs("\n".join(lines))
    kept = "\n".join("\n".join([*c.path, c.text]) for c in clauses_of(parts))
    for part in parts:
        words = reduce(
            lambda text, heading: heading.sub("", text), (ANNEX, ARTICLE, SECTION, ITEM, POINT, SUBPOINT), part
        )
        assert words in kept or CHAPTER.match(words), (part, kept)
