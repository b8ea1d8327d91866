"""What the asker says that they do not know: asked once, not asked again."""

from __future__ import annotations

import re

from assistant.facts.lexicon import Mention, fact_types, lexicon
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.topics import NUMERIC
from assistant.facts.values import Statement, Value, key
from corpus.facts_models import load_dictionary

_RATIO = re.compile(r"占比|比例|比重|强度|占多少|百分之多少")
_UNKNOWN_SHARE = re.compile(r"占比|比例|比重|占多少|百分之多少|百分之几|几个点|几成")
_IN_MARKET = re.compile(r"国内|国际|全国|全球|市场|细分|同行|行业")
_REST = re.compile(r"其他|其它|其余|别的|剩下")
_NO_FIGURE = re.compile(
    r"(?:没|未)(?:有)?(?:能|再|全|去)?(?:拆|分|理|算|核|查|统计|汇总|盘|搞|弄|拉|导|整理|测|收集|归集|汇|估|对|轧|审|登)(?:分|开|算|记)?(?:出来|清楚?|完|好|到|明白|准|齐)(?!.{0,3}(?:问题|毛病|不良|记录))"
    r"|(?:没|未)(?:有)?(?:拆|分开|理|算|核|统计|汇总|盘|测|估|对|归集)过(?!分)"
    r"|(?:拿|给|报|提供|算|列|调|导|拉|抽|讲|说|填)不(?:出|上)(?:来|准?数|个数)?"
    r"|(?:多少|几[个成万]?|数|数据|报表|年报|账本?|账目|底稿|台账|凭证|资料|明细)[^，。；\d]{0,10}?(?:[找查翻调拿]不(?:到|着|见|出|回|全)|(?:没|未)(?:有)?[找查翻调拿](?:到|着|见|出来)|[弄搞]?丢了|没了|坏了|不见了|遗失|毁了)"
    r"|(?:会计|财务|代账|记账)[^，。；\d]{0,6}[查找翻拿报算]不(?:出|到|着|清|来)"
    r"|(?:得|要|须|需要|还?没)(?:回去|先|再|去)*(?:问|翻|查)(?:一?下|一?问|一?查)?(?:会计|财务|代账|技术|研发|老板|行政|账|报表|证书?|档案|合同|台账|文件|材料|底稿|原件|记录)"
    r"|没(?:有)?(?:单独|专门|分开|另外|单列)的?(?:核算|归集|统计|列|记账?|[建立设入]账|专账|做账|算)|没(?:有)?(?:设|建|立|做)?(?:了|过)?(?:研发)?(?:专账|辅助账|台账)|归集不(?:出|全|了|起)"
    r"|(?:暂时|目前|一时|手[头边]|现在)(?:还|也|都)*(?:没有?|无)(?:现成|准)?的?(?:数|数据|报表|底稿|资料)?$"
    r"|没(?:有)?(?:现成|准)?的?(?:数|数据|底数|报表|截图|记录)$|(?:数|数字|数据|金额)(?:目前|现在|暂时|一时|还|也|都)+(?:没有?|无)$|没(?:有)?(?:截图|拍照|保?存(?!在|款|货|入)|记下来?|留底)|不在手[边上头]"
    r"|(?:还在|正在|在重新?|要重新?)(?:重新)?(?:审|核(?!心)|算|查|统计|整理|对账|盘|归集|拆|清理|汇总)(?!批)"
    r"|(?:下周|下个?月|月底|年底|过[几两]天|改天|明天|回头)[^，。；]{0,6}(?:才|再|去)(?:能|会|去|好)*(?:查|知道|晓得|出|有数|拿|登|看|算)"
    r"|等(?:财务|会计|审计|代账|代理|事务所|老板)[^，。；]{0,6}(?:给|报|算|出|回|查|核)|(?:登|打|进)不(?:上去?|进去?|去|了|开)"
)
"""Ways to say that a figure cannot be had at present. Of a plain yes or no they say nothing: 名单上查不到我们."""
_OTHER_YEAR = re.compile(r"另(?:外)?(?:的|那)?一[年次]|还有一[年次]|剩下?那?一?年|那一年|第二年的?")
_THE_OTHER = re.compile(r"另外?(?:的)?一|还有一[年次]|剩下(?:的)?[那一]")
_ASKED_ONE = re.compile(r"(?P<of>[^，。；])没(?P=of)[^，。；]{0,6}$")
"""用没用上研发说不准: the department was asked; its spending is not meant."""
_EARLIER = re.compile(r"往年|以往|[前早]几年|以前年度|早些年|之前(?:的)?(?:年份|几年)")
_HOW_LONG = re.compile(
    r"(?:做|干|从事|专注|深耕|入行|转型|转行)[^，。；\d]{0,10}(?:多少|几|哪一?)年|(?:细分|从事|专注|深耕)[^，。；\d]{0,8}(?:年限|年头)"
    r"|(?:哪一?年|什么时候|几时)[^，。；\d]{0,4}(?:开始做|转型|转行|转过来|入行|入的行|进的这)"
)
_TAKEN_UP = 4
"""Signs beside a year in a clause that only takes it up: 前年的嘛."""
_OTHER_READERS = frozenset({"award_rank", "award_level_l3y", "niche_start", "cancelled_for"})


def read_unknowns(reading: Reading) -> tuple[list[Statement], list[str]]:
    """Uncertain values for what is named beside 不清楚, 忘了, 还没算, and the fact ids they leave open."""
    found: list[Statement] = []
    excluded: list[str] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        missing = unknown(words) or _NO_FIGURE.search(words)
        if not missing or _REST.search(words) or reading.zone(clause.start):
            continue
        if _OTHER_YEAR.search(words) or _HOW_LONG.search(words):
            found += _other_year(reading, clause) if _OTHER_YEAR.search(words) else _how_long(reading, clause, words)
            continue
        share = _UNKNOWN_SHARE.search(words)
        if share:
            shares = _shares(reading, clause, words)
            for name in shares:
                at = clause.start + share.start(), clause.end
                excluded.append(name.partition("@")[0])
                found.append(reading.said(name, Value.uncertain(reading.message[at[0] : at[1]]), *at))
            if any(name.startswith("market_share") for name in shares):
                continue
        for mention in _meant(reading, clause, clause.start + missing.start()):
            facts = sorted(mention.facts)
            if _RATIO.search(words):
                facts = [f for f in facts if fact_types()[f] == "ratio"] or facts
            if mention.end <= clause.start and not _RATIO.search(words):  # 研发去年150万，前年的记不清了
                kinds = {a.kind for a in reading.amounts_in(mention.end, clause.start)}
                facts = [f for f in facts if kinds != {"money"} or fact_types()[f] == "money"]
            facts = [f for f in facts if f not in _OTHER_READERS and fact_types()[f] != "flag"]
            excluded += facts
            for fact in facts:
                for name in _keys(reading, clause, fact):
                    if _THE_OTHER.search(words) and name in reading.known:
                        continue  # 另一年忘了, where the one was said before
                    start, end = min(mention.start, clause.start + missing.start()), clause.end
                    value = Value.uncertain(reading.message[start:end])
                    found.append(reading.said(name, value, start, max(end, mention.end)))
    return found, list(dict.fromkeys(excluded))


def _how_long(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    """做这行几年说不准: the years in the market are not known."""
    since = _HOW_LONG.search(words)
    at = clause.start + (since.start() if since else 0), clause.end
    source = Value.uncertain(reading.message[at[0] : at[1]])
    return [reading.said(key("niche_years", reading.as_of.year - 1), source, *at)]


def no_figure(words: str) -> bool:
    """Whether a part of a message says that something is not known or cannot be had at present."""
    return bool(unknown(words) or _NO_FIGURE.search(words))


def _other_year(reading: Reading, clause: Clause) -> list[Statement]:
    """另一年还没查到: of the yearly figure that was spoken of, each year that nobody told."""
    named = [f for m in reading.mentions_before(clause.end, 8) if not m.whole for f in sorted(m.facts)]
    told = [name.partition("@")[0] for name in reading.known]
    fact = next((f for f in (*named, *told) if f in ("development_score", "rd_expense", "rd_ratio")), None)
    if fact is None and reading.title not in ("专精特新", "小巨人"):
        return []
    last, fact = reading.as_of.year - 1, fact or "development_score"
    years = (last, last + 1) if fact == "development_score" else (last - 1, last)
    names = [key(fact, year) for year in years]
    source = reading.message[clause.start : clause.end]
    return [
        reading.said(name, Value.uncertain(source), clause.start, clause.end)
        for name in names
        if name not in reading.known or reading.known[name].state != "known"
    ]


def _shares(reading: Reading, clause: Clause, words: str) -> list[str]:
    """占比没算过, 国内占百分之几讲不清: the share that is not known, where no noun of the clause names it."""
    last = reading.as_of.year - 1
    named = {f for m in reading.mentions_in(clause.start, clause.end) if not m.whole for f in m.facts}
    ratios = {f for f in named if fact_types()[f] == "ratio"} - {"leading_product_share"}
    if ratios:
        return []
    if _IN_MARKET.search(words):
        return [key("market_share", last)]
    if named & {"leading_product_share"}:
        return []
    for mention in reading.mentions_before(clause.start, 6):
        if "rd_ratio" in mention.facts:
            told = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
            return [key("rd_ratio", y) for y in told or [last - 1, last]]
    return []


def _meant(reading: Reading, clause: Clause, at: int) -> list[Mention]:
    """The nouns of the clause that have no amount, or the one just before it."""
    weak = lexicon().weak_revenue
    named = [m for m in reading.mentions_in(clause.start, clause.end) if not m.decoy and not m.whole]
    named = [m for m in named if m.word not in weak and not _ASKED_ONE.search(reading.text[clause.start : m.start])]
    free = [m for m in named if not reading.amounts_in(m.end, min(at, clause.end) if m.end < at else clause.end)]
    if free or named:
        before = [m for m in free if m.end <= at]
        joined = [m for m in before if m.start >= (before[-1].start - 14)]
        return joined or free[:1]
    for mention in [m for m in reading.mentions_before(clause.start, 3) if m.word not in weak][:1]:
        between = reading.amounts_in(mention.end, clause.start)
        ratio = _RATIO.search(reading.words(clause))
        year = bool(between) and any(t.years for t in reading.times_in(clause.start, clause.end))
        held = "rd_institution" in mention.facts and all(a.kind == "count" for a in between)  # 有一个，哪级说不清
        if clause.start - mention.end <= 24 and (not between or ratio or year or held) and not mention.decoy:
            return [mention]
    return []


def _keys(reading: Reading, clause: Clause, fact: str) -> list[str]:
    entry = load_dictionary()[fact]
    if entry.period == "now" or fact_types()[fact] not in (NUMERIC | {"years"}):
        return [fact]
    last = reading.as_of.year - 1
    told = _years(reading, clause)
    if entry.period == "span":
        return [] if fact == "rd_expense_l2y" else [key(fact, last)]
    if fact == "development_score":
        return [key(fact, y) for y in told or [reading.as_of.year]]
    if fact in ("rd_expense", "rd_ratio"):
        both = [key(fact, y) for y in told or [last - 1, last]]
        return [name for name in both if told or name not in reading.known] or both
    return [key(fact, y) for y in told or [last]]


def _year_asked(reading: Reading, clause: Clause) -> list[int]:
    """The year that the clause before takes up and nothing else: 24年的？当时没单独立账."""
    index = reading.clause_index(clause.start)
    before = reading.clauses[index - 1] if index else clause
    times = reading.times_in(before.start, before.end)
    alone = index > 0 and len(times) == 1 and len(reading.words(before)) - (times[0].end - times[0].start) <= _TAKEN_UP
    return list(times[0].years) if alone else []


def _years(reading: Reading, clause: Clause) -> list[int]:
    """The years whose figure is not known. 前两年 may be the two before the last one, 往年 are those before it."""
    last = reading.as_of.year - 1
    told = [y for t in reading.times_in(clause.start, clause.end) for y in t.years] or _year_asked(reading, clause)
    for time in reading.times_in(clause.start, clause.end):
        if time.kind == "span" and reading.text[time.start] == "前":
            told.append(min(time.years) - 1)
    return told or ([last - 2, last - 1] if _EARLIER.search(reading.words(clause)) else [])
