"""Which yearly figure of an earlier turn goes on in a later one: 研发前年560万 … 去年590万."""

from __future__ import annotations

from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from corpus.facts_models import split_key

ALIKE = 3
"""Two years of one topic differ by no more than this factor, where another topic would differ by more."""
_YEARLY = ("revenue", "main_revenue", "rd_expense")


def alike(one: Fraction, other: Fraction | None) -> bool:
    """Whether two amounts may be those of two years of one topic."""
    return other is not None and one > 0 and other > 0 and max(one / other, other / one) <= ALIKE


def known_series(reading: Reading, amount: Amount, year: int) -> str | None:
    """The fact said before for other years and not yet for this one; the revenue where there is none; None: unsure."""
    known = {split_key(name): value for name, value in reading.known.items() if value.state == "known"}
    open_ = {fact: value for (fact, _), value in known.items() if fact in _YEARLY and (fact, year) not in known}
    if not open_:
        return None if ("revenue", year) in known else "revenue"
    fits = [fact for fact, value in open_.items() if amount.lo is not None and alike(amount.lo, value.lo)]
    if len(fits) == 1:
        return fits[0]
    told = any(fact_types().get(fact) == "money" for fact, _ in known)
    return None if told or fits else "revenue"
