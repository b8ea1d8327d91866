"""What cannot be: values outside what is possible, and two values for the same thing."""

from __future__ import annotations

from fractions import Fraction

from assistant.facts.describe import label, words_of
from assistant.facts.values import Problem, Statement, Value
from corpus.facts_models import load_dictionary, split_key

_FAR = Fraction(10**30)
_SCORES = {"development_score": "发展评价得分（不含加分项）最高100分"}


def settle(statements: list[Statement], this_year: int) -> tuple[list[Statement], list[Problem]]:
    """Repetitions joined (a rounder figure gives way to a finer one), contradictions and impossible values named."""
    kept: dict[str, Statement] = {}
    order: list[Statement] = []
    problems: list[Problem] = []
    for one in statements:
        statement = one
        earlier = kept.get(statement.key)
        if earlier is None or statement.correction:
            order = [s for s in order if s.key != statement.key]
        else:
            joined = _joined(earlier.value, statement.value)
            if joined is None:
                problems.append(_conflict(earlier, statement))
            else:
                statement = earlier if joined is earlier.value else statement.model_copy(update={"value": joined})
                order = [s for s in order if s.key != statement.key]
        order.append(statement)
        kept[statement.key] = statement
    problems += [p for s in kept.values() if (p := _impossible(s, this_year))]
    problems += _beyond_revenue(kept)
    return order, problems


def _joined(one: Value, other: Value) -> Value | None:
    """The finer of two values that can both hold; None where they cannot."""
    if one.state != "known" or other.state != "known":
        return other if one.state != "known" else one
    if one.flag is not None or other.flag is not None or one.choice or other.choice:
        return one if (one.flag, one.choice) == (other.flag, other.choice) else None
    low, low_closed = max(_low(one), _low(other))
    high, high_open = min(_high(one), _high(other))
    if low > high or (low == high and (not -low_closed or high_open)):
        return None
    lo, hi = (None if abs(end) == _FAR else end for end in (low, high))
    joined = Value.interval(lo, hi, lo_closed=bool(-low_closed), hi_closed=not high_open, source=other.source)
    return next((v for v in (other, one) if _same(v, joined)), joined)


def _low(value: Value) -> tuple[Fraction, int]:
    """The lower end, so that the higher and then the open one is the greater."""
    return (-_FAR, -1) if value.lo is None else (value.lo, -1 if value.lo_closed else 0)


def _high(value: Value) -> tuple[Fraction, int]:
    """The upper end, so that the lower and then the open one is the lesser; 1 is open."""
    return (_FAR, 0) if value.hi is None else (value.hi, 0 if value.hi_closed else -1)


def _same(one: Value, other: Value) -> bool:
    return (one.lo, one.hi, one.lo_closed, one.hi_closed) == (other.lo, other.hi, other.lo_closed, other.hi_closed)


def _conflict(one: Statement, other: Statement) -> Problem:
    first, second = words_of(one.key, one.value), words_of(other.key, other.value)
    sentence = f"{label(other.key)}说了两个不同的值：{first}和{second}，请告诉我以哪个为准。"
    return Problem(kind="conflict", keys=[other.key], sentence=sentence)


def _impossible(statement: Statement, this_year: int) -> Problem | None:
    value, (fact, year) = statement.value, split_key(statement.key)
    entry = load_dictionary()[fact]
    said = words_of(statement.key, value)
    if year is not None and year > this_year:
        return _problem(
            statement, f"{year}年还没有到，{label(statement.key)}（{said}）不能算实际数，请告诉我已经结束的年度。"
        )
    if year is not None and year < this_year - 30:
        return _problem(statement, f"{label(statement.key)}的年份不对，请再核对一下。")
    if value.lo is None and value.hi is None:
        return None
    least, most = (None if bound is None else Fraction(str(bound)) for bound in entry.bounds)
    if least is not None and value.lo is not None and value.lo < least:
        return _problem(statement, f"{label(statement.key)}不会是{said}，请再核对一下。")
    if most is not None and value.lo is not None and value.lo > most:
        why = _SCORES.get(fact, f"{label(statement.key)}不会超过{words_of(statement.key, Value.exact(most))}")
        return _problem(statement, f"{why}，您说的是{said}，请再核对一下。")
    return None


def _beyond_revenue(kept: dict[str, Statement]) -> list[Problem]:
    found: list[Problem] = []
    for statement in kept.values():
        fact, year = split_key(statement.key)
        whole = kept.get(f"revenue@{year}")
        if fact not in ("rd_expense", "main_revenue") or whole is None:
            continue
        part, all_ = statement.value, whole.value
        if part.lo is not None and all_.hi is not None and part.lo > all_.hi:
            less, more = words_of(statement.key, part), words_of(whole.key, all_)
            sentence = f"{label(statement.key)}（{less}）比{label(whole.key)}（{more}）还高，请核对这两个数。"
            found.append(Problem(kind="impossible", keys=[statement.key, whole.key], sentence=sentence))
    return found


def _problem(statement: Statement, sentence: str) -> Problem:
    return Problem(kind="impossible", keys=[statement.key], sentence=sentence)
