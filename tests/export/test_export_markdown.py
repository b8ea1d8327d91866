"""The Markdown of answers as blocks: structure, marks, and nothing of it but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.markdown import blocks
from assistant.export.paper import Heading, Listing, Paragraph, Table, plain, texts

ANSWER = """**还不符合**，没过的是附件1（二）。[1]

- ✗ 营收差20万元。[2][1]
  1. 明年再报
  2. 补材料
- 其余达到

**要留意**

- 没有公开[9]

| 称号 | 日期 |
| --- | --- |
| 创新型 | 4月30日[2] |
"""


def test_an_answer_keeps_its_structure() -> None:
    first, points, watch, notes, table = blocks(ANSWER, {1: 5, 2: 6})
    assert isinstance(first, Paragraph)
    assert [(span.text, span.bold, span.cite) for span in first.text] == [
        ("还不符合", True, None), ("，没过的是附件1（二）。", False, None), ("", False, 5),
    ]  # fmt: skip
    assert isinstance(points, Listing)
    assert [(item.mark, item.depth, plain(item.text)) for item in points.items] == [
        ("•", 0, "✗ 营收差20万元。[6][5]"), ("1.", 1, "明年再报"), ("2.", 1, "补材料"), ("•", 0, "其余达到"),
    ]  # fmt: skip
    assert isinstance(watch, Heading)
    assert watch.text == "要留意"
    assert plain(next(texts(notes))) == "没有公开[9]"
    assert [span.cite for span in next(texts(notes)) if span.cite] == []
    assert isinstance(table, Table)
    assert [column.name for column in table.columns] == ["称号", "日期"]
    assert plain(table.rows[0][1].text) == "4月30日[6]"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![图](http://evil.example/x.png)",
        "[点我](javascript:alert(1))",
        "<http://evil.example>",
        "&lt;b&gt;",
    ],
)
def test_what_is_no_markdown_here_is_shown_as_it_is(text: str) -> None:
    (only,) = blocks(text, {})
    assert plain(next(texts(only))) == text


@given(st.text(alphabet="ab12[]()*_-#|> \n`~1.", max_size=120))
def test_any_markdown_can_be_read(text: str) -> None:
    for block in blocks(text, {1: 1}):
        for spans in texts(block):
            assert isinstance(plain(spans), str)
