"""New equity told in instalments over several messages: 前年实缴800万, and later 去年又实缴1200万."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.numbers import Bound
from assistant.facts.reading import Reading
from assistant.facts.text import normalise
from assistant.facts.times import find_times
from assistant.facts.values import Value, key

_FURTHER = re.compile(
    r"又|再|还(?=[有投进到打追]|实[缴际])|另(?:一|外|有)|别的|追加|加投|跟投|增投|后续|后来|[第下][二三一]?[笔轮次回]|也(?=实缴|投|进|到|打)"
)
_TOGETHER = re.compile(r"一共|合计|累计|总共|共计|总计|加起来|合起来|前后|两[笔次轮年]|拢共|才|其实|应该")


def with_earlier(reading: Reading, bounds: Sequence[Bound], value: Value, last: int) -> Value:
    """``value`` and what was said before, where this message tells of a further instalment; what was paid before the
    two years changes nothing."""
    before = reading.known.get(key("new_equity_l2y", last))
    if before is None or not before.is_exact or not before.lo or value.lo is None:
        return value
    years = {year for bound in bounds for year in bound.years}
    if max(years) < last - 1:
        return before
    told = " ".join(_around(reading, bound) for bound in bounds)
    if not value.lo or _TOGETHER.search(told) or any(bound.correction for bound in bounds):
        return value
    known = {year for time in find_times(normalise(before.source), reading.as_of) for year in time.years}
    apart = len(known) == 1 and not known & years and not any(bound.assumed for bound in bounds)
    if not (apart or _FURTHER.search(told)):
        return value
    high = None if value.hi is None else value.hi + before.lo
    return value.model_copy(update={"lo": value.lo + before.lo, "hi": high})


def words_with_years(reading: Reading, bounds: Sequence[Bound], start: int, end: int) -> str:
    """The words of the amounts, from the year told before the first of them."""
    if bounds and not bounds[0].assumed:
        first = bounds[0].amounts[0]
        told = reading.times_in(reading.clause(first.at).start, first.start)
        start = min([start, *(time.start for time in told)])
    return reading.message[start:end]


def _around(reading: Reading, bound: Bound) -> str:
    """The words of the clause up to the amount, and of the clause before."""
    clause = reading.clause(bound.amounts[0].at)
    index = reading.clause_index(clause.start)
    before = reading.clauses[index - 1].start if index else clause.start
    return reading.text[before : bound.amounts[0].at]
