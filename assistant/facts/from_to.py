"""Two figures of which one became the other: 去年营收从前年的五千万掉到1700万, 3000万→3600万（24→25年）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.times import Time
from assistant.facts.topics import untimed

_FROM = re.compile(r"(?:从|由|自)(?:原来|原先|当初|之前|上)?的?(?:营收|收入|研发)?的?$")
_BECAME = re.compile(
    r"，?(?:的|元|左右|多|一路|一下子?|直接|慢慢|逐步|又|就|已经?)*"
    r"(?:[掉降跌减缩滑涨升增加提长做变冲拉压回落下上滑少高大]{1,3}|增长|扩大|提升|提高|改善|萎缩|下滑|下降|减少|增加)?"
    r"(?:到|至|为|成)(?:了|的|现在|目前|如今)*"
)
_ARROW = re.compile(r" ?(?:→|-?>|—+>) ?")


@dataclass(frozen=True)
class Step:
    """One of the two figures: its own year and that of the other, None where none was told."""

    first: bool
    arrow: bool
    own: int | None
    other: int | None

    def year(self, default: int) -> int | None:
        """The year of the figure; None where it is one of once, whose year nobody told."""
        if self.own is not None:
            return self.own
        if self.first:
            return (self.other or default) - 1 if self.arrow else None
        return default if self.other is None or self.other < default else self.other + 1


def steps(reading: Reading) -> dict[int, Step]:
    """The figures of every such pair, by where their numbers begin."""
    found: dict[int, Step] = {}
    told = [a for a in reading.amounts if a.kind != "years"]
    for one, other in pairwise(told):
        if not 0 < other.at - one.end <= 24 or (one.kind != other.kind and not one.bare):
            continue
        arrow = bool(_ARROW.fullmatch(reading.text, one.end, other.start))
        lead = untimed(reading, max(reading.clause(one.at).start, one.start - 16), one.start)
        if arrow or (_FROM.search(lead) and _BECAME.fullmatch(untimed(reading, one.end, other.at))):
            before, after = _dated(reading, one, other)
            found[one.at] = Step(True, arrow, before, after)
            found[other.at] = Step(False, arrow, after, before)
    return found


def _dated(reading: Reading, one: Amount, other: Amount) -> tuple[int | None, int | None]:
    """The years of the two: told beside each, or for both together before or behind them."""
    start = reading.clause(one.at).start
    told = [t for t in reading.times_in(start, one.start) if t.years]
    begun = max(reading.text.rfind(sign, start, one.start) for sign in "从由自")
    own = [t for t in told if 0 <= begun < t.start]
    between = [t for t in reading.times_in(one.end, other.at) if t.years]
    whole = ([] if own or between else _behind(reading, other)) or [t for t in told if t not in own][-1:]
    if whole and len(whole[0].years) > 1 and not (own or between):
        return whole[0].years[0], whole[0].years[-1]
    after = between or [t for t in whole if len(t.years) == 1]
    return own[-1].years[-1] if own else None, after[-1].years[-1] if after else None


def _behind(reading: Reading, amount: Amount) -> list[Time]:
    times = reading.times_in(amount.end, amount.end + 2)
    return [t for t in times if reading.text[amount.end : t.start] in ("（", "") and t.years][:1]
