"""Facts in free words ("主占比不低于90%"): their figures and most of their key words have to occur.

This is a deterministic stand-in for a reader: it knows no synonyms, so it calls some right answers wrong, and it does
not see who did what, so a few wrong ones pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.support import figures, without_figures
from eval.stated import Said
from indexing.grams import bigrams

WITH_FIGURES, BARE = 0.3, 0.5
"""Least share of a fact's key words: a fact whose figures all occur needs fewer."""
MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9])/([12]?\d|3[01])(?!\d)")


def unheld(facts: Iterable[str], said: Said) -> list[str]:
    """The facts that ``said`` does not hold."""
    return [fact for fact in facts if not holds(fact, said)]


def holds(fact: str, said: Said) -> bool:
    """Whether every figure of ``fact`` is stated and enough of its key words occur."""
    fact = MONTH_DAY.sub(r"\1月\2日", fact)
    if said.states(fact):
        return True
    found = figures(fact)
    if not all(said.states(figure.text) for figure in found):
        return False
    words = bigrams(without_figures(fact))
    share = len(words & bigrams(said.text)) / len(words) if words else 1.0
    return share >= (WITH_FIGURES if found else BARE)
