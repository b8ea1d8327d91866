"""Absurd values: what no company can have. One sentence for each, and everything else is kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from assistant.criteria.words import amount, name_of, say
from assistant.facts.values import Facts, Problem, Value
from corpus.facts_models import Dictionary, FactEntry, split_key

FIRST_YEAR = 1990


def check_bounds(facts: Facts, dictionary: Dictionary, as_of: date) -> list[Problem]:
    """The impossible values among ``facts``, then the parts that are larger than their whole."""
    problems = [problem for key, value in facts.items() if (problem := _impossible(key, value, dictionary, as_of))]
    wrong = {key for problem in problems for key in problem.keys}
    return problems + _limits({k: v for k, v in facts.items() if k not in wrong}, dictionary)


def _impossible(key: str, value: Value, dictionary: Dictionary, as_of: date) -> Problem | None:
    fact, year = split_key(key)
    if fact not in dictionary or value.state != "known":
        return None
    entry = dictionary[fact]
    sentence = _wrong_year(entry, year, as_of) or _wrong_number(key, value, dictionary, as_of)
    return Problem(kind="impossible", keys=[key], sentence=sentence) if sentence else None


def _wrong_year(entry: FactEntry, year: int | None, as_of: date) -> str:
    if year is None or FIRST_YEAR <= year <= as_of.year:
        return ""
    when = "还没有到" if year > as_of.year else "太早了"
    return f"您给的“{entry.label}”写的是{year}年，这一年{when}，请核对年份。"


def _wrong_number(key: str, value: Value, dictionary: Dictionary, as_of: date) -> str:
    entry = dictionary.of_key(key)
    name, said = name_of(key, dictionary), say(value, entry)
    if entry.type == "date" and value.lo is not None:
        packed = int(value.lo)
        year = packed if packed < 10_000 else packed // 10_000
        return "" if 1900 <= year <= as_of.year else f"“{name}”写的是{said}，不可能，请核对年份。"
    if value.lo is not None and value.hi is not None and value.lo > value.hi:
        return f"“{name}”的下限比上限还大，请核对。"
    least, most = (None if bound is None else Fraction(str(bound)) for bound in entry.bounds)
    low = value.lo if value.lo is not None else value.hi
    high = value.hi if value.hi is not None else value.lo
    if least is not None and low is not None and low < least:
        why = "不可能是负数" if least == 0 else f"不可能低于{amount(least, entry.type, entry.unit)}"
        return f"“{name}”写的是{said}，{why}，请核对。"
    if most is not None and high is not None and high > most:
        return f"“{name}”写的是{said}，不可能超过{amount(most, entry.type, entry.unit)}，请核对。"
    if entry.whole and value.is_exact and value.lo is not None and value.lo.denominator != 1:
        return f"“{name}”写的是{said}，应当是整数，请核对。"
    return ""


def _limits(facts: Facts, dictionary: Dictionary) -> list[Problem]:
    problems: list[Problem] = []
    for limit in dictionary.links.limits:
        for key, part in facts.items():
            fact, year = split_key(key)
            if fact != limit.part.fact or year is None:
                continue
            whole_key = limit.whole.at(year).key
            whole = facts.get(whole_key)
            if whole is None or whole.hi is None or part.lo is None or part.lo <= whole.hi:
                continue
            words = limit.sentence.format(
                year=year, part=say(part, dictionary[fact]), whole=say(whole, dictionary[limit.whole.fact])
            )
            sentence = f"{words}，多半是单位或年份写错了，请核对。"
            problems.append(Problem(kind="conflict", keys=[key, whole_key], sentence=sentence))
    return problems
