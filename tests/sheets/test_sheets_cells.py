from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sheets.cells import Read, read_cell
from assistant.sheets.clean import clean_column
from assistant.sheets.layout import Column
from assistant.sheets.raw import ERROR, NO_RESULT, PERCENT
from assistant.sheets.units import Unit, unit_named

DAY = date(2026, 11, 21)
FEN_IN_WAN = 1_000_000


def column(fact: str, unit: str | None = None) -> Column:
    return Column(0, "列", "fact", fact, 2025, unit_named(unit) if unit else None)


def values(cells: list[str], of: Column, usual: int | None = None) -> list[object]:
    return clean_column(pl.Series(cells, dtype=pl.String), of, usual, DAY)[0].to_list()


def kinds(cells: list[str], of: Column, usual: int | None = None) -> list[tuple[str, str]]:
    lines = clean_column(pl.Series(cells, dtype=pl.String), of, usual, DAY)[1]
    return list(lines.select("written", "kind").iter_rows())


@pytest.mark.parametrize(
    "text",
    ["4800", "4,800", "4800.00", "4,800万", "4800万元", "４８００", "４，８００万", "4 800 万元", "¥4,800万", "人民币4800万元", "4800w", "48,000,000元",
     "48000000元", "0.48亿", "0.48亿元", "四千八百万", "四千八百", "肆仟捌佰万元", "4.8e3", "'4800", "4800（万元）", "+4800", "48000千元", "48百万元"],
)  # fmt: skip
def test_an_amount_in_any_spelling(text: str) -> None:
    assert values([text], column("revenue", "万元")) == [4800 * FEN_IN_WAN]


@pytest.mark.parametrize(
    "text", ["3.2%", "3.2％", "３．２％", "百分之三点二", "3.2", "32‰", "0.032" + PERCENT, "3.2个百分点", "3.20 %"]
)
def test_a_share_in_any_spelling(text: str) -> None:
    assert values([text], column("rd_ratio", "%")) == [0.032]


@pytest.mark.parametrize(
    "text", ["约3000万", "3000万左右", "3000多万", "3000-4000万", "不低于3000万", "3000万以上", "近3000万", "三四千万"]
)
def test_about_so_much_is_unknown_and_said(text: str) -> None:
    read = read_cell(text, column("revenue", "万元"))
    assert (read.value, read.kind) == (None, "vague")
    assert "大概" in read.note


@pytest.mark.parametrize(
    ("text", "part"),
    [("4,80", "逗号"), ("4800万美元", "外币"), ("$4800", "外币"), ("3.2%", "单位"), ("4800人", "单位"), ("见附件", "读不懂"), ("4.8千", "单位不完整"),
     ("无", "零"),
     ("2019-03-15 00:00:00", "读不懂"), ("9" * 25, "大得不可能"), (NO_RESULT, "公式没有"), (ERROR + "#DIV/0!", "#DIV/0!"), ("0.5" + PERCENT, "百分比格式")],
)  # fmt: skip
def test_what_is_no_amount_is_named(text: str, part: str) -> None:
    read = read_cell(text, column("revenue", "万元"))
    assert (read.value, read.kind) == (None, "wrong")
    assert part in read.note


@pytest.mark.parametrize("text", ["", "-", "—", "/", "n/a", "暂无"])
def test_a_blank_needs_no_word(text: str) -> None:
    assert read_cell(text, column("revenue", "万元")) == Read(None, "blank")


def test_not_known_is_counted_apart() -> None:
    assert kinds(["不清楚", "待查", "5"], column("revenue", "万元")) == [("不清楚", "unsure"), ("待查", "unsure")]


@pytest.mark.parametrize(
    ("text", "flag"), [("是", True), ("有", True), ("√", True), ("Y", True), ("1", True), ("TRUE", True), ("符合", True),
                       ("否", False), ("无", False), ("×", False),
                       ("n", False), ("0", False), ("没有", False), ("是（2023年）", None), ("2", None)]
)  # fmt: skip
def test_yes_and_no(text: str, flag: bool | None) -> None:
    assert values([text], column("is_sme")) == [flag]


def test_levels_counts_years_and_dates() -> None:
    assert values(["省级", "无", "国家级", "区里的"], column("rd_institution")) == [
        "provincial",
        "none",
        "national",
        None,
    ]
    assert values(["3", "3.0", "两项", "无", "2.5"], column("class_1_ip")) == [3, 3, 2, 0, None]
    assert values(["6年", "三年半", "6"], column("niche_years")) == [6.0, 3.5, 6.0]
    assert values(["2019-03-15 00:00:00", "2019年3月", "2019", "43539"], column("niche_start")) == [20190315, 20190300, 2019, 20190315]  # fmt: skip


def test_impossible_values_stay_and_are_said() -> None:
    assert values(["-5"], column("revenue", "万元")) == [-5 * FEN_IN_WAN]
    assert kinds(["-5", "6"], column("revenue", "万元")) == [("-5", "absurd")]
    assert kinds(["120%"], column("rd_ratio", "%")) == [("120%", "absurd")]
    assert kinds(["（300）"], column("revenue", "万元")) == [("（300）", "read"), ("（300）", "absurd")]


def test_an_amount_in_the_wrong_unit_is_taken_out() -> None:
    usual = 3000 * FEN_IN_WAN
    assert values(["3100", "30000000"], column("revenue", "万元"), usual) == [3100 * FEN_IN_WAN, None]
    assert kinds(["3100", "30000000"], column("revenue", "万元"), usual) == [("30000000", "unit")]


def test_numbers_without_a_unit_are_not_used() -> None:
    assert values(["4800", "4800万"], column("revenue")) == [None, 4800 * FEN_IN_WAN]
    assert values(["3.2", "3.2%", "0.032" + PERCENT], column("rd_ratio")) == [None, 0.032, 0.032]


def test_parts_of_a_fen_are_rounded_and_said() -> None:
    assert values(["4800.1234567"], column("revenue", "万元")) == [4_800_123_457]
    assert kinds(["4800.1234567"], column("revenue", "万元")) == [("4800.1234567", "read")]


def test_typed_columns() -> None:
    assert clean_column(pl.Series([4800.1, None, float("nan")]), column("revenue", "万元"), None, DAY)[0].to_list() == [4_800_100_000, None, None]  # fmt: skip
    shares = pl.Series([0.03, 0.07], dtype=pl.Float32)
    assert clean_column(shares, Column(0, "", "fact", "rd_ratio", 2025, Unit("小数")), None, DAY)[0].to_list() == [
        0.03,
        0.07,
    ]
    assert clean_column(pl.Series([3.0, 7.0]), column("rd_ratio", "%"), None, DAY)[0].to_list() == [0.03, 0.07]
    assert clean_column(pl.Series([1, 0]), column("is_sme"), None, DAY)[0].to_list() == [True, False]
    assert clean_column(pl.Series([2**62]), column("revenue", "亿元"), None, DAY)[0].to_list() == [None]
    assert clean_column(pl.Series([date(2019, 3, 15)]), column("niche_start"), None, DAY)[0].to_list() == [20190315]


amounts = st.integers(0, 10**13)  # 分


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c in ",.%" else c for c in text)


SPELLINGS = {
    "万元列": ("万元", lambda yuan: f"{decimal(yuan / 10_000)}"),
    "万": ("万元", lambda yuan: f"{decimal(yuan / 10_000)}万"),
    "万元": ("元", lambda yuan: f"{grouped(yuan / 10_000)}万元"),
    "全角": ("万元", lambda yuan: _wide(f"{grouped(yuan / 10_000)}万")),
    "元": ("万元", lambda yuan: f"¥{grouped(yuan)}元"),
    "亿元": ("元", lambda yuan: f" {decimal(yuan / 10**8)} 亿元 "),
    "千元列": ("千元", lambda yuan: grouped(yuan / 1000)),
}


def decimal(number: Fraction) -> str:
    digits = f"{int(number * 10**10):011d}"
    return f"{digits[:-10]}.{digits[-10:]}".rstrip("0").rstrip(".")


def grouped(number: Fraction) -> str:
    whole, dot, part = decimal(number).partition(".")
    return f"{int(whole):,}{dot}{part}"


@given(fen=amounts, spelling=st.sampled_from(sorted(SPELLINGS)))
def test_what_is_written_reads_back_to_the_same_amount(fen: int, spelling: str) -> None:
    unit, say = SPELLINGS[spelling]
    assert values([say(Fraction(fen, 100))], column("revenue", unit)) == [fen]


@given(tenths=st.integers(0, 10_000))
def test_shares_read_back_to_the_same_decimal(tenths: int) -> None:
    share = Fraction(tenths, 100)  # in percent
    exact = float(share / 100)
    for text in (f"{decimal(share)}%", f"{decimal(share)}％", _wide(f"{decimal(share)}%"), decimal(share)):
        assert values([text], column("debt_ratio", "%")) == [exact]
    assert values([decimal(share / 100) + PERCENT], column("debt_ratio", "%")) == [exact]


@given(
    st.lists(st.text(max_size=12), max_size=8),
    st.sampled_from(["revenue", "rd_ratio", "class_1_ip", "is_sme", "rd_institution", "niche_start"]),
)
def test_any_text_is_read_or_named_and_never_stops_the_rest(cells: list[str], fact: str) -> None:
    series = pl.Series([c.strip() or None for c in cells], dtype=pl.String)
    found, lines = clean_column(series, column(fact, "万元" if fact == "revenue" else None), None, DAY)
    assert found.len() == len(cells)
    assert lines["at"].max() is None or lines["at"].max() < len(cells)  # type: ignore[operator]
