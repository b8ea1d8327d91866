"""From what was said to what is known: derived facts, contradictions, and what is taken for granted.

``build`` gives a ``Table``: every fact that can be had, exact or as a range, with where it comes from. A said value
that disagrees with the value calculated from others, beyond the precision of both, is a conflict: neither is used then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from assistant.criteria.intervals import Range
from assistant.criteria.operands import Known, apply, calculate
from assistant.criteria.size import settle_size
from assistant.criteria.table import Table, roomy
from assistant.criteria.tree import bind_operand
from assistant.criteria.words import name_of, say
from assistant.facts.values import Facts, Problem, Value
from corpus.criteria_models import Assumption
from corpus.criteria_tree import Calculation, Term, parse_constant, terms
from corpus.facts_models import Derivation, Dictionary, split_key

__all__ = ["Table", "build"]

PASSES = 4


def build(
    facts: Facts,
    dictionary: Dictionary,
    *,
    problems: Iterable[Problem] = (),
    excluded: Iterable[str] = (),
    assume: Sequence[Assumption] = (),
    assumed_years: Iterable[str] = (),
    round_year: int,
) -> Table:
    """The table for one company. ``problems`` are the impossible or contradictory statements found before.

    ``assumed_years``: keys of which the asker did not say the year.
    """
    table = Table(dictionary, blocked=dict.fromkeys(excluded, "excluded"), assumed_years=frozenset(assumed_years))
    for problem in problems:
        table.blocked |= dict.fromkeys(problem.keys, problem.kind)
    _take(table, facts)
    years = sorted({round_year - 3, round_year - 2, round_year - 1, round_year, *_years(facts)})
    for year in years:
        for bound in _bound(dictionary, year):
            if bound.derivation.check:
                _reconcile(table, bound)
    for _ in range(PASSES):
        before = len(table.values)
        _pass(table, years)
        if len(table.values) == before:
            break
    for year in years:
        for bound in _bound(dictionary, year):
            if bound.derivation.partial:
                _derive(table, bound, partial=True)
    _leave_open(table, years)
    settle_size(table, round_year)
    _assume(table, assume, round_year)
    return table


def _take(table: Table, facts: Facts) -> None:
    """What was said and may be used."""
    for key, value in facts.items():
        if split_key(key)[0] not in table.dictionary or table.blocked.get(key, "excluded") != "excluded":
            continue
        table.said[key] = value
        if value.state == "uncertain":
            table.blocked[key] = "uncertain"
        else:
            table.values[key] = Known(value, (key,))


def _years(facts: Facts) -> list[int]:
    return [year for key in facts if (year := split_key(key)[1]) is not None]


class Bound(NamedTuple):
    """A calculation bound to a year: the key that it gives, its formula, the keys that it looks at."""

    derivation: Derivation
    key: str
    formula: Calculation
    keys: tuple[str, ...]


def _bound(dictionary: Dictionary, year: int) -> tuple[Bound, ...]:
    """Every calculation of the dictionary in ``year``."""
    if year not in dictionary.by_year:
        found = []
        for derivation in dictionary.links.calculated:
            operand = bind_operand(derivation.from_, year)
            assert isinstance(operand, Calculation)
            period = any(isinstance(t, Term) and t.year is not None for t in operand.of)
            key = f"{derivation.fact}@{year}" if period else derivation.fact
            found.append(Bound(derivation, key, operand, tuple(term.key for term in terms(operand))))
        dictionary.by_year[year] = tuple(found)
    known: tuple[Bound, ...] = dictionary.by_year[year]
    return known


def _reconcile(table: Table, bound: Bound) -> None:
    """Compare a said value with the value of its formula where every part was said."""
    derivation, key, formula, _ = bound
    if key not in table.values:
        return
    keys = [term.key for term in formula.of if isinstance(term, Term)]
    exact = calculate(formula, table.get, partial=derivation.partial)
    if exact is None:
        return
    calculated = apply(formula, [roomy(table, k) for k in keys])
    if calculated is None:
        return
    keys = [k for k in keys if k in table.values]
    if calculated.meets(roomy(table, key)):
        if formula.op in ("ratio", "growth") and exact.value.is_exact:
            table.values[key] = Known(exact.value, (key, *keys), how=formula.op)
        return
    values = [f"{name_of(k, table.dictionary)} {say(table.said[k], table.dictionary.of_key(k))}" for k in (key, *keys)]
    counted = say(exact.value, table.dictionary.of_key(key))
    parts = "和".join(table.dictionary.of_key(k).label for k in keys)
    sentence = f"您说的{'、'.join(values)}对不上：按{parts}算应当是{counted}。请核对是哪个数不对。"
    suspended = [key, *({"ratio": keys[:1], "sum": keys}.get(formula.op, []))]
    table.conflicts.append(Problem(kind="conflict", keys=[key, *keys], sentence=sentence))
    if formula.op == "ratio":
        _either_denominator(table, keys, Range.of(table.said[key]))
    for one in suspended:
        table.values.pop(one, None)
        table.blocked[one] = "conflict"


def _either_denominator(table: Table, keys: list[str], said_ratio: Range) -> None:
    """The whole may be the wrong number too: use it only as far as both readings agree."""
    numerator, whole = table.values[keys[0]].range, table.values[keys[1]]
    implied = (
        None
        if said_ratio.lo == 0
        else Range(
            None if numerator.lo is None or not said_ratio.hi else numerator.lo / said_ratio.hi,
            None if numerator.hi is None or not said_ratio.lo else numerator.hi / said_ratio.lo,
        )
    )
    if implied is not None:
        span = implied.hull(whole.range).value(whole.value.source)
        table.values[keys[1]] = Known(span, whole.used, marks=frozenset({"either"}))


def _pass(table: Table, years: list[int]) -> None:
    for year in years:
        for bound in _bound(table.dictionary, year):
            if all(key in table.values for key in bound.keys):
                _derive(table, bound, partial=False)
        for since in table.dictionary.links.since:
            start = table.values.get(since.since)
            if start and start.value.lo is not None:
                span = _years_since(start.value, year).value()
                _put(table, f"{since.fact}@{year}", Known(span, start.used, how="since"))
    for union in table.dictionary.links.united:
        _unite(table, union.fact, union.any_of)
    for implied in table.dictionary.links.implied:
        yes = all((k := table.values.get(f)) and k.value.flag is True for f in implied.if_yes)
        no = all((k := table.values.get(f)) and k.value.flag is False for f in implied.if_no)
        if yes and no and all(f in table.said and table.said[f].state == "known" for f in implied.if_said):
            used = tuple(dict.fromkeys(u for f in implied.needs for u in table.values[f].used))
            value = Value.yes(implied.is_) if isinstance(implied.is_, bool) else Value.one_of(implied.is_)
            _put(table, implied.fact, Known(value, used, how="implied"))


def _derive(table: Table, bound: Bound, *, partial: bool) -> None:
    _, key, formula, _ = bound
    if key in table.values or table.blocked.get(key) == "conflict":
        return
    known = calculate(formula, table.get, partial=partial)
    if known is None:
        return
    least, most = (None if b is None else Fraction(str(b)) for b in table.dictionary.of_key(key).bounds)
    if formula.op == "product" and table.assumed_years.intersection(known.used):
        known = replace(known, marks=known.marks | {"estimate"})
    if partial and known.range.hi is None:
        most = None  # at least so much: how much more is not known, so no end is named
    limited = known.range.within(least, most)
    if limited == Range(least, most) or limited.empty or (limited.lo is None and limited.hi is None):
        return
    _put(table, key, Known(limited.value(), known.used, known.open, known.how, known.marks))


def _put(table: Table, key: str, known: Known) -> None:
    if key not in table.values and table.blocked.get(key) != "conflict":
        table.values[key] = known


def _unite(table: Table, fact: str, parts: list[str]) -> None:
    """yes where one part is, no where all are; and, the other way round, no for all where the whole is no."""
    known = [table.values.get(part) for part in parts]
    holding = [k for k in known if k and k.value.flag is True]
    if holding:
        table.values[fact] = Known(Value.yes(True), tuple(u for k in holding for u in k.used), how="united")
    elif all(k and (k.value.flag is False or k.value.state == "not_applicable") for k in known):
        _put(table, fact, Known(Value.yes(False), tuple(u for k in known if k for u in k.used), how="united"))
    whole = table.values.get(fact)
    if whole and whole.value.flag is False:
        for part in parts:
            _put(table, part, Known(Value.yes(False), whole.used, how="united"))


def _years_since(start: Value, year: int) -> Range:
    """Years from a start (``2019``, ``20190300`` or ``20190315``; month or day may be 0) to the end of ``year``."""
    ends: list[Fraction] = []
    for bound, last in ((start.hi, True), (start.lo, False)):
        number = int(bound if bound is not None else (start.lo or 0))
        packed = number * 10000 if number < 10000 else number
        y, month, day = packed // 10000, packed // 100 % 100, packed % 100
        month = month or (12 if last else 1)
        day = day or (31 if last else 1)
        ends.append(Fraction((year + 1 - y) * 12 + 1 - month, 12) - Fraction(day - 1, 372))
    return Range(min(ends), max(ends)).within(Fraction(0), None)


def _assume(table: Table, assume: Sequence[Assumption], round_year: int) -> None:
    for one in assume:
        key = one.fact.at(round_year).key
        hints = [f for f in one.unless_said if f in table.said and table.said[f].state != "not_applicable"]
        hints += [f for f in one.unless_yes if f in table.said and table.said[f].flag is True]
        if any(not _is(table.get(fact), choice) for fact, choice in one.only_if.items()):
            continue
        if any((known := table.get(fact)) is None or known.value.flag is not False for fact in one.only_if_no):
            continue
        parts = {
            part for union in table.dictionary.links.united if union.fact == one.fact.fact for part in union.any_of
        }
        if key in table.values or not table.blocked.keys().isdisjoint({key, one.fact.fact, *parts}) or hints:
            continue
        if one.is_ is not None:
            value = Value.yes(one.is_)
        else:
            low, high = parse_constant(one.above).value, parse_constant(one.most).value
            value = Value.interval(low, high, lo_closed=False)
        table.values[key] = Known(value, (), how="assumed", marks=frozenset({"assumed"}))
        table.assumptions.append((key, one.note))


def _leave_open(table: Table, years: list[int]) -> None:
    """What is calculated from an amount that is not known is not known either: no blanket covers it.

    A share over a whole that is not known is left to the blanket only while nothing was said of its part.
    """
    for year in years:
        for bound in _bound(table.dictionary, year):
            if bound.key in table.values or bound.formula.op not in ("ratio", "growth"):
                continue
            unsure = [table.blocked.get(key) == "uncertain" for key in bound.keys]
            told = bound.formula.op == "growth" or bound.keys[0] in table.values
            if unsure[:1] == [True] or (told and any(unsure)):
                table.blocked.setdefault(bound.key, "uncertain")


def _is(known: Known | None, choice: str) -> bool:
    return known is not None and known.value.choice == choice and known.value.flag is not False
