"""Random companies that contradict nothing, made from the fact dictionary itself for any standard.

The facts from which others follow are drawn (near the standard's thresholds where it has some); what follows from them
is left to the checker. A fact that is added to the dictionary takes part at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from criteria_made import STANDARDS
from hypothesis import strategies as st

from assistant.criteria.derive import build
from assistant.criteria.facts_file import facts_from_mapping
from assistant.facts.values import Facts, Value
from corpus.criteria_lint.assumed import reached
from corpus.criteria_models import Standard
from corpus.criteria_tree import Compare, Term, leaves, terms
from corpus.facts_models import Derivation, FactEntry, load_dictionary, split_key

DICTIONARY = load_dictionary()
WAN = 10_000
YEARS_BACK = 4
HAIR = {"money": Fraction(1), "ratio": Fraction(1, 10_000), "years": Fraction(1, 12)}
DIVISORS = {one.from_.of[1].fact for one in DICTIONARY.links.calculated if one.from_.op == "ratio"}  # type: ignore[union-attr]
AFTER_CANCELLED = {"title_cancelled_years_ago", "cancelled_for", "credit_repaired", "rectified_accepted"}


@dataclass(frozen=True)
class Plan:
    """What to draw for a standard: the facts, and the thresholds of each."""

    drawn: list[FactEntry]
    limits: dict[str, list[Fraction]]


@cache
def defining() -> tuple[Derivation, ...]:
    """The calculations that make their fact follow from others, none of them in a circle."""
    parts: dict[str, set[str]] = {}
    found = []
    for one in DICTIONARY.links.calculated:
        below = {term.fact for term in terms(one.from_)}
        if one.from_.op in ("difference", "product") or one.fact in _under(below, parts):
            continue
        parts[one.fact] = parts.get(one.fact, set()) | below
        found.append(one)
    return tuple(found)


def _under(facts: set[str], parts: dict[str, set[str]]) -> set[str]:
    return facts | {below for fact in facts for below in _under(parts.get(fact, set()), parts)}


def plan(standard: Standard) -> Plan:
    """The facts to draw for a standard."""
    parts = [part for criterion in standard.criteria for part in criterion.parts]
    used = reached({term.fact for part in parts for term in terms(part)}, DICTIONARY)
    if "is_sme" in used:
        used |= {"staff", "industry", "revenue", "total_assets"}
    following = {*(one.fact for one in defining()), *DICTIONARY.unions, "is_sme", "size_class"}
    following |= {one.since for one in DICTIONARY.links.since}  # the years are drawn, not the day they began
    limits: dict[str, list[Fraction]] = defaultdict(list)
    for leaf in (leaf for part in parts for leaf in leaves(part) if isinstance(leaf, Compare)):
        if isinstance(leaf.left, Term):
            limits[leaf.left.fact].append(leaf.right.value)
    return Plan([entry for entry in DICTIONARY.entries.values() if entry.id in used - following], dict(limits))


def sample_of(standard: Standard) -> Facts:
    """What is known exactly of the standard's sample company."""
    facts, _ = facts_from_mapping(standard.tests.base, last_year=standard.tests.round - 1)
    table = build(facts, DICTIONARY, round_year=standard.tests.round)
    exact = {key: known.value for key, known in table.values.items()}
    return {key: v for key, v in exact.items() if v.state == "known" and (v.is_exact or v.lo is v.hi is None)}


SAMPLES = {standard.id: sample_of(standard) for standard in STANDARDS.values()}
PLANS = {standard.id: plan(standard) for standard in STANDARDS.values()}


@st.composite
def companies(draw: st.DrawFn, standard: Standard) -> Facts:
    """A company of which everything that the standard can look at is known and nothing contradicts.

    It mostly resembles the standard's sample company, or hardly any would get past the first criterion.
    """
    wanted, round_ = PLANS[standard.id], standard.tests.round
    sample, alike = SAMPLES[standard.id], draw(st.integers(0, 19))
    facts = Facts()
    for entry in wanted.drawn:
        years = [None] if entry.period == "now" else range(round_ - YEARS_BACK, round_ + 1)
        for year in years:
            key = entry.key(year)
            if key in sample and draw(st.integers(0, 19)) < alike:
                facts[key] = sample[key]
            else:
                facts[key] = _value(draw, entry, wanted.limits.get(entry.id, []))
    _parts_within_wholes(draw, facts)
    _differences(facts)
    _implications(facts)
    if "title_cancelled" in facts and facts["title_cancelled"].flag is False:
        facts = {key: value for key, value in facts.items() if key not in AFTER_CANCELLED}
    return facts


def _value(draw: st.DrawFn, entry: FactEntry, limits: list[Fraction]) -> Value:
    if entry.type == "flag":
        return Value.yes(draw(st.booleans()))
    if entry.type == "choice":
        return Value.one_of(draw(st.sampled_from(entry.choices)))
    least, most = entry.bounds
    low = Fraction(str(least)) if least is not None else Fraction(-1)
    high = Fraction(str(most)) if most is not None else Fraction(9000 * WAN if entry.type == "money" else 2)
    if entry.type == "money":
        low, number = Fraction(WAN), Fraction(draw(st.integers(1, 9000)) * WAN)
    elif entry.type == "ratio":
        number = low + (min(high, Fraction(2)) - low) * Fraction(draw(st.integers(0, 200)), 200)
    else:
        low = max(low, Fraction(entry.id in DIVISORS))
        number = Fraction(draw(st.integers(int(low), int(min(high, low + 90)))))
    if limits and draw(st.booleans()):
        number = draw(st.sampled_from(limits)) + draw(st.sampled_from([-1, 0, 1])) * HAIR.get(entry.type, Fraction(1))
    return Value.exact(min(max(number, low), high) if entry.type != "money" else max(number, low))


def _parts_within_wholes(draw: st.DrawFn, facts: Facts) -> None:
    """No part is larger than its whole, no ratio leaves its bounds."""
    pairs = [(limit.part.fact, limit.whole.fact) for limit in DICTIONARY.links.limits]
    pairs += [
        (one.from_.of[0].fact, one.from_.of[1].fact)
        for one in DICTIONARY.links.calculated
        if one.from_.op == "ratio"
        and DICTIONARY[one.fact].bounds[1] is not None
        and all(isinstance(t, Term) for t in one.from_.of)
    ]
    for part, whole in dict.fromkeys(pairs):
        for key in [key for key in facts if split_key(key)[0] == part]:
            year = split_key(key)[1]
            other = facts.get(DICTIONARY[whole].key(year))
            if other is None or other.lo is None or (facts[key].lo or 0) <= other.lo:
                continue
            size = other.lo * Fraction(draw(st.integers(1, 40)), 40)
            facts[key] = Value.exact(Fraction(int(size)) if DICTIONARY[part].whole else size)


def _differences(facts: Facts) -> None:
    """Where a drawn fact is what is left of another, the other is what makes it so."""
    for one in DICTIONARY.links.calculated:
        if one.from_.op != "difference" or any(t.period != "NOW" for t in terms(one.from_)):
            continue
        whole, part = (term.key for term in terms(one.from_))
        if {one.fact, whole, part} <= set(facts):
            facts[whole] = Value.exact((facts[one.fact].lo or 0) + (facts[part].lo or 0))


def _implications(facts: Facts) -> None:
    for _ in range(4):
        for one in DICTIONARY.links.implied:
            holds = all(facts.get(f) and facts[f].flag is True for f in one.if_yes)
            holds = holds and all(facts.get(f) and facts[f].flag is False for f in one.if_no)
            if holds and not one.if_said and one.fact in facts and isinstance(one.is_, bool):
                facts[one.fact] = Value.yes(one.is_)
