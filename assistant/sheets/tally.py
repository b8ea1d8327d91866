"""Counts over a whole run: outcomes, failing criteria and missing facts by title, cells by what was said of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from assistant.batch.screen import APART
from assistant.sheets.results import OUTCOMES, Screened
from assistant.sheets.workplace import Workplace


@dataclass
class TitleTally:
    """One title: companies by outcome (English id), by failing criterion (in words) and by missing fact (its label)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failing: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, frame: pl.DataFrame, one: Screened) -> None:
        """The companies of one piece."""
        self.outcomes.update(_counts(frame[one.column("outcome")]))
        for id_, words in one.clauses.items():
            failing = int((frame[one.column(id_)] == "not_met").sum())
            self.failing.update({words: failing} if failing else {})
        self.missing.update(_counts(_parts(frame[one.column("missing")])))


@dataclass
class Tally:
    """The whole run."""

    rows: int = 0
    titles: dict[str, TitleTally] = field(default_factory=dict)
    cells: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, work: Workplace, screened: list[Screened]) -> Tally:
        """Counts over the finished pieces, one in memory at a time."""
        tally = cls(titles={one.name: TitleTally() for one in screened})
        for frame in work.results():
            tally.rows += frame.height
            for one in screened:
                tally.titles[one.name].add(frame, one)
        for lines in work.lines():
            tally.cells.update(_counts(lines["kind"]))
        return tally

    def as_dict(self, screened: list[Screened]) -> list[dict[str, Any]]:
        """For JSON: one object per title."""
        found = []
        for one in screened:
            counts = self.titles[one.name]
            found.append(
                {
                    "title": one.standard.title, "standard": one.standard.name, "track": one.track,
                    "round": one.round_year, "outcomes": {name: counts.outcomes.get(name, 0) for name in OUTCOMES},
                    "failing": dict(counts.failing.most_common()), "missing": dict(counts.missing.most_common(50)),
                }
            )  # fmt: skip
        return found


def _parts(series: pl.Series) -> pl.Series:
    return series.cast(pl.String).str.split(APART).explode().drop_nulls()


def _counts(series: pl.Series) -> dict[str, int]:
    counted = series.drop_nulls().value_counts()
    return {name: count for name, count in counted.iter_rows() if name}
