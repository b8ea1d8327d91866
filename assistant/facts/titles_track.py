"""Whether a message is about a first application or a review, by the titles that it names."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.facts.reading import Reading

RANK = ["小巨人", "专精特新", "创新型", "科技型"]
_AGAIN = re.compile(
    r"(?:重新|再|重)(?:去|来|次|一次|首次|报|申|一回)?(?:申报|申请|报|认定|评)(?!复核)|(?:再|重新)(?:报|申)|复报"
)
REVIEW = re.compile(r"复核|复审|重新认定|换证|续期|续报|再次认定|延续|续认|复评")
_EXPIRES = re.compile(r"(?<!没)到期|期满|三年期到|满三年要")
_FIRST = re.compile(
    r"首次|初次|首报|(?<!重)新申报|(?<!重)新报|初报|(?:第一次|头一次|头一回|第一回)(?!复|上规|到期)|(?:没|未|从没"
    r"|从未|没有)(?:有)?(?:申)?报过|从未申报|没申请过|未申请过"
)
NOT_REVIEW = re.compile(
    r"(?:不是|非|没到|不到|不用|没有到)(?:复核|复审|到期)"
    r"|(?:没|未|没有|忘了?|错过了?|没能|没赶上|来不及|漏了?|没及时|未及时)(?:有)?(?:去|来|做|办|申请|参加|通过|报|过|及时)*(?:复核|复审|续期?|换证)"
    r"|(?:复核|复审)(?:也|都|就|时|那次)*(?:没|未)(?:有)?(?:过|通过|做|去|报|参加|申请|赶上|弄|搞|办)"
)
_HIGH_TECH = re.compile(r"高企|高新技术企业|高新(?:证书?|资质|资格)")
_EITHER = re.compile(r"首次还是复[核审]|复[核审]还是首次|新申报还是复")
Role = Literal["asked", "held", "not_held", "cancelled", "named", "left_out"]


@dataclass(frozen=True)
class Named:
    """A title named at ``text[start:end]`` and what the clause makes of it."""

    title: str
    start: int
    end: int
    role: Role


def track_of(
    reading: Reading, named: list[Named], best: str | None, lost: Set[str]
) -> Literal["first", "review"] | None:
    """The procedure; ``lost`` are the titles that were taken away, without which it is a first application."""
    text = reading.text
    if _EITHER.search(text):
        return None
    missed = _of_title(reading, named, NOT_REVIEW)
    first = _FIRST.search(text)
    if _applied_anew(reading, named, best, lost):
        return "first"
    review = _review_of(reading, named, best, sure=first is not None) and not missed
    if review:
        return "review"
    for match in islice(_EXPIRES.finditer(text), 8):
        clause = reading.clause(match.start())
        if _of_high_tech(reading, named, match.start()):
            continue
        near = [n for n in named if clause.start <= n.start < clause.end]
        own = bool(near) and near[0].role in ("asked", "named") and near[0].title == best
        if (own or not (near or first)) and not missed:
            return "review"
    return "first" if first else None


def _applied_anew(reading: Reading, named: list[Named], best: str | None, lost: Set[str]) -> bool:
    """被取消以后想重新报: without the title it is a first application."""
    title = best or min((n.title for n in named if n.role in ("cancelled", "held")), key=RANK.index, default=None)
    if title is None or title not in lost or re.search("复[核审]", reading.text):
        return False
    match = _AGAIN.search(reading.text)
    return match is not None and not _of_high_tech(reading, named, match.start())


def _review_of(reading: Reading, named: list[Named], best: str | None, *, sure: bool) -> bool:
    """Whether a review is spoken of, and not that of a lower title which the company has behind it: 专精特新去年刚复核过，
    想冲小巨人. ``sure``: the message says that it is the first time."""
    asked = sure or any(n.title == best and n.role == "asked" for n in named)
    for match in islice(REVIEW.finditer(reading.text), 8):
        if _of_high_tech(reading, named, match.start()):
            continue
        sentence = reading.clause(match.start()).sentence
        owner = [n for n in named if n.start < match.start() and reading.clause(n.start).sentence == sentence][-1:]
        if not (
            asked and owner and owner[0].title != best and RANK.index(owner[0].title) > RANK.index(best or "小巨人")
        ):
            return True
    return False


def _of_title(reading: Reading, named: list[Named], pattern: re.Pattern[str]) -> bool:
    """Whether ``pattern`` is found where it does not speak of a 高企 certificate."""
    return any(not _of_high_tech(reading, named, m.start()) for m in islice(pattern.finditer(reading.text), 8))


def _of_high_tech(reading: Reading, named: list[Named], at: int) -> bool:
    """Whether the term told at ``at`` is that of a 高企 certificate: named last before it in its sentence, no title since."""
    sentence = reading.clause(at).sentence
    start = next(c.start for c in reading.clauses if c.sentence == sentence)
    last = max((m.start() for m in _HIGH_TECH.finditer(reading.text, start, reading.clause(at).end)), default=-1)
    return last >= 0 and not any(last < n.start < at for n in named)
