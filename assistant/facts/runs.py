"""Amounts that are said in one breath: 120万和130万, 2000、2300、2600万."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from assistant.facts.topics import NUMERIC
from assistant.facts.values import Value

TIED = re.compile(
    r"(?:[、，和与及跟/ ]|以及|还有|分别|是|\0|一[年次回](?:是|得|拿)?|另外?一?[年次回](?:是|得|拿|才|只有)?){1,6}"
)


def runs_of(reading: Reading) -> list[list[Amount]]:
    """Amounts that are said in one breath: 120万和130万, 2000、2300、2600万."""
    runs: list[list[Amount]] = []
    for amount in reading.amounts:
        if amount.kind not in ("money", "percent", "times", "people", "points", "number", "count"):
            continue
        before = runs[-1][-1] if runs else None
        if before and before.kind == amount.kind and before.bare == amount.bare:
            gap = reading.text[before.end : amount.start]
            if TIED.fullmatch(gap) and ("，" not in gap or _listed(reading, runs[-1], amount)):
                runs[-1].append(amount)
                continue
        runs.append([amount])
    return runs


def _listed(reading: Reading, run: list[Amount], amount: Amount) -> bool:
    """Whether as many years were told as amounts follow, so that a comma still joins them."""
    clause = reading.clause(run[0].at)
    told = sum(len(t.years) for t in reading.times_in(clause.start, run[0].start) if not t.base)
    following = [
        m for m in reading.mentions_in(amount.end, amount.end + 3) if any(fact_types()[f] in NUMERIC for f in m.facts)
    ]
    return told > len(run) and not following


def same_figure(name: str, value: Value, amount: Amount) -> bool:
    """Whether the figure said before is this one; a score said with 好像 is one about it."""
    if value.lo is None or value.hi is None or amount.lo is None:
        return False
    about = name.startswith("development_score@") and value.lo <= amount.lo <= value.hi
    return about or (value.is_exact and value.lo == amount.lo)


def rated(amount: Amount, kind: str) -> Amount:
    """A number without a unit in the unit of its fact: money in 万元, a share over 1 in percent."""
    assert amount.hi is not None or amount.lo is not None
    size = amount.lo if amount.hi is None or not amount.hi else amount.hi
    assert size is not None
    if kind == "money":
        return amount.scaled(Fraction(10_000 if abs(size) < 10**6 else 1), "money")
    if kind == "ratio":
        return amount.scaled(Fraction(1) if abs(size) <= 1 else Fraction(1, 100), "percent")
    return amount
