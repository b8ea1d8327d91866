"""The standards that can be checked against."""

from __future__ import annotations

from corpus.criteria_models import Standard, load_standards


def standards() -> tuple[Standard, ...]:
    """Every encoded standard, oldest first."""
    return load_standards()
