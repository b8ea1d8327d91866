"""Made-up companies: eight or nine figures in a row, many exactly on a threshold, every fact missing in 12 % of rows."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

MISSING = 0.12
ON_THE_LINE = 0.1
WAN = 1_000_000
"""分 in a 万元."""
LEVELS = np.array(["none", "municipal", "provincial", "national"])
Numbers = NDArray[np.int64]


def companies(rows: int, seed: int = 2026) -> pl.DataFrame:
    """Canonical columns (see ``assistant.batch.columns``) of the facts that the rule looks at; null is unknown."""
    chance = np.random.default_rng(seed)

    def on_line(values: Numbers, line: Numbers | int) -> Numbers:
        return np.where(chance.random(rows) < ON_THE_LINE, line, values)

    def part(whole: Numbers, low: float, high: float, per_cent: int) -> Numbers:
        share = (whole * chance.uniform(low, high, rows)).astype(np.int64)
        return on_line(share, whole * per_cent // 100)

    def yes(share: float) -> NDArray[np.bool_]:
        return chance.random(rows) < share

    revenue = on_line(chance.integers(900, 20_000, rows) * WAN, 1500 * WAN)
    before = (revenue * chance.uniform(0.7, 1.2, rows)).astype(np.int64) // 100 * 100
    assets = chance.integers(500, 30_000, rows) * WAN
    columns: dict[str, NDArray[np.generic]] = {
        "revenue@2025": revenue,
        "revenue@2024": before,
        "main_revenue@2025": part(revenue, 0.78, 1.0, 80),
        "rd_expense@2025": on_line(part(revenue, 0.025, 0.12, 3), 100 * WAN),
        "rd_expense@2024": on_line(part(before, 0.025, 0.12, 3), 100 * WAN),
        "total_assets@2025": assets,
        "total_liabilities@2025": part(assets, 0.1, 0.83, 80),
        "new_equity_l2y@2025": chance.choice(np.array([0, 0, 0, 1999, 2000, 5000]) * WAN, rows),
        "niche_years@2025": chance.integers(2, 12, rows).astype(np.float64),
        "class_1_ip": chance.integers(0, 8, rows),
        "award_rank": chance.integers(1, 8, rows),
        "leading_product_share@2025": on_line(chance.integers(49, 100, rows), 50) / 100,
        "development_score@2026": on_line(chance.integers(46, 95, rows), 50).astype(np.float64),
        "holds_base_title": yes(0.97),
        "class_1_ip_in_use": yes(0.95),
        "market_position_strong": yes(0.97),
        "reputation": yes(0.98),
        "award_level_l3y": chance.choice(LEVELS, rows, p=[0.7, 0.1, 0.15, 0.05]),
        "rd_institution": chance.choice(LEVELS, rows, p=[0.7, 0.1, 0.15, 0.05]),
    }
    frame = pl.DataFrame({name: pl.Series(values) for name, values in columns.items()})
    known = {name: pl.Series(chance.random(rows) >= MISSING) for name in columns}
    levels = pl.Enum(LEVELS.tolist())
    frame = frame.with_columns(pl.col("award_level_l3y", "rd_institution").cast(levels))
    return frame.with_columns(pl.when(flag).then(pl.col(name)).alias(name) for name, flag in known.items())
