"""What to ask first: one list over all benefits and titles, each question once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from assistant.answer import Missing
from assistant.checkup.models import BenefitRow, TitleRow
from corpus.facts_models import load_dictionary, split_key

PAYING = 3
"""A row that pays money counts for as much as three that do not, when questions are put in order."""


def open_questions(rows: Sequence[BenefitRow], titles: Sequence[TitleRow]) -> list[Missing]:
    """Each question once with all that it serves: first what most rows need for the least effort, money weighs more."""
    paying = {row.id for row in rows if row.amount_max is not None and not row.limit}
    found: dict[str, Missing] = {}
    first: Counter[str] = Counter()
    served: Counter[str] = Counter()
    for row_id, open_ in [*((row.id, row.missing) for row in rows), *((row.title, row.missing) for row in titles)]:
        weight = PAYING if row_id in paying else 1
        for n, missing in enumerate(open_):
            known = found.setdefault(missing.fact, Missing(fact=missing.fact, question=missing.question))
            known.criteria.append(row_id)
            served[missing.fact] += weight
            first[missing.fact] += weight if n == 0 else 0
    effort = {fact: _effort(fact) for fact in found}
    return sorted(
        found.values(),
        key=lambda m: (-Fraction(first[m.fact], effort[m.fact]), -Fraction(served[m.fact], effort[m.fact])),
    )


def _effort(key: str) -> int:
    """1 easy … 5 hard to answer; a question about no fact (first time or review) is easy."""
    fact, dictionary = split_key(key)[0], load_dictionary()
    return dictionary[fact].effort if fact in dictionary else 1
