"""What a company is recognised as and how it stands: 高企, 示范企业, 上市, 偷税, 主导标准, 战略性新兴产业."""

from __future__ import annotations

import re

from assistant.facts.polarity import polarity
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

TERM = 3
"""Years that a 高新技术企业 certificate runs."""

_HIGH_TECH = re.compile(
    r"(?:国家级?)?(?:高新(?:技术)?企业|高企)(?!的?(?:研发|标准|条件|要求|优惠|税|政策|认定标准))(?:证书|资质|称号|资格|认定|证)?"
)
_OWN = re.compile(
    r"(?:是|有|属于|拿到|拿了|获得|获评|认定为|认定成|作为|评上|通过|取得|持有|当上|为)(?:了|过|一家|的|个|有效期内的?|有效的?|在有效期内?的?|国家级?)*+$"
)
_FILL = re.compile(
    r"(?:我们|我司|公司|企业|咱们?|阿拉|俺们?|但是?|不过|好在|好歹|而且|也|都|还|已经|已|目前|现在|一直|早就|既|又|，| )*"
)
_AFTER_OWN = re.compile(
    r"(?:的)?(?:我们|也|都|还|已经|早就|现在|目前|是|去年|今年|前年|大前年|刚刚|刚|20\d\d年|\d{1,2}月|[，。；！、]|$|批(?![评次量发复])|发的|颁"
    r"|有(?!效期满)|在(?:有效)?期|拿|认定|评|通过)"
)
_LOST = re.compile(
    r"(?<![没未不快会])(?:到期了|到期(?=[，。；]|$)|过期|失效|作废|断了|没续|被?取消|被?撤销|没重新认定|没通过|没评上|没拿到|掉了|没保住)"
)
_STILL = re.compile(
    r"没到期|未到期|没过期|未过期|没失效|还在有效|在有效期|还有效|仍有效|(?:明年|后年|下个?月|年底|(?<![去前]年)(?<![去前]年\d)\d月)(?:底|初|份)?(?:才|就)?到期"
)
_TERM_ENDS = re.compile(
    r"(?P<year>[去前今明后]年|20\d\d年)?(?:的)?(?:(?P<month>\d{1,2})月)?(?:份|底|初|末)?(?:\d{1,2}[日号])?(?:才|就|已经?|会|要|刚好?)*到期"
    r"|(?:有效期?|有效期限|期限|期)(?:是|一直|还)*(?:到|至|截至|截止到?)(?P<year2>[去前今明后]年|20\d\d年)?(?:的)?(?:(?P<month2>\d{1,2})月)?"
)
_NO_SUCH = re.compile(r"没|不|未|无|非")
_NOT_GOT = re.compile(
    r"(?:没有?|未|不)(?:能|再|去|给|被|审|评|批|申|报|拿|认|续)*(?:到|上|下来)?(?:过(?!期)|通过|批(?:准|下)?|评上|认(?:定|上|下来)?|拿(?:到|下)|续(?:上|期|评)?|成(?!立)|申请?|报)"
    r"|驳回|打回|退回|被[刷退拒]|落选|失败|黄了|泡汤|没戏|没成"
)
"""高企去年没过, 高企申请被驳回: it was not granted."""
_UNDECIDED = re.compile(
    r"(?:没有?|未|不)(?!到期|过期|失效|断|问题|变|丢|取消|撤|超|少|止|光|仅|但)|等(?:着|通知|结果|批)|评审|公示"
)
_THEIRS = re.compile(r"总部|总公司|客户|用户|供应商|合作|对手|母公司|集团|子公司|股东|同行|别的|其他|人家|隔壁")
_PENDING = re.compile(r"(?:正在|在|还在)(?:申请|申报|报|评|走流程)|申请中|申报中|等批")
_PLANNED = re.compile(r"打算|准备|计划|想|明年|争取|要(?:报|申|评)|申报|申请|冲")
_DEMO = re.compile(r"国家(?:级)?(?:的)?(?:技术创新示范|知识产权(?:优势|示范))企业")
_LISTED = re.compile(
    r"(?:科创板|创业板|主板|a股|上交所|深交所|沪市|深市|沪深|港交所|港股|香港|纳斯达克|美股|美国|境外|海外)(?:成功|挂牌|首发|ipo|ipo并)*上市(?!辅导|计划|申请|前)"
    r"|(?:我们|公司|企业)(?:已经|已|早就|去年|前年|今年|20\d\d年|就|都)*上市了"
    r"|(?:我们|公司|企业)?(?:是|属于)(?:一家|a股|主板|科创板|创业板|港股)*上市(?:公司|企业)(?!的|控股|旗下|子)"
)
_UNLISTED = re.compile(
    r"(?:没有?|还没有?|未|尚未|从没|并未|没能)(?:在|去)?(?:任何|哪个)?(?:交易所|a股|主板|科创板)?上市(?!公司的|辅导)"
    r"|(?:不是|并非)上市(?:公司|企业)|非上市|未上市"
)
_GOODS = re.compile(
    r"产品|新品|药|车|型号|母公司|集团|子公司|股东|客户|控股|同行|北交所|新三板|准备|打算|计划|明年|辅导|拟"
)
_EVASION = re.compile(r"偷税漏税|偷漏税|偷逃税|偷税|漏税|逃税|骗税")
_CAUGHT = re.compile(r"因|被|罚|处罚|查|有过|存在|发生|曾|犯|认定|定性|定为|写[了着的明]|决定书|属于|构成|算是|说是")
_STANDARD = r"[^，。；]{0,10}?(?:国际|国家|行业)标准"
_LED = re.compile(rf"(?:主导|牵头|主持)(?:了|过|参与)*(?:制定|制订|起草|编制|修订|编写)(?:了|过|的)*{_STANDARD}")
_NEVER_LED = re.compile(
    r"(?:没有?|未|从没|从未|没能)(?:参与|参加|主导|牵头|主持|做|搞)过?(?:任何|什么|国际|国家|行业|、)*(?:的)?标准(?:的)?(?:制定|制订|起草|编制|修订|工作)?"
    r"|(?:没有?|未|从没|从未)(?:制定|制订|起草|编制)过?(?:任何|什么|国际|国家|行业|、)*标准"
)
_ONLY_JOINED = re.compile(
    rf"标准[^，。；]{{0,6}}(?:只是|仅仅?|不过是|只)(?:参与|参加)|(?:只是|仅仅?|只)(?:参与|参加)过?{_STANDARD}"
)
_WRONG = re.compile(r"不对|[说写打记搞弄讲报填]错|更正|纠正|口误")
STRATEGIC = ("战略性新兴产业", "战略新兴产业", "战新产业")

_PLAIN_FIELD = re.compile(
    r"(?:非|不(?:是|属于|算|在)|没进)(?:国家)?战略?性?新(?:兴)?(?:产业|领域|行业)?(?!没)|(?:属于|是|做|就是)?(?:传统|一般|普通)(?:行业|产业|领域|制造业)"
)


def read_standing(reading: Reading) -> list[Statement]:
    """high_tech_valid, tech_demo, publicly_listed, tax_evasion_l3y, led_standard_l5y and strategic_industry."""
    found: list[Statement] = []
    for clause in reading.clauses:
        if reading.zone(clause.start):
            continue
        words = reading.words(clause)
        found += _high_tech(reading, clause, words)
        if not asks(reading.text, clause):
            found += [*_listed(reading, clause, words), *_tax(reading, clause, words), *_led(reading, clause, words)]
            found += _demo(reading, clause, words)
    found += _strategic(reading)
    for one in found:
        reading.hear(one.start, one.end)
    return _corrected(reading, found)


def _corrected(reading: Reading, found: list[Statement]) -> list[Statement]:
    """A later word after 不对 replaces the earlier; what is merely said twice is said once."""
    kept: dict[str, Statement] = {}
    more: list[Statement] = []
    for one in found:
        before = kept.get(one.key)
        wrong = before is not None and bool(_WRONG.search(reading.text[before.end : one.start]))
        if before is not None and not wrong:
            if before.value.flag == one.value.flag:
                continue
            more.append(before)
        kept[one.key] = one.model_copy(update={"correction": wrong})
    return [*more, *kept.values()]


def _high_tech(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    match = _HIGH_TECH.search(words)
    if match is None:
        return []
    start, end = clause.start + match.start(), clause.start + match.end()
    following = reading.clauses[reading.clause_index(clause.start) + 1 :][:1]
    later = words[match.end() :] + "".join("，" + reading.words(c) for c in following if "高" not in reading.words(c))
    says = polarity(reading.text, clause, start, end)
    if says == "asked" or asks(reading.text, clause):
        return []
    if says == "unknown":
        return [reading.said("high_tech_valid", Value.uncertain(match[0]), start, end)]
    item = words[: match.start()].rpartition("、")[2]
    if says == "no" and _STILL.match(words[match.end() :]) and not _NO_SUCH.search(item):
        says = "yes"  # 高企证书没过期, 没上市、高企在有效期
    runs = _still_runs(reading, later[:20])
    if runs is not None and (term := _TERM_ENDS.search(later[:20])):
        reading.hear(end, end + term.end())
    lost = not runs if runs is not None else bool(_LOST.search(later[:14]) and not _STILL.search(later))
    if says == "no" or _PENDING.search(words) or lost:
        return [reading.flag("high_tech_valid", False, start, end)]
    lead, tail = words[: match.start()], words[match.end() :]
    if _THEIRS.search(lead):
        return []
    if _NOT_GOT.search(tail) and not runs:
        return [reading.flag("high_tech_valid", False, start, clause.end)]
    if _UNDECIDED.search(tail) and not runs:
        return [reading.said("high_tech_valid", Value.uncertain(words), start, clause.end)]
    own = _OWN.search(lead) or (_FILL.fullmatch(item) and (runs or _AFTER_OWN.match(tail) or _STILL.match(tail)))
    if not own or _PLANNED.search(lead[-6:]):
        return []
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    if years and max(years) <= reading.as_of.year - TERM and not _STILL.search(later):
        return [reading.said("high_tech_valid", Value.uncertain(words), start, end)]
    return [reading.flag("high_tech_valid", True, start, end)]


def _still_runs(reading: Reading, later: str) -> bool | None:
    """Whether the day on which the certificate ends, as told, is still to come; None where no day was told."""
    match = _TERM_ENDS.search(later)
    if match is None:
        return None
    told, ends = match["year"] or match["year2"], match["month"] or match["month2"]
    if not (told or ends):
        return None
    now, named = reading.as_of, told or "今年"
    away = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
    year = now.year + away[named] if named in away else int(named[:4])
    month = int(ends or 12)
    return (year, month) >= (now.year, now.month)


def _demo(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    match = _DEMO.search(words)
    if match is None or _PLANNED.search(words):
        return []
    start, end = clause.start + match.start(), clause.start + match.end()
    own = _OWN.search(words[: match.start()]) or _FILL.fullmatch(words[: match.start()])
    if not own or polarity(reading.text, clause, start, end) != "yes":
        return []  # that one of the titles is not held says nothing of the others
    return [reading.flag("tech_demo", True, start, end)]


def _listed(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    if _GOODS.search(words):
        return []
    for pattern, yes in ((_UNLISTED, False), (_LISTED, True)):
        if match := pattern.search(words):
            return [reading.flag("publicly_listed", yes, clause.start + match.start(), clause.start + match.end())]
    return []


def _tax(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    match = _EVASION.search(words)
    if match is None:
        return []
    start, end = clause.start + match.start(), clause.start + match.end()
    says = polarity(reading.text, clause, start, end)
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    if says == "no" or (says == "yes" and years and max(years) < reading.as_of.year - 3):
        return [reading.flag("tax_evasion_l3y", False, start, end)]
    if says == "yes" and _CAUGHT.search(words):
        return [reading.flag("tax_evasion_l3y", True, start, end)]
    return []


def _led(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    if match := _NEVER_LED.search(words) or _ONLY_JOINED.search(words):
        return [reading.flag("led_standard_l5y", False, clause.start + match.start(), clause.start + match.end())]
    match = _LED.search(words)
    if match is None or _PLANNED.search(words):
        return []
    start, end = clause.start + match.start(), clause.start + match.end()
    if polarity(reading.text, clause, start, end) != "yes":
        return []
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    recent = not years or max(years) >= reading.as_of.year - 5
    return [reading.flag("led_standard_l5y", recent, start, end)]


def _strategic(reading: Reading) -> list[Statement]:
    plain = _PLAIN_FIELD.search(reading.text) if reading.title == "创新型" else None
    if plain and not reading.zone(plain.start()) and not asks(reading.text, reading.clause(plain.start())):
        for match in _PLAIN_FIELD.finditer(reading.text):
            reading.hear(*match.span())
        return [reading.flag("strategic_industry", False, *plain.span())]
    for mention in reading.mentions:
        if mention.word not in STRATEGIC or reading.zone(mention.start):
            continue
        says = polarity(reading.text, reading.clause(mention.start), mention.start, mention.end)
        if says in ("yes", "no"):
            return [reading.flag("strategic_industry", says == "yes", mention.start, mention.end)]
    return []
