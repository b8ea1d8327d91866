"""Traditional characters and slips of the hand: the usual spelling, sign for sign."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract
from assistant.understanding.spelling import spelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("營業收入兩億，專利六項", "营业收入两亿，专利六项"),
        ("請問專精特新的複核標準是甚麼時候發佈的", None),
        ("經營異常名錄，研發費用佔營收", None),
        ("专晶特新有效期几年", "专精特新有效期几年"),
        ("专精特欣和小距人", "专精特新和小距人"),
        ("小巨仁要几个发明", "小巨人要几个发明"),
        ("专精特新贷怎么办", "专精特新贷怎么办"),
        ("显著提升、乾隆、著作权", "显著提升、乾隆、著作权"),
    ],
)
def test_a_message_is_written_in_the_usual_spelling(typed: str, meant: str | None) -> None:
    assert len(spelled(typed)) == len(typed)
    assert spelled(spelled(typed)) == spelled(typed)
    if meant is not None:
        assert spelled(typed) == meant
    else:
        assert not set(spelled(typed)) & set("請專標時發經營異錄費佔")


@pytest.mark.parametrize("typed", ["去年營收一億兩千萬", "營業額去年1.2億", "去年營業收入壹億貳仟萬元"])
def test_figures_in_traditional_characters_are_read(typed: str) -> None:
    found = extract(spelled(typed), as_of=date(2026, 11, 21))
    assert found.facts["revenue@2025"].lo == 120_000_000
