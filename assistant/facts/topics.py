"""Which fact an amount is of: the nearest noun that takes such an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import Mention, fact_types, lexicon
from assistant.facts.reading import Reading
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

_FILL = set("\0是为有达到约也只才则就都均共大概其中的了吧呢应该分别每年平均合计一总累计加起来，：、 （）"
            "准确来讲具体实际上其现在目前而又再另外还最终后占比例重当时可能估计好像全部至少仅营收入额整体"
            "不对说错更正口误写记打搞弄了我意思抱歉改成刚才那个那是应是正审定账上核最终评下来报告口径哦噢啊嗯讲错误今所超过前两那如若假要明细却")  # fmt: skip
_NEAR = re.compile(
    r"^(?:另?外?的?一[年次回]|[\0是为有共约大概才只仅就在到达得了：的占比分数个率，均都能拿打出显示里中内 ])*$"
)
_LINK = re.compile(
    r"^(?:的|是|元的|用于|用在|用来|投入到?|投到?|花在|来自于?|做|搞|为|都是|左右的|以上的|了|给了|元|都|自主|自己"
    r"|自有)*$"
)
_DIFFERENCE = re.compile(r"(?:差了?|还差|缺|少了?|多了|超出|补贴?|奖励?|罚|降到?低?|从)$")
_SHARE = re.compile(r"占比?|比例|比重|强度")
_SHARES = {"rd_expense": "rd_ratio", "main_revenue": "main_share", "total_liabilities": "debt_ratio"}
_YEARLY = frozenset({"revenue", "rd_expense", "rd_ratio", "main_revenue", "debt_ratio", "development_score"})
_SPENT = re.compile(r"(?:我们|公司|一口气|一下子?|猛地?|狠狠?地?)*(?:投入?|砸|花)(?:进去|下去|了)+(?:有)?$")
_MARKET_SHARE = re.compile(
    r"(?:(?P<sure>(?:国内|国际|全国|全球|国外|海外|世界)?(?:的)?细分(?:市场|领域)?(?:里|上|中)?)|(?:国内|国际|全国|全球)(?:的)?(?P<market>市场)?(?:里|上)?)"
    r"(?:我们|大概|也|就|只|能|已经?)*(?P<verb>占|吃下|吃掉|拿下|吃)(?:到|了|有)*$"
)
_SALES = re.compile(
    r"出口|外销|内销|收入|营收|销售|客户|订单|采购|销量|业务|员工|人|(?:海外|国外|境外|外国)[占有约是]{0,2}[\d一二两三四五六七八九]"
)
_OTHER_USE = re.compile(r"(?:去|来|用来|用于|拿去)?(?:新?建(?!议)|购?买|盖|添置?|扩[建产]|装修|购置|还[贷债])")
_REVISED = re.compile(
    r"不对|错|更正|纠正|更新|改[成为一]|修正|订正|口误|重新[算核查]|查到|查[了过]|核[对实]|问[了过到]|看了|确认|准确|实际|应该?是|审计后"
)
_STAFF = re.compile(r"[厂店馆]$|公司|我们|咱们?|我司|一共|共有?|总共|全厂|企业|厂里|单位|目前|现在|规模|从业")
_ALL_STAFF = re.compile(
    r"(?:公司|全厂|厂里|单位|企业)?(?:一共|总共|总计|合计|总人数|全公司|全厂|全体)[是有约大概共 ]*$"
)
_HARDLY = " 也就只才大概约差不多是了吧满打算"
_IN_RESEARCH = re.compile(
    r"(?:搞|做|从事|负责|专职)研发(?:工作)?(?:的)?(?:人员?|同事|员工)?(?:有|是|就|大概|约|一共|总共|占)*$"
)
_OTHER_STAFF = re.compile(
    r"(?:名|位|个)?(?:是|做|搞|从事|在做|在)?(?:的)?(?:销售|管理|生产|技术|行政|财务|客服|外包|兼职|实习|博士|硕士|本科|大专)"
)
_A_YEAR = re.compile(r"(?:一年|每年|全年)(?:大概|差不多|也就|有)*$")
_GREW_BY = re.compile(
    r"(?:涨|增长?|增加|增幅|上升|升|提高|提升|扩大|多|跌|下跌|降|下降|掉|少|缩|减|减少|下滑|滑|萎缩)(?:了)?(?:大概|大约|约|差不多|接近|将近|近|有|也|就|只|才)*$"
)
_LEAST_TAKINGS = 100
"""A bare number smaller than this is no turnover: 做了80 says nothing."""
_HIRED = re.compile(r"(?:新招|招聘|招|新增|新进|进|离职|走|裁|减少|增加)了?$")


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

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
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
        if _DIFFERENCE.search(r.text[clause.start : first.start]) and first.kind == "money":
            return None
        if first.kind in ("people", "count") and _HIRED.search(r.text[clause.start : first.start]):
            return None
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

    def _grown(self, before: Mention | None, after: Mention | None, amount: Amount, start: int) -> Topic | None:
        """主营收入比前年涨12% is by how much it grew, not the share; 研发占比提高2个点 is none of our facts."""
        r = self.reading
        if amount.kind != "percent" or not _GREW_BY.search(r.text[start : amount.start]):
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
        match = _MARKET_SHARE.search(untimed(r, start, amount.start))
        if match is None:
            return False
        if match["sure"] or (match["market"] and match["verb"] != "占"):
            return not _SALES.search(r.text[amount.end : min(end, amount.end + 4)])
        return not _SALES.search(r.text[max(0, start - 16) : min(len(r.text), end + 8)])

    def _before(self, amount: Amount, start: int) -> Mention | None:
        weak: Mention | None = None
        for mention in self.reading.mentions_before(amount.start):
            if mention.end <= start or mention.start < start:
                break
            if mention.end > amount.start or mention.whole or mention.start in self.spent:
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
            if amount.bare and not _NEAR.match(untimed(self.reading, mention.end, amount.start)):
                continue
            if len(gap) > 24 and not self._only_amounts(mention.end, amount.start):
                break
            if mention.word in lexicon().weak_revenue:
                near = _NEAR.match(untimed(self.reading, mention.end, amount.start))
                near = near if not amount.bare or (amount.hi or 0) >= _LEAST_TAKINGS else None  # 做5个产品, 做2类
                weak = weak or (mention if near else None)
                continue
            return mention
        return weak

    def _only_amounts(self, start: int, end: int) -> bool:
        """营收2023年7600万、2024年8300万、2025年8800万: nothing but other amounts and their years in between."""
        left = untimed(self.reading, start, end)
        for amount in self.reading.amounts_in(start, end):
            left = left.replace(self.reading.text[amount.start : amount.end], "", 1)
        return end - start <= 120 and all(ch in _FILL for ch in left)

    def _after(self, amount: Amount, end: int) -> Mention | None:
        if amount.bare:
            return None
        for mention in self.reading.mentions_in(amount.end, min(end, amount.end + 12)):
            gap = untimed(self.reading, amount.end, mention.start)
            if not _LINK.match(gap):
                return None
            if mention.whole or not (mention.decoy or fits(mention, amount.kind)):
                continue
            return mention
        return None

    def _without_noun(self, amount: Amount, start: int) -> Topic | None:
        r = self.reading
        lead = r.text[start : amount.start]
        opened, told_of = self._said_before(amount, start)
        if amount.kind == "money" and _OTHER_USE.match(r.text, amount.end):
            return None  # 去年投了300万建厂房
        if amount.kind == "people" and (own := self._people(amount, lead)):
            return own
        plain = len([ch for ch in told_of if ch not in _FILL]) <= 1
        if plain and ("其中" not in lead or amount.kind == "percent"):
            carried = self._carried(amount, start)
            if carried:
                whole = self._of_whole(carried.facts, carried.mention, amount) if carried.mention else carried.facts
                return replace(carried, facts=whole) if carried.facts else None
        if plain and (from_before := self._from_before(amount, start)):
            return from_before
        share = self._share_of_last(amount, lead)
        if share:
            return share
        if amount.bare and self.last in _YEARLY and r.times_in(opened, amount.start) and plain and not r.expecting:
            return Topic((self.last,), None, "carried")
        if amount.bare and self.scored and r.times_in(start, amount.start) and plain:
            return Topic(("development_score",), None, "own")
        if amount.kind == "points" or self._bare_score(amount, lead):
            self.scored = True
            return Topic(("development_score",), None, "own")
        if amount.kind == "people" and (_STAFF.search(lead) or not untimed(r, start, amount.start).strip(_HARDLY)):
            return Topic(("staff",), None, "own")
        if amount.kind == "money" and _A_YEAR.search(lead) and asks_size(r.text):
            return Topic(("revenue",), None, "own")
        if plain or not lead.strip():
            return self._asked(amount)
        return None

    def _said_before(self, amount: Amount, start: int) -> tuple[int, str]:
        """Where the words of an amount begin, and the words, without years and without what it is a share of."""
        r = self.reading
        told = r.amounts_in(start, amount.start)
        opened = max((a.end for a in told[-1:] if a.end <= amount.start), default=start)
        words = untimed(r, opened, amount.start)
        if self.last == "rd_expense" and r.text[amount.end : amount.end + 1] in ("", *"，。、；！？呢"):
            words = _SPENT.sub("", words)  # 研发前年280万，去年一口气投了950万
        for mention in r.mentions_in(opened, amount.start):
            if mention.whole:  # 科技人员35人，占职工总数的28%
                words = words.replace(mention.word, "", 1)
        return opened, words

    def _people(self, amount: Amount, lead: str) -> Topic | None:
        """总共120人 is the staff, whoever was counted before; 搞研发的有15个人 are the researchers."""
        if _OTHER_STAFF.match(self.reading.text, amount.end):
            return None
        if _IN_RESEARCH.search(lead):
            return Topic(("rd_staff",), None, "own")
        return Topic(("staff",), None, "own") if _ALL_STAFF.search(lead) else None

    def _from_before(self, amount: Amount, start: int) -> Topic | None:
        """那我们76% after a question about 负债率; 2024年更正为108万 where one such amount was said of that year."""
        kinds = TYPES.get(amount.kind, ())
        types = fact_types()
        for mention in self.reading.about_mentions:
            facts = fits(mention, amount.kind)
            if facts:
                return Topic(facts, None, "carried")
        words = self.reading.text[: amount.start]
        if amount.bare or not _REVISED.search(words):
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
        times = r.times_in(amount.start - len(lead), amount.at)
        return bool(times) and times[-1].end == amount.start and not self.bound

    def _share_of_last(self, amount: Amount, lead: str) -> Topic | None:
        """108万，占比3.6%: the share of the amount just told."""
        if amount.kind != "percent" or not _SHARE.search(lead) or self.reading.mentions_in(0, amount.start):
            return None
        return Topic((_SHARES[self.last],), None, "carried") if self.last in _SHARES else None

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
