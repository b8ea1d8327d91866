"""Fixtures of the checker's tests."""

from __future__ import annotations

from datetime import date

import pytest
from criteria_made import TODAY


@pytest.fixture
def as_of_today() -> date:
    """The day on which the tests ask."""
    return TODAY
