"""A sum of two years told year by year without its name: 两年研发一共1500万 … 拆开是前年600万、去年900万. That the parts
make up the sum is what tells what they are parts of."""

from __future__ import annotations

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.values import Statement, key

_SUMS = {"rd_expense_l2y": "rd_expense"}


def read_broken_down(reading: Reading, found: list[Statement]) -> list[Statement]:
    """The yearly figures of a sum that was told before; ``found`` is everything read so far."""
    last = reading.as_of.year - 1
    told = {**reading.known, **{s.key: s.value for s in found}}
    for whole, yearly in _SUMS.items():
        total = told.get(key(whole, last))
        if total is None or not total.is_exact or any(key(yearly, year) in told for year in (last - 1, last)):
            continue
        for clause in reading.clauses:
            parts = _by_year(reading, clause.start, clause.end, found)
            if set(parts) == {last - 1, last} and sum(p.lo or 0 for p in parts.values()) == total.lo:
                return [reading.number(key(yearly, year), one, one.start, one.end) for year, one in parts.items()]
    return []


def _by_year(reading: Reading, start: int, end: int, found: list[Statement]) -> dict[int, Amount]:
    """The exact sums of money between two places that nobody read, by the year told right before or behind each."""
    parts: dict[int, Amount] = {}
    for amount in reading.amounts_in(start, end):
        if amount.kind != "money" or not amount.is_exact or any(s.start <= amount.at < s.end for s in found):
            continue
        before = [t for t in reading.times_in(start, amount.start) if len(t.years) == 1]
        behind = [t for t in reading.times_in(amount.end, min(end, amount.end + 1)) if len(t.years) == 1]
        for time in (before[-1:] or behind)[:1]:
            parts.setdefault(time.years[0], amount)
    return parts
