"""The rule in plain numpy, as one would write it by hand: NaN for unknown, two masks per test (passes, fails)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Test = tuple[Mask, Mask]
Arrays = Mapping[str, NDArray[np.float64]]
RANKED = {"none": 0, "municipal": 1, "provincial": 2, "national": 3}


def arrays(frame: pl.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Every column as floats; amounts in 元, flags 0 and 1, levels 0 to 3, unknown NaN."""
    found: dict[str, NDArray[np.float64]] = {}
    for name, kind in frame.schema.items():
        column = frame[name]
        if isinstance(kind, pl.Enum):
            column = column.replace_strict(RANKED, return_dtype=pl.Float64)
        values = column.cast(pl.Float64).to_numpy()
        found[name] = values / 100 if kind == pl.Int64 and "@" in name else values
    return found


def verdicts(a: Arrays) -> NDArray[np.int8]:
    """2 eligible, 0 not eligible, 1 undecided."""
    with np.errstate(divide="ignore", invalid="ignore"):
        main = a["main_revenue@2025"] / a["revenue@2025"]
        debt = a["total_liabilities@2025"] / a["total_assets@2025"]
        research = [a[f"rd_expense@{year}"] / a[f"revenue@{year}"] for year in (2025, 2024)]
    leading = np.where(np.isnan(a["leading_product_share@2025"]), 1.0, a["leading_product_share@2025"])
    size = _any(_at_least(a["revenue@2025"], 15e6), _at_least(a["new_equity_l2y@2025"], 20e6))
    award = _all(_at_least(a["award_level_l3y"], 2), _at_most(a["award_rank"], 3))
    exempt = _any(award, _at_least(a["rd_institution"], 2))
    owned = _all(_at_least(a["class_1_ip"], 1), _at_least(a["class_1_ip_in_use"], 1))
    passes, fails = _all(
        _at_least(a["holds_base_title"], 1),
        _at_least(a["niche_years@2025"], 3),
        size,
        _at_least(main, 0.8),
        _at_most(debt, 0.8),
        *(_at_least(a[f"rd_expense@{year}"], 1e6) for year in (2025, 2024)),
        *(_at_least(share, 0.03) for share in research),
        (owned[0] | exempt[0], owned[1] & exempt[1]),
        (leading > 0.5, leading <= 0.5),
        _at_least(a["market_position_strong"], 1),
        _at_least(a["reputation"], 1),
        _at_least(a["development_score@2026"], 50),
    )
    return np.where(fails, 0, np.where(passes, 2, 1)).astype(np.int8)


def _at_least(values: NDArray[np.float64], limit: float) -> Test:
    return values >= limit, values < limit


def _at_most(values: NDArray[np.float64], limit: float) -> Test:
    return values <= limit, values > limit


def _all(*tests: Test) -> Test:
    return np.logical_and.reduce([t[0] for t in tests]), np.logical_or.reduce([t[1] for t in tests])


def _any(*tests: Test) -> Test:
    return np.logical_or.reduce([t[0] for t in tests]), np.logical_and.reduce([t[1] for t in tests])
