"""The term of a 高企 certificate says nothing of the procedure."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract


@pytest.mark.parametrize(
    ("message", "track"),
    [
        ("查了下，高企去年10月到期，重新认定没通过", None),
        ("首次评创新型，高企证书明年到期", "first"),
        ("高企过期没续，专精特新到期复核", "review"),
        ("创新型今年到期要复核，高企也到期了", "review"),
        ("小巨人明年到期，高企有效", "review"),
        ("到期了，还能报吗", "review"),
    ],
)
def test_the_procedure_is_that_of_the_title(message: str, track: str | None) -> None:
    assert extract(message, as_of=date(2026, 11, 21)).track == track
