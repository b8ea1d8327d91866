"""The document model: what it takes out of texts, and the names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers_made import HOSTILE, SHOWN, paper, table

from assistant.export.paper import Heading, Paragraph, Span, cited, marked, plain, printable
from assistant.export.write import file_name


@given(st.text(st.characters(exclude_categories=())))
def test_what_no_office_file_may_hold_is_gone(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\ufffe\uffff"]
    assert printable(shown) == shown


def test_every_field_is_cleaned_when_it_is_put_in() -> None:
    assert Span(text=HOSTILE).text == SHOWN
    assert Heading(text="一\r\n二\u2028三").text == "一\n二\n三"
    assert paper(title=HOSTILE).title == SHOWN


def test_marks_become_citations_and_back() -> None:
    text = marked("每年更新[1]，三年复核[12][3]。[abc][1234]")
    assert [span.cite for span in text if span.cite] == [1, 12, 3]
    assert plain(text) == "每年更新[1]，三年复核[12][3]。[abc][1234]"
    assert cited([Paragraph(text=text), table(3)]) == [1, 12, 3]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("政策问答记录", "政策问答记录-2026-11-21.pdf"),
        ("../../etc/passwd", "etc-passwd-2026-11-21.pdf"),
        ('a:b*c?"<>|\\d', "a-b-c-d-2026-11-21.pdf"),
        ("...", "导出-2026-11-21.pdf"),
        ("长" * 300, "长" * 60 + "-2026-11-21.pdf"),
    ],
)
def test_file_names_are_taken_by_every_system(title: str, name: str) -> None:
    assert file_name(paper(title=title), "pdf") == name
