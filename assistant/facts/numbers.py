"""Amounts → statements: each run of amounts with its topic, its years, and what a correction replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.facts.amounts import Amount
from assistant.facts.carry import Run, aside_at, aside_year, averaged, of_other_market, other_topic
from assistant.facts.from_to import steps
from assistant.facts.growth import FALLS, GROWTHS, of_which_revenue, signed_growth
from assistant.facts.lexicon import fact_types, family
from assistant.facts.lines import line_end, passed
from assistant.facts.reading import Reading
from assistant.facts.runs import TIED, rated, runs_of, same_figure
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.times import Time
from assistant.facts.topics import Topic, Topics, fits, untimed
from assistant.facts.trend import dated_behind, goes_on_with, hear_trend, paren_end
from assistant.facts.unusable import unusable
from assistant.facts.values import Statement, Value, key
from assistant.facts.years import SPANS, Told, Years, spread

_WRONG = re.compile(r"不对|[说写打记搞弄讲报填算]错|[记搞弄]混|更正|纠正|口误|改[成为一]|不好意思|抱歉|刚才.{0,4}错")
_NOT = re.compile(r"(?:不是|并非|并不是|不再是)$")
_SHARE = re.compile(r"占|比例|比重|强度|率|份额")
_FORMERLY = re.compile(
    r"(?:以前|原先|原来|起初|当初|早先|从前|早些年|最早|过去(?![一两二三四五几23这的])|本来(?:是|说|有|才)"
    r"|之前(?:是|有|说|报|算|讲|才|只)|刚成立(?:时|的时候))[^，。；]{0,8}$"
)
_ONE_OF_TWO = re.compile(
    r"(?P<other>另外?)?(?:的)?一[年次回](?:的(?:得?分|评?分))?(?:是|有|只有|才|只|得了?|拿了?|打了?|考了?)*+$"
)
_POINTED_AT = re.compile(r"[这那该](?:个|笔|点|项)?$")
_OF_YEAR = re.compile(r"[其实是应该算为指]{1,4}$")
_COMPOUND = re.compile(r"复合|年均|cagr|平均")


@dataclass(frozen=True)
class Bound:
    """A run of amounts of one topic with the years told for each."""

    fact: str
    amounts: tuple[Amount, ...]
    years: tuple[int, ...]
    assumed: bool
    topic: Topic
    correction: bool = False


@dataclass
class Numbers:
    """What the amounts say: asserted, or under "if"; equity is left to its own reader."""

    statements: list[Statement] = field(default_factory=list)
    supposed: list[Statement] = field(default_factory=list)
    equity: list[Bound] = field(default_factory=list)
    replaced: list[tuple[int, int]] = field(default_factory=list)
    """Where what a later word corrected was said."""


def read_numbers(reading: Reading) -> Numbers:
    """Every money, ratio, score and headcount of the message."""
    return _Reader(reading).read()


class _Reader:
    """Goes through the runs of amounts from left to right and remembers what came before."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.steps = steps(reading)
        self.topics, self.years = Topics(reading, frozenset(self.steps)), Years(reading.as_of)
        self.result = Numbers()
        self.previous_end = 0
        self.last: Bound | None = None
        self.denied: Bound | None = None
        self.waiting: list[tuple[list[Amount], int]] = []
        self.told: list[Run] = []
        self.parallel_until = -1
        self.lines: list[tuple[Bound, int]] = []

    def read(self) -> Numbers:
        """All of them."""
        for run in runs_of(self.reading):
            start = max(self.reading.clause(run[0].at).start, self.previous_end)
            if averaged(self.reading, run[0], start, self.told[-1] if self.told else None):
                self.reading.hear(run[0].start, run[-1].end)
                self.previous_end = run[-1].end
                continue
            topic = self.topics.find(run[0], run[-1])
            if topic is not None and topic.mention is None and not topic.facts:
                self.reading.hear(run[0].start, run[-1].end)
            if topic is None or not topic.facts:
                self.years.leave_frame(self.reading.times_in(start, run[0].at), self.reading.clause(run[0].at))
                self.waiting.append((run, start))
                self.previous_end = self.previous_end if run[0].bare else run[-1].end
                continue
            if self.waiting and topic.how == "after" and self._joined(self.waiting[-1][0][-1], run[0]):
                self._take(self.waiting[-1][0], replace(topic, how="carried"), self.waiting[-1][1])
            self.waiting = []
            self._take(run, topic, start)
        if self.last is None:
            self._told_at_the_end()
        self._moved()
        self._lines()
        return self.result

    def _lines(self) -> None:
        """A line of the rule is no figure beside one that was told; alone it bounds the figure, where it is passed."""
        told = {s.key.partition("@")[0] for s in self.result.statements} | {
            n.partition("@")[0] for n in self.reading.known
        }
        for bound, end in self.lines:
            first = bound.amounts[0]
            reached = passed(self.reading, first, end)
            if bound.fact in told:
                self.reading.hear(first.start, end)
            elif reached and bound.fact != "debt_ratio":
                _add(self.result, _state(self.reading, replace(bound, amounts=(reached,))))

    def _moved(self) -> None:
        """讲错了，1450万是前年的: a figure said before, of another year than it was taken for."""
        reading = self.reading
        for amount in reading.amounts[:12]:
            times = reading.times_in(amount.end, amount.end + 4)
            if not times or len(times[0].years) != 1 or reading.text[times[0].end : times[0].end + 1] != "的":
                continue
            if not _OF_YEAR.search(reading.text[amount.end : times[0].start]) or reading.zone(amount.at):
                continue
            same = [k for k, v in reading.known.items() if "@" in k and same_figure(k, v, amount)]
            closes = reading.clause(amount.at).end <= times[0].end + 1
            if len(same) != 1 or not amount.is_exact or not closes:
                continue
            fact, _, year = same[0].partition("@")
            if int(year) == times[0].years[0]:
                continue
            end = times[0].end
            moved = reading.number(key(fact, times[0].years[0]), amount, amount.start, end)
            said = {s.key for s in self.result.statements}
            if same[0] not in said:
                gone = reading.said(same[0], Value.uncertain(reading.message[amount.start : end]), amount.start, end)
                self.result.statements.append(gone.model_copy(update={"correction": True}))
            _add(self.result, [moved.model_copy(update={"correction": True})])

    def _told_at_the_end(self) -> None:
        """23年1900万，24年2300万，这是我们的营收: amounts with their years, and one noun behind them all."""
        waiting = [w for w in self.waiting[:8] if w[0][0].kind in ("money", "percent")]
        if not waiting:
            return
        kind, end = waiting[-1][0][0].kind, waiting[-1][0][-1].end
        nouns = [m for m in self.reading.mentions_in(end, end + 24) if fits(m, kind) or m.decoy]
        if len(nouns) != 1 or nouns[0].decoy:
            return
        alone = len(self.reading.words(self.reading.clause(nouns[0].start)).strip()) <= len(nouns[0].word) + 1
        for run, start in waiting:
            if run[0].kind == kind and (alone or self.reading.times_in(start, run[0].at)):
                self._take(run, Topic(fits(nouns[0], kind), nouns[0], "carried"), start)

    def _joined(self, one: Amount, other: Amount) -> bool:
        gap = untimed(self.reading, one.end, other.start)
        return one.kind == other.kind and bool(TIED.fullmatch(gap))

    def _take(self, run: list[Amount], topic: Topic, start: int) -> None:
        reading, first, final = self.reading, run[0], run[-1]
        if self._said_again(run):
            reading.hear(first.start, final.end)
            self.previous_end = final.end
            return
        bound = self._bound(run, topic, start)
        self.previous_end = max(final.end, paren_end(reading, final))
        if bound is None:
            return
        if self._of_others(bound, first):
            return
        if _NOT.search(reading.text[max(0, first.start - 4) : first.start]):
            self.denied = self.last = bound
            reading.hear(first.start, final.end)
            return
        if self._formerly(first, start):
            return
        hear_trend(reading, topic, first)
        zone = reading.zone(first.at)
        if zone is not None and zone.why in ("hearsay", "other", "plan", "supposed"):
            reading.hear(first.start, final.end)
        if zone is None and rule_question(reading.text, reading.clause(first.at), first.start, final.end):
            return
        if zone is not None:
            self.result.supposed += _state(reading, bound) if zone.why == "supposed" else []
            return
        bound = self._corrected(bound)
        if not any(t.base for t in reading.times_in(start, first.at)):  # 比2024年的1.98亿增长 is of this year
            self.years.remember(bound.fact, bound.years, bound.assumed)
        carried = topic.how == "carried" or (topic.how == "before" and not bound.assumed)
        if carried and self.years.frame and bound.years == (self.years.default(bound.fact),):
            self.years.set_frame(bound.years, reading.clause(first.at))  # 大前年营收…，前年…，去年…，主营…
        self.last, self.denied = bound, None
        self.topics.last = bound.fact
        aside = aside_at(reading, first.at) is not None
        self.told.append(Run(bound.fact, bound.amounts, bound.years, bound.assumed, aside))
        if bound.fact == "new_equity_l2y":
            self.result.equity.append(bound)
        else:
            _add(self.result, _state(reading, bound))

    def _bound(self, run: list[Amount], topic: Topic, start: int) -> Bound | None:
        """The run with its fact and years, after what the runs before it hand on."""
        reading, first = self.reading, run[0]
        if 0 <= self.parallel_until < first.at:
            self.years.set_frame(None, reading.clause(first.at))
            self.parallel_until = -1
        if other := other_topic(reading, topic, run, start, self.told):
            topic = Topic((other,), None, "carried")
            self.years.set_frame(reading.times_in(start, first.at)[0].years, reading.clause(first.at))
            self.parallel_until = reading.text.find("；", run[-1].end)
        step = self.steps.get(first.at)
        bound = _bind(reading, self.years, run, topic, first.start if step else start)
        if step and bound is not None and bound.fact not in SPANS:
            year = step.year(self.years.default(bound.fact))
            if year is None:
                reading.hear(first.start, first.end)
            return None if year is None else replace(bound, years=(year,), assumed=step.own is None)
        if bound is not None and len(bound.years) == 1 and bound.fact not in SPANS and topic.how != "asked":
            year = aside_year(reading, topic, run, self.told[-1] if self.told else None)
            bound = bound if year is None else replace(bound, years=(year,), assumed=False)
        return bound

    def _said_again(self, run: list[Amount]) -> bool:
        """我这3000万总能抵了吧: an amount of before, pointed at."""
        first, text = run[0], self.reading.text
        before = [s.value for s in self.result.statements] + [a for b in self.result.equity for a in b.amounts]
        same = any((one.lo, one.hi) == (first.lo, first.hi) for one in before)
        return len(run) == 1 and same and bool(_POINTED_AT.search(text[max(0, first.start - 3) : first.start]))

    def _of_others(self, bound: Bound, first: Amount) -> bool:
        """A line of the rule, kept for the end; the share of another market."""
        end = line_end(self.reading, first) if len(bound.amounts) == 1 else None
        if end is not None and not self.reading.zone(first.at):
            self.lines.append((bound, end))
        elif of_other_market(self.reading, bound.fact, first, self.told):
            self.reading.hear(first.start, bound.amounts[-1].end)
        else:
            return False
        return True

    def _formerly(self, first: Amount, start: int) -> bool:
        """以前是75%: a figure of once, where no year is told and nothing is corrected."""
        clause = self.reading.clause(first.at)
        lead = self.reading.text[max(clause.start, start) : first.start]
        words = self.reading.words(clause)
        return bool(_FORMERLY.search(lead)) and not self.reading.times_in(start, first.at) and not _WRONG.search(words)

    def _corrected(self, bound: Bound) -> Bound:
        """The bound marked as a correction where 不对, 说错了 or 不是… stand before it."""
        text, first = self.reading.text, bound.amounts[0]
        if self.last is None:
            scored = bound.fact == "development_score" and key(bound.fact, bound.years[0]) in self.reading.known
            behind = 40 if scored else 0  # 去年是51，49是前年的，我记混了
            near = text[max(0, first.start - 30) : first.start + behind]
            return replace(bound, correction=bool((behind or self.reading.expecting) and _WRONG.search(near)))
        wrong = bool(_WRONG.search(text[max(0, first.at - 40, self.last.amounts[-1].end) : first.start]))
        if wrong and bound.assumed and bound.topic.how != "before" and self.last.fact == bound.fact:
            bound = replace(bound, years=self.last.years, assumed=self.last.assumed)
        denied = self.denied is not None and self.denied.fact == bound.fact
        return replace(bound, correction=wrong or denied)


def _bind(reading: Reading, years: Years, run: list[Amount], topic: Topic, start: int) -> Bound | None:
    first, final = run[0], run[-1]
    clause = reading.clause(first.at)
    lead = reading.text[clause.start : first.start]
    near = reading.text[start : min(clause.end, final.end + 8)]
    times = _times(reading, topic, run, start, clause.start)
    told = Told.of(times, near, lead)
    one_of_two = _ONE_OF_TWO.search(lead) if len(run) == 1 else None
    fact = _fact(topic, run, near, told)
    if fact is None:
        return None
    fact = of_which_revenue(reading, fact, topic, clause.start, first.start)
    if first.bare:
        run = [rated(amount, fact_types()[fact]) for amount in run]
    if fact in GROWTHS:
        grown = signed_growth(reading, run, topic, clause.start)
        if grown is None:
            return None
        run = grown
    elif first.kind == "times":
        return None
    if unusable(reading, clause, fact, final.end):
        return None
    _frame(reading, clause, years, topic, times)
    asked = [y for f, y in (k.partition("@")[::2] for k in reading.expecting) if f == fact and y]
    if not asked and topic.year is not None:
        asked = [str(topic.year)]
    spread_over = spread(
        fact,
        len(run),
        told,
        years,
        asked=[int(y) for y in asked] if topic.how == "asked" else [],
        amount=run[0],
    )
    if spread_over is None:
        return None
    fact, on, assumed = spread_over
    if assumed and fact not in SPANS and topic.how != "asked" and goes_on_with(reading, final, on[-1]):
        on = tuple(year - 1 for year in on)
    if fact == "rd_expense" and told.summed and len(run) == 1 and not told.years and reading.title == "小巨人":
        fact = "rd_expense_l2y"  # 研发合计1150万: the two years that this title adds up
    if one_of_two and fact == "development_score":  # 近两年有一年47: of the other nothing was said yet
        on = years.pair(fact)[1:] if one_of_two["other"] else years.pair(fact)[:1]
    if len(on) < len(run):
        run = run[-len(on) :]
    return Bound(fact, tuple(run), on, assumed, topic)


def _frame(reading: Reading, clause: Clause, years: Years, topic: Topic, times: list[Time]) -> None:
    """A year that opens the clause holds for the amounts that follow."""
    if topic.mention and not times:
        years.see_frame(reading, clause)
        years.close_books(reading, clause, topic.facts[0])
    elif topic.how == "before" and topic.mention and len(times) == 1 and times[0].end <= topic.mention.start:
        scored = topic.facts == ("development_score",)  # 今年评价68分；职工260人 tells no year of the staff
        years.set_frame(times[0].years if len(times[0].years) == 1 and not scored else None, clause)


def _times(reading: Reading, topic: Topic, run: list[Amount], start: int, clause_start: int) -> list[Time]:
    first, final = run[0], run[-1]
    found = [
        t for t in reading.times_in(start, first.at) if not t.base or reading.text[t.end : first.start] in ("", "的")
    ]
    behind = dated_behind(reading, final)
    if behind and all(t.kind == "span" for t in found):
        return [behind]  # 三年营收分别是5000万（2023）
    if found[-1:] and found[-1].base:
        return found[-1:]  # 去年比前年的3000万少了200万
    if found:
        return found
    after = final.end
    if topic.how == "after" and topic.mention:
        found = [t for t in reading.times_in(after, topic.mention.start) if not t.base]
    if not found and behind:
        found = [behind]
    if not found and start > clause_start and topic.how == "before" and topic.mention and topic.mention.start < start:
        return []
    return found


def _fact(topic: Topic, run: list[Amount], near: str, told: Told) -> str | None:
    types, facts = fact_types(), list(topic.facts)
    amount = run[0]
    if amount.bare and len({types[f] for f in facts}) > 1:
        assert amount.lo is not None
        share = _SHARE.search(near) or amount.lo <= 1 or (family(facts[0]) == "main" and amount.lo <= 100)
        facts = [f for f in facts if (types[f] == "ratio") == bool(share)] or facts
    if "revenue_cagr_l2y" in facts or "revenue_growth" in facts:
        word = topic.mention.word if topic.mention else ""
        compound = _COMPOUND.search(word + near) or (told.kind == "span" and len(told.years) == 2 and not told.each)
        wanted = "revenue_cagr_l2y" if compound else "revenue_growth"
        falls = word in FALLS and bool(_COMPOUND.search(near))  # 两年复合下降5%
        return wanted if wanted in facts or len(facts) > 1 or falls else facts[0]
    facts = [f for f in facts if f != "rd_expense_l2y"] or facts
    return facts[0] if facts else None


def _state(reading: Reading, bound: Bound) -> list[Statement]:
    mention = bound.topic.mention
    pairs = zip(
        bound.years, bound.amounts if len(bound.amounts) > 1 else bound.amounts * len(bound.years), strict=False
    )
    found = []
    for year, amount in pairs:
        start, end = amount.start, amount.end
        if mention and bound.topic.how == "before":
            start = min(start, mention.start)
        elif mention and bound.topic.how == "after":
            end = max(end, mention.end)
        statement = reading.number(key(bound.fact, year), amount, start, end)
        found.append(statement.model_copy(update={"year_assumed": bound.assumed, "correction": bound.correction}))
    return found


def _add(result: Numbers, statements: list[Statement]) -> None:
    for statement in statements:
        if statement.correction:
            result.replaced += [(s.start, s.end) for s in result.statements if s.key == statement.key]
            result.statements = [s for s in result.statements if s.key != statement.key]
        result.statements.append(statement)
