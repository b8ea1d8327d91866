"""Company facts from a YAML or JSON mapping, as written by hand::

    revenue: {2025: 1480万元}
    debt_ratio: {2025: 45%}        # or debt_ratio@2025: 45%; without a year it is the last accounting year
    class_1_ip: 2
    is_sme: true
    award_rank: 不清楚

Facts may be named by id or by label. Keys of ``META`` (title, track …) belong to the caller and are passed over.
"""

from __future__ import annotations

import difflib
import re
from datetime import date
from fractions import Fraction
from typing import Any

from assistant.errors import BadInput
from assistant.facts.values import Facts, Problem, Value
from corpus.criteria_tree import KINDS
from corpus.facts_models import Dictionary, FactEntry, load_dictionary
from corpus.quantities import find_quantities, fold

META = {
    "title",
    "track",
    "place",
    "as_of",
    "round",
    "round_year",
    "rest_affirmed",
    "excluded",
    "started",
    "name",
    "titles",
    "events",
}
YES = {"是", "有", "yes", "y", "true", "对"}
NO = {"否", "没有", "无", "不是", "no", "n", "false"}
UNSURE = {"不清楚", "不知道", "不确定", "说不清", "待查", "uncertain"}
NOT_APPLICABLE = {"不适用", "not_applicable"}
AT_LEAST = re.compile(r"^(?:>=|≥|不低于|不少于|至少)\s*(.+)$|^(.+?)(?:以上|及以上)$")
AT_MOST = re.compile(r"^(?:<=|≤|不超过|不高于|至多)\s*(.+)$|^(.+?)(?:以下|以内)$")
BETWEEN = re.compile(r"^(.+?)(?:到|至|~|～|—)(.+)$")
HOW_TO_WRITE = {
    "money": "带单位的金额，例如 1480万元",
    "ratio": "百分数，例如 45%",
    "years": "年数，例如 3年",
    "points": "分数，例如 62分",
    "count": "整数，例如 2",
    "flag": "true 或 false",
    "date": "日期，例如 2019-03 或 2019年3月",
}


class FactsError(BadInput):
    """The mapping cannot be read; the message names every place and says how to write it."""


def facts_from_mapping(data: dict[str, Any], *, last_year: int | None = None) -> tuple[Facts, list[Problem]]:
    """Facts of a mapping, and what is contradictory in it (a fact that is given twice with different values).

    ``last_year`` is the accounting year of values without one (default: last year). Raises FactsError
    naming every unknown fact and unreadable value.
    """
    dictionary, facts = load_dictionary(), Facts()
    year_meant = last_year if last_year is not None else date.today().year - 1
    errors: list[str] = []
    problems: list[Problem] = []
    labels = {entry.label: entry.id for entry in dictionary.entries.values()}
    for name, raw in data.items():
        if name in META:
            continue
        fact, _, written_year = str(name).partition("@")
        fact = labels.get(fact, fact)
        if fact not in dictionary:
            errors.append(_unknown(str(name), dictionary))
            continue
        entry = dictionary[fact]
        for year, one in _by_year(raw, written_year, entry, year_meant, errors):
            try:
                value = read_value(one, entry)
            except ValueError as error:
                errors.append(f"“{name}”的值“{one}”看不懂：{error}。")
                continue
            key = entry.key(year)
            if key in facts and facts[key].model_copy(update={"source": ""}) != value.model_copy(update={"source": ""}):
                sentence = f"“{entry.label}”给了两个不同的值（{facts[key].source}、{value.source}），请核对。"
                problems.append(Problem(kind="conflict", keys=[key], sentence=sentence))
            facts[key] = value
    if errors:
        raise FactsError("企业情况有看不懂的地方：" + "".join(errors))
    return facts, problems


def _unknown(name: str, dictionary: Dictionary) -> str:
    near = difflib.get_close_matches(name, [*dictionary.entries, *(e.label for e in dictionary.entries.values())], 2)
    return f"没有叫“{name}”的事实{'，是不是' + '或'.join(near) if near else ''}。"


def _by_year(
    raw: Any, written_year: str, entry: FactEntry, last_year: int, errors: list[str]
) -> list[tuple[int | None, Any]]:
    if isinstance(raw, dict):
        if entry.period == "now" or written_year:
            errors.append(f"“{entry.id}”不分年度，直接写值即可。")
            return []
        pairs: list[tuple[int | None, Any]] = []
        for year, one in raw.items():
            if not re.fullmatch(r"\d{4}", str(year)):
                errors.append(f"“{entry.id}”的年份“{year}”要写成四位数字。")
            else:
                pairs.append((int(year), one))
        return pairs
    if entry.period == "now":
        return [(None, raw)]
    if written_year and not re.fullmatch(r"\d{4}", written_year):
        errors.append(f"“{entry.id}@{written_year}”的年份要写成四位数字。")
        return []
    return [(int(written_year) if written_year else last_year, raw)]


def read_value(raw: Any, entry: FactEntry) -> Value:
    """One value of a fact's type. ValueError says how to write it."""
    text = str(raw).strip()
    if text in UNSURE:
        return Value.uncertain(text)
    if text in NOT_APPLICABLE:
        return Value(state="not_applicable", source=text)
    if entry.type == "flag":
        return Value.yes(_flag(raw, text))
    if entry.type == "choice":
        return Value.one_of(_choice(text, entry), text)
    if entry.type == "date":
        return Value.exact(_date(text), text)
    if match := BETWEEN.match(text):
        return Value.interval(_number(match[1], entry), _number(match[2], entry), source=text)
    if match := AT_LEAST.match(text):
        return Value.interval(_number(match[1] or match[2], entry), None, source=text)
    if match := AT_MOST.match(text):
        return Value.interval(None, _number(match[1] or match[2], entry), source=text)
    return Value.exact(_number(text, entry), text)


def _flag(raw: Any, text: str) -> bool:
    if isinstance(raw, bool):
        return raw
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise ValueError(f"要写成{HOW_TO_WRITE['flag']}")


def _choice(text: str, entry: FactEntry) -> str:
    by_label = {label: choice for choice, label in entry.choice_labels.items()}
    choice = by_label.get(text, text)
    if choice == "None" and "none" in entry.choices:
        return "none"
    if entry.choices and choice not in entry.choices:
        raise ValueError("只能是" + "、".join(entry.choice_labels.get(c, c) for c in entry.choices))
    return choice


def _date(text: str) -> Fraction:
    match = re.fullmatch(r"(\d{4})(?:[-年./](\d{1,2})(?:[-月./](\d{1,2}))?)?[年月日]?", text)
    if match is None or not (int(match[2] or 1) in range(1, 13) and int(match[3] or 1) in range(1, 32)):
        raise ValueError(f"要写成{HOW_TO_WRITE['date']}")
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    return Fraction(int(year) if not month else int(year) * 10_000 + month * 100 + day)


def _number(text: str, entry: FactEntry) -> Fraction:
    text = fold(text.strip())
    negative = text.startswith(("-", "负"))
    body = text[1:].strip() if negative else text
    found = find_quantities(body)
    how = ValueError(f"要写成{HOW_TO_WRITE[entry.type]}")
    if len(found) != 1 or found[0].text.strip() != body:
        raise how
    quantity = found[0]
    kind = KINDS.get(quantity.kind)
    plain = quantity.kind == "number"
    fits = kind == entry.type or (plain and entry.type in ("count", "years", "points", "money"))
    fits = fits or (plain and entry.type == "ratio" and quantity.value <= 1)
    if not fits:
        raise how
    return -quantity.value if negative else quantity.value
