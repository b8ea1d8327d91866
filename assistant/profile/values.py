"""Values as they are typed into a form and shown in it: the unit stands beside the field, so it need not be typed."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from assistant.criteria.bounds import check_bounds
from assistant.criteria.facts_file import BETWEEN, HOW_TO_WRITE, read_value
from assistant.criteria.words import decimal
from assistant.errors import BadInput
from assistant.facts.describe import label
from assistant.facts.values import Value
from corpus.facts_models import FactEntry, load_dictionary, split_key
from corpus.quantities import fold

UNITS = {"money": "万元", "ratio": "%", "years": "年", "points": "分"}
"""What a plain number in a field counts."""
SCALES = {"money": Fraction(10_000), "ratio": Fraction(1, 100)}
PLACES = 10
PLAIN = re.compile(r"[-负]?\d[\d,]*(?:\.\d+)?")
AMOUNT = re.compile(r"[-负]?\d[\d,]*(?:\.\d+)?\s*(?P<unit>[%％万亿元千百]*)")
NONE = ("没有", "无", "零")
YEARS = range(1990, 2101)
LONGEST = 100


def unit_of(entry: FactEntry) -> str:
    """The unit that stands beside the field of a fact; empty where there is none."""
    if entry.type == "date":
        return ""
    return UNITS.get(entry.type, entry.unit)


def read(key: str, raw: Any, today: date) -> Value:
    """The value of a fact as typed (``4800``, ``4800万``, ``3000到4000``, ``不清楚``, true). A plain number counts in the
    unit of the field. Raises BadInput with a sentence."""
    entry = entry_of(key)
    text = "" if isinstance(raw, bool) else " ".join(str(raw).split())
    if not isinstance(raw, bool) and not text:
        raise BadInput(f"“{label(key)}”没有填。要去掉它请用删除。")
    if len(text) > LONGEST:
        raise BadInput(f"“{label(key)}”太长了，只写数或者选项。")
    try:
        value = read_value(raw if isinstance(raw, bool) else with_units(text, entry), entry)
    except ValueError as error:
        raise BadInput(f"“{label(key)}”填的“{text}”看不懂，{_how(entry, str(error))}；不知道就填“不清楚”。") from error
    wrong = check_bounds({key: value}, load_dictionary(), today)
    if wrong:
        raise BadInput(wrong[0].sentence)
    return value


def entry_of(key: str) -> FactEntry:
    """The entry of a key such as ``revenue@2025``. Raises BadInput where the key is none."""
    dictionary = load_dictionary()
    fact, mark, year = key.partition("@")
    if fact not in dictionary:
        raise BadInput(f"没有编号为“{key[:60]}”的事实。")
    entry = dictionary[fact]
    if entry.period == "now" and mark:
        raise BadInput(f"“{entry.label}”不分年度，编号就写 {fact}。")
    if entry.period != "now" and not (re.fullmatch(r"\d{4}", year) and int(year) in YEARS):
        raise BadInput(f"“{entry.label}”要写明年度，编号像 {fact}@2025 这样。")
    return entry


def with_units(text: str, entry: FactEntry) -> str:
    """``text`` with the unit of the field after every number that has none: 4800 → 4800万元, 3到4% → 3%到4%."""
    if text in NONE and entry.type in ("money", "count"):
        text = "0"
    if entry.type not in SCALES:
        return text
    text = fold(text)
    if PLAIN.fullmatch(text):
        return text + UNITS[entry.type]
    units = [match["unit"] for match in AMOUNT.finditer(text)]
    said = next((unit for unit in reversed(units) if unit), UNITS[entry.type])
    if not (BETWEEN.match(text) or len(units) == 1):
        return text
    return AMOUNT.sub(lambda match: match[0] if match["unit"] else match[0].rstrip() + said, text)


def written(key: str, value: Value) -> str:
    """The value as it stands in its field: the number without its unit, 是 or 否, the id of a choice, 不清楚."""
    entry = load_dictionary().of_key(key)
    if value.state != "known":
        return "不清楚" if value.state == "uncertain" else "不适用"
    if value.choice is not None:
        return value.choice if value.flag is not False else ""
    if value.flag is not None:
        return "是" if value.flag else "否"
    lo, hi = (None if end is None else _plain(end, entry) for end in (value.lo, value.hi))
    if lo is None and hi is None:
        return ""
    if lo is not None and hi is not None:
        return lo if lo == hi else f"{lo}到{hi}"
    return f"{lo}以上" if lo is not None else f"{hi}以下"


def _plain(number: Fraction, entry: FactEntry) -> str:
    if entry.type == "date":
        packed = str(int(number))
        parts = [packed[:4], packed[4:6], packed[6:8]]
        return "-".join(part for part in parts if part.strip("0"))
    return decimal(number / SCALES.get(entry.type, Fraction(1)), PLACES)


def hint(entry: FactEntry) -> str:
    """How the value is to be written, with the unit of the field in mind."""
    if entry.type in ("flag", "choice"):
        return ""
    if entry.type == "date":
        return HOW_TO_WRITE["date"]
    unit = unit_of(entry)
    return f"填数字，单位{unit}" if unit else "填数字"


def _how(entry: FactEntry, said: str) -> str:
    if entry.type == "flag":
        return "要填是或否"
    return said if entry.type in ("choice", "date") else f"要{hint(entry)}"


def order_of(key: str) -> tuple[int, int]:
    """Where a fact stands among others: as in the dictionary, the newest year first."""
    fact, year = split_key(key)
    return list(load_dictionary().entries).index(fact), -(year or 0)
