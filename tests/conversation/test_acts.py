"""What messages do within their thread: the table of acts holds its examples."""

from __future__ import annotations

import re

import pytest
from patience import patience

from assistant.understanding.acts import LAST, Act, Row, act_of, table

EXAMPLES = [(row, example) for row in table().rows for example in row.examples]
COUNTER_EXAMPLES = [(row, example) for row in table().rows for example in row.counter_examples]


def name(value: object) -> str:
    return value.act if isinstance(value, Row) else str(value)


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=name)
def test_an_example_does_what_its_row_says(row: Row, example: str) -> None:
    act = act_of(example, under_way=bool(row.under_way), offered=row.offered)
    assert act is not None
    assert (act.kind, act.sentence) == (row.act, row.sentence)


@pytest.mark.parametrize(("row", "example"), COUNTER_EXAMPLES, ids=name)
def test_a_counter_example_does_something_else(row: Row, example: str) -> None:
    act = act_of(example, under_way=bool(row.under_way), offered=row.offered)
    assert act is None or (act.kind, act.sentence) != (row.act, row.sentence)


def test_every_row_has_examples_of_both_kinds_and_a_courtesy_its_sentence() -> None:
    for row in table().rows:
        assert row.examples, row.why
        assert row.counter_examples, row.why
        assert bool(row.sentence) == (row.act == "courtesy"), row.why


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("回到刚才的发明，买来的算吗", Act("return", "发明,买来的算吗")),
        ("不是天津，是上海", Act("correct", "上海")),
        ("第三点是什么意思", Act("detail", number=3)),
        ("最后一条怎么理解", Act("detail", number=LAST)),
        ("还有别的条件吗", Act("more", what="条件")),
        ("接着刚才的预检，负债率52%", Act("resume", "负债率52%")),
    ],
)
def test_what_the_message_says_besides(message: str, act: Act) -> None:
    assert act_of(message) == act


def test_a_bare_word_is_an_answer_in_the_middle_of_a_pre_check() -> None:
    assert act_of("好的") is not None
    assert act_of("没有") is not None
    assert act_of("好的", under_way=True) is None
    assert act_of("没有", under_way=True) is None


def test_all_repetitions_are_bounded_but_the_rest() -> None:
    for row in table().rows:
        for pattern in row.any:
            assert not re.search(r"(?<!\(\?P<rest>\.)(?<!\(\?<=\[,。;!\?\]\)\.)[*+](?!\))", pattern), pattern


@pytest.mark.parametrize("piece", ["好的", "不对，", "第二条", "还有", "说说", "算了，", "刚才说的", "那", "这个"])
def test_no_message_takes_for_ever(piece: str) -> None:
    with patience():
        for length in (20, 60, 1000):
            act_of(piece * length + "甲")
            act_of(piece * length + "甲", under_way=True)
