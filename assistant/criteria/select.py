"""Which standard applies: by title, track and the day on which the procedure started. Never the newest by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.errors import BadInput
from corpus.criteria_models import Standard, Track
from corpus.size_models import load_size
from corpus.validity import chinese_date

IF_REVIEW = "没有说明是首次申报还是复核，先按启动时的标准核对。如果是复核：{note}"


class StandardNotFound(BadInput):
    """No encoded standard applies; the message says why and what can be done."""


@dataclass(frozen=True)
class Choice:
    """The standard that applies, what has to be said beside it, and the standards that may be used instead."""

    standard: Standard
    notes: tuple[str, ...] = ()
    beside: tuple[Standard, ...] = ()


def titles(standards: Sequence[Standard]) -> dict[str, str]:
    """Every name of a title → its short name."""
    return {name: standard.title for standard in standards for name in (standard.title, *standard.names)}


def select(
    title: str, track: Track | None, *, as_of: date, started: date | None = None, standards: Sequence[Standard]
) -> Choice:
    """The standard for ``title`` on the day the procedure started (``started``, or else ``as_of``).

    A review begun before a standard came into force may be judged by it or by the one that it superseded: both are
    chosen. Raises StandardNotFound where the title is not known or its standard of that day is not encoded.
    """
    names = titles(standards)
    short = names.get(title.strip().replace('"', "").replace("'", ""))
    known = "、".join([*dict.fromkeys(names.values()), load_size().title])
    if short is None:
        raise StandardNotFound(f"没有叫“{title}”的认定称号。现在能预检的是：{known}。")
    day = started or as_of
    versions = [s for s in standards if s.title == short]
    running = [s for s in versions if _in_force(s, day)]
    if not running:
        raise StandardNotFound(_uncovered(short, day, versions))
    for standard in versions:
        transition = standard.transition
        if transition is None or track == "first" or day >= transition.review_started_before:
            continue
        if standard.supersedes != running[-1].document or not _in_force(standard, as_of):
            continue
        if track == "review":
            return Choice(standard, (transition.note,), (running[-1],))
        return Choice(running[-1], (IF_REVIEW.format(note=transition.note),), (standard,))
    return Choice(running[-1])


def _uncovered(title: str, day: date, versions: Sequence[Standard]) -> str:
    spans = "；".join(f"{_span(s)}启动的，按{s.name}" for s in versions)
    return (
        f"{chinese_date(day)}启动的“{title}”申报或复核，没有录入当时适用的标准，也不能拿别的时期的标准代替。"
        f"已经录入的是：{spans}。请核对启动的日期，拿不准就问主管部门。"
    )


def _in_force(standard: Standard, day: date) -> bool:
    return (standard.in_force.from_ or date.min) <= day <= (standard.in_force.until or date.max)


def _span(standard: Standard) -> str:
    start, end = standard.in_force.from_, standard.in_force.until
    words = f"{chinese_date(start)}起" if start else ""
    return words + (f"到{chinese_date(end)}" if end else "") or "任何时候"
