"""A clean record told in one breath: 没有失信和事故, 没进异常失信, 信用、税务、安全都没问题, 划型中小."""

from __future__ import annotations

import re

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

LOWER = ("创新型", "科技型")
_LISTS = ("dishonest_listed_now", "abnormal_listed_now")
_GRADED = ("safety", "environment", "quality", "data")
_OTHERS = re.compile(r"别的|其他|其它|另外")
_INCIDENTS = (
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
)
_POLLUTION = "major_pollution_accident_l3y"
_TAX = "tax_evasion_l3y"
_BAD = {
    "dishonest": r"(?:严重)?(?:违法)?失信(?:主体)?(?:名单|名录|记录|被执行人?)?|黑名单",
    "abnormal": r"(?:工商|经营)?异常(?:名录|名单|经营)?",
    "tax": r"(?:偷税漏税|偷漏税|偷逃税|偷税|漏税|逃税)",
    "any": r"(?<![产境量据露染全息络理品])(?:安全生产|生产安全|安全|环保|环境|污染|质量|数据|网络)?(?:事故|处罚|罚款|罚过|违法违规|违法|违规)",
}
_TOPIC = {
    "credit": r"(?:企业)?(?:信用|征信|诚信)(?:记录|状况|情况)?",
    "taxes": r"(?:税务|纳税|税收|税)(?![负率额点])(?:记录)?",
    "safety": r"安全(?:生产)?",
    "environment": r"环保|环境(?:污染)?|污染",
    "quality": r"(?:产品)?质量",
    "data": r"网络|数据",
}
_NAMED = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in (_BAD | _TOPIC).items()))
_SIGNS = re.compile("[失异信税事罚违安环污质网名数征诚黑]")
"""One of these stands in every clause that tells something of the record."""
_BETWEEN = r"(?:[、/ ]|和|与|及|或者?|跟|以及|还有|记录|方面|这块|上)"
_JOIN = rf"{_BETWEEN}*+"
_BADS = rf"(?:{'|'.join(_BAD.values())})(?:{_JOIN}(?:{'|'.join(_BAD.values())}))*+"
_ANY = rf"(?:{'|'.join([*_BAD.values(), *_TOPIC.values()])})(?:{_JOIN}(?:{'|'.join([*_BAD.values(), *_TOPIC.values()])}))*+"
_TAIL = r"(?:的|这些|那些|这类|之类|等等?|方面|上面?|这块|这几[样项]|名单|名录|记录|情况|问题|行为|事情?|我们|公司|企业|近?[三3]年(?:来|内)?)*+"
_END = r"(?=$|[，。；！？、 的呀啊吧嘛额没无未也])"
_NO = r"(?:没有?|无|未|从没|从未|没有过|不存在|零)"
_DENIED = re.compile(
    rf"{_NO}(?:有|出|发生|受|被|犯|进|上|列入?|沾|碰|任何|什么|啥|别的|其他|其它|另外的?|过|到|大的?|重大|相关|一[次起条])*(?P<list>(?:{'|'.join(_TOPIC.values())}|{_BETWEEN}){{0,8}}{_BADS}){_TAIL}{_END}"
)
_DENIED_AFTER = re.compile(
    rf"(?P<list>{_BADS}){_TAIL}(?:都|也|全|均|统统|一概|从来|一直|一[样个项次条]|半点|压根|根本|侪)+{_NO}(?:过|有|发生|出|沾|碰|犯|列)*{_END}"
)
_FINE = re.compile(
    rf"(?P<list>{_ANY}){_TAIL}(?:也|都|全|均|一直|一向|统统|很|蛮|还|挺|是|侪)*"
    r"(?:没(?:有|啥|什么)?(?:大|任何|啥|出过)?(?:问题|毛病|瑕疵|污点|黑点|黑历史|劣迹)|干干?净净?|清白|清清爽爽|正常|良好|好|合规|ok|过关|没得说|无(?:问题|异常))"
    rf"{_END}"
)
_FLAWED = re.compile(
    rf"(?P<list>{_ANY})(?:的|这块|方面|上面?|记录|情况|我们|公司)*(?:确实|倒是|是|还|曾经?|以前)*(?<![没无])(?:有|出过?|存在)(?!没)(?:过|点|些|一点|一些|个|[一两几][条个次起])*"
    r"(?:小|大)?(?:问题|瑕疵|污点|毛病|麻烦|状况|案底|(?<=[条次起])(?=$|[，。；！、 的]))"
)
_ASIDE = re.compile(
    r"有没有|有无|是否|是不是|取消|撤销|摘牌|影响|会不会|修复|移出|如果|要是|假如|(?:没有?|不)(?:算|构成)"
)
_QUIET = re.compile(r"(?:没有?|未|从没|从未)出过?(?:任何|什么|啥|大|安全)*事(?![故业])")
_NOT_LISTED = re.compile(
    r"(?P<which>异常|失信)?(?:经营)?(?:名录|名单)(?:[里上中]|都|也|全|我们|查[过了]?|核[过了]?|一遍|、|失信|异常|名录|名单)*(?:没有?|查不到|找不到)(?:我们|公司|我司|咱们?|阿拉)"
)
_SIZED = re.compile(
    r"划型(?:为|是|属于?|上|结果)*(?:中小微?|中型|小型|微型|小微)(?:企业)?(?![^，。；]{0,2}(?:不|未|没|吗|还是))"
    r"|(?:^|(?<!企业)、)(?:我们|公司|企业|属于?|是|算)*(?:(?:小微|小型|微型|中型|小)企业|小微)(?=$|、)"
)
_PRODUCT = re.compile(
    r"(?:不|没有?|未|从不)(?:做|生产|碰|搞|涉及?|沾|是|属于?|在|含)(?:过|任何|什么|国家|明令)*(?:禁限|禁止|限制|淘汰)(?:[、和或及]|禁止|限制|淘汰)*(?:[类的]|产品|目录|之列|$)"
    r"|产品(?:也|都)?不限制$|产品(?:、服务|和服务|（服务）)?(?:也|都|均|完全|全部)*合规"
)
_BRANCH = re.compile(
    r"(?:^|我们|我司|公司|企业|本单位)(?:其实|目前|只|就)*(?:是|属于)[^，。；]{0,16}(?:分公司|办事处|分支机构)(?=$|[，。；])"
)
_NO_PERSON = re.compile(
    r"(?:不是|并非|没有?|不具备|非|无|未取得)(?:一个|一家)?(?:独立)?(?:的)?法人(?:单位|企业|资格|地位|主体)?"
)
_PERSON = re.compile(r"独立(?:的)?法人|法人资格|法人企业")


def read_record(reading: Reading, known: set[str]) -> list[Statement]:
    """Flags of the lists, of accidents and of taxes that a clause denies or calls fine; ``known`` are the keys read."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause):
            continue
        found += _legal(reading, clause, words)
        if match := _SIZED.search(words):
            found.append(reading.flag("is_sme", True, clause.start + match.start(), clause.start + match.end()))
        if match := _PRODUCT.search(words):
            found.append(
                reading.flag("prohibited_product", False, clause.start + match.start(), clause.start + match.end())
            )
        if _SIGNS.search(words) and not _ASIDE.search(words):
            found += _clean(reading, clause, words)
    found += _both_lists(reading, found)
    for one in found:
        reading.hear(one.start, one.end)
    told = {s.key: s for s in reversed(found)}
    return [s for name, s in told.items() if name not in known]


def _legal(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    """Whether the applicant is a legal person of its own: a branch is none."""
    for pattern, yes in ((_NO_PERSON, False), (_BRANCH, False), (_PERSON, True)):
        if match := pattern.search(words):
            return [reading.flag("legal_person", yes, clause.start + match.start(), clause.start + match.end())]
    return []


def _clean(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    found: list[Statement] = []
    for pattern in (_DENIED, _DENIED_AFTER, _FINE):
        for match in pattern.finditer(words):
            kinds = [str(m.lastgroup) for m in _NAMED.finditer(match["list"])]
            if len(kinds) == 1 and kinds[0] in _GRADED:
                continue  # 质量好 is praise
            at = clause.start + match.start(), clause.start + match.end()
            facts = dict.fromkeys(fact for kind in kinds for fact in _facts(kind, match["list"], kinds, reading.title))
            others = _OTHERS.search(match[0])  # 没别的处罚 takes nothing back
            found += [reading.flag(fact, False, *at) for fact in facts if not (others and fact in reading.known)]
    for flawed in _FLAWED.finditer(words):
        kinds = [str(m.lastgroup) for m in _NAMED.finditer(flawed["list"])]
        at = clause.start + flawed.start(), clause.start + flawed.end()
        facts = dict.fromkeys(f for kind in kinds for f in _facts(kind, flawed["list"], kinds, reading.title))
        both = _LISTS[1:] if "credit" in kinds else ()
        found += [reading.said(fact, Value.uncertain(flawed[0]), *at) for fact in (*facts, *both)]
    for listed in _NOT_LISTED.finditer(words):
        one = {"异常": _LISTS[1:], "失信": _LISTS[:1]}.get(listed["which"], _LISTS)
        at = clause.start + listed.start(), clause.start + listed.end()
        found += [reading.flag(fact, False, *at) for fact in (one if "、" not in listed[0] else _LISTS)]
    if (quiet := _QUIET.search(words)) and reading.title in LOWER:
        found.append(reading.flag(_POLLUTION, False, clause.start + quiet.start(), clause.start + quiet.end()))
    return found


def _facts(kind: str, words: str, kinds: list[str], title: str | None) -> list[str]:
    """What one word of the list denies. 安全 beside 信用 or 税 stands for accidents of every kind that the lower titles
    look at; 安全事故 and 安全 beside 环保 for itself."""
    lower = [_POLLUTION] if title in LOWER else []
    grades = {"environment": [_INCIDENTS[2], *lower], "quality": [_INCIDENTS[3]], "data": [_INCIDENTS[1]]}
    if kind == "any":
        named = [name for name in _GRADED if re.search(rf"(?:{_TOPIC[name]})(?:生产)?(?:事故|处罚|罚|违)", words)]
        if named or set(kinds) & set(_GRADED):
            return [fact for name in named for fact in grades.get(name, [_INCIDENTS[0]])]
        return [*_INCIDENTS, *lower]
    if kind == "safety" and lower and set(kinds) & {"credit", "taxes"} and not set(kinds) & set(grades):
        return [*_INCIDENTS[:4], _POLLUTION]
    single = {"abnormal": _LISTS[1], "tax": _TAX, "taxes": _TAX, "safety": _INCIDENTS[0]}
    return grades.get(kind) or [single.get(kind, _LISTS[0])]


def _both_lists(reading: Reading, found: list[Statement]) -> list[Statement]:
    """信用没问题, and 没失信 told together with accidents or taxes, sum up both lists where none was named by itself."""
    keys = {s.key for s in found}
    credit = [s for s in found if s.key == _LISTS[0]]
    if not credit or _LISTS[1] in keys or _LISTS[1] in reading.known or re.search(r"异常|名录|名单", reading.text):
        return []
    if not re.search(r"信用|征信", credit[0].text) and not keys & {_TAX, *_INCIDENTS}:
        return []
    return [reading.flag(_LISTS[1], False, credit[0].start, credit[0].end)]
