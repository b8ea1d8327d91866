"""What only the benefits of a check-up look at: 升规, contracts for services, credit loans, tenders, the pool of Qingpu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.facts.polarity import polarity
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

TENDER = Fraction(400 * 10**4)
"""元 above which a tendered project is one of those that keep a share for smaller companies."""

_SCALE = r"(?:规上|规模以上|升规|上规模?|入规|进规|纳统|四上)"
_NOT_YET = re.compile(
    rf"(?:还|都)?(?:不是|没有?|未|没到|达不到)(?:能|达到|进|上|入|过)?{_SCALE}|{_SCALE}(?:企业)?(?:还)?没(?:上|到|进)"
)
_FIRST = re.compile(rf"(?:首次|第一次|头一[次回]|刚刚?|新){_SCALE}|{_SCALE}(?:是)?(?:头一[年次回]|第一[年次]|首次)")
_LONG = re.compile(rf"(?:一直|早就|早已|以前|往年|多年|前[几两]年|连续|老)[^，。；]{{0,6}}{_SCALE}")
_OWN = re.compile(r"我|咱|公司|企业|客户|今年|厂")
_DIGITAL = re.compile(r"数字化(?:转型|改造|升级|服务|系统|诊断)*(?:相关)?(?:的)?(?:服务)?|上云(?:服务)?")
_SERVICE = re.compile(r"(?:海外发展|技术创新|出海|专业)(?:的|类|等|、|海外发展|技术创新|专业){0,4}服务")
_CONTRACT = re.compile(r"合同|买|购|签|采购|花|付")
_LOAN = re.compile(r"信用(?:类)?贷款?(?!贴息|修复)")
_WATER = re.compile(r"(?:超定额|超额|超计划)[^，。；]{0,6}(?:水费|加价)|水费[^，。；]{0,6}(?:加价|超定额)")
_BID = re.compile(r"投标|招投标|投[^，。；]{0,12}(?:工程|项目)")
_PLANS = re.compile(
    r"(?:准备|打算|计划|正在|想|近期要)(?:去|申请|申报|报|冲|评|今年|明年){1,3}[^，。；]{0,4}(?:专精特新|小巨人|创新型)"
    r"|(?:专精特新|小巨人|创新型)[^，。；]{0,4}(?:正在|在|准备|打算)(?:申报|申请|报)"
)
_ABOUT_BENEFITS = re.compile(r"政策|补贴|奖励|奖补|优惠|体检|享受|辅导")
_POOL = re.compile(r"(?:青浦|区里?|区级)?(?:优质(?:中小)?企业)?培育库")
_FLAGS: dict[str, re.Pattern[str]] = {
    "credit_loan": _LOAN,
    "in_qp_pool": _POOL,
    "renovation_major": re.compile(r"特别重大(?:的)?(?:技改|技术改造)?项目|(?:技改|技术改造)[^，。；]{0,8}特别重大"),
    "industrial_aeo": re.compile(r"工业(?:领域)?aeo"),
    "overseas_fair": re.compile(r"海外展推荐项目"),
    "key_industrial_project": re.compile(r"新赛道新动能[^，。；]{0,8}项目"),
    "innovative_product": re.compile(r"首台套|首批次|首版次|首轮流片|创新产品推荐目录"),
}
_MENTIONED = re.compile(r"[有是在进入拿签借贷办纳报做]|列|属于")


def read_benefits(reading: Reading, known: set[str]) -> list[Statement]:
    """Statements of such facts that nobody read before."""
    found: dict[str, Statement] = {}
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause):
            continue
        for one in _of_clause(reading, clause, words):
            if one.key not in known:
                reading.hear(one.start, one.end)
                found.setdefault(one.key, one)
    return list(found.values()) + [one for one in _plans(reading) if one.key not in known]


def _of_clause(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    yield from _scale(reading, clause, words)
    for fact, pattern in (("digital_contract", _DIGITAL), ("service_contract", _SERVICE), ("excess_water_fee", _WATER)):
        yield from _money(reading, clause, words, fact, pattern)
    for fact, pattern in _FLAGS.items():
        yield from _flag(reading, clause, words, fact, pattern)
    yield from _tender(reading, clause, words)


def _scale(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    """今年首次升规; 早就是规上; 还没上规. That it is 规上 today does not say since when."""
    if not _OWN.search(reading.text):
        return
    now = reading.as_of.year
    for match, choice in (
        (_NOT_YET.search(words), "below"),
        (_FIRST.search(words), "first"),
        (_LONG.search(words), "before"),
    ):
        if match is None:
            continue
        years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
        of_old = choice == "first" and bool(years) and max(years) < now
        yield reading.choice(
            "above_scale", "before" if of_old else choice, clause.start + match.start(), clause.start + match.end()
        )
        return
    match = re.search(_SCALE, words)
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    if match and years and max(years) < now and not re.search("目标|要求|标准|才", words):
        yield reading.choice("above_scale", "before", clause.start + match.start(), clause.start + match.end())


def _money(reading: Reading, clause: Clause, words: str, fact: str, pattern: re.Pattern[str]) -> Iterator[Statement]:
    """What was paid under contracts this year; none where it is denied."""
    match = pattern.search(words)
    if match is None:
        return
    name = f"{fact}@{reading.as_of.year}" if fact == "excess_water_fee" else fact
    start, end = clause.start + match.start(), clause.start + match.end()
    if polarity(reading.text, clause, start, end) == "no" or re.search(r"没(?:有)?(?:买|签|做|花|产生)", words):
        yield reading.said(name, Value.exact(0, words), start, end)
        return
    amounts = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind == "money"]
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    bought = fact == "excess_water_fee" or _CONTRACT.search(words)
    if len(amounts) == 1 and bought and (not years or max(years) == reading.as_of.year):
        low, high = min(start, amounts[0].start), max(end, amounts[0].end)
        yield reading.number(name, amounts[0], low, high)


def _flag(reading: Reading, clause: Clause, words: str, fact: str, pattern: re.Pattern[str]) -> Iterator[Statement]:
    match = pattern.search(words)
    if match is None:
        return
    at = clause.start + match.start(), clause.start + match.end()
    says = polarity(reading.text, clause, *at)
    if says == "unknown":
        yield reading.said(fact, Value.uncertain(words), *at)
    elif says == "no":
        yield reading.flag(fact, False, *at)
    elif says == "yes" and _MENTIONED.search(words) and not re.search(r"想|打算|准备|考虑|申请中|在申请", words):
        yield reading.flag(fact, True, *at)


def _tender(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    match = _BID.search(words)
    if match is None:
        return
    at = clause.start + match.start(), clause.start + match.end()
    if re.search(r"(?:不|没有?|从不|从没)(?:去|参加|参与|做|会)?(?:投标|招投标|投)", words):
        yield reading.flag("bids_public_works", False, *at)
        return
    amounts = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind == "money"]
    if amounts and "工程" in words and all(a.lo is not None and a.lo > TENDER for a in amounts):
        yield reading.flag("bids_public_works", True, *at)


def _plans(reading: Reading) -> list[Statement]:
    match = _PLANS.search(reading.text)
    asked = "plans_title" in reading.expecting or _ABOUT_BENEFITS.search(reading.text)
    return [reading.flag("plans_title", True, *match.span())] if match and asked else []
