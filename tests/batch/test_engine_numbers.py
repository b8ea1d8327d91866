"""The numbers of the fast evaluator beside the exact ones: comparisons, agreement of said and calculated, dates."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from row_steps import run

from assistant.batch.agree import agrees
from assistant.batch.columns import column_type, fact_columns, fact_value, to_cell
from assistant.batch.forms import Decimal, Form, Quotient, Whole, compare
from assistant.batch.since import since
from assistant.batch.steps import Ref, Steps
from assistant.criteria.derive import _years_since
from assistant.criteria.intervals import Range, divide, root, subtract
from assistant.criteria.precision import precision
from assistant.facts.values import Value
from corpus.criteria_tree import OPERATORS, Operator
from corpus.facts_models import load_dictionary

DICTIONARY = load_dictionary()
FEN = Fraction(1, 100)
amounts = st.integers(0, 10**13)
limits = st.fractions(0, 3, max_denominator=1000)
operators: st.SearchStrategy[Operator] = st.sampled_from(OPERATORS)


def columns(steps: Steps, *names: str) -> list[Whole]:
    return [Whole(steps.col(name, "int"), FEN, 10**13, negative=False) for name in names]


def decided(steps: Steps, form: Form, op: Operator, limit: Fraction, **cells: float) -> bool | None:
    """The comparison; None where the row is in doubt."""
    value, doubt = compare(steps, form, op, limit)
    found: dict[Ref, object] = run(steps, cells)
    return None if found[doubt] else bool(found[value])


@settings(deadline=None)
@given(a=amounts, b=st.integers(1, 10**13), limit=limits, op=operators)
def test_a_ratio_is_compared_exactly(a: int, b: int, limit: Fraction, op: Operator) -> None:
    steps = Steps()
    top, bottom = columns(steps, "a", "b")
    exact = Range.point(Fraction(a, b)).compare(op, limit) == 2
    assert decided(steps, Quotient(top, bottom), op, limit, a=a, b=b) is exact


@settings(deadline=None)
@given(b=st.integers(1, 10**9), limit=st.fractions(0, 1, max_denominator=100), op=operators, by=st.integers(-1, 1))
def test_a_growth_over_two_years_is_compared_exactly(b: int, limit: Fraction, op: Operator, by: int) -> None:
    steps = Steps()
    top, bottom = columns(steps, "a", "b")
    a = int(b * (1 + limit) ** 2) + by
    rate = subtract(root(divide(Range.point(max(a, 0)), Range.point(b)) or Range(), 2), Range.point(1))
    found = decided(steps, Quotient(top, bottom, degree=2, growth=True), op, limit, a=max(a, 0), b=b)
    assert found is (rate.compare(op, limit) == 2)


@settings(deadline=None)
@given(x=st.floats(0, 2), digits=st.integers(0, 6), limit=st.sampled_from(["0.03", "0.5", "0.8", "0.05"]), op=operators)
def test_a_decimal_is_compared_as_it_is_written(x: float, digits: int, limit: str, op: Operator) -> None:
    steps = Steps()
    said = round(x, digits)
    exact = Range.point(Fraction(repr(said))).compare(op, Fraction(limit)) == 2
    assert decided(steps, Decimal(steps.col("x", "float")), op, Fraction(limit), x=said) is exact


@settings(deadline=None)
@given(a=st.integers(0, 10**8), b=st.integers(1, 10**8), digits=st.integers(1, 6), off=st.integers(-3, 3))
def test_what_plainly_agrees_is_no_contradiction_to_the_exact_evaluator(a: int, b: int, digits: int, off: int) -> None:
    steps, entry = Steps(), DICTIONARY["main_share"]
    said = round(a / b + off * 10.0**-digits / 2, digits)
    top, bottom = columns(steps, "a", "b")
    flag = agrees(steps, Decimal(steps.col("x", "float")), Quotient(top, bottom), entry)
    value = Value.exact(Fraction(repr(said)))
    room = Range.of(value).widen(precision(value, "ratio"))
    if run(steps, {"a": a, "b": b, "x": said})[flag]:
        assert room.meets(Range.point(Fraction(a, b)))
    else:
        assert abs(Fraction(a, b) - Fraction(repr(said))) > precision(value, "ratio") * Fraction(99, 100)


@settings(deadline=None)
@given(said=amounts, counted=amounts)
def test_amounts_that_plainly_agree_are_no_contradiction(said: int, counted: int) -> None:
    steps, entry = Steps(), DICTIONARY["rd_expense_l2y"]
    one, other = columns(steps, "said", "counted")
    flag = agrees(steps, one, other, entry)
    value = Value.exact(said * FEN)
    room = Range.of(value).widen(precision(value, "money"))
    for near in (counted, said, round(said, -6), said + 400_000):
        if run(steps, {"said": said, "counted": near})[flag]:
            assert room.meets(Range.point(near * FEN))


@settings(deadline=None)
@given(
    year=st.integers(1990, 2030), month=st.integers(0, 12), day=st.integers(0, 31), to=st.integers(1990, 2030),
    limit=st.integers(0, 10), op=operators,
)  # fmt: skip
def test_years_since_a_date(year: int, month: int, day: int, to: int, limit: int, op: Operator) -> None:
    packed = year if month == 0 else year * 10_000 + month * 100 + day
    steps = Steps()
    value, _ = compare(steps, since(steps, steps.col("start", "int"), to), op, Fraction(limit))
    exact = _years_since(Value.exact(packed), to).compare(op, Fraction(limit))
    assert run(steps, {"start": packed})[value] == {0: False, 1: None, 2: True}[exact]


def test_cells_of_every_kind_read_back() -> None:
    cases = [
        ("revenue", Fraction(15_000_000), 1_500_000_000), ("main_share", Fraction(4, 5), 0.8), ("is_sme", True, True),
        ("class_1_ip", Fraction(2), 2), ("niche_start", Fraction(20190300), 20190300), ("rd_institution", "none", "none"),
        ("niche_years", Fraction(5, 2), 2.5),
    ]  # fmt: skip
    for fact, value, cell in cases:
        entry = DICTIONARY[fact]
        assert to_cell(value, entry) == cell
        read = fact_value(cell, entry)
        assert read is not None
        assert value in (read.lo, read.flag, read.choice)
        assert pl.Series([cell]).dtype == column_type(entry)


def test_what_no_cell_can_hold() -> None:
    assert to_cell(Fraction(1, 1000), DICTIONARY["revenue"]) is None
    assert to_cell(Fraction(1, 2), DICTIONARY["class_1_ip"]) is None
    assert to_cell(Fraction(10**20), DICTIONARY["revenue"]) is None
    assert fact_value(float("nan"), DICTIONARY["main_share"]) is None


def test_names_that_are_no_facts_are_passed_over() -> None:
    names = ["企业名称", "revenue@2025", "revenue", "class_1_ip", "class_1_ip@2025", "revenue@2025年", "nothing@2025"]
    assert fact_columns(names, DICTIONARY) == ["revenue@2025", "class_1_ip"]
