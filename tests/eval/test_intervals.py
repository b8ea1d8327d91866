"""Intervals against published values and what has to hold of any of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.intervals import Mean, bootstrap, wilson
from eval.summary import Share


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_prints_it(right: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe (1998), table I, method 3."""
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_has_no_interval() -> None:
    assert Share(right=0, of=0).interval is None
    assert Mean.over([]) == Mean(value=None, of=0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_bootstrap_lies_within_the_values_and_repeats(values: list[float]) -> None:
    low, high = bootstrap(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert bootstrap(values) == (low, high)


def test_bootstrap_is_about_the_normal_interval() -> None:
    values = [0.0, 1.0] * 200
    low, high = bootstrap(values)
    assert low == pytest.approx(0.451, abs=0.008)
    assert high == pytest.approx(0.549, abs=0.008)
