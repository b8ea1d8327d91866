"""Which figures a text supports: every spelling of the same one, and no other."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import patience

from corpus.support import document_numbers, figures, unsupported


def missing(text: str, *sources: str) -> list[str]:
    return [q.text for q in unsupported(text, sources)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("最高50万元", "最高五十万元"), ("最高50万元", "最高500,000元"), ("最高500000元", "最高50万元"), ("给五十万", "给50万元"),
        ("1.5亿元", "一亿五千万元"), ("1500万元", "1,500万元"), ("１５００万元", "1500万元"),
        ("占3%", "占百分之三"), ("占3％", "占3%"), ("三成", "30%"), ("不低于百分之三点五", "3.5%以上"), ("4个百分点", "4%"),
        ("每年5月31日前", "05-31前"), ("五月三十一日前", "5月31日前"), ("2026年4月1日起", "自2026-04-01起"),
        ("2026年底前", "2026年12月31日前"), ("2026年4月", "2026年4月1日"),
        ("3年", "三年"), ("三年内", "36个月内"), ("半年内", "六个月内"), ("3个月", "三个月"), ("10个工作日", "十个工作日"),
        ("4项以上", "四项以上"), ("两次", "2次"), ("排名前三", "前3名"), ("15分", "十五分"), ("60分", "六十分"), ("8.5万户", "85000户"),
    ],
)  # fmt: skip
def test_same_figure_in_another_spelling(text: str, source: str) -> None:
    assert missing(text, source) == []


@pytest.mark.parametrize(
    ("text", "source", "wrong"),
    [
        ("最高60万元", "最高50万元", "60万元"),
        ("最高50元", "最高50万元", "50元"),
        ("最高5万元", "最高50万元", "5万元"),
        ("占5%", "占3%", "5%"),
        ("占50%", "得50分", "50%"),
        ("6月30日前", "5月31日前", "6月30日"),
        ("2027年4月1日起", "2026年4月1日起", "2027年4月1日"),
        ("2026年5月1日起", "工信部企业〔2026〕2号，2026年4月1日起", "2026年5月1日"),
        ("2026年4月15日", "2026年4月", "2026年4月15日"),
        ("2026年5月31日前", "每年5月31日前", "2026年5月31日"),
        ("2027年底前", "2026年底前", "2027年"),
        ("有效期3个月", "有效期3年", "3个月"),
        ("有效期3年", "3个月内报告", "3年"),
        ("5个工作日", "5天内", "5个工作日"),
        ("5项以上", "4项以上", "5项"),
        ("6年", "第六条", "6年"),
        ("6个月", "附件3（六）", "6个月"),
        ("排名前五", "排名前三", "五"),
        ("60分", "60%", "60分"),
        ("在2024年", "在2025年", "2024年"),
    ],
)
def test_another_figure(text: str, source: str, wrong: str) -> None:
    assert missing(text, source) == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "一次性奖励",
        "进一步加强",
        "第二十九条",
        "附件3（十）",
        "统一受理",
        "“十四五”期间",
        "千方百计",
        "分三类看",
        "两者都要",
        "这两个名单",
    ],
)
def test_labels_and_idioms_state_no_figure(text: str) -> None:
    assert figures(text) == []


def test_one_source_of_several_is_enough() -> None:
    assert missing("50万元，3年", "最高50万元", "有效期三年") == []
    assert missing("50万元，3年", "最高50万元") == ["3年"]


@given(st.integers(1, 99_999_999))
def test_amounts_in_every_spelling(n: int) -> None:
    spellings = [f"{n}元", f"{n:,}元", f"{cn2an.an2cn(n)}元", f"{n / 10000:.4f}万元"]
    for one in spellings:
        for other in spellings:
            assert missing(one, other) == [], (one, other)
    assert missing(f"{n + 1}元", *spellings) == [f"{n + 1}元"]


@given(
    st.integers(2, 9999),
    st.sampled_from(["年", "个月", "%", "万元", "分", "个工作日"]),
    st.sampled_from(["年", "个月", "%", "万元", "分", "个工作日"]),
)
def test_a_unit_is_part_of_a_figure(n: int, unit: str, other: str) -> None:
    if n >= 1900 and "年" in (unit, other):
        return  # 2026年 names a year
    same = unit == other
    assert (missing(f"共{n}{unit}", f"共{n}{other}") == []) == same


@given(st.text(alphabet="0123456789.,万亿千百十半点零一二两三%成年月日元个分第条（）〔〕号前 ", max_size=60))
def test_a_text_supports_itself(text: str) -> None:
    assert missing(text, text) == []


def test_document_numbers() -> None:
    text = "见工信部企业〔2026〕2号和沪经信规范[2022]8号、青经发（2023）80号"
    assert document_numbers(text) == {("2026", "2"), ("2022", "8"), ("2023", "80")}


@pytest.mark.parametrize("piece", ["1", "一", "1,", "第一", "（一", "〔2026", "5月", "百分之", "1.1.", "前", "十四五"])
def test_no_time_is_lost_on_hostile_runs(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    with patience():
        figures(text)
