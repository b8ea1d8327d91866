"""How many of one's rights are in use: 4件里3件在用, 1件闲置, 还有一件用没用上说不清. Only those in use count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.facts import ip_words as w
from assistant.facts.amounts import Amount
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure

Use = Literal["used", "unused", "doubtful"]

_USE = r"(?:真正|实际|真的?|到底|被|在|已经?)*(?:用|应用|使用|转化|投产|产业化|落地|产生?效益)"
_WHETHER = re.compile(rf"用没用|用不用|在不在用|用上没用?上?|(?:有没有|是否|是不是|有无|算不算|到底){_USE}")
_OF_USE = re.compile(r"应用|使用|在用|用[在到上着]|投产|转化|产业化|经济效益")
_MORE = re.compile(r"(?:还|另|再|此外)外?有$")
_LESS = ("创新型", "科技型")
"""The titles that do not ask whether a right is in use."""


@dataclass(frozen=True)
class Part:
    """So many rights, and whether they are in use. ``more``: 还有2件, which need not be of those told before."""

    amount: Amount
    use: Use
    more: bool
    start: int
    end: int


def use_of(reading: Reading, clause: Clause, words: str) -> Use | None:
    """What a clause says of the use of rights, without counting them."""
    index = reading.clause_index(clause.start)
    behind = [c for c in reading.clauses[index + 1 : index + 2] if c.sentence == clause.sentence]
    if _WHETHER.search(words):
        open_ = no_figure(words) or any(no_figure(reading.words(c)) for c in behind)
        return "doubtful" if open_ else None
    if unknown(words) and _OF_USE.search(words):
        return "doubtful"
    if w.NOT_IN_USE.search(words):
        return "unused"
    return "used" if w.IN_USE.search(words) else None


def part_in_use(reading: Reading, clause: Clause, amount: Amount, whole: Fraction | None) -> Part | None:
    """What is said of the use of ``amount`` rights, where they are fewer than the ``whole`` told before."""
    if whole is None or not amount.is_exact or amount.lo is None or amount.lo >= whole:
        return None
    counted = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind in ("count", "number")]
    before = max((a.end for a in counted if a.end <= amount.start), default=clause.start)
    after = min((a.start for a in counted if a.start >= amount.end), default=clause.end)
    tail, lead = reading.text[amount.end : after], reading.text[before : amount.start]
    use = use_of(reading, clause, tail) or use_of(reading, clause, lead)
    if use is None:
        return None
    return Part(amount, use, bool(_MORE.search(lead)), amount.start, clause.end)


def in_use(reading: Reading, parts: list[Part], whole: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """How many rights are in use, of the ``whole`` that are one's own."""
    if reading.title in _LESS:
        return whole
    used, unused, doubtful = (_sum(parts, use) for use in ("used", "unused", "doubtful"))
    low, high = whole
    if used:
        return min(used, low), min(used + doubtful, high)
    least = max(low - unused - doubtful, Fraction(0))
    most = high if any(p.more for p in parts) else max(high - unused, Fraction(0))
    return least, most


def _sum(parts: list[Part], use: str) -> Fraction:
    return sum((p.amount.lo or Fraction(0) for p in parts if p.use == use), Fraction(0))
