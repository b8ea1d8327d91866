"""The same figure of another year, with no noun of its own: after 25年研发150万，占4.8% the words 24年是130万，占4.5%."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, key
from corpus.facts_models import split_key

_KINDS = {"money": "money", "percent": "ratio"}
_FILL = re.compile(
    r"(?:我们|公司|这个|那年|当年|年度?|是|有|为|做|大概|大约|差不多|约|左右|上下|的|占比?|比例|比重|就|也|都|只|那|哦|嗯|呢|嘛|吧|：)*+"
)
"""What may stand beside the year and the amount of such a clause."""


def read_same_again(reading: Reading, known: set[str]) -> list[Statement]:
    """A year and an amount alone tell what was told of another year, where that is one thing only; ``known`` are the
    keys read."""
    if not reading.known:
        return []
    found: list[Statement] = []
    year: int | None = None
    for clause in reading.clauses:
        times = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
        year = times[0] if len(times) == 1 else None if times else year
        if year is None or reading.zone(clause.start) or asks(reading.text, clause):
            continue
        amount = _alone(reading, clause)
        fact = _told_of_others(reading.known, _KINDS.get(amount.kind, ""), year) if amount else None
        if amount is None or fact is None or key(fact, year) in known:
            continue
        reading.hear(clause.start, clause.end)
        found.append(reading.number(key(fact, year), amount, clause.start, clause.end))
    return found


def _alone(reading: Reading, clause: Clause) -> Amount | None:
    """The one amount of a clause that names nothing."""
    amounts = reading.amounts_in(clause.start, clause.end)
    if len(amounts) != 1 or any(not m.decoy for m in reading.mentions_in(clause.start, clause.end)):
        return None
    words, spans = reading.text, [(t.start, t.end) for t in reading.times_in(clause.start, clause.end)]
    at = clause.start
    for start, end in sorted([*spans, (amounts[0].start, amounts[0].end)]):
        if not _FILL.fullmatch(words, at, max(at, start)):
            return None
        at = max(at, end)
    return amounts[0] if _FILL.fullmatch(words, at, max(at, clause.end)) else None


def _told_of_others(names: Iterable[str], kind: str, year: int) -> str | None:
    """The one fact of this kind that was told of other years and not of this one."""
    dated = [split_key(name) for name in names]
    facts = {fact for fact, of in dated if of not in (None, year) and fact_types()[fact] == kind}
    return next(iter(facts)) if len(facts) == 1 else None
