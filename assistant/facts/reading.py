"""A message with everything found in it that the readers of facts share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.facts.amounts import Amount, find_amounts
from assistant.facts.lexicon import Mention, find_mentions
from assistant.facts.scope import Zone, find_zones
from assistant.facts.text import Clause, clause_at, clauses, normalise
from assistant.facts.times import Time, blank, find_times
from assistant.facts.values import Statement, Value

_PASSED_TO_US = re.compile(
    r"(?:转|给|卖|借|挂|并|入股|租|让)[^，。；]{0,4}(?:我们|咱|我司|阿拉)|[和跟与同](?:我们|咱们?|我司)(?:公司)?(?:合并|重组|共[有同用]|联合|一起)|我们(?:收购|合并|买|接)"
)
"""What another company has, and this one took over, is not of the other alone."""


@dataclass
class Reading:
    """``text`` is the message normalised, of the same length; all positions hold for both. ``about`` is the question
    that came before, ``known`` what was said before; ``heard`` are the places understood that give no fact."""

    message: str
    as_of: date
    expecting: list[str]
    place: str
    title: str | None = None
    about: str | None = None
    known: Mapping[str, Value] = field(default_factory=dict)
    rest: list[Zone] = field(default_factory=list)
    heard: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The normalised message."""
        return normalise(self.message)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses."""
        return clauses(self.text)

    @cached_property
    def times(self) -> list[Time]:
        """The years it names."""
        return find_times(self.text, self.as_of)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts it names."""
        return find_amounts(blank(self.text, self.times))

    @cached_property
    def mentions(self) -> list[Mention]:
        """The facts it names."""
        return find_mentions(self.text)

    @cached_property
    def about_mentions(self) -> list[Mention]:
        """The facts that the question before this message was about, the last named first."""
        return [m for m in find_mentions(normalise((self.about or "")[:400])) if not m.decoy and not m.whole][::-1]

    @cached_property
    def _zones(self) -> dict[int, list[Zone]]:
        table: dict[int, list[Zone]] = {}
        for zone in [*find_zones(self.text, self.clauses), *self.rest]:
            for index in range(self.clause_index(zone.start), self.clause_index(max(zone.start, zone.end - 1)) + 1):
                table.setdefault(index, []).append(zone)
        return table

    def hearsay(self) -> list[tuple[int, int]]:
        """The places that tell what others say or have: understood, and no fact of this company."""
        zones = [z for zones in self._zones.values() for z in zones if z.why in ("hearsay", "other")]
        return [(z.start, z.end) for z in zones if not _PASSED_TO_US.search(self.text, z.start, z.end)]

    def clause_index(self, at: int) -> int:
        """The number of the clause that holds ``at``."""
        return clause_at(self.clauses, at) if self.clauses else 0

    def clause(self, at: int) -> Clause:
        """The clause that holds ``at``."""
        return self.clauses[self.clause_index(at)]

    def words(self, clause: Clause) -> str:
        """The words of a clause."""
        return self.text[clause.start : clause.end]

    def zone(self, at: int) -> Zone | None:
        """What keeps ``at`` from being asserted, if anything."""
        return next((z for z in self._zones.get(self.clause_index(at), ()) if z.start <= at < z.end), None)

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in ``[start, end)``."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def mentions_before(self, at: int, most: int = 14) -> list[Mention]:
        """The last mentions that begin before ``at``, the nearest first."""
        index = bisect_left(self._mention_starts, at)
        return self.mentions[max(0, index - most) : index][::-1]

    @cached_property
    def _time_starts(self) -> list[int]:
        return [t.start for t in self.times]

    def times_in(self, start: int, end: int) -> list[Time]:
        """Times that begin in ``[start, end)``."""
        return self.times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    @cached_property
    def _amount_starts(self) -> list[int]:
        return [a.at for a in self.amounts]

    def amounts_in(self, start: int, end: int) -> list[Amount]:
        """Amounts whose number begins in ``[start, end)``."""
        return self.amounts[bisect_left(self._amount_starts, start) : bisect_right(self._amount_starts, end - 1)]

    def hear(self, start: int, end: int) -> None:
        """Notes that ``text[start:end]`` was understood though it gives no fact."""
        self.heard.append((start, end))

    def said(
        self, key: str, value: Value, start: int, end: int, *, assumed: bool = False, correction: bool = False
    ) -> Statement:
        """A statement in the asker's own words."""
        words = self.message[start:end]
        return Statement(
            key=key, value=value, start=start, end=end, text=words, year_assumed=assumed, correction=correction
        )

    def flag(self, key: str, yes: bool, start: int, end: int) -> Statement:
        """A yes or no in the asker's own words."""
        return self.said(key, Value.yes(yes, self.message[start:end]), start, end)

    def choice(self, key: str, name: str, start: int, end: int) -> Statement:
        """A named choice in the asker's own words."""
        return self.said(key, Value.one_of(name, self.message[start:end]), start, end)

    def number(self, key: str, amount: Amount, start: int, end: int) -> Statement:
        """A number in the asker's own words."""
        return self.said(key, as_value(amount, self.message), start, end)


def as_value(amount: Amount, message: str) -> Value:
    """The value of an amount, with its words as the source."""
    return Value(
        lo=amount.lo,
        hi=amount.hi,
        lo_closed=amount.lo_closed,
        hi_closed=amount.hi_closed,
        source=message[amount.start : amount.end],
    )
