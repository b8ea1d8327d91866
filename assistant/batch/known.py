"""What can be known of a company whose columns are given: for every key the ways to its value, in order.

The exact evaluator fills in one company's facts in a fixed order, and the first way that works counts (see
``assistant.criteria.derive``). Here the same order is run once for all companies: a way to a number is a ``Way`` with
the columns that it needs, a way to a choice its name and when it holds, a flag one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

from assistant.batch.calculations import Way, combine
from assistant.batch.columns import FEN, LARGEST
from assistant.batch.forms import Beyond, Decimal, Quotient, Whole, available, compare, cross, never_below
from assistant.batch.steps import Kind, Ref, Steps
from corpus.criteria_tree import Calculation, Operand, Operator, Term
from corpus.facts_models import Dictionary, FactEntry, FactType

UNITS: dict[FactType, Fraction] = {"money": Fraction(1, FEN), "count": Fraction(1), "date": Fraction(1)}
KINDS: dict[FactType, Kind] = {
    "money": "int", "count": "int", "date": "int", "ratio": "float", "years": "float", "points": "float",
    "flag": "bool", "choice": "str",
}  # fmt: skip


@dataclass(frozen=True)
class Pick:
    """One way to a choice: its id (None: the column's own), where ``when`` holds."""

    when: Ref
    choice: str | None = None


@dataclass
class Known:
    """The ways to every key, as far as they are known by now.

    ``assumed``: flag → where it is only taken for granted. ``uncovered``: flag → where "everything else is met" does not
    cover it.
    """

    steps: Steps
    dictionary: Dictionary
    columns: frozenset[str]
    numbers: dict[str, list[Way]] = field(default_factory=dict)
    choices: dict[str, list[Pick]] = field(default_factory=dict)
    flags: dict[str, Ref] = field(default_factory=dict)
    assumed: dict[str, Ref] = field(default_factory=dict)
    uncovered: dict[str, Ref] = field(default_factory=dict)

    def take(self, key: str) -> None:
        """A column: the first way to its key."""
        entry = self.dictionary.of_key(key)
        ref = self.column(key)
        match KINDS[entry.type]:
            case "bool":
                self.flags[key] = ref
            case "str":
                self.choices[key] = [Pick(self.steps.is_known(ref))]
            case "int":
                least = bounds(entry)[0]
                whole = Whole(ref, UNITS[entry.type], LARGEST, negative=least is None or least < 0)
                self.numbers[key] = [Way(frozenset({key}), whole)]
            case "float":
                self.numbers[key] = [Way(frozenset({key}), Decimal(ref))]

    def column(self, key: str) -> Ref:
        """The step of a column."""
        return self.steps.col(key, KINDS[self.dictionary.of_key(key).type])

    def said(self, key: str) -> Ref:
        """Whether a row has a value in the column (never null)."""
        return self.steps.is_known(self.column(key)) if key in self.columns else self.steps.flag(False)

    def flag(self, key: str) -> Ref:
        """The flag of a key."""
        return self.flags.get(key, self.steps.unknown)

    def is_choice(self, key: str, names: Iterable[str]) -> Ref:
        """Whether the choice of a key is among ``names``; null where it is not known."""
        wanted, found = set(names), self.steps.unknown
        for pick in reversed(self.choices.get(key, [])):
            if pick.choice is None:
                found = self.steps.first([self.steps.one_of(self.column(key), wanted), found])
            else:
                found = self.steps.where(pick.when, self.steps.flag(pick.choice in wanted), found)
        return found

    def has(self, key: str) -> Ref:
        """Whether a key has a value by now (never null)."""
        if key in self.numbers:
            return self.steps.any(available(self.steps, way.form) for way in self.numbers[key])
        if key in self.choices:
            return self.steps.any(pick.when for pick in self.choices[key])
        return self.steps.is_known(self.flag(key))

    def told(self, key: str) -> Ref:
        """Whether a key has a value that was said or follows from what was said (never null)."""
        has = self.has(key)
        return self.steps.all([has, self.steps.negate(self.assumed[key])]) if key in self.assumed else has

    def pick(self, key: str, pick: Pick) -> None:
        """Another way to a choice."""
        picks = self.choices.setdefault(key, [])
        if pick not in picks:
            picks.append(pick)

    def add(self, key: str, way: Way) -> None:
        """Another way, tried after those that are there; one that never counts is left out."""
        ways = self.numbers.setdefault(key, [])
        if not any(earlier.makes_idle(way) for earlier in ways):
            ways.append(way)

    def calculate(self, operand: Operand, before: Sequence[Way] = ()) -> list[Way]:
        """The ways to an operand: every combination of the ways to its parts, in the order in which they count.

        A way that never counts behind those of ``before`` is left out.
        """
        if isinstance(operand, Term):
            return self.numbers.get(operand.key, [])
        assert isinstance(operand, Calculation)
        found: list[Way] = []
        for parts in product(*(self.calculate(part) for part in operand.of)):
            needs = frozenset[str]().union(*(part.needs for part in parts))
            if any(not earlier.divisors and earlier.makes_idle(Way(needs, earlier.form)) for earlier in before):
                continue
            way = combine(self.steps, operand, parts)
            if not any(earlier.makes_idle(way) for earlier in found):
                found.append(way)
        return found

    def bounded(self, key: str, way: Way) -> Way:
        """The way with doubt where its value is outside what is possible."""
        doubts = list(way.doubts)
        sides: tuple[Operator, Operator] = ("lt", "gt")
        for op, bound in zip(sides, bounds(self.dictionary.of_key(key)), strict=True):
            if bound is None or isinstance(way.form, Beyond) or (op == "lt" and never_below(way.form, bound)):
                continue
            if isinstance(way.form, Quotient) and way.form.degree == 1:
                crossed = cross(self.steps, way.form, op, bound)
                if crossed is not None:
                    doubts.append(crossed)
                    continue
            outside, unsure = compare(self.steps, way.form, op, bound)
            doubts += [outside, unsure]
        return replace(way, doubts=tuple(doubts))


def bounds(entry: FactEntry) -> tuple[Fraction | None, Fraction | None]:
    """What is possible at all, in base units."""
    least, most = (None if bound is None else Fraction(str(bound)) for bound in entry.bounds)
    return least, most
