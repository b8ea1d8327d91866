"""Years in the market segment, counted to the end of the last year, and since when."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key

_WORKED = re.compile(
    r"做|干(?![净脆扰部预燥湿])|从事|从业|深耕|专注|搞|经营|钻研|聚焦|耕耘|扎根|入行|行业|行当|赛道|生产|进入|细分|专营|主营|精耕|打磨|沉淀|积累"
    r"|经验|专攻|专业|坚持|涉足|投身|这行|领域|市场|历史|年头|产品线|研制|制造"
)
_NOT_WORKED = re.compile(
    r"成立|注册|开办|创办|建厂|建立|有效期|保护期|撤销|取消|摘牌|合作|质保|贷款|租|合同|复核|到期|近|过去|最近|连续"
    r"|老厂|老店|老企业|老公司|厂龄|专利|工龄|工作|满三年要|保质"
)
_YEARLY_TAKINGS = re.compile(
    r"(?:大概|也就|能|才|差不多|就|只|可以){0,3}(?:做|卖|干|销|赚|营收|流水|收入)[^，。；\d]{0,4}[\d一二两三四五六七八九十几]"
)
_OLD_FIRM = re.compile(r"(?:的|历史的)?老(?:厂|店|企业|公司|单位|牌子?|字号)")
_SO_FAR = re.compile(r"^(?:多|左右|来)?了")
_THIS_YEAR = re.compile(r"今年(?:刚好|刚|正好|才|是|就|已经|已)*$")
_SOON = re.compile(r"(?:快|将近|马上|接近|就要|即将)(?:有|满|到)?$")
_BEGAN = re.compile(
    r"^[年底初末中]?(?:的?[春夏秋冬][天季]|春节(?:后|前)?|年后|国庆后?)?(?:\d{1,2}月份?[底初]?|[一二三四五六七八九十]{1,2}月份?[底初]?|下半年|上半年|年[初底中末])?(?:我们|公司|咱|才|就|左右|刚刚|刚|方才|正式|真正|又|只|光|单|专门|专心|专|一直|又从.{1,8})*+(?:起|开始|就?开始|以来|就(?=在?做|从事|进入|专注|干|搞)|入行|进入|转型|转做|转行|转到|转来|转过来|改行|改做|跨进|跨入|踏进|踏入|进(?=[的了入到这]|军)(?![的了入到]{0,2}(?:(?:科技型|创新型|培育)?(?:中小企业)?的?(?:信息)?库|名单|名录|目录|异常|失信|实审))|入(?=[的了]?行|局|场)|做起|干起|摸到"
    r"|(?:做|干|搞|弄|碰|接触|生产|研制|涉及|上)(?=起|这|的?这|现在|目前|该|此|那|了?[^，。；]{0,10}(?:产品|行|业务|领域|市场|赛道|细分))"
    r"|(?:做|干|搞)到(?:现在|今天|如今|今)|至今|到现在|涉足|切入|投产|创业|上马|下海|到今|(?:盯|守|扑|钉)(?:着|住|在|牢)|认准)"
)
_SINCE = re.compile(r"(?:从|自|打|始于|起始于|开始于|入行于|进入于|起步于)$")
_EVER_SINCE = re.compile(r"(?:一直|始终|就|从那时起)(?:是|在)?(?:做|从事|专注|干|搞|深耕)")
_TURNED = re.compile(r"转|改做|改行|改成|才(?:开始|做|进|搞|干|入)|换(?:成|到|做)")
"""A new field since then: the years told of the old one are none of it."""
_QUESTIONED = re.compile(r"够|算不算|能算")
_FULL = re.compile(
    r"(?:到|截至|截止)(?:(?:去年|上年|2025年)年?[底末]?.{0,4}满?|(?:现在|今天|如今|目前|今年)(?:已经?|有|也有|刚好|正好|整整?|满|快|是)*+)$"
)
_TO_NOW = re.compile(r"到(?:现在|今天|如今|目前)(?:已经?|有|也有|整整?|是)*+$")
_FOUNDED = re.compile(r"成立|注册|建厂|创办|创立")
_STANDARDS = re.compile(r"(?:以?来|内|里|，)*(?:主导|牵头|主持|参与|参加)")


def read_niche(reading: Reading) -> list[Statement]:
    """niche_years at the end of the last year, niche_start as a packed date (year, month or 0, day 0)."""
    found: list[Statement] = []
    year = reading.as_of.year - 1
    asked = any(k.startswith("niche_years") for k in reading.expecting)
    for amount in reading.amounts:
        if amount.kind != "years" or reading.zone(amount.at):
            continue
        clause = reading.clause(amount.at)
        if not _is_work(reading, clause, amount, asked) or rule_question(
            reading.text, clause, amount.start, amount.end
        ):
            continue
        counted = _to_year_end(reading, clause, amount)
        found.append(reading.number(key("niche_years", year), counted, amount.start, amount.end))
    starts = _starts(reading)[:2]
    if starts:  # 2023年6月转来做的，到今天三年多: counted from the start itself
        found = [s for s in found if not _TO_NOW.search(reading.text[max(0, s.start - 8) : s.start])]
    if turned := [s for s in starts if _TURNED.search(reading.text[s.start : s.end + 20])]:
        found = [
            s for s in found if s.start > turned[0].start and not _QUESTIONED.search(reading.text[s.end : s.end + 12])
        ]
    found = [*found[:3], *starts]
    return found or _founded(reading, year)


def _founded(reading: Reading, year: int) -> list[Statement]:
    """公司2024年6月才成立: nobody is longer in a market than the company is there; told where that is under three years."""
    for clause in reading.clauses:
        match = _FOUNDED.search(reading.words(clause))
        if (
            match is None
            or reading.zone(clause.start + match.start())
            or re.search(r"分公司|子公司|前身", reading.words(clause))
        ):
            continue
        for time in reading.times_in(clause.start, clause.end):
            if time.kind in ("year", "date") and year - 3 < time.years[0] <= year + 1:
                months = (year + 1 - time.years[0]) * 12 - ((time.month or 1) - 1)
                most = Value.interval(Fraction(0), Fraction(max(0, months), 12), source=reading.words(clause))
                return [reading.said(key("niche_years", year), most, time.start, clause.end)]
        for amount in reading.amounts_in(clause.start, clause.end):
            near = reading.text[max(clause.start, amount.start - 8) : amount.end + 4]
            if (
                amount.kind == "years"
                and amount.hi is not None
                and amount.hi < 3
                and not re.search("注册在|近|过去", near)
            ):
                most = Value.interval(Fraction(0), amount.hi, source=reading.words(clause))
                return [reading.said(key("niche_years", year), most, amount.start, clause.end)]
    return []


def _is_work(reading: Reading, clause: Clause, amount: Amount, asked: bool) -> bool:
    lead = reading.text[max(clause.start, amount.start - 24) : amount.start]
    tail = reading.text[amount.end : min(clause.end, amount.end + 16)]
    if re.match(r"(?:以?前|后|内|之内)(?!.{0,4}(?:开始|就|入行|进入|起))", tail) or re.search(r"第$", lead):
        return False
    if _OLD_FIRM.match(tail):
        return False  # 十几年老厂 is the age of the company
    if _YEARLY_TAKINGS.match(tail):
        return False  # 一年做300万
    worked = list(_WORKED.finditer(lead))
    other = list(_NOT_WORKED.finditer(lead))
    if other and _FOUNDED.search(lead) and _EVER_SINCE.search(reading.text[amount.end : amount.end + 16]):
        return True
    if other and (not worked or other[-1].start() > worked[-1].start()):
        return False
    if worked:
        return True
    if _FULL.search(lead) and clause.start and _WORKED.search(_sentence_before(reading, clause)):
        return not other
    if _WORKED.search(tail) and not _NOT_WORKED.search(tail) and not _STANDARDS.match(tail):
        return True
    return asked and len(lead.strip()) <= 4


def _sentence_before(reading: Reading, clause: Clause) -> str:
    """The words of the sentence before a clause: 做镜头（…，…）到去年底刚满三年."""
    index = reading.clause_index(clause.start)
    before = [c for c in reading.clauses[max(0, index - 3) : index] if c.sentence == clause.sentence]
    return reading.text[before[0].start : clause.start] if before else ""


def _to_year_end(reading: Reading, clause: Clause, amount: Amount) -> Amount:
    """做了3年 is taken as said; 6年了, 今年刚满3年 and 快3年 are counted as of now, up to a year less."""
    lead = reading.text[max(clause.start, amount.at - 12) : amount.at]
    lo, hi = amount.lo, amount.hi
    if lo is None:
        return amount
    if re.search(r"截[至止]|去年年?[底末]|上年[底末]", reading.text[clause.start : amount.at]):
        return amount
    if re.search(r"(?:刚刚?好?|才|仅|只|总共)满了?$", lead):
        return replace(amount, lo=max(lo - 1, Fraction(0)), hi=lo, hi_closed=True)
    if re.search(r"今年.{0,5}满了?$", lead) or (amount.is_exact and _THIS_YEAR.search(lead)):
        return replace(amount, lo=lo - 1, hi=lo, hi_closed=False)
    if _SOON.search(lead) and hi is not None:
        return replace(amount, lo=max(hi - 2, Fraction(0)), hi=hi, lo_closed=True, hi_closed=False)
    if (_SO_FAR.match(reading.text[amount.end : amount.end + 3]) or _TO_NOW.search(lead)) and lo >= 1:
        return replace(amount, lo=lo - 1, lo_closed=True)
    return amount


def _starts(reading: Reading) -> list[Statement]:
    found: list[Statement] = []
    for time in reading.times:
        if time.kind not in ("year", "date") or reading.zone(time.start) or time.years[0] > reading.as_of.year:
            continue
        clause = reading.clause(time.start)
        lead = reading.text[max(clause.start, time.start - 6) : time.start]
        tail = reading.text[time.end : min(clause.end, time.end + 20)]
        began = _BEGAN.match(tail) or (_SINCE.search(lead) and re.search(r"开始|起|以来|做|一直|至今", tail))
        founded = _FOUNDED.search(lead + tail[:4])
        if founded:
            began = _EVER_SINCE.search(reading.text[time.end : time.end + 30])
        if not began or not (
            founded
            or _WORKED.search(reading.words(clause))
            or re.search("入|进|转|改行|涉足|投产|上马|盯|守|扑|钉|认准|没碰过别", tail)
        ):
            continue
        if re.search(r"营收|研发|申报|评|认定|实施|执行|盈利|亏损|名单|名录|异常|失信|科创板|创业板", tail[:10]):
            continue
        told = re.match(r"(\d{1,2})月", tail)
        month = time.month or (int(told[1]) if told and 1 <= int(told[1]) <= 12 else 0)
        value = Value.exact(time.years[0] * 10000 + month * 100, reading.message[time.start : time.end])
        found.append(reading.said("niche_start", value, time.start, min(clause.end, time.end + 8)))
    return found
