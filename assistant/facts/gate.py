"""What every standard asks of a company's record, told in one breath: a list of matters and one word on all of them
(安全环保质量都太平, 异常、失信、事故统统没有), and that the product is none of the forbidden kinds (不限不淘, 国家鼓励类)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.facts.basics import read_basics
from assistant.facts.flags import sums_up
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.record import LOWER
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement

_INCIDENTS = (
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
)
_POLLUTION = "major_pollution_accident_l3y"
_MATTERS = {
    "abnormal": r"(?:工商|经营)?异常(?:经营)?(?:名录|名单|记录)?|(?<!违法)名录",
    "dishonest": r"(?:严重)?(?:违法)?失信(?:主体|企业)?(?:名单|记录|被执行人?)?|黑名单|老赖|名单",
    "tax": r"偷税漏税|偷漏税|偷逃税|偷税|漏税|逃税|税务|纳税",
    "safety": r"安全生产|生产安全|安全|工伤",
    "data": r"网络(?:和|与|及)?(?:数据|信息)?(?:安全)?|数据(?:安全)?|信息安全",
    "environment": r"环保|环境|污染",
    "quality": r"(?:产品)?质量",
    "sector": r"行业(?:监管|管理|规定|规范)*",
    "all": r"(?:这|那)?五[类种](?:大事|情形|情况|事故?)",
    "accident": r"(?:较大|重大|大)?(?:事故|处罚|罚款|违法违规|违法|违规)(?:行为)?",
}
_BADS = frozenset({"abnormal", "dishonest", "all", "accident"})
_KIND_FACTS = dict(zip(("safety", "data", "environment", "quality", "sector"), _INCIDENTS, strict=True))
_MATTER = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _MATTERS.items()))
_ONE = rf"(?:{'|'.join(_MATTERS.values())})"
_BETWEEN = r"(?:[、/ ]|和|与|及|以及|或者?|跟|还有|方面|这块|等|[大]?问题|事件|情况|记录|上(?=[、和])){0,3}"
_LIST = rf"(?P<list>{_ONE}(?:{_BETWEEN}{_ONE}){{0,11}})"
_WHEN = r"(?:(?:这|近|最近|过去)?[三3]年(?:来|里|内|间|以来)?|从来|从|一直|向来|至今|到现在|我们|公司|企业)"
_GRAVE = r"(?:任何|什么|啥|半点|一点|重大|较大|大的?|严重|相关){0,3}"
_ILL = r"(?:问题|毛病|事故|大事|事儿?|事件|岔子|处罚|记录|违规|违法|情况|状况|纰漏|麻烦|差错|瑕疵)"
_ALL = (
    rf"(?:{_WHEN}|都|全部|全|均|也|统统|通通|一概|一律|侪|方面|上|这块|等|记录|名单"
    rf"|(?:这|那)?[两三四五六七几]?[样项类个](?=[都全也三近从一清没无])|[两三四五六七]样|一[样项桩件个条次起回](?:都|也)?|{_ILL}(?=都|也|全|均)){{0,5}}"
)
_END = r"(?:的|过|了|呀|啊|额){0,2}(?=$|[，。；！、）\n])"
_NONE = rf"(?:没有?|无|未|零|不存在|没有?过)(?:[出发犯受被上进碰沾列]+生?过?){{0,1}}(?P<grave>{_GRAVE})(?P<ill>{_ILL})?"
_QUIET = r"(?:很|蛮|挺|非常|是|保持)?(?:太平|平安|干干净净|干净|清白|清清白白|清清爽爽|合规|正常|良好|过关|ok)"
_AFTER = re.compile(rf"{_LIST}{_ALL}(?:{_NONE}|(?P<quiet>{_QUIET})){_END}")
_DENIED = re.compile(
    rf"(?:没有?|无|未|从没|从未|零)(?:[出发犯受被]+生?过?){{0,1}}{_GRAVE}{_LIST}(?:方面|上|等){{0,2}}的?{_GRAVE}(?:{_ILL}){{0,2}}{_END}"
)
_SIGNS = re.compile("[失异税事罚违安环污质网数行名]")
_ASIDE = re.compile(r"取消|撤销|摘牌|影响|会不会|如果|要是|假如|除了|有没有|是不是|是否|构成|算不算")
_HAD = re.compile(r"(?:(?<![没还])有|[有出受犯挨吃][过了]|被|受|挨|因)(?:一|次|个|起|点|些|轻微|一般|小){0,3}$")
_FORBIDDEN = re.compile(
    r"(?:不(?:是|属于?|在|涉及?|含|碰|做|沾|列入)?|非|并非|没有?|未列入)(?:国家|明令|任何|什么|所谓|的)*"
    r"(?P<kinds>(?:[不和或及、]|禁止|限制|淘汰|禁|限|淘|汰){1,9})(?:类|的|产品|目录|之列|名录|里面?|范围|中|内|行业|那种){0,3}(?=$|[，。；！、）\n])"
)
_WHOLE = re.compile(r"禁止|限制|淘汰")
_KIND = re.compile("[禁限淘汰]")
_ENCOURAGED = re.compile(
    r"(?:^|产品|服务|业务|我们)(?:[和、]服务)?(?:也|都|还|是|属于?|在|全|均|本来|一直)*(?:国家)?鼓励(?:类|发展|支持|目录)*(?:的|产品|里|中|内)*(?=$|[，。；！、）\n])"
)
_IN_ORDER = re.compile(r"产品(?:也|都|均|完全|正常|合法|全部|依法){1,3}合规(?=$|[，。；！、）\n])")
_FEW = 2


def read_gate(reading: Reading) -> list[Statement]:
    """What such a list denies, and that the product is not forbidden; a question or a doubt tells nothing."""
    found: dict[str, Statement] = {}
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause) or _ASIDE.search(words) or unknown(words):
            continue
        for one in (*_record(reading, clause, words), *_product(reading, clause, words)):
            reading.hear(one.start, one.end)
            found.setdefault(one.key, one)
    for one in read_basics(reading):
        reading.hear(one.start, one.end)
        found.setdefault(one.key, one)
    return list(found.values())


def _record(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    if not _SIGNS.search(words):
        return
    for pattern in (_AFTER, _DENIED):
        for match in islice(pattern.finditer(words), 4):
            kinds = [str(m.lastgroup) for m in _MATTER.finditer(match["list"])]
            named = match.groupdict()
            bare = pattern is _AFTER and not named["ill"] and not named["quiet"]
            if pattern is _AFTER and _HAD.search(words[: match.start("list")]):
                continue  # 有过处罚、事故没有
            if (len(kinds) < _FEW or bare) and not _BADS & set(kinds):
                continue  # 质量没问题 alone is praise, 安全、质量没有 says nothing
            at = clause.start + match.start(), clause.start + match.end()
            for fact in _facts(kinds, lower=reading.title in LOWER):
                yield reading.flag(fact, False, *at)
            if sums_up([_KIND_FACTS[k] for k in kinds if k in _KIND_FACTS], named.get("ill") or ""):
                yield from (reading.flag(fact, False, *at) for fact in _INCIDENTS if fact not in reading.known)


def _facts(kinds: list[str], *, lower: bool) -> list[str]:
    """The facts of the matters of a list. 事故 beside other kinds is the accident of safety; for the lower titles, whose
    rule counts networks and data under safety, it stands for every kind."""
    lists = {"abnormal": "abnormal_listed_now", "dishonest": "dishonest_listed_now", "tax": "tax_evasion_l3y"}
    found = [lists[k] for k in kinds if k in lists]
    named = [_KIND_FACTS[k] for k in kinds if k in _KIND_FACTS]
    if "all" in kinds or ("accident" in kinds and not named):
        named = list(_INCIDENTS)
    elif "accident" in kinds and "sector" not in kinds[-2:] and kinds[-1] != "accident":
        named.append(_INCIDENTS[0])
    if lower and ("safety" in kinds or "accident" in kinds):
        named += _INCIDENTS[:2]
    if lower and _INCIDENTS[2] in named:
        named.append(_POLLUTION)
    return list(dict.fromkeys([*found, *named]))


def _product(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    for match in islice(_FORBIDDEN.finditer(words), 3):
        signs = _WHOLE.findall(match["kinds"]) or _KIND.findall(match["kinds"])
        if _WHOLE.search(match["kinds"]) or len(signs) >= _FEW:
            yield reading.flag("prohibited_product", False, clause.start + match.start(), clause.start + match.end())
            return
    if good := _ENCOURAGED.search(words) or _IN_ORDER.search(words):
        yield reading.flag("prohibited_product", False, clause.start + good.start(), clause.start + good.end())
