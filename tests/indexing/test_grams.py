"""The terms of a text: characters, their pairs, numbers and Latin words."""

from __future__ import annotations

from indexing.grams import bigrams, grams


def test_grams() -> None:
    assert grams("奖50万元") == ("奖", "50", "万", "元", "万元")
    assert grams("ＩＳＯ９００１ ISO") == ("iso", "9001", "iso")
    assert grams("占3.5%") == ("占", "3.5%")
    assert grams("专\u200b精") == grams("专精")
    assert grams("，。!") == ()
    assert bigrams("奖50万元a") == {"50", "万元"}
