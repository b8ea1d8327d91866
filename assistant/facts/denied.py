"""Several things denied in one breath: 高企、科技奖、研发机构、机构投资这些都没有."""

from __future__ import annotations

import re
from itertools import islice

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.values import Statement, Value, key

_ALL = r"(?:这些|那些|这几[样项个]|这类|等等?|什么的|啥的|之类的?|直接|直通|的|条件|通道|路子|东西|我们|公司|目前|现在|从来|到现在)*+"
_AFTER = re.compile(
    rf"(?P<items>[^，。；！？、\n]{{1,14}}(?:[、/啊呀啦嘛]|和|跟|与|或者?|还有)[^，。；！？\n]{{1,48}}?){_ALL}(?:都|也|全|均|一概|统统|通通|皆|侪|一[个样项条]都?|半[个样]都?|肯定|确实|真的?|绝对|压根|根本|暂时|就|是|还)*+(?:没有?|无|沾不上|不沾|空白)(?:过|拿|得|评|建|设)*(?=$|[，。；！])"
)
_BEFORE = re.compile(
    r"(?:没有?|无|没拿过|不存在)(?:任何|什么|啥)?(?P<items>[^，。；！？、\n]{1,14}(?:[、/]|和|跟|与|或者?|也没|、也没)[^，。；！？\n]{1,48})(?=$|[，。；！])"
)
_ROUTES = re.compile(r"直[接通]")
_NOT_ALL = re.compile(r"^(?:我们|公司)?有|没[^，。；]{0,2}问题|除|只有|但|有(?=一|\d|个|、|，)|问题|影响")
_ITEMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"高企|高新"), "high_tech_valid"),
    (re.compile(r"奖(?!补|励金|金)"), "award_level_l3y"),
    (re.compile(r"(?:研发|技术|科研)(?:机构|中心|平台)|实验室|工作站|研究院"), "rd_institution"),
    (re.compile(r"(?:机构|股权|外部|风险)(?:的)?(?:投资|融资)|融资|投资机构|风投|创投|股权"), "new_equity_l2y"),
    (re.compile(r"示范企业|优势企业|示范"), "tech_demo"),
)


def read_denied(reading: Reading) -> list[Statement]:
    """The direct routes, awards, institutions and money that a list denies as a whole."""
    found: dict[str, Statement] = {}
    for match in (*islice(_AFTER.finditer(reading.text), 8), *islice(_BEFORE.finditer(reading.text), 8)):
        clause = reading.clause(match.start())
        if reading.zone(match.start()) or _NOT_ALL.search(match["items"]) or asks(reading.text, clause):
            continue
        named = [fact for pattern, fact in _ITEMS if pattern.search(match["items"])]
        if _ROUTES.search(match[0]):
            named.append("tech_demo")
        if len(named) < 2:
            continue
        reading.hear(match.start(), match.end())
        for fact in named:
            for one in _none(reading, fact, match.start(), match.end()):
                found.setdefault(one.key, one)
    return list(found.values())


def no_route_left(reading: Reading, found: list[Statement]) -> list[Statement]:
    """没有高企，没得奖，没研发机构，没机构投资: who goes through the direct routes of 创新型 one by one and denies them has
    none of the rarer titles either."""
    denied = {
        s.key.partition("@")[0]: s
        for s in found
        if s.value.flag is False or s.value.choice == "none" or s.value.hi == 0
    }
    routes = ("high_tech_valid", "award_level_l3y", "rd_institution", "new_equity_l3y")
    if reading.title != "创新型" or any(s.key == "tech_demo" for s in found) or not all(r in denied for r in routes):
        return []
    last = denied["new_equity_l3y"]
    return [reading.flag("tech_demo", False, last.start, last.end)]


def _none(reading: Reading, fact: str, start: int, end: int) -> list[Statement]:
    source, last = reading.message[start:end], reading.as_of.year - 1
    if fact in ("high_tech_valid", "tech_demo"):
        return [reading.flag(fact, False, start, end)]
    if fact in ("award_level_l3y", "rd_institution"):
        return [reading.choice(fact, "none", start, end)]
    zero = Value.exact(0, source)
    spans = ("new_equity_l2y", "new_equity_l3y") if reading.title == "创新型" else ("new_equity_l2y",)
    return [reading.said(key(span, last), zero, start, end, assumed=span == "new_equity_l2y") for span in spans]
