"""What is known of a company: values with their certainty, keyed by fact and fiscal year.

A key is ``fact`` or ``fact@year`` (``revenue@2025``); a fact over a span carries its last year
(``new_equity_l2y@2025`` covers 2024 and 2025). Money is in 元, ratios are fractions (3% is 3/100); all exact.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """One value. Exact numbers have ``lo == hi``; an interval may be open at an end or have no end (None).

    ``state`` tells ``known`` from ``uncertain`` (the asker was asked, or said so, and does not know: do not ask
    again) and ``not_applicable``. ``source`` is what the asker wrote, or how it was derived.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_closed: bool = True
    hi_closed: bool = True
    flag: bool | None = None
    choice: str | None = None
    state: Literal["known", "uncertain", "not_applicable"] = "known"
    source: str = ""

    @classmethod
    def exact(cls, number: Fraction | int | str, source: str = "") -> Value:
        """A number known exactly."""
        return cls(lo=Fraction(number), hi=Fraction(number), source=source)

    @classmethod
    def interval(
        cls,
        lo: Fraction | None,
        hi: Fraction | None,
        *,
        lo_closed: bool = True,
        hi_closed: bool = True,
        source: str = "",
    ) -> Value:
        """A number known to lie between two ends."""
        return cls(lo=lo, hi=hi, lo_closed=lo_closed, hi_closed=hi_closed, source=source)

    @classmethod
    def yes(cls, flag: bool, source: str = "") -> Value:
        """Yes or no."""
        return cls(flag=flag, source=source)

    @classmethod
    def one_of(cls, choice: str, source: str = "") -> Value:
        """One of the fact's named choices."""
        return cls(choice=choice, source=source)

    @classmethod
    def uncertain(cls, source: str = "") -> Value:
        """Asked, and not known to the asker."""
        return cls(state="uncertain", source=source)

    @property
    def is_exact(self) -> bool:
        """Whether the number is one point."""
        return self.lo is not None and self.lo == self.hi


Facts = dict[str, Value]
"""Key (``fact`` or ``fact@year``) → value. A missing key is unknown."""


class Statement(BaseModel):
    """One thing that a message says of the company, with its words: ``message[start:end]``."""

    model_config = ConfigDict(frozen=True)

    key: str
    value: Value
    start: int
    end: int
    text: str
    year_assumed: bool = False
    correction: bool = False


class Problem(BaseModel):
    """What is wrong with what was said: an impossible value, or two statements that cannot both hold.

    ``keys`` names the facts that may not be used until it is settled; ``sentence`` is for the asker.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["impossible", "conflict"]
    keys: list[str]
    sentence: str


class Extraction(BaseModel):
    """All that one message says of a company.

    ``title`` is the short name of the title asked about (专精特新, 小巨人, 创新型, 科技型), ``track`` first or
    review, ``rest_affirmed`` the words of "everything else is met" where the message has them, ``affirmed`` the
    fact ids of matters called met by name ("研发、专利都达标") with these words, ``excluded`` the
    fact ids that the asker explicitly left open ("除了研发都达标", "研发还没算"). ``supposed`` stands under "if" and
    is no fact. ``round`` is the year of the round asked about and ``started`` the day on which the procedure was started,
    where the message names one; ``heard`` are the spans
    that were understood though they give no fact (注册资本1000万, 听说要70%).
    """

    statements: list[Statement] = []
    title: str | None = None
    track: Literal["first", "review"] | None = None
    rest_affirmed: str | None = None
    affirmed: dict[str, str] = {}
    excluded: list[str] = []
    problems: list[Problem] = []
    supposed: list[Statement] = []
    round: int | None = None
    started: date | None = None
    heard: list[tuple[int, int]] = []

    @property
    def facts(self) -> Facts:
        """The statements as facts; a later one replaces an earlier one."""
        return {s.key: s.value for s in self.statements}


def key(fact: str, year: int | None = None) -> str:
    """``key("revenue", 2025)`` → ``"revenue@2025"``."""
    return fact if year is None else f"{fact}@{year}"
