"""Changes to a made company: figures that vary without changing a verdict, that fall short, or that stand on the line.

What a change does is never taken for granted: whoever makes one asks the checker afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from assistant.criteria.boundaries import comparisons
from assistant.criteria.cases import company
from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.tree import bind
from assistant.facts.values import Facts, Value
from assistant.workshop.verdicts import Setting, verdict_of
from corpus.criteria_models import Assumption, Case
from corpus.criteria_tree import Compare, Term
from corpus.facts_models import load_dictionary

WAN = 10_000
STEPS: dict[str, list[Fraction]] = {
    "money": [Fraction(n * WAN) for n in (1, 5, 10, 20)], "ratio": [Fraction(n, 1000) for n in (1, 2, 5)],
    "points": [Fraction(1), Fraction(2)], "years": [Fraction(1)], "count": [Fraction(1)],
}  # fmt: skip
"""How far a near miss falls short, by the kind of figure."""
FAR: dict[str, list[Fraction]] = {
    "money": [Fraction(n, 100) for n in (55, 70, 85)], "ratio": [Fraction(n, 100) for n in (60, 75, 90)],
    "points": [Fraction(3, 4), Fraction(9, 10)], "years": [Fraction(1, 3)], "count": [Fraction(0), Fraction(1, 2)],
}  # fmt: skip
"""What part of a threshold a company that falls short has."""
VARIATIONS: dict[str, Callable[[Random, Fraction], Fraction]] = {
    "ratio": lambda random, value: value + Fraction(random.randint(-80, 80), 1000),
    "years": lambda random, value: value + random.randint(0, 9),
    "points": lambda random, value: value + random.randint(-8, 12),
    "count": lambda random, value: value + random.randint(0, 4),
}


@dataclass(frozen=True)
class Fault:
    """Something that may make a company fail: the facts that it sets and those that it takes away."""

    sets: Facts
    drops: frozenset[str] = frozenset()

    def on(self, facts: Facts) -> Facts:
        """The company with the fault."""
        return {**{key: value for key, value in facts.items() if key not in self.drops}, **self.sets}


def together(faults: Iterable[Fault]) -> Fault:
    """Several faults at once; of a fact that two of them set, the later one counts."""
    sets: Facts = {}
    drops: frozenset[str] = frozenset()
    for fault in faults:
        sets.update(fault.sets)
        drops |= fault.drops
    return Fault(sets, drops)


def base(setting: Setting) -> Facts:
    """The company that passes, with everything said that would otherwise be assumed."""
    standard = setting.standard
    facts = dict(facts_from_mapping(standard.tests.base, last_year=setting.round - 1)[0])
    for one in setting.local.assume:
        key = one.fact.at(setting.round).key
        value = _assumed(one)
        if key not in facts and value is not None:
            facts[key] = value
    return facts


def _assumed(one: Assumption) -> Value | None:
    if one.only_if:
        return None
    if one.is_ is not None:
        return Value.yes(one.is_)
    return Value.exact(Fraction(3, 4)) if one.above == "50%" else None


def varied(facts: Facts, setting: Setting, random: Random, fixed: Collection[str] = ()) -> Facts:
    """The company with other figures (those of ``fixed`` stay) and the same outcome of every criterion."""
    want = _outcomes(facts, setting)
    share = Fraction(random.randint(100, 160), 100)
    scaled = {key: value if key in fixed else _scaled(key, value, share) for key, value in facts.items()}
    found = scaled if _outcomes(scaled, setting) == want else dict(facts)
    for key in sorted(found):
        value, entry = found[key], load_dictionary().of_key(key)
        if key not in fixed and entry.type in VARIATIONS and value.is_exact and value.lo:
            changed = VARIATIONS[entry.type](random, value.lo)
            other = {**found, key: Value.exact(changed)}
            if changed > 0 and _outcomes(other, setting) == want:
                found = other
    return found


def _outcomes(facts: Facts, setting: Setting) -> tuple[object, ...]:
    verdict = verdict_of(facts, setting)
    return (verdict.outcome, verdict.conflicts, [(row.id, row.outcome) for row in verdict.criteria])


def _scaled(key: str, value: Value, share: Fraction) -> Value:
    if load_dictionary().of_key(key).type != "money" or not value.is_exact or not value.lo:
        return value
    return Value.exact(round(value.lo * share / (5 * WAN)) * 5 * WAN)


@dataclass(frozen=True)
class Limit:
    """A threshold on a single figure: the bound comparison and the key of its figure."""

    leaf: Compare
    key: str


def limits(setting: Setting) -> list[Limit]:
    """Every threshold on a single figure that the criteria of the place look at and that the passing company states."""
    stated = base(setting)
    found = (
        leaf
        for criterion in setting.local.criteria
        for leaf in comparisons(bind(criterion.test, track=setting.track, round_year=setting.round))
    )
    return [
        Limit(leaf, leaf.left.key)
        for leaf in dict.fromkeys(found)
        if isinstance(leaf.left, Term) and leaf.left.key in stated
    ]


def short_of(of: Limit, random: Random, *, near: bool) -> Fault | None:
    """The figure falls short of a threshold, or goes beyond it; None where no such figure can be."""
    leaf, entry = of.leaf, load_dictionary().of_key(of.key)
    limit = leaf.right.value
    if near:
        step = random.choice(STEPS.get(entry.type, [Fraction(1)]))
        number = limit - step if leaf.op in ("ge", "gt") else limit + step
    elif leaf.op in ("ge", "gt"):
        number = limit * random.choice(FAR.get(entry.type, [Fraction(1, 2)]))
    else:
        number = limit * Fraction(random.choice([110, 120]), 100)
    if entry.whole or entry.type in ("count", "points", "years"):
        number = Fraction(int(number))
    return Fault({of.key: Value.exact(number)}) if number >= 0 and number != limit else None


def on_the_line(of: Limit) -> Fault:
    """The figure is exactly the threshold."""
    return Fault({of.key: Value.exact(of.leaf.right.value)})


def from_case(case: Case, setting: Setting) -> Fault:
    """What makes the company of a test beside the rules differ from the one that passes."""
    before, after = (
        facts_from_mapping(data, last_year=setting.round - 1)[0]
        for data in (setting.standard.tests.base, company(setting.standard, case))
    )
    sets = {key: value for key, value in after.items() if before.get(key) != value}
    cancelled = any(key.startswith(("title_cancelled_years", "cancelled_for")) for key in sets)
    drops = {key for key in before if key not in after} | ({"title_cancelled"} if cancelled else set())
    return Fault(sets, frozenset(drops))


def cases(setting: Setting, outcome: str) -> list[Case]:
    """The tests beside the rules of one track that start from the company that passes and come out so."""
    return [
        case
        for case in setting.standard.tests.cases
        if case.outcome == outcome and case.track == setting.track and not case.fresh and not case.rest
    ]
