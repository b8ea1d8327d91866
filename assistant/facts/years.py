"""The years that amounts are of: told beside them, carried from the same topic, framed by the clause, or assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import family
from assistant.facts.text import Clause
from assistant.facts.times import Time

if TYPE_CHECKING:
    from assistant.facts.reading import Reading

SPANS = frozenset(
    {"new_equity_l2y", "revenue_cagr_l2y", "rd_expense_l2y", "main_revenue_growth_mean_l2y", "main_revenue_cagr_l2y"}
)
BIG_SUM = 400 * 10**4
"""近两年研发1300万 is a sum; below this many 元 it may be either, and is asked again."""

_SUM = re.compile(
    r"合计|一共|总共|共计|总计|累计|加一[块起道]|加拢|加总|拢共|一塌刮子|合起来|合在一起|相加|凑一起|通共|加起来|加一起|总和|总的|共(?=\d|[一二三四五六七八九两])|总额"
)
_EACH = re.compile(r"都|均(?!值)|分别|各(?!种|类)|每|连续|连着|也")
_MEAN = re.compile(r"平均|年均")
_LEFT = set("度我们公司企业的，：、 里内间来")


@dataclass(frozen=True)
class Told:
    """What is said of years beside a run of amounts."""

    years: tuple[int, ...] = ()
    kind: str = ""
    each: bool = False
    yearly: bool = False
    summed: bool = False
    mean: bool = False

    @classmethod
    def of(cls, times: list[Time], near: str, lead: str) -> Told:
        """From the times found and the words around."""
        years: list[int] = []
        for time in times:
            years += [year for year in time.years if year not in years]
        kinds = {time.kind for time in times if time.years}
        kind = "span" if kinds == {"span"} else "years" if years else ""
        yearly = any(time.kind == "each" for time in times)
        return cls(
            tuple(years),
            kind,
            yearly or bool(_EACH.search(near)),
            yearly,
            bool(_SUM.search(near)),
            bool(_MEAN.search(lead)),
        )


class Years:
    """Remembers the years of the topics told so far."""

    def __init__(self, as_of: date) -> None:
        self.now = as_of.year
        self.frame: tuple[int, ...] | None = None
        self.assumed = True
        self._sentence = -1
        self._family = ""
        self._years: tuple[int, ...] = ()
        self._list: tuple[int, ...] = ()
        self._seen: set[tuple[str, int]] = set()

    def see_frame(self, reading: Reading, clause: Clause) -> None:
        """A year that opens the clause before, alone in it, holds for what follows: 2024年，营收…"""
        if clause.sentence != self._sentence:
            self.set_frame(None, clause)
        index = reading.clause_index(clause.start)
        if index == 0:
            return
        previous = reading.clauses[index - 1]
        times = reading.times_in(previous.start, previous.end)
        if len(times) == 1 and len(times[0].years) == 1:
            rest = reading.text[previous.start : times[0].start] + reading.text[times[0].end : previous.end]
            if all(ch in _LEFT for ch in rest):
                self.set_frame(times[0].years, clause)

    def set_frame(self, years: tuple[int, ...] | None, clause: Clause) -> None:
        """The year that the following amounts are of, to the end of the sentence."""
        self.frame, self._sentence = years, clause.sentence

    def close_books(self, reading: Reading, clause: Clause, fact: str) -> None:
        """2025年营收…，24年营收…；年底资产…: after both years were told, a balance told once is that of the last one."""
        last = self.now - 1
        once = ("revenue", last) in self._seen and ("debt", last) not in self._seen
        if self.frame == (last - 1,) and once and family(fact) == "debt" and reading.text[clause.start - 1] == "；":
            self.set_frame(None, clause)

    def leave_frame(self, times: list[Time], clause: Clause) -> None:
        """前年净利润200万，去年亏损50万，营收…: another year was told in between, of something that is none of ours."""
        told = {year for time in times if not time.base for year in time.years}
        if told and self.frame is not None and not told <= set(self.frame):
            self.set_frame(None, clause)

    def remember(self, fact: str, years: tuple[int, ...], assumed: bool) -> None:
        """Notes the years just bound."""
        self.assumed = assumed
        self._seen.update((family(fact), year) for year in years)
        same = family(fact) == self._family
        if fact == "rd_expense_l2y":
            years = (years[-1] - 1, years[-1])
        self._list = tuple(dict.fromkeys([*self._list, *years])) if same and len(years) == 1 else years
        self._family, self._years = family(fact), years

    def of_family(self, fact: str) -> tuple[int, ...]:
        """The years of the run just told, where it was of the same topic."""
        return self._years if family(fact) == self._family else ()

    @property
    def listed(self) -> tuple[int, ...]:
        """The years that the last topic was told for, one after the other."""
        return self._list

    def default(self, fact: str) -> int:
        """The year an amount is of when none is told: the current one for scores, else the last closed one."""
        return self.now if fact == "development_score" else self.now - 1

    def pair(self, fact: str) -> tuple[int, ...]:
        """The two years of 近两年."""
        last = self.default(fact)
        return (last - 1, last)


def spread(
    fact: str, n: int, told: Told, years: Years, *, asked: list[int], amount: Amount
) -> tuple[str, tuple[int, ...], bool] | None:
    """The fact, the year of each amount (or of the one amount), and whether they were assumed; None: not usable."""
    if fact in SPANS:
        return _span(fact, n, told, years)
    on = told.years
    if fact == "development_score" and told.kind == "span" and len(on) == 2:
        on = years.pair(fact)
    if on:
        return _told(fact, n, on, told, amount)
    if asked and n == 1 and told.each:
        return fact, tuple(sorted(asked)), False
    if asked:
        return fact, tuple(asked[:n]) if len(asked) >= n > 1 else (asked[0],) if n == 1 else years.pair(fact), False
    near = years.of_family(fact)
    if told.yearly and n == 1 and (len(near) < 2) and fact != "staff":
        near = years.pair(fact)
    if n == 1 and told.summed and fact == "rd_expense":
        return (
            ("rd_expense_l2y", (years.now - 1,), True)
            if len(near) == 2 or told.each
            else (fact, (years.now - 1,), True)
        )
    if near and n == 1 and told.each and amount.kind == "percent" and len(years.listed) == 2:
        return fact, years.listed, years.assumed
    if near and (n in (1, len(near))) and (amount.kind == "percent" or told.each):
        return fact, near, years.assumed
    if n > 1:
        listed = (
            years.listed
            if len(years.listed) == n
            else tuple(range(years.default(fact) - n + 1, years.default(fact) + 1))
        )
        return fact, listed, True
    if years.frame and fact != "development_score":
        return fact, years.frame, False
    return fact, (years.default(fact),), True


def _span(fact: str, n: int, told: Told, years: Years) -> tuple[str, tuple[int, ...], bool]:
    if fact == "revenue_cagr_l2y" and n == len(years.pair(fact)):  # 两年增长一年2%一年7%
        return "revenue_growth", years.pair("revenue_growth"), False
    if fact == "new_equity_l2y":
        return fact, told.years or (years.now - 1,), not told.years
    return fact, (told.years[-1] if told.years else years.now - 1,), not told.years


def _told(
    fact: str, n: int, on: tuple[int, ...], told: Told, amount: Amount
) -> tuple[str, tuple[int, ...], bool] | None:
    if n > 1:
        if len(on) >= n:
            return fact, on[-n:], False
        return (fact, on * n, False) if len(on) == 1 else (fact, on, False)
    if len(on) == 1:
        return fact, on, False
    if amount.kind == "money":
        if told.summed and not told.mean:
            return ("rd_expense_l2y", (on[-1],), False) if fact == "rd_expense" and len(on) == 2 else None
        if told.mean:
            return None
        if not told.each and told.kind == "span" and fact == "rd_expense":
            size = amount.lo if amount.lo else amount.hi
            return ("rd_expense_l2y", (on[-1],), False) if size and size >= BIG_SUM and len(on) == 2 else None
    return fact, on, False
