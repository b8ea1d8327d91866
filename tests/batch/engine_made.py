"""Random companies for the batch engine: rows of canonical columns with gaps, values on and around the thresholds."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

from assistant.batch.columns import FEN, to_cell
from assistant.batch.rows import Cell
from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.tree import bind
from corpus.criteria_models import Standard
from corpus.criteria_tree import Compare, Part, Score, leaves, terms
from corpus.facts_models import FactEntry, load_dictionary
from corpus.size_models import load_size

ROUND = 2026
DICTIONARY = load_dictionary()
WAN = 10_000


def related(standard: Standard) -> list[str]:
    """The facts that a standard can hang on, through whatever links."""
    wanted = {term.fact for criterion in standard.criteria for part in criterion.parts for term in terms(part)}
    links = DICTIONARY.links
    while True:
        before = len(wanted)
        for one in links.calculated:
            if one.fact in wanted:
                wanted |= {term.fact for term in terms(one.from_)}
        for union in links.united:
            if wanted.intersection([union.fact, *union.any_of]):
                wanted |= {union.fact, *union.any_of}
        for implied in links.implied:
            if implied.fact in wanted:
                wanted |= set(implied.needs)
        wanted |= {since.since for since in links.since if since.fact in wanted}
        wanted |= {hint for fact in wanted for hint in DICTIONARY[fact].hinted_by}
        wanted |= {fact for one in standard.assume for fact in (*one.unless_said, *one.unless_yes)}
        if "is_sme" in wanted:
            wanted |= {"industry", "size_class", *(term.fact for term in load_size().indicators.values())}
        if len(wanted) == before:
            return sorted(wanted)


def keys_of(standard: Standard) -> list[str]:
    """Fact keys that may be columns: every related fact in the years that can matter."""
    return [
        key
        for fact in related(standard)
        for key in dict.fromkeys(DICTIONARY[fact].key(year) for year in range(ROUND - 4, ROUND + 1))
    ]


def thresholds(standard: Standard) -> dict[str, list[Fraction]]:
    """Kind of number → the thresholds of the standard."""
    found: dict[str, set[Fraction]] = {}

    def look(part: Part) -> None:
        for leaf in leaves(part):
            if isinstance(leaf, Compare):
                found.setdefault(leaf.right.kind, set()).add(leaf.right.value)
                for item in leaf.left.items if isinstance(leaf.left, Score) else ():
                    for condition in item.conditions:
                        look(condition)

    for criterion in standard.criteria:
        for part in criterion.parts:
            look(bind(part, track="first", round_year=ROUND))
            look(bind(part, track="review", round_year=ROUND))
    return {kind: sorted(values) for kind, values in found.items()}


def cell(entry: FactEntry, limits: dict[str, list[Fraction]], chance: random.Random) -> Cell:
    """A value of a fact, often on a threshold or a hair beside it."""
    near = limits.get(entry.type) or [Fraction(0)]
    match entry.type:
        case "flag":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(entry.choices)
        case "date":
            year = chance.randint(2015, 2026)
            return chance.choice([year, year * 10_000 + chance.randint(1, 12) * 100, year * 10_000 + 315])
        case "money":
            fen = int(
                chance.choice(near) * FEN * chance.choice([Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2)])
            )
            other = chance.randint(0, 9000) * WAN * FEN
            return chance.choice([fen, fen, fen - 1, fen + 1, other, chance.randint(0, 10**9), 0])
        case "count":
            most = 10 if entry.id not in ("staff", "employees") else 1000
            return max(
                0, chance.choice([int(chance.choice(near)) + chance.choice([-1, 0, 1]), chance.randint(0, most)])
            )
        case "ratio":
            exact = chance.choice(near) + chance.choice(
                [Fraction(0), Fraction(0), Fraction(1, 1000), Fraction(-1, 10**6)]
            )
            return chance.choice([float(exact), chance.randint(0, 100) / 100, round(chance.random(), 4)])
    return chance.choice([float(chance.choice(near)), float(chance.randint(0, 80)), round(chance.random() * 10, 1)])


def row(standard: Standard, keys: Iterable[str], chance: random.Random, *, gaps: float) -> dict[str, Cell]:
    """One company: a value or a gap in every column."""
    limits = thresholds(standard)
    return {key: None if chance.random() < gaps else cell(DICTIONARY.of_key(key), limits, chance) for key in keys}


def direct(standard: Standard) -> set[str]:
    """The facts that a standard names itself."""
    return {term.fact for criterion in standard.criteria for part in criterion.parts for term in terms(part)}


def sample(standard: Standard) -> dict[str, Cell]:
    """The sample company that stands beside the rules, as a row."""
    facts, _ = facts_from_mapping(standard.tests.base, last_year=standard.tests.round - 1)
    row: dict[str, Cell] = {}
    for key, value in facts.items():
        told = value.choice or value.flag
        number = value.lo if told is None else None
        row[key] = to_cell(number, DICTIONARY.of_key(key)) if number is not None else told
    return row
