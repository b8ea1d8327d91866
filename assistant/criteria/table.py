"""What is known of one company while its criteria are judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.criteria.intervals import Range
from assistant.criteria.operands import ZERO_UP, Known
from assistant.criteria.precision import precision
from assistant.facts.values import Facts, Problem
from corpus.criteria_tree import Term
from corpus.facts_models import Dictionary, split_key

Blocked = dict[str, str]


@dataclass
class Table:
    """What is known (``values``), what may not be used or asked (``blocked``: key or fact → why), and conflicts.

    ``size_keys``: facts each of which may decide whether the company is an SME, once part of its size is known.
    """

    dictionary: Dictionary
    values: dict[str, Known] = field(default_factory=dict)
    said: Facts = field(default_factory=dict)
    blocked: Blocked = field(default_factory=dict)
    conflicts: list[Problem] = field(default_factory=list)
    assumptions: list[tuple[str, str]] = field(default_factory=list)
    assumed_years: frozenset[str] = frozenset()
    size_keys: tuple[str, ...] = ()

    def get(self, key: str) -> Known | None:
        """The value of a key, or None."""
        return self.values.get(key)

    def why_blocked(self, key: str) -> str | None:
        """Why an unknown fact is not simply unsaid: uncertain, excluded, conflict, impossible, hinted; else None."""
        fact, year = split_key(key)
        reason = self.blocked.get(key) or self.blocked.get(fact)
        if reason:
            return reason
        hints = self.dictionary[fact].hinted_by
        if any(split_key(k)[0] in hints and value.lo != 0 for k, value in self.said.items()):
            return "hinted"
        parts = [part if year is None else f"{part}@{year}" for part in self.dictionary.unions.get(fact, [])]
        for derivation in self.dictionary.derivations.get(fact, []):
            if derivation.from_.op in ("ratio", "sum"):
                operands = derivation.from_.of[:1] if derivation.from_.op == "ratio" else derivation.from_.of
                parts += [t.at(year).key if year else t.key for t in operands if isinstance(t, Term)]
        found = (self.blocked.get(part) or self.blocked.get(split_key(part)[0]) for part in parts)
        return next((reason for reason in found if reason), None)


def roomy(table: Table, key: str) -> Range:
    """The range of a key as wide as the precision in which it was said; anything from 0 up where it is not known."""
    if key not in table.values:
        return ZERO_UP
    value = table.values[key].value
    return Range.of(value).widen(precision(value, table.dictionary.of_key(key).type))
