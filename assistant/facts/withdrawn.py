"""A figure said before that turns out to be of another time or kind: 82%是今年9月底的报表, 那个1600万是含税的.

It no longer counts. Where the message gives what a share is made of, the share follows from that; else it is open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from assistant.facts.reading import Reading
from assistant.facts.values import Statement, Value
from corpus.facts_models import split_key

_OF_ANOTHER_KIND = re.compile(
    r"^(?:那个?|这个?|其实|实际上?|只|就|都|说的|指的|算的?|用的|看的|拿的|报的)*是(?:我们|按|用|拿|看|算)?(?:今年|本年|最近|最新|眼下|现在|目前|上个?月|这个?月|前几个月"
    r"|第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月|[一二三四五六七八九十]{1,2}月|月报|季报|半年报|快报|没审计|未审计?|审计前|内部|管理报表|自己估|估的|预估|预计|目标|计划|含税|合并报表|集团)"
)
_PARTS = {
    "debt_ratio": ("total_liabilities", "total_assets"),
    "main_share": ("main_revenue", "revenue"),
    "rd_ratio": ("rd_expense", "revenue"),
}
_YEARLY = frozenset({*_PARTS, *(part for parts in _PARTS.values() for part in parts)})
"""Facts of a closed accounting year: a figure of this year's months is none of them."""


def read_withdrawn(reading: Reading, found: list[Statement]) -> list[Statement]:
    """What replaces such figures; ``found`` is what the message says otherwise."""
    said = {s.key: s.value for s in found}
    gone: list[Statement] = []
    for amount in reading.amounts[:12] if reading.known else ():
        clause = reading.clause(amount.at)
        if not amount.is_exact or not _OF_ANOTHER_KIND.match(reading.text[amount.end : clause.end]):
            continue
        for name, value in reading.known.items():
            fact, year = split_key(name)
            if fact not in _YEARLY or name in said or not value.is_exact or value.lo != amount.lo or year is None:
                continue
            words = reading.message[amount.start : clause.end]
            instead = _worked_out(fact, year, said) or Value.uncertain(words)
            one = reading.said(name, instead, amount.start, clause.end, correction=True)
            gone.append(one)
            reading.hear(clause.start, clause.end)
    return gone


def _worked_out(fact: str, year: int, said: Mapping[str, Value]) -> Value | None:
    part, whole = (said.get(f"{name}@{year}") for name in _PARTS.get(fact, ("", "")))
    if part is None or whole is None or not part.is_exact or not whole.is_exact or not whole.lo or part.lo is None:
        return None
    return Value.exact(Fraction(part.lo, whole.lo), f"{part.source}÷{whole.source}")
