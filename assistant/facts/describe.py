"""Facts in words, as they are shown for confirmation: 2025年营业收入：4800万元."""

from __future__ import annotations

from fractions import Fraction

from assistant.answer import Understood
from assistant.facts.values import Statement, Value
from corpus.facts_models import FactEntry, load_dictionary, split_key

_WAN, _YI = 10**4, 10**8


def describe(statement: Statement) -> Understood:
    """The statement as label with its year, value in words, and what was said."""
    value = words_of(statement.key, statement.value)
    if statement.year_assumed and "@" in statement.key:
        value += "（没说哪年，按这一年算）" if load_dictionary().of_key(statement.key).period == "year" else ""
    return Understood(fact=statement.key, label=label(statement.key), value=value, said=statement.text)


def label(fact_key: str) -> str:
    """``"revenue@2025"`` → ``"2025年营业收入"``."""
    fact, year = split_key(fact_key)
    entry = load_dictionary()[fact]
    if year is None:
        return entry.label
    if entry.period == "span":
        return f"{entry.label}（{year - 1}—{year}年）"
    return (
        f"{year}年{entry.label}"
        if not entry.label.startswith(("截至", "年末"))
        else f"{year}{entry.label}"
        if entry.label.startswith("年末")
        else f"{entry.label}（{year}年末）"
    )


def words_of(fact_key: str, value: Value) -> str:
    """A value of a fact as people write it: 4800万元, 3%到4%, 不到100万元, 是, 省部级, 不清楚."""
    entry = load_dictionary().of_key(fact_key)
    if value.state == "uncertain":
        return "不清楚"
    if value.state == "not_applicable":
        return "不适用"
    if value.choice is not None and value.flag is False:
        return f"不是{entry.choice_labels.get(value.choice, value.choice)}"
    if value.flag is not None:
        return "是" if value.flag else "否"
    if value.choice is not None:
        return entry.choice_labels.get(value.choice, value.choice)
    return _range(entry, value)


def _range(entry: FactEntry, value: Value) -> str:
    lo, hi = value.lo, value.hi
    if lo is not None and lo == hi:
        return _one(entry, lo)
    if lo is None and hi is None:
        return "没有说具体数"
    if hi is None and lo is not None:
        return ("至少" if value.lo_closed else "超过") + _one(entry, lo)
    if hi is not None and (lo is None or lo == 0):
        return ("不超过" if value.hi_closed else "不到") + _one(entry, hi)
    if lo is None or hi is None:
        return "没有说具体数"
    return f"{_one(entry, lo)}到{_one(entry, hi)}" + ("" if value.hi_closed else f"（不到{_one(entry, hi)}）")


def _one(entry: FactEntry, number: Fraction) -> str:
    if entry.type == "money":
        return _money(number)
    if entry.type == "ratio":
        return f"{_plain(number * 100)}%"
    if entry.type == "date":
        return _date(int(number))
    unit = {"years": "年", "points": "分"}.get(entry.type, entry.unit)
    if unit == "名":
        return f"第{_plain(number)}名"
    return f"{_plain(number)}{unit}"


def _money(number: Fraction) -> str:
    if abs(number) >= _YI and (number / _YI * 100).denominator == 1:
        return f"{_plain(number / _YI)}亿元"
    if abs(number) >= _WAN or number == 0:
        return f"{_plain(number / _WAN)}万元" if number else "0元"
    return f"{_plain(number)}元"


def _date(packed: int) -> str:
    year, month = (packed, 0) if packed < 10**4 else (packed // 10**4, packed // 100 % 100)
    return f"{year}年{month}月" if month else f"{year}年"


def _plain(number: Fraction) -> str:
    """At most four decimals, none that are zero."""
    rounded = f"{float(number):.4f}" if number.denominator != 1 else str(number.numerator)
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
