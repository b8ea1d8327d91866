"""Text that a table program would run as a formula, made harmless (CWE-1236)."""

from __future__ import annotations

import polars as pl

DANGEROUS = r"^[\s]*[=+\-@\t\r]"
NUMBER = r"^[+\-]?[0-9.,]+[%％]?$"


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """An apostrophe before every text that begins like a formula; plain numbers stay as they are."""
    text = pl.col(pl.String)
    formula = text.str.contains(DANGEROUS) & ~text.str.contains(NUMBER)
    return frame.with_columns(pl.when(formula).then(pl.lit("'") + text).otherwise(text).name.keep())
