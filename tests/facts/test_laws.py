"""Laws of reading: nothing sent raises, time is linear, spelling is no matter, questions say nothing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import patience

from assistant.facts.describe import describe, words_of
from assistant.facts.extract import extract
from assistant.facts.values import Value
from corpus.facts_models import load_dictionary

TODAY = date(2026, 11, 21)
KEYS = [
    "revenue@2025",
    "class_1_ip",
    "holds_innovative",
    "award_level_l3y",
    "niche_years@2025",
    "award_rank",
    "niche_start",
]
KNOWN = {"class_1_ip": Value.exact(4), "abnormal_listed_now": Value.yes(True), "revenue@2025": Value.exact(10**7)}
PIECES = [
    "去年", "前年", "今年", "近两年", "每年", "2024年", "23年", "营收", "研发", "主营", "占", "负债率", "评分",
    "3000万", "一亿半", "3%", "百分之三点几", "九成多", "62分", "6年", "第三", "前三", "不到", "至少", "左右",
    "发明专利", "2个", "买来的", "在审", "在用", "没有", "不是", "忘了", "不知道", "其他", "都达标", "除了",
    "以外", "如果", "要", "才行吗", "吗", "？", "，", "。", "、", "（", "）", "不对", "是", "专精特新",
    "小巨人", "创新型", "复核", "首次", "报", "失信名单", "异常名录", "移出", "省科技进步奖", "排",
    "企业技术中心", "省级", "撤销", "两年", "造假", "投了", "到账", "做了", "2018年起", "合计", "分别", "和",
    "改成", "没机构投", "其中1件", "被罚", "还在名录里", "2027年那一轮", "差", "到", "听说", "以前是", "四舍五入", "：", "无",
    "-", "1、", "2.", "万", "亿", "一", "几", "半", "员工", "120人", "三十来号人", "科技人员", "研发人员", "软著", "实用新型", "美国专利",
    "高价值专利", "高企", "过期了", "我们", "做软件的", "制造业", "批发", "客户", "给", "净利润", "亏了", "成本费用", "上市", "偷税",
    "主导制定行业标准", "近三年", "ii类知识产权", "其余都是实用新型",
]  # fmt: skip
HOSTILE = [
    "1", "一", "去年", "营收", "1万", "百分之", "3%", "如果", "专精特新", "到期专精特新", "其他都", "除了",
    "除", "以外", "发明3个，", "创新型、", "失信", "，", "没", "研发120万，", "前年去年", "省科技进步奖排第",
    "做了3年", "2018年起做", "撤销两年，", "投了2000万，", "不清楚", "\n", "1. ", "（", "其他（", "1亿2", "-1",
    "没机构投，", "研发没做，", "环保罚了，", "名单移没移出，", "2027年那一轮", "没有一条不", "差1分到", "四舍五入", "创新型没有，",
    "奖和机构都", "没有", "都没有", "机构", "一个都没", "唯一发明", "以前是3%，", "听说", "该有的都", "权利人第四，", "其他业务占3%，",
    "没事故、", "a", "😀", "\u200b", "2025年", "营收1，", "1,", "0.", "百分之一点",
    "软著1个，", "做软件", "给客户做软件，", "高企，", "亏了1万，", "美国专利1件，", "员工1人，", "科技人员占", "没上市，", "主导", "我们",
]  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = extract(text, as_of=TODAY, expecting=KEYS)
    assert [text[s.start : s.end] for s in found.statements] == [s.text for s in found.statements]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=24), st.lists(st.sampled_from(KEYS), max_size=3))
def test_any_run_of_its_own_words_is_read(words: list[str], expecting: list[str]) -> None:
    text = "".join(words)
    found = extract(text, as_of=TODAY, expecting=expecting, about="负债率要多少", known=KNOWN)
    assert found == extract(text, as_of=TODAY, expecting=expecting, about="负债率要多少", known=KNOWN)
    for statement in found.statements:
        entry = load_dictionary().of_key(statement.key)
        value = statement.value
        assert statement.text
        assert ("@" in statement.key) == (entry.period != "now")
        assert value.state == "uncertain" or (value.flag is not None) == (entry.type == "flag")
        assert value.choice is None or value.choice in entry.choices
        assert value.lo is None or value.hi is None or value.lo <= value.hi
        assert describe(statement).value


@pytest.mark.parametrize("sign", HOSTILE)
def test_a_hundred_thousand_hostile_signs(sign: str) -> None:
    with patience():
        extract(sign * (100_000 // len(sign)), as_of=TODAY, expecting=KEYS)


def ten_spellings(n: int) -> list[str]:
    """``n`` 万元 as ten people write it."""
    chinese = in_chinese(n)
    return [
        f"{n}万元", f"{n}万", f"{n * 10000}元", f"{n * 10000:,}元", f"{n} 万元", f"{n}w", f"人民币{n}万元整",
        f"{chinese}万", f"{chinese}万元", "".join(chr(ord(c) + 0xFEE0) for c in str(n)) + "万元",
    ]  # fmt: skip


def in_chinese(n: int) -> str:
    """A number under 10,000 in Chinese numerals."""
    digits, signs, words, gap = "零一二三四五六七八九", ["", "十", "百", "千"], "", False
    for place in range(len(str(n)) - 1, -1, -1):
        digit = n // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + signs[place]
        gap = not digit
    return words


@given(st.integers(1, 9999))
def test_an_amount_does_not_hang_on_its_spelling(n: int) -> None:
    for words in ten_spellings(n):
        value = extract(f"去年营收{words}", as_of=TODAY).facts["revenue@2025"]
        assert value.is_exact, words
        assert value.lo == n * 10_000, words


@given(st.integers(1, 999))
def test_a_percentage_does_not_hang_on_its_spelling(tenths: int) -> None:
    whole, rest = divmod(tenths, 10)
    spoken = (in_chinese(whole) or "零") + (f"点{'零一二三四五六七八九'[rest]}" if rest else "")
    plain = f"{whole}.{rest}" if rest else f"{whole}"
    for words in (
        f"{plain}%",
        f"{plain}％",
        f"{plain} %",
        f"百分之{spoken}",
        f"百分之{plain}",
        f"{plain}个百分点",
        f"{plain}个点",
    ):
        value = extract(f"负债率{words}", as_of=TODAY).facts["debt_ratio@2025"]
        assert (value.lo, value.hi) == (Fraction(tenths, 1000), Fraction(tenths, 1000)), words


@given(
    st.integers(100, 9000),
    st.sampled_from(
        ["如果去年营收{}万", "营收要{}万才行吗", "门槛是营收{}万吗", "今年预计营收{}万", "同行的公司营收{}万"]
    ),
)
def test_what_is_not_asserted_is_no_fact(n: int, frame: str) -> None:
    assert extract(frame.format(n), as_of=TODAY).facts == {}


@given(st.integers(2020, 2035), st.integers(1, 12))
def test_years_count_from_the_day_asked(year: int, month: int) -> None:
    found = extract("去年营收3000万，前年2600万，今年评分62分", as_of=date(year, month, 1))
    assert sorted(found.facts) == [f"development_score@{year}", f"revenue@{year - 2}", f"revenue@{year - 1}"]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("revenue@2025", Value.exact(48_000_000), "4800万元"),
        ("revenue@2025", Value.exact(120_000_000), "1.2亿元"),
        ("rd_ratio@2025", Value.interval(Fraction(3, 100), Fraction(4, 100), hi_closed=False), "3%到4%（不到4%）"),
        ("rd_expense@2025", Value.interval(Fraction(0), Fraction(10**6), hi_closed=False), "不到100万元"),
        ("debt_ratio@2025", Value.interval(Fraction(6, 10), None), "至少60%"),
        ("holds_innovative", Value.yes(True), "是"),
        ("award_level_l3y", Value.one_of("provincial"), "省部级"),
        ("niche_start", Value.exact(20230700), "2023年7月"),
        ("niche_start", Value.exact(20180000), "2018年"),
        ("award_rank", Value.exact(2), "第2名"),
        ("debt_ratio@2025", Value.uncertain(), "不清楚"),
    ],
)
def test_values_in_words(key: str, value: Value, words: str) -> None:
    assert words_of(key, value) == words


def test_an_assumed_year_is_said() -> None:
    (statement,) = extract("营收4800万", as_of=TODAY).statements
    shown = describe(statement)
    assert (shown.label, shown.said) == ("2025年营业收入", "营收4800万")
    assert "没说哪年" in shown.value


def test_a_conflict_names_both_values_and_the_key() -> None:
    (problem,) = extract("去年营收3000万。营收去年有3500万", as_of=TODAY).problems
    assert problem.keys == ["revenue@2025"]
    assert "3000万元" in problem.sentence
    assert "3500万元" in problem.sentence


def test_a_year_to_come_is_no_fact_yet() -> None:
    (problem,) = extract("2027年营收3000万", as_of=TODAY).problems
    assert (problem.kind, problem.keys) == ("impossible", ["revenue@2027"])
