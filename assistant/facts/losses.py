"""A year's loss as a negative profit: 去年亏了200万, 净亏损80万, 去年是亏的."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.values import Statement, Value, key

_LOST = re.compile(r"亏(?:损|了|掉|进去|空)*(?:额|大概|大约|约|差不多|有|近|将近|是|：|\0)*$")
_AT_A_LOSS = re.compile(r"(?:是|都|还|一直|处于|呈)?(?:亏损的?|亏钱的?|亏本的?|亏的|在亏)(?:$|状态|了|[，。；])")
_NOT = re.compile(r"(?:没有?|不|未|扭|从没|从未|弥补)[^，。；]{0,3}$")


def read_losses(reading: Reading, known: set[str]) -> list[Statement]:
    """net_profit of the years that ended with a loss; keys in ``known`` were read before."""
    found: list[Statement] = []
    last = reading.as_of.year - 1
    for clause in reading.clauses:
        words = reading.words(clause)
        if "亏" not in words or reading.zone(clause.start) or asks(reading.text, clause):
            continue
        told = [year for time in reading.times_in(clause.start, clause.end) if not time.base for year in time.years]
        money = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind == "money"]
        for amount in money:
            lead = reading.text[clause.start : amount.start]
            match = _LOST.search(lead)
            if match is None or _NOT.search(lead[: match.start()]):
                continue
            lo, hi = (None if end is None else -end for end in (amount.hi, amount.lo))
            value = Value.interval(
                lo, hi, lo_closed=amount.hi_closed, hi_closed=amount.lo_closed,
                source=reading.message[amount.start : amount.end],
            )  # fmt: skip
            year = told[-1] if told else last
            found.append(
                reading.said(key("net_profit", year), value, clause.start + match.start(), amount.end, assumed=not told)
            )
        bare = None if money else _AT_A_LOSS.search(words)
        if bare and not _NOT.search(words[: bare.start()]):
            at = clause.start + bare.start(), clause.start + bare.end()
            below = Value.interval(None, Fraction(0), hi_closed=False, source=reading.message[slice(*at)])
            found += [reading.said(key("net_profit", year), below, *at, assumed=not told) for year in told or [last]]
    return [s for s in found if s.key not in known]
