"""One cell's text → a value in the canonical unit of its column, or what is wrong with it.

``read_cell`` is called once for every different text of a column, so it may take its time; plain numbers never come
here (see ``clean``). Exact amounts only: about 3000万 is no amount to compare with a threshold.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.batch.columns import FEN, to_cell
from assistant.criteria.words import amount
from assistant.facts.amounts import find_amounts
from assistant.facts.text import normalise
from assistant.sheets.cell_words import BLANK, DONT_KNOW, IS, IS_NOT, LEVELS, NOTHING
from assistant.sheets.layout import Column
from assistant.sheets.raw import ERROR, NO_RESULT, PERCENT, bare
from assistant.sheets.units import FOREIGN
from corpus.criteria_tree import KINDS
from corpus.facts_models import FactEntry
from corpus.quantities import find_quantities

Kind = Literal["plain", "read", "blank", "unsure", "unitless", "vague", "wrong"]
Cell = int | float | bool | str | None
HOW = {
    "money": "写成带单位的金额，如 4800万元", "ratio": "写成百分数，如 3.2%", "count": "写成整数，如 3", "years": "写成年数，如 6年",
    "points": "写成分数，如 62", "flag": "写“是”或“否”", "date": "写成日期，如 2019-03",
}  # fmt: skip
KIND_NAMES = {
    "money": "金额",
    "percent": "百分数",
    "years": "年数",
    "points": "分数",
    "people": "人数",
    "count": "件数",
    "months": "月数",
}
SPOKEN = {
    "money": "money",
    "percent": "ratio",
    "years": "years",
    "points": "points",
    "people": "count",
    "count": "count",
}
SPACES = re.compile(r"[\s\u200b\ufeff\u00a0]+")
CURRENCY = re.compile(r"^(?:人民币|rmb|cny|￥|¥)|(?:人民币|rmb|cny)$")
PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+")
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?e[+-]?\d{1,2}")
MISPLACED = re.compile(r"[+-]?\d[\d,]*,[\d,]*(?:\.\d+)?")
LOSS = re.compile(r"\((.+)\)|(.+)-")
WITH_UNIT = re.compile(
    r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\(?(亿元?|千万元?|百万元?|万元?|千元|元|w|%|‰|分|项|个|件|人|名|年|位|家|篇)\)?整?"
)
WORTH = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "w": 10**4, "千": 10**3, "": 1}
SHARES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
COUNTED = "项个件人名位家篇"
BIG = re.compile(r"[万亿元块]")
DATE = re.compile(
    r"(\d{4})(?:[-年./]?(\d{1,2})(?:[-月./]?(\d{1,2}))?)?[年月日号]?(?:[t ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
FIRST_SERIAL, LAST_SERIAL = 7_000, 80_000
EPOCH = 693_594  # 1899-12-30, from which spreadsheets count days


@dataclass(frozen=True)
class Read:
    """A value in its column's type (None: unknown), how it came about, and a sentence where there is something to
    say. ``plain`` and ``blank`` need no word; ``unitless`` is a number that lacks the column's unit."""

    value: Cell
    kind: Kind
    note: str = ""


def read_cell(raw: str, column: Column) -> Read:
    """One text of a column."""
    if raw == NO_RESULT:
        return Read(None, "wrong", "公式没有存下计算结果，请在表格软件里打开、重新计算后保存。")
    if raw.startswith(ERROR):
        return Read(None, "wrong", f"公式出错（{bare(raw)}），请改好公式。")
    entry, text = column.entry, SPACES.sub("", unicodedata.normalize("NFKC", bare(raw))).lower().lstrip("'")
    if text in BLANK:
        return Read(None, "blank")
    if text in DONT_KNOW:
        return Read(None, "unsure")
    match entry.type:
        case "flag":
            return _flag(text)
        case "choice":
            return _choice(text, entry)
        case "date":
            return _date(text)
    return _number(raw, text, column)


def _flag(text: str) -> Read:
    if text in IS or text in IS_NOT:
        return Read(text in IS, "plain")
    return Read(None, "wrong", f"看不出是还是否，请{HOW['flag']}。")


def _choice(text: str, entry: FactEntry) -> Read:
    if not entry.choices:
        return Read(text, "plain")
    by_label = {unicodedata.normalize("NFKC", label).lower(): choice for choice, label in entry.choice_labels.items()}
    if text in entry.choices:
        return Read(text, "plain")
    if text in by_label:
        return Read(by_label[text], "plain")
    if text in NOTHING and "none" in entry.choices:
        return Read("none", "plain")
    for choice, said in LEVELS.items():
        if text in said and choice in entry.choices:
            return Read(choice, "read", f"按“{entry.choice_labels.get(choice, choice)}”读。")
    names = "、".join(entry.choice_labels.get(choice, choice) for choice in entry.choices)
    return Read(None, "wrong", f"只能填：{names}。")


def _date(text: str) -> Read:
    if text.isdigit() and FIRST_SERIAL < int(text) < LAST_SERIAL and not 1900 <= int(text) <= 2100:
        from datetime import date

        day = date.fromordinal(EPOCH + int(text))
        return Read(day.year * 10_000 + day.month * 100 + day.day, "read", f"按日期序号读成 {day.isoformat()}。")
    match = DATE.fullmatch(text)
    if match is None or not (1 <= int(match[2] or 1) <= 12 and 1 <= int(match[3] or 1) <= 31):
        return Read(None, "wrong", f"不是日期，请{HOW['date']}。")
    year, month, day_ = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    return Read(year if not month else year * 10_000 + month * 100 + day_, "plain")


def _number(raw: str, text: str, column: Column) -> Read:
    entry, percent = column.entry, raw.endswith(PERCENT)
    body, sign, signed = CURRENCY.sub("", text), 1, ""
    if FOREIGN.search(body) or "$" in body or "€" in body:
        return Read(None, "wrong", "是外币，不能直接同人民币的门槛比，请折成人民币。")
    if (loss := LOSS.fullmatch(body)) and PLAIN.fullmatch(loss[1] or loss[2]):
        body, sign, signed = loss[1] or loss[2], -1, "按负数读："
    elif body.startswith("负"):
        body, sign = body[1:], -1
    if PLAIN.fullmatch(body) or SCIENTIFIC.fullmatch(body):
        value = sign * Fraction(body.replace(",", "").rstrip(".") or "0")
        if percent and entry.type == "ratio":
            return _kept(value, entry, "read" if signed else "plain", signed)
        if percent:
            return Read(None, "wrong", f"单元格是百分比格式，这一列要{HOW[entry.type]}。")
        if column.factor is None and entry.type in ("money", "ratio"):
            return Read(None, "unitless")
        plain = body.isascii() and "," not in body and "e" not in body and not signed
        return _kept(value * (column.factor or 1), entry, "plain" if plain else "read", signed)
    if MISPLACED.fullmatch(body):
        return Read(None, "wrong", "千分位逗号的位置不对，不知道是多少，请核对。")
    if text in NOTHING:
        return _nothing(entry)
    if match := WITH_UNIT.fullmatch(body):
        return _with_unit(sign * Fraction(match[1].replace(",", "")), match[2], entry)
    return _in_words(sign, body, column)


def _nothing(entry: FactEntry) -> Read:
    """ "没有" is a zero where things are counted or money came in, and no answer elsewhere."""
    if entry.type == "count" or (entry.type == "money" and entry.period == "span"):
        return _kept(Fraction(0), entry, "read", "")
    return Read(None, "wrong", "“无”不知道是零还是没有数据；是零就填 0，没有数据就留空。")


def _with_unit(number: Fraction, unit: str, entry: FactEntry) -> Read:
    if unit in SHARES:
        fits, value = entry.type == "ratio", number * SHARES[unit]
    elif unit in COUNTED:
        fits, value = entry.type == "count", number
    elif unit == "分" and entry.type == "points":
        fits, value = True, number
    elif unit == "年":
        fits, value = entry.type == "years", number
    else:
        fits = entry.type == "money" and unit != "分"
        value = number * WORTH.get(unit.removesuffix("元"), 1)
    if not fits:
        return Read(None, "wrong", f"单位是“{unit}”，这一列要{HOW[entry.type]}。")
    return _kept(value, entry, "read", "")


def _in_words(sign: int, body: str, column: Column) -> Read:
    """Chinese numerals, amounts with their unit apart, and amounts that are only about so much."""
    entry, text = column.entry, body.strip("()") if body.startswith("(") else body
    found = find_quantities(text)
    if len(found) == 1 and found[0].text == text:
        quantity = found[0]
        kind = KINDS.get(quantity.kind)
        if kind == entry.type:
            return _kept(sign * quantity.value, entry, "read", "")
        if quantity.kind == "number":
            if entry.type == "money" and BIG.search(text):
                return _kept(sign * quantity.value, entry, "read", "")
            if entry.type == "money" and re.search(r"\d[十百千]", text):
                return Read(None, "wrong", f"单位不完整，请{HOW['money']}。")
            if column.factor is None and entry.type in ("money", "ratio"):
                return Read(None, "unitless")
            return _kept(sign * quantity.value * (column.factor or 1), entry, "read", "")
    said = [a for a in find_amounts(normalise(text)) if a.end - a.start >= 0.6 * len(text)]
    if len(said) == 1 and not said[0].is_exact:
        return Read(None, "vague", _vague(said[0].lo, said[0].hi, said[0].kind, entry))
    whole = len(said) == 1 and said[0].lo is not None and said[0].end - said[0].start == len(text)
    if whole and SPOKEN.get(said[0].kind) == entry.type and (entry.type != "money" or BIG.search(text)):
        return _kept(sign * (said[0].lo or Fraction(0)), entry, "read", "")
    others = {KIND_NAMES[a.kind] for a in said if a.kind in KIND_NAMES}
    what = f"看起来是{'、'.join(sorted(others))}，" if others and len(said) == 1 else ""
    return Read(None, "wrong", f"读不懂，{what}请{HOW[entry.type]}。")


def _vague(lo: Fraction | None, hi: Fraction | None, kind: str, entry: FactEntry) -> str:
    usual = SPOKEN.get(kind, "count")
    ends = [None if end is None else amount(end, usual, entry.unit) for end in (lo, hi)]
    between = "、".join(f"{word}{end}" for word, end in zip(("不少于", "不多于"), ends, strict=True) if end)
    return f"是大概的数（{between}），不能同门槛比，按不知道算。请{HOW[entry.type]}。"


def _kept(value: Fraction, entry: FactEntry, kind: Kind, note: str) -> Read:
    """The value as its column holds it; parts of a 分 are rounded, and that is said."""
    if entry.type == "money" and (value * FEN).denominator != 1 and abs(value) < 10**15:
        rounded = Fraction(round(value * FEN), FEN)
        return Read(to_cell(rounded, entry), "read", f"{note}四舍五入到分：{amount(rounded, 'money')}。")
    cell = to_cell(value, entry)
    if cell is None:
        why = "应当是整数" if entry.type == "count" and abs(value) < 10**15 else "大得不可能"
        return Read(None, "wrong", f"{why}，请核对。")
    words = amount(value, entry.type, entry.unit)
    return Read(cell, kind, f"{note}{words}。" if kind == "read" else "")
