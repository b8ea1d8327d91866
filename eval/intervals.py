"""How sure a measured figure is: 95 % intervals for shares (Wilson) and for means (bootstrap)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from pydantic import BaseModel

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20261121


class Mean(BaseModel):
    """The mean of ``of`` values with its interval; all None where there was nothing to average."""

    value: float | None
    low: float | None = None
    high: float | None = None
    of: int

    @classmethod
    def over(cls, values: Sequence[float]) -> Mean:
        """Mean and percentile bootstrap over the values (2000 resamples, fixed seed)."""
        if not values:
            return cls(value=None, of=0)
        low, high = bootstrap(values)
        return cls(value=float(np.mean(values)), low=low, high=high, of=len(values))


@lru_cache(maxsize=4096)
def wilson(right: int, of: int) -> tuple[float, float]:
    """The score interval of a share (E. B. Wilson, 1927), which stays within 0 and 1 and is honest for small ``of``."""
    from scipy.stats import binomtest

    interval = binomtest(right, of).proportion_ci(LEVEL, method="wilson")
    return float(interval.low), float(interval.high)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The percentile bootstrap interval of the mean, the same on every run; one value has none but itself."""
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)
