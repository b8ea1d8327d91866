"""Many judgements in figures: a row per set, a total, the rates that span sets, and the gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from pydantic import BaseModel

from eval.metrics import CHECKS, Judgement

TOTAL = "合计"


class Share(BaseModel):
    """``right`` of ``of``."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1; None when there was nothing to count."""
        return self.right / self.of if self.of else None

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


class Gate(BaseModel):
    """What has to hold before a change lands. ``passed`` is None when no question of the run measures it."""

    name: str
    needed: float
    share: Share
    failing: list[str]

    @property
    def passed(self) -> bool | None:
        """Whether enough is right."""
        return None if self.share.value is None else self.share.value >= self.needed


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
    sets = list(dict.fromkeys(j.set for j in judgements))
    return [*(row(name, [j for j in judgements if j.set == name]) for name in sets), row(TOTAL, judgements)]


def rates(judgements: Sequence[Judgement]) -> dict[str, Share]:
    """What goes across the sets, by its name: not found where nothing can be found, and honest questions sent away."""
    unanswerable = [j for j in judgements if j.expected_status == "not_found"]
    hostile = [j for j in judgements if j.expected_status == "declined"]
    honest = [j for j in judgements if j.expected_status != "declined"]
    answerable = [j for j in judgements if j.expected_status == "answered"]
    return {
        "无答案的题如实说没有": Share.among(unanswerable, lambda j: j.status == "not_found"),
        "该拒绝的都拒绝了": Share.among(hostile, lambda j: j.status == "declined"),
        "正当问题被误拒": Share.among(honest, lambda j: j.status == "declined"),
        "能答的题误说没有": Share.among(answerable, lambda j: j.status == "not_found"),
        "出错": Share.among(judgements, lambda j: j.status == "failed" and j.expected_status != "failed"),
    }


def gates(judgements: Sequence[Judgement]) -> list[Gate]:
    """The four conditions on the gold questions."""

    def answered_right(j: Judgement) -> bool:
        return j.checks["top3"] and j.checks.get("facts", True)

    def kept_silent(j: Judgement) -> bool:
        return j.status == "not_found" and j.checks.get("forbidden", True)

    def verdict_right(j: Judgement) -> bool:
        return bool(j.verdict_right)

    def list_right(j: Judgement) -> bool:
        return bool(j.lists_right)

    answerable = [j for j in judgements if j.answerable]
    unanswerable = [j for j in judgements if j.expected_status == "not_found"]
    listed = [j for j in judgements if j.lists_right is not None]
    checked = [j for j in judgements if j.verdict_right is not None]
    return [
        _gate("能答的题：前三条引用有对的条款，且事实说全", 0.9, answerable, answered_right),
        _gate("无答案的题：不作答", 1.0, unanswerable, kept_silent),
        _gate("预检：结论和逐条都对", 1.0, checked, verdict_right),
        _gate("体检和期限：逐项都对", 1.0, listed, list_right),
    ]


def _gate(name: str, needed: float, asked: Sequence[Judgement], right: Callable[[Judgement], bool]) -> Gate:
    failing = [j.id for j in asked if not right(j)]
    return Gate(name=name, needed=needed, share=Share.among(asked, right), failing=failing)
