"""Facts in texts: equal in any spelling, never a piece of a longer number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.stated import Said, compact


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("50万元", "最高五十万元[1]"), ("50万元", "500,000元"), ("50万元", "**50 万元**"), ("50万元", "给到50万"),
        ("50万元", "到2025，50万元"), ("50万元", "1. 50万元"), ("500万元", "前3，500万元"), ("1.5亿元", "15,000万元"),
        ("3%", "百分之三"), ("30%", "三成"), ("5月31日", "2026年5月31日前"), ("5月31日", "05-31"),
        ("2026年", "2026年12月31日"), ("3年内", "近三年内"), ("4项", "至少四项"), ("1000家", "1,000 家"),
        ("取消认定", "取消\n认定"), ("I类", "Ｉ 类"), ("信用中国", "信用中国（网站）"), ("第二十条", "按第二十条"),
        ("十五五", "“十五五”期末"), ("前三", "排名前三名"), ("sk-", "密钥是SK-abc"),
    ],
)  # fmt: skip
def test_stated(fact: str, text: str) -> None:
    assert Said(text).states(fact)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("50万元", "150万元"), ("50万元", "一百五十万元"), ("50万元", "1.50万元"), ("50万元", "50亿元"),
        ("50万元", "得50分"), ("5%", "15%"), ("5%", "0.5%"), ("5%", "5个"), ("5月31日", "4月30日"),
        ("5月31日", "5月底"), ("2026年5月31日", "5月31日"), ("2026年5月31日", "2027年5月31日"), ("1项", "11项"),
        ("1项", "第1项"), ("三年", "第三年"), ("3年", "2023年"), ("4项", "4个"), ("前三", "前三十"), ("3条", "第三条"),
        ("取消认定", "取消"), ("60分", ""),
    ],
)  # fmt: skip
def test_not_stated(fact: str, text: str) -> None:
    assert not Said(text).states(fact)


def test_a_negation_still_states_its_figure() -> None:
    assert Said("不是50%，是30%").states("50%")


def test_a_gap_between_numbers_stays() -> None:
    assert compact("2025， 500 万 元") == compact("2025,500万元") or "2025500" not in compact("2025， 500 万 元")
    assert "2025500" not in compact("2025  500")


@given(st.integers(1, 9_999_999))
def test_grouped_digits_are_the_same_amount(n: int) -> None:
    assert Said(f"奖励{n:,}元").states(f"{n}元")
    assert not Said(f"奖励{n:,}元").states(f"{n * 10}元")


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_compared_without_error(text: str, fact: str) -> None:
    assert Said(text).states(fact) in (True, False)
