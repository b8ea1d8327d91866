"""Which standard applies: by title, track and the day on which the procedure started. Never the newest by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.errors import BadInput
from corpus.criteria_models import Standard, Track
from corpus.validity import chinese_date

IF_REVIEW = "没有说明是首次申报还是复核，先按启动时的标准核对。如果是复核：{note}"
LOWER_TITLES = {"创新型": "创新型中小企业", "科技型": "科技型中小企业"}


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

    Raises StandardNotFound where the title is not known or its standard of that day is not encoded.
    """
    names = titles(standards)
    short = names.get(title.strip().replace('"', "").replace("'", ""))
    known = "、".join(dict.fromkeys(names.values()))
    if short is None:
        if title in LOWER_TITLES or title in LOWER_TITLES.values():
            full = LOWER_TITLES.get(title, title)
            raise StandardNotFound(f"{full}的认定标准还没有录入，暂时不能预检。现在能预检的是：{known}。")
        raise StandardNotFound(f"没有叫“{title}”的认定称号。现在能预检的是：{known}。")
    day = started or as_of
    versions = [s for s in standards if s.title == short]
    running = [s for s in versions if _in_force(s, day)]
    later = [s for s in versions if s.in_force.from_ and day < s.in_force.from_ and _in_force(s, as_of)]
    for standard in later:
        transition = standard.transition
        if transition is None or track == "first" or day >= transition.review_started_before:
            continue
        if not running:
            return Choice(standard, (transition.note,))
        if track == "review":
            return Choice(standard, (transition.note,), (running[-1],))
        return Choice(running[-1], (IF_REVIEW.format(note=transition.note),), (standard,))
    if running:
        return Choice(running[-1])
    first = min((s.in_force.from_ for s in versions if s.in_force.from_), default=None)
    if first is None:
        raise StandardNotFound(f"{short}在{chinese_date(day)}适用的标准还没有录入，暂时不能预检。")
    older = next((s.transition.older for s in versions if s.transition), "更早的标准")
    hint = "；如果是那以前启动的复核，请说明是复核" if later and track is None else ""
    raise StandardNotFound(
        f"{chinese_date(day)}启动的申报适用{older}，这套旧标准还没有录入，暂时不能预检；"
        f"{chinese_date(first)}起启动的按新标准，可以预检{hint}。"
    )


def _in_force(standard: Standard, day: date) -> bool:
    return (standard.in_force.from_ or date.min) <= day <= (standard.in_force.until or date.max)
