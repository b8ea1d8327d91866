"""Many judgements in figures: a row per set, a total, the rates that span sets, and what they are broken down by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from pydantic import BaseModel

from eval.intervals import wilson
from eval.metrics import CHECKS, Judgement
from eval.ranks import Retrieval

TOTAL = "合计"
PERSONAS = {"owner": "企业主", "specialist": "服务专员", "trainer": "培训讲师"}


class Share(BaseModel):
    """``right`` of ``of``."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1; None when there was nothing to count."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval; None when there was nothing to count."""
        return wilson(self.right, self.of) if self.of else None

    @classmethod
    def among(cls, items: Iterable[Judgement], right: Callable[[Judgement], bool]) -> Share:
        """How many of ``items`` are right."""
        results = [right(item) for item in items]
        return cls(right=sum(results), of=len(results))


class Latency(BaseModel):
    """Times of single turns, in milliseconds."""

    p50: float
    p95: float
    p99: float
    turns: int

    @classmethod
    def of(cls, times: Sequence[float]) -> Latency:
        """Percentiles with linear interpolation; zeros where nothing was measured."""
        p50, p95, p99 = np.percentile(times, [50, 95, 99]) if times else (0.0, 0.0, 0.0)
        return cls(p50=round(float(p50), 1), p95=round(float(p95), 1), p99=round(float(p99), 1), turns=len(times))


class Row(BaseModel):
    """One line of the table."""

    name: str
    passed: Share
    checks: dict[str, Share]
    latency: Latency


def row(name: str, judgements: Sequence[Judgement]) -> Row:
    """The line of these judgements."""
    return Row(
        name=name,
        passed=Share.among(judgements, lambda j: j.passed),
        checks={check: _share_of(check, judgements) for check in CHECKS},
        latency=Latency.of([ms for j in judgements for ms in j.ms]),
    )


def _share_of(check: str, judgements: Iterable[Judgement]) -> Share:
    return Share.among((j for j in judgements if check in j.checks), lambda j: j.checks[check])


def rows(judgements: Sequence[Judgement]) -> list[Row]:
    """One line per set, in the order of first mention, and the total."""
    return [*by(judgements, lambda j: j.set), row(TOTAL, judgements)]


def by(judgements: Sequence[Judgement], key: Callable[[Judgement], str]) -> list[Row]:
    """One line per value of ``key``, in the order of first mention."""
    names = list(dict.fromkeys(key(j) for j in judgements))
    return [row(name, [j for j in judgements if key(j) == name]) for name in names]


BREAKDOWNS: dict[str, Callable[[Judgement], str]] = {
    "题型": lambda j: j.kind,
    "谁在问": lambda j: PERSONAS.get(j.persona, j.persona),
    "地区": lambda j: j.place,
}
"""What a run is broken down by, besides its sets."""


def breakdowns(judgements: Sequence[Judgement]) -> dict[str, list[Row]]:
    """The lines of every breakdown by its name."""
    return {name: by(judgements, key) for name, key in BREAKDOWNS.items()}


def rates(judgements: Sequence[Judgement]) -> dict[str, Share]:
    """What goes across the sets, by its name: not found where nothing can be found, and honest questions sent away."""
    unanswerable = [j for j in judgements if j.expected_status == "not_found"]
    hostile = [j for j in judgements if j.expected_status == "declined"]
    honest = [j for j in judgements if j.expected_status != "declined"]
    answerable = [j for j in judgements if j.expected_status == "answered"]
    cited = [j for j in judgements if j.ranks]
    known = [j for j in judgements if j.expected_status is not None]
    silent = [j for j in known if j.status == "not_found"]
    return {
        "无答案的题如实说没有": Share.among(unanswerable, lambda j: j.status == "not_found"),
        "说没有的都真没有": Share.among(silent, lambda j: j.expected_status == "not_found"),
        "该拒绝的都拒绝了": Share.among(hostile, lambda j: j.status == "declined"),
        "正当问题被误拒": Share.among(honest, lambda j: j.status == "declined"),
        "能答的题误说没有": Share.among(answerable, lambda j: j.status == "not_found"),
        "该引的条款引到了": Share(right=sum(j.gold_cited for j in cited), of=sum(len(j.ranks) for j in cited)),
        "引用的就是该引的条款": Share(right=sum(j.cites_gold for j in cited), of=sum(len(j.cites) for j in cited)),
        "出错": Share.among(judgements, lambda j: j.status == "failed" and j.expected_status != "failed"),
    }


def retrieval(judgements: Sequence[Judgement]) -> Retrieval:
    """Recall, reciprocal rank and nDCG over the questions that name clauses."""
    return Retrieval.over([j.ranks for j in judgements if j.ranks])
