"""The bench of typing: it types what it says, and judges what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.bench_desk import LONGEST, as_text, bench_desk

if TYPE_CHECKING:
    from assistant.house import House


def test_every_beginning_is_looked_for(house: House) -> None:
    told: list[int] = []
    result = bench_desk(3, progress=lambda what, done, of: told.append(of))
    assert told == [3, 3, 3]
    assert result.questions == 3
    assert 3 < result.beginnings <= 3 * LONGEST
    assert result.passed.turns == result.processor.turns == result.beginnings
    assert 0 <= result.found <= 3
    assert f"检索 {result.beginnings} 次" in as_text(result)
