"""What a figure without a noun or without a year takes over from those before it, and what an aside may not pass on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import fact_types, family
from assistant.facts.reading import Reading
from assistant.facts.series import alike
from assistant.facts.topics import Topic, fits
from assistant.facts.years import SPANS

REACH = 120
"""How far back the figures of one account are looked for."""
LEAST_BARE = 100
"""A number without a unit that is smaller is rather a score."""

_THAT_YEAR = re.compile(r"(?:那一?年|当年|同年|当期|同期|那会儿?|彼时)")
_TIGHT = re.compile(r"[、和及与 ]*(?:投入?|砸|花)?(?:进去|下去|了)*")
_LOOSE = re.compile(r"[、，和及与 ]*")
_ON_AVERAGE = re.compile(r"平均|均摊|摊下来|拉平|均值|均下来")
_ABROAD = re.compile(r"国际|全球|海外|世界|国外")
_AVERAGED = frozenset({"rd_expense", "rd_ratio", "rd_expense_l2y", "development_score"})


@dataclass(frozen=True)
class Run:
    """Amounts that were read: their fact and years, and whether they stand in brackets."""

    fact: str
    amounts: tuple[Amount, ...]
    years: tuple[int, ...]
    assumed: bool
    aside: bool

    @property
    def end(self) -> int:
        """Where the last amount ends."""
        return self.amounts[-1].end


def aside_at(reading: Reading, at: int) -> int | None:
    """Where the bracket that holds ``at`` opens, if one does."""
    opened = reading.text.rfind("（", max(0, at - 40), at)
    return opened if opened >= 0 and "）" not in reading.text[opened:at] else None


def aside_year(reading: Reading, topic: Topic, run: list[Amount], before: Run | None) -> int | None:
    """研发前年100万（收入1400万）, 前年110万、收入1850万: the year of the figure that this one stands beside."""
    if before is None or len(before.years) != 1 or before.assumed or before.fact in SPANS:
        return None
    first, text = run[0], reading.text
    told = [t for t in reading.times_in(before.end, first.at) if not _THAT_YEAR.fullmatch(text[t.start : t.end])]
    if told or len(run) > 1 or "development_score" in topic.facts or _dated_behind(reading, topic, run[-1]):
        return None
    opened = aside_at(reading, first.at)
    named = topic.mention.start if topic.mention and before.end <= topic.mention.start < first.at else first.start
    if _THAT_YEAR.search(text[before.end : first.at]) and first.at - before.end <= 16:
        return before.years[0]
    if opened is not None:
        return before.years[0] if 0 <= opened - before.end <= 2 else None
    if any(family(fact) == family(before.fact) for fact in topic.facts):
        return None
    clause = reading.clause(first.at)
    if before.amounts[0].at >= clause.start and _TIGHT.fullmatch(text[before.end : named]):
        single = len(reading.times_in(clause.start, first.at)) == 1
        return before.years[0] if single else None
    if _LOOSE.fullmatch(text[before.end : named]) and _goes_on(reading, run[-1], before.years[0]):
        return before.years[0]
    return None


def _dated_behind(reading: Reading, topic: Topic, amount: Amount) -> bool:
    """1850万（前年）, 1850万是前年的营收."""
    if topic.how == "after" and topic.mention:
        return bool(reading.times_in(amount.end, topic.mention.start))
    return reading.text[amount.end : amount.end + 1] == "（" and bool(reading.times_in(amount.end, amount.end + 2))


def _goes_on(reading: Reading, amount: Amount, year: int) -> bool:
    """Whether the next figure is of another year and names no topic of its own: 研发前年110万，收入1850万，去年128万."""
    following = next((a for a in reading.amounts if a.at >= amount.end), None)
    if following is None or following.kind != amount.kind or following.at - amount.end > 12:
        return False
    times = reading.times_in(amount.end, following.at)
    named = [m for m in reading.mentions_in(amount.end, following.end + 4) if fits(m, following.kind)]
    return len(times) == 1 and times[0].years not in ((), (year,)) and not named


def other_topic(reading: Reading, topic: Topic, run: list[Amount], start: int, told: list[Run]) -> str | None:
    """Of several topics told for one year, the one that a figure of another year is of: by its size and by what follows.

    去年营业额5000万、研发150万；前年4000万、研发120万. None: the nearest topic stands.
    """
    first = run[0]
    times = reading.times_in(start, first.at)
    if (
        topic.how != "carried"
        or "new_equity_l2y" in topic.facts
        or len(run) > 1
        or len(times) != 1
        or len(times[0].years) != 1
        or first.lo is None
    ):
        return None
    year, types = times[0].years[0], fact_types()
    if not any(types[fact] == "money" for fact in topic.facts) or (first.bare and first.lo < LEAST_BARE):
        return None
    near = [r for r in told if first.start - r.end <= REACH and types[r.fact] == "money" and r.fact not in SPANS]
    known = {r.fact for r in near if year in r.years}
    last = {r.fact: r for r in near if r.fact not in known}
    if not last or first.kind not in ("money", "number"):
        return None
    inside = {fact for fact, r in last.items() if r.aside and aside_at(reading, first.at) is None}
    open_ = {fact: r for fact, r in last.items() if fact not in inside} or last
    size = first.lo * (10_000 if first.kind == "number" and first.lo < 10**6 else 1)
    near_size = [fact for fact, r in open_.items() if alike(size, r.amounts[-1].lo)]
    nearest = next((fact for fact in topic.facts if fact in open_), None)
    if len(near_size) == 1:
        return near_size[0] if near_size[0] not in topic.facts else None
    if len(near_size) > 1 and nearest is not None:
        behind = reading.mentions_in(run[-1].end, run[-1].end + 4)
        again = any(nearest in m.facts for m in behind)
        return next((fact for fact in near_size if fact != nearest), None) if again else None
    return next(iter(open_)) if nearest is None and len(open_) == 1 else None


def averaged(reading: Reading, first: Amount, start: int, last: Run | None) -> bool:
    """前年60万，去年300万，平均下来一年180万; 前年2.6个点，去年4.1个点，平均3.35: what the years just told come to."""
    lead = reading.text[max(reading.clause(first.at).start, start) : first.start]
    if last is None or last.fact not in _AVERAGED or not _ON_AVERAGE.search(lead) or first.start - last.end > 24:
        return False
    return first.kind in ("money", "percent", "number", "points") and not reading.mentions_in(last.end, first.start)


def of_other_market(reading: Reading, fact: str, first: Amount, told: list[Run]) -> bool:
    """国内占有率7%，国际上两三个点: the second is of another market than the share told before."""
    before = next((r for r in reversed(told) if r.fact == fact), None)
    if fact != "market_share" or before is None or first.start - before.end > 24:
        return False
    between = reading.text[before.end : first.start]
    return bool(_ABROAD.search(between)) and "国内" not in between
