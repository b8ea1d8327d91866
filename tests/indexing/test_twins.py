"""What reads alike in several documents: same words and same figures; never another threshold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from made_compendium import OTHER_FIGURE, SHARED

from indexing.twins import twins

LONG = "灯塔企业每年要把灯油的数量、灯芯的长短和点灯的天数报给灯塔局，灯塔局在十个工作日内答复。"


def test_the_same_paragraph_whatever_its_number_and_punctuation() -> None:
    found = twins({"a#art_1": SHARED, "b#sec_1": f"（二）{SHARED}", "c#x": SHARED.replace("，", ","), "d#x": LONG})
    assert found == [["a#art_1", "b#sec_1", "c#x"]]


def test_nearly_the_same() -> None:
    assert twins({"a#1": LONG, "b#1": LONG.replace("灯塔局在", "市灯塔局在")}) == [["a#1", "b#1"]]
    assert twins({"a#1": LONG, "b#1": LONG[:24] + "由市里另行决定，不再向任何部门报送任何材料。"}) == []


def test_another_figure_is_another_rule() -> None:
    assert twins({"a#1": OTHER_FIGURE.format("3%"), "b#1": OTHER_FIGURE.format("6%")}) == []
    assert twins({"a#1": OTHER_FIGURE.format("3%"), "b#1": OTHER_FIGURE.format("3%")}) == [["a#1", "b#1"]]


def test_not_inside_one_document_and_not_what_is_short() -> None:
    assert twins({"a#1": LONG, "a#2": LONG}) == []
    assert twins({"a#1": "附件1（略）", "b#1": "附件1（略）"}) == []
    assert twins({}) == []


def test_one_paragraph_of_a_long_article_makes_no_twin() -> None:
    article = "\n".join([SHARED, LONG, LONG.replace("灯油", "灯罩"), "另外还有许多别的话要说，" * 6])
    assert twins({"a#art_1": article, "b#item_1": SHARED}) == []


@given(st.lists(st.sampled_from([SHARED, LONG, OTHER_FIGURE.format("3%"), "短"]), min_size=1, max_size=8))
def test_every_group_is_one_text_and_all_of_it(texts: list[str]) -> None:
    given_texts = {f"d{n}#x": text for n, text in enumerate(texts)}
    found = twins(given_texts)
    for group in found:
        assert len({given_texts[ref] for ref in group}) == 1
    for text in set(texts) - {"短"}:
        refs = sorted(ref for ref, own in given_texts.items() if own == text)
        assert (refs in found) == (len(refs) > 1)
