"""The columns that the batch evaluator reads, decided once: named by fact key, one type for each kind of fact.

A column is named ``fact`` or ``fact@year`` (``class_1_ip``, ``revenue@2025``). Null is unknown: nothing was said.

=================== ========= ==========================================================================
kind of fact        type      meaning of a value
=================== ========= ==========================================================================
money               Int64     分 (hundredths of a 元): 1500万元 is 1_500_000_000
ratio               Float64   a fraction: 3% is 0.03
years, points       Float64   years, points
count               Int64     pieces, people, ranks
date                Int64     packed: 2019, 20190300 (March 2019) or 20190315
flag                Boolean   yes or no
choice              String    the id of the choice: provincial (or an Enum of the fact's choices, compared faster)
=================== ========= ==========================================================================

A Float64 stands for the shortest decimal that reads back as it: 0.03 is exactly 3/100. Between two such numbers the
order of the floats is the order of the decimals, so that a comparison with a threshold is exact and nothing has to be
scaled or rounded. ``fact_value`` is the same reading for the exact evaluator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

import polars as pl

from assistant.facts.values import Facts, Value
from corpus.facts_models import Dictionary, FactEntry, FactType, split_key

FEN = 100
"""分 in a 元."""
LARGEST = 90_000_000_000_000
"""The largest 分 (9000亿元), count or packed date with which the fast evaluator calculates; larger ones go the exact way."""
TYPES: dict[FactType, type[pl.DataType]] = {
    "money": pl.Int64, "count": pl.Int64, "date": pl.Int64,
    "ratio": pl.Float64, "years": pl.Float64, "points": pl.Float64,
    "flag": pl.Boolean, "choice": pl.String,
}  # fmt: skip


def column_type(entry: FactEntry) -> type[pl.DataType]:
    """The Polars type of a fact's column."""
    return TYPES[entry.type]


def fits(kind: pl.DataType, entry: FactEntry) -> bool:
    """Whether a column of this type can be read as the fact."""
    return kind == column_type(entry) or (isinstance(kind, pl.Enum) and set(kind.categories) == set(entry.choices))


def to_cell(value: Fraction | bool | str, entry: FactEntry) -> int | float | bool | str | None:
    """A value in base units (元, fraction, years, points, pieces; a flag; a choice's id) as it stands in the column.

    None where the column cannot hold it: a part of a 分, half a piece, a number beyond Int64.
    """
    if isinstance(value, bool | str):
        return value
    if column_type(entry) == pl.Float64:
        return float(value)
    units = value * FEN if entry.type == "money" else value
    return int(units) if units.denominator == 1 and abs(units) < 2**63 else None


def fact_value(cell: object, entry: FactEntry) -> Value | None:
    """A cell as the exact evaluator's value; None for null and for what is no number."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    if entry.type == "flag":
        return Value.yes(bool(cell))
    if entry.type == "choice":
        return Value.one_of(str(cell))
    number = Fraction(repr(cell)) if isinstance(cell, float) else Fraction(str(cell))
    return Value.exact(number / FEN if entry.type == "money" else number)


def facts_of_row(row: Mapping[str, object], dictionary: Dictionary) -> Facts:
    """The facts of one row (column → cell) for the exact evaluator; columns that are no facts are passed over."""
    facts = Facts()
    for key in fact_columns(row, dictionary):
        value = fact_value(row[key], dictionary.of_key(key))
        if value is not None:
            facts[key] = value
    return facts


def fact_columns(names: Iterable[str], dictionary: Dictionary) -> list[str]:
    """The names among ``names`` that are keys of facts, in their order: a fact of now without a year, others with."""
    found: list[str] = []
    for name in names:
        fact, _, year = name.partition("@")
        if fact in dictionary and (year.isdigit() if dictionary[fact].period != "now" else name == fact):
            found.append(name)
    return found


def schema(keys: Iterable[str], dictionary: Dictionary) -> dict[str, type[pl.DataType]]:
    """Column → type for fact keys. Raises KeyError where a key's fact is not in the dictionary."""
    return {key: TYPES[dictionary[split_key(key)[0]].type] for key in keys}
