"""Which fact an amount is of: the nearest noun that takes such an amount."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.facts import topic_words as w
from assistant.facts.amounts import Amount
from assistant.facts.debts import owed
from assistant.facts.lexicon import Mention, fact_types, family, lexicon
from assistant.facts.reading import Reading
from assistant.facts.score_gap import apart
from assistant.facts.series import known_series
from assistant.facts.shares import share_of_a_product
from assistant.facts.text import in_closed_aside
from assistant.understanding.titles import asks_size
from corpus.facts_models import split_key

TYPES = {
    "money": ("money",),
    "percent": ("ratio",),
    "times": ("ratio",),
    "people": ("count",),
    "count": ("count",),
    "points": ("points",),
    "number": ("money", "ratio", "points", "count"),
}
NUMERIC = frozenset({"money", "ratio", "points", "count"})
ELSEWHERE = frozenset({"class_1_ip", "ip_transferred_in", "class_1_ip_total", "award_rank", "market_rank"})
"""Counts that other readers take."""
_GROWTH = frozenset({"revenue_growth", "revenue_cagr_l2y", "main_revenue_growth"})
PEOPLE = frozenset({"staff", "rd_staff", "sci_tech_staff"})
SHARES_OF_PEOPLE = frozenset({"rd_staff_share", "sci_tech_staff_share"})
_OF_ANOTHER_WHOLE = {("rd_ratio", "total_cost"): "rd_cost_ratio"}


@dataclass(frozen=True)
class Topic:
    """The noun (or the question asked) that an amount belongs to, and how it was found."""

    facts: tuple[str, ...]
    mention: Mention | None
    how: str  # before | after | carried | asked | own
    year: int | None = None


def fits(mention: Mention, kind: str) -> tuple[str, ...]:
    """The facts of a noun that take an amount of this kind."""
    types = fact_types()
    wanted = TYPES.get(kind, ())
    facts = [fact for fact in mention.facts if types[fact] in wanted and fact not in ELSEWHERE]
    return tuple(sorted(facts))


class Topics:
    """Finds the topic of each run of amounts, in reading order."""

    def __init__(self, reading: Reading, changing: frozenset[int] = frozenset()) -> None:
        self.reading, self.changing = reading, changing
        self.spent: set[int] = set()
        self.bound: dict[int, str] = {}
        unsure = [key for key, value in reading.known.items() if value.state == "uncertain"]
        self.asked = [split_key(key) for key in dict.fromkeys([*reading.expecting, *unsure])]
        self.answered = 0
        self.scored = False
        self.last = ""

    def find(self, first: Amount, last: Amount) -> Topic | None:
        """The topic of a run of amounts, or None where it tells none of our facts."""
        r = self.reading
        clause = r.clause(first.at)
        lead = r.text[clause.start : first.start]
        if first.at not in self.changing and first.kind == "money" and w.DIFFERENCE.search(lead):
            return None
        if first.kind in ("points", "number") and apart(r.text, clause.start, first.at):
            return Topic((), None, "own")  # 今年49.5，就差半分; 离60分差2分
        if first.kind in ("people", "count") and w.HIRED.search(lead):
            return None
        if by_words := self._by_words(first, clause.start):
            return by_words
        small = first.hi is not None and first.hi <= Fraction(1, 2)
        if first.kind == "percent" and small and self._market_share(first, clause.start, clause.end):
            return Topic(("market_share",), None, "own")
        before = self._before(first, clause.start)
        after = self._after(last, clause.end)
        if before and after and self.bound.get(before.start) == first.kind and not r.times_in(before.end, first.start):
            before = None  # 营收3000万120万研发
        if before and after and before.word in lexicon().weak_revenue:
            before = None  # 做了120万研发
        if before and after and before.facts == {"staff"} and after.facts & (PEOPLE - {"staff"}):
            before = None  # 60个员工里有18个科技人员
        if grown := self._grown(before, after, first, clause.start):
            return grown
        mention = before or after
        if mention:
            if mention is after:
                self.spent.add(mention.start)
            if mention.decoy:
                r.hear(min(mention.start, first.start), max(mention.end, last.end))
                return None
            self.bound[mention.start] = first.kind
            self.scored = self.scored or "development_score" in fits(mention, first.kind)
            facts = self._of_whole(fits(mention, first.kind), mention, first)
            return Topic(facts, mention, "before" if mention is before else "after")
        return self._without_noun(first, clause.start)

    def _by_words(self, amount: Amount, start: int) -> Topic | None:
        """欠的总共9000万, 两年复合是负8%: the words right before say what it is."""
        r = self.reading
        debt = owed(r, amount, start) if amount.kind == "money" else None
        if debt is not None:
            return Topic(("total_liabilities",) if debt else (), None, "own")
        compound = amount.kind == "percent" and w.COMPOUND_OF.search(r.text[start : amount.start])
        of_main = compound and any(family(f) == "main" for m in r.mentions_in(start, amount.at) for f in m.facts)
        return Topic(("revenue_cagr_l2y",), None, "own") if compound and not of_main else None

    def _grown(self, before: Mention | None, after: Mention | None, amount: Amount, start: int) -> Topic | None:
        """主营收入比前年涨12% is by how much it grew, not the share; 研发占比提高2个点 is none of our facts."""
        r = self.reading
        if amount.kind != "percent" or not w.GREW_BY.search(r.text[start : amount.start]):
            return None
        if after is not None or (before is not None and (before.facts & _GROWTH or before.decoy)):
            return None
        named = [m for m in r.mentions_before(amount.start, 6) if not m.whole and m.start >= start - 60]
        last = next((m for m in named if m.decoy or any(fact_types()[f] in NUMERIC for f in m.facts)), None)
        if last is None or last.decoy or last.facts & _GROWTH:
            return None
        how = "before" if last.start >= start else "carried"
        if last.facts & {"main_revenue", "main_share"}:
            return Topic(("main_revenue_growth",), last, how)
        return Topic(("revenue_growth",) if "revenue" in last.facts else (), last, how)

    def _of_whole(self, facts: tuple[str, ...], mention: Mention, amount: Amount) -> tuple[str, ...]:
        """研发占成本费用的25%: a share of another whole than the usual one is another fact."""
        between = self.reading.mentions_in(mention.end, amount.start)
        wholes = {fact for m in between if m.whole for fact in m.facts}
        for (fact, whole), other in _OF_ANOTHER_WHOLE.items():
            if fact in facts and whole in wholes:
                return (other,)
        return facts

    def _market_share(self, amount: Amount, start: int, end: int) -> bool:
        """国内细分占14%, 国内占7%, 国内市场吃下8%; not 国内占70%，出口占30%, which is of the sales."""
        r = self.reading
        match = w.MARKET_SHARE.search(untimed(r, start, amount.start))
        if match is None:
            return False
        if match["sure"] or (match["market"] and match["verb"] != "占"):
            return not w.SALES.search(r.text[amount.end : min(end, amount.end + 4)])
        return not w.SALES.search(r.text[max(0, start - 16) : min(len(r.text), end + 8)])

    def _before(self, amount: Amount, start: int) -> Mention | None:
        weak: Mention | None = None
        for mention in self.reading.mentions_before(amount.start):
            if mention.end <= start or mention.start < start:
                break
            if mention.end > amount.start or mention.whole or mention.start in self.spent:
                continue
            if in_closed_aside(self.reading.text, mention.start, mention.end, amount.start):
                continue
            if not mention.decoy and not fits(mention, amount.kind):
                if mention.facts & ELSEWHERE and amount.kind in ("count", "number"):
                    return None
                if (
                    mention.facts <= PEOPLE | SHARES_OF_PEOPLE
                    and amount.kind == "money"
                    and "staff" not in mention.facts
                ):
                    return replace(mention, facts=frozenset())  # 研发团队花了200万 is no R&D expense of its own
                continue
            gap = self.reading.text[mention.end : amount.start]
            near = amount.at in self.changing or w.NEAR.match(untimed(self.reading, mention.end, amount.start))
            if amount.bare and not near:
                continue
            if len(gap) > 24 and not self._only_amounts(mention.end, amount.start):
                break
            if mention.word in lexicon().weak_revenue:
                near = near if not amount.bare or (amount.hi or 0) >= w.LEAST_TAKINGS else None  # 做5个产品, 做2类
                weak = weak or (mention if near else None)
                continue
            return mention
        return weak

    def _only_amounts(self, start: int, end: int) -> bool:
        """营收2023年7600万、2024年8300万、2025年8800万: nothing but other amounts and their years in between."""
        left = untimed(self.reading, start, end)
        for amount in self.reading.amounts_in(start, end):
            left = left.replace(self.reading.text[amount.start : amount.end], "", 1)
        return end - start <= 120 and all(ch in w.FILL for ch in left)

    def _after(self, amount: Amount, end: int) -> Mention | None:
        if amount.bare:
            return None
        for mention in self.reading.mentions_in(amount.end, min(end, amount.end + 12)):
            gap = untimed(self.reading, amount.end, mention.start)
            if not w.LINK.match(gap):
                return None
            if mention.whole or not (mention.decoy or fits(mention, amount.kind)):
                continue
            return mention
        return None

    def _without_noun(self, amount: Amount, start: int) -> Topic | None:
        r = self.reading
        lead = r.text[start : amount.start]
        opened, told_of = self._said_before(amount, start)
        product = share_of_a_product(r, amount, start)
        if product:
            return Topic(("leading_product_share",), None, "own")
        if product is False or (amount.kind == "money" and w.OTHER_USE.match(r.text, amount.end)):
            return None  # 去年投了300万建厂房
        if amount.kind == "people" and (own := self._people(amount, lead)):
            return own
        plain = len([ch for ch in told_of if ch not in w.FILL]) <= 1
        if amount.bare and self.last == "development_score" and r.times_in(opened, amount.start) and plain:
            return Topic((self.last,), None, "carried")
        if named := self._by_its_verb(amount, start, lead):
            return named if named.facts else None
        if plain and ("其中" not in lead or amount.kind == "percent"):
            carried = self._carried(amount, start)
            if carried and (carried.facts or amount.kind != "people"):  # 高企没有。工业企业，23人
                whole = self._of_whole(carried.facts, carried.mention, amount) if carried.mention else carried.facts
                return replace(carried, facts=whole) if carried.facts else None
        before = self._from_before(amount, start) if plain else None
        if found := before or self._share_of_last(amount, lead):
            return found
        if amount.bare and self.last in w.YEARLY and r.times_in(opened, amount.start) and plain and not r.expecting:
            return Topic((self.last,), None, "carried")
        in_turn = amount.bare and self.scored and plain and bool(r.times_in(start, amount.start))
        if in_turn or amount.kind == "points" or self._bare_score(amount, lead):
            self.scored = True
            return Topic(("development_score",), None, "own")
        if amount.kind == "people" and (w.STAFF.search(lead) or not untimed(r, start, amount.start).strip(w.HARDLY)):
            return Topic(("staff",), None, "own")
        if amount.kind == "money" and w.A_YEAR.search(lead) and asks_size(r.text):
            return Topic(("revenue",), None, "own")
        asked = self._asked(amount) if plain or not lead.strip() else None
        return asked or self._turnover(amount, opened, told_of)

    def _by_its_verb(self, amount: Amount, start: int, lead: str) -> Topic | None:
        """到账的话去年1800万, 金额前年130万, 两年1530万: what the words before say of money; without facts: none of ours."""
        text = self.reading.text
        if amount.kind not in ("money", "number"):
            return None
        if w.REMAINDER.search(lead) and not w.OWN_GOODS.match(text, amount.end):
            return Topic((), None, "own")  # 剩下1200万 is what is still to come
        if amount.bare:
            return None
        if w.ARRIVED.search(text[max(0, start - 12) : amount.start]):
            return Topic(("new_equity_l2y",), None, "own")
        if self._in_research(amount, start) or (self.last == "rd_ratio" and w.SUM_OF_MONEY.match(lead)):
            return Topic(("rd_expense",), None, "own")
        if self.last == "rd_expense" and w.BOTH_YEARS.search(lead):
            return Topic(("rd_expense_l2y",), None, "own")
        return None

    def _turnover(self, amount: Amount, opened: int, words: str) -> Topic | None:
        """去年三千来万，前年两千八百万: money of a year, and of nothing else, is what the company took."""
        r = self.reading
        alone = all(ch in w.FILL for ch in w.COMPANY.sub("", words))
        large = amount.kind == "money" and amount.lo is not None and amount.lo >= w.LEAST_TURNOVER
        ends = r.text[amount.end : amount.end + 1] in ("", *"，。；！？、") or r.mentions_in(amount.end, amount.end + 1)
        told = [t.years for t in r.times_in(opened, amount.start) if t.kind == "year" and len(t.years) == 1]
        listed = self.last == "revenue" or len(r.times_in(amount.end, amount.end + 4)) == 1
        if r.amounts_in(r.clause(amount.at).start, opened) and self.last != "revenue":
            goes_on = alone and self.last == "rd_expense" and len(told) == 1
            return Topic((self.last,), None, "carried") if goes_on else None
        known = len(told) == 1 and (listed or told[0] == (r.as_of.year - 1,))
        paid = "到" in words or w.PAID_IN.search(r.text[max(0, opened - 12) : amount.start])
        if not (alone and large and ends and known) or paid:
            return None
        fact = known_series(r, amount, told[0][0])
        return Topic((fact,), None, "own") if fact else None

    def _in_research(self, amount: Amount, start: int) -> bool:
        """前年2.4个亿投了700万, in a talk of research: what was spent, right behind another figure of the same year."""
        r = self.reading
        told = [a for a in r.amounts_in(start, amount.start) if a.end <= amount.start]
        near = any(
            m.facts & {"rd_expense", "rd_ratio"}
            for m in r.mentions_before(amount.start, 6)
            if amount.start - m.end <= 60
        )
        spent = bool(told) and bool(w.SPENT.fullmatch(r.text[told[-1].end : amount.start]))
        return spent and near and told[-1].kind == "money"

    def _said_before(self, amount: Amount, start: int) -> tuple[int, str]:
        """Where the words of an amount begin, and the words, without years and without what it is a share of."""
        r = self.reading
        told = r.amounts_in(start, amount.start)
        opened = max((a.end for a in told[-1:] if a.end <= amount.start), default=start)
        words = untimed(r, opened, amount.start)
        if self.last == "rd_expense" and r.text[amount.end : amount.end + 1] in ("", *"，。、；！？呢"):
            words = w.SPENT.sub("", words)  # 研发前年280万，去年一口气投了950万
        words = w.MOVED.sub("", words)
        for mention in r.mentions_in(opened, amount.start):
            if mention.whole:  # 科技人员35人，占职工总数的28%
                words = words.replace(mention.word, "", 1)
        return opened, words

    def _people(self, amount: Amount, lead: str) -> Topic | None:
        """总共120人 is the staff, whoever was counted before; 搞研发的有15个人 are the researchers."""
        if w.OTHER_STAFF.match(self.reading.text, amount.end):
            return None
        if w.IN_RESEARCH.search(lead):
            return Topic(("rd_staff",), None, "own")
        return Topic(("staff",), None, "own") if w.ALL_STAFF.search(lead) else None

    def _from_before(self, amount: Amount, start: int) -> Topic | None:
        """那我们76% after a question about 负债率; 2024年更正为108万 where one such amount was said of that year."""
        kinds = TYPES.get(amount.kind, ())
        types = fact_types()
        for mention in self.reading.about_mentions:
            facts = fits(mention, amount.kind)
            if facts:
                return Topic(facts, None, "carried")
        words = self.reading.text[: amount.start]
        if amount.bare or not w.REVISED.search(words):
            return None
        told = {y for t in self.reading.times_in(start, amount.start) for y in t.years}
        if not told and start:  # 前年说错了，是90万
            before = self.reading.clause(start - 1)
            told = {y for t in self.reading.times_in(before.start, before.end) for y in t.years}
        known = [split_key(k) for k, v in self.reading.known.items() if v.flag is None and v.choice is None]
        same = [(f, y) for f, y in known if types.get(f) in kinds and f not in ELSEWHERE and (not told or y in told)]
        facts_said = {fact for fact, _ in same}
        years = {year for _, year in same}
        if len(facts_said) != 1 or len(years) != 1:
            return None
        return Topic((facts_said.pop(),), None, "asked", years.pop())

    def _bare_score(self, amount: Amount, lead: str) -> bool:
        """小巨人复核，今年58去年61: bare numbers beside years, where nothing but a title was named."""
        r = self.reading
        if not (amount.bare and r.title and amount.lo is not None and 20 <= amount.lo <= 100 and not r.expecting):
            return False
        if r.title in w.UPPER and w.SCORED.search(lead):
            return True  # 去年评了47
        times = r.times_in(amount.start - len(lead), amount.at)
        if times and any(name.startswith("development_score@") for name in r.known) and not self.bound:
            return not untimed(r, times[-1].end, amount.start).strip(
                "是有只才得了"
            )  # 去年是51, of the score said before
        return bool(times) and times[-1].end == amount.start and not self.bound

    def _share_of_last(self, amount: Amount, lead: str) -> Topic | None:
        """108万，占比3.6%: the share of the amount just told."""
        if amount.kind != "percent" or not w.SHARE.search(lead) or self.reading.mentions_in(0, amount.start):
            return None
        return Topic((w.SHARES[self.last],), None, "carried") if self.last in w.SHARES else None

    def _carried(self, amount: Amount, start: int) -> Topic | None:
        share = "占" in self.reading.text[start : amount.start]
        if not share and self.reading.text.startswith(("一半", "半"), amount.at):
            return None  # 研发去年130万，前年只有一半
        for mention in self.reading.mentions_before(start):
            if start - mention.end > 90:
                return None
            if mention.whole or mention.word in lexicon().weak_revenue or (share and mention.facts & _GROWTH):
                continue
            facts = fits(mention, amount.kind)
            scored = "development_score" in facts and start - mention.end <= 10
            people = bool(PEOPLE.intersection(facts))
            counted = people and self.reading.text[mention.end : amount.start] == "："
            if people and amount.kind == "count" and not self.reading.times_in(start, amount.start):
                return None  # 员工90人，发明3个
            if amount.bare and not scored and not counted and not self.reading.times_in(start, amount.start):
                return None
            if mention.decoy and not (mention.facts & ELSEWHERE):
                if self.bound.get(mention.start) or self.reading.amounts_in(mention.end, start):
                    return Topic((), None, "carried")
                continue
            if facts:
                return Topic(facts, mention, "carried")
        return None

    def _asked(self, amount: Amount) -> Topic | None:
        types = fact_types()
        for index in range(self.answered, len(self.asked)):
            fact, year = self.asked[index]
            if types.get(fact) in TYPES.get(amount.kind, ()) and fact not in ELSEWHERE:
                self.answered = index + 1
                self.scored = self.scored or fact == "development_score"  # 今年58.5，去年61
                return Topic((fact,), None, "asked", year)
        if self.answered and len(self.asked):
            fact, _ = self.asked[self.answered - 1]
            if types.get(fact) in TYPES.get(amount.kind, ()) and not amount.bare:
                return Topic((fact,), None, "asked", None)
        return None


def untimed(reading: Reading, start: int, end: int) -> str:
    """The text between two places without the years in it."""
    parts, at = [], start
    for time in reading.times_in(start, end):
        parts.append(reading.text[at : time.start])
        at = min(time.end, end)
    return "".join([*parts, reading.text[at:end]])
