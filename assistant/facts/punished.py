"""Punishments and accidents of the last three years whose gravity was not said: uncertain, never "none".

The standards look at grave cases only, so 去年被环保罚了 decides nothing, and no blanket may cover it.
"""

from __future__ import annotations

import re

from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_BODY = {
    "environmental_violation_l3y": r"环保|生态环境|环境|环监|排污|超标排放|偷排|污染|废水|废气|危废|环评",
    "safety_accident_l3y": r"安监|应急(?:管理)?|消防|安全生产|安全|工伤|起火|火灾|爆炸|塌",
    "quality_problem_l3y": r"质监|市监|市场监管|药监|质检|质量|抽检|产品召回|召回|不合格",
    "data_incident_l3y": r"网信|网安|数据|信息泄露|网络|黑客",
    "sector_violation_l3y": r"行业主管|住建|交通部门|银保监|证监|行业规定",
}
_PUNISHED = r"(?:罚(?!则|息|没收)|处罚|被?查处|查了|责令|立案|通报|约谈|点名|警告|整改通知|吊销|停产|挨罚|吃(?:过|了)?罚单|罚单|曝光|抓了)"
_HIT = r"(?:泄露|被盗|攻击|出过|发生|受伤|伤了|死了|死过|事故|召回|不合格|出了|爆了|着火|超标|偷排)"
_NOT = re.compile(r"(?:没有?|未|无|从没|从未|不曾|没被|零)(?:有|被|出|受|发生|因|让)*[^，。；]{0,10}$")
_NEVER = re.compile(r"(?:没有?|未|从没|从未|不曾|无)(?:有)?(?:因为?|被|受|受到|挨|让|吃)*过?$")
_NEVER_IN = re.compile(
    r"(?:没有?|从没|从未|未)(?:被|受|挨|出|发生)?过?(?:罚|处罚|查处|事故|通报)|无(?:处罚|事故)|(?:没有?|未|不予?)(?:给|做|作出)?(?:立案|处罚)"
)
_MILD = re.compile(
    r"一般|轻微|(?:算|谈|够|称)不上|小(?:事|问题|额|罚|伤)|不(?:算|属于|是|构成|够)(?:上)?(?:较大|重大|严重|大事)|没(?:有)?(?:构成|算|定(?:性)?(?:为|成)?|到|达到)(?:较大|重大|严重)|不严重|警告(?:而已|一下)?$"
)
_GRAVE = re.compile(r"较大|重大|特大|严重(?!不)|死亡|死了")
_OPEN = re.compile(
    r"不清楚|不知道|不晓得|算不算|是不是|拿不准|不确定|没说|没定|说不|吃不准|忘|还没|不好说|是否|吗|够不够"
)
_WHETHER = re.compile(r"有没有|有无|是否|是不是")
_SETTLED = re.compile(r"(?:取消|撤销)(?:了)?(?:处罚|立案)|罚错|复议.{0,4}撤")


def read_punished(reading: Reading, known: set[str]) -> list[Statement]:
    """Uncertain for each kind of matter that somebody was punished for or that happened, unless told mild or grave."""
    found: list[Statement] = []
    for index, clause in enumerate(reading.clauses):
        words = reading.words(clause)
        for fact, body in _BODY.items():
            match = re.search(
                rf"(?:{body})[^，。；]{{0,12}}?{_PUNISHED}|{_PUNISHED}[^，。；]{{0,8}}?(?:{body})", words
            ) or (re.search(rf"(?:{body})[^，。；]{{0,6}}?{_HIT}|{_HIT}[^，。；]{{0,6}}?(?:{body})", words))
            if match is None or fact in known or reading.zone(clause.start + match.start()):
                continue
            value = _value(reading, clause, index, words, match)
            if value is not None:
                found.append(reading.said(fact, value, clause.start + match.start(), clause.end))
                known.add(fact)
    return found or _graver_or_not(reading)


def _graver_or_not(reading: Reading) -> list[Statement]:
    """不算重大, said of the one matter that was left uncertain before."""
    unsure = [f for f in _BODY if f in reading.known and reading.known[f].state == "uncertain"]
    for clause in reading.clauses if len(unsure) == 1 else ():
        words = reading.words(clause)
        if reading.zone(clause.start) or _OPEN.search(words) or not (_MILD.search(words) or _GRAVE.search(words)):
            continue
        grave = not _MILD.search(words)
        return [reading.flag(unsure[0], grave, clause.start, clause.end)]
    return []


def _value(reading: Reading, clause: Clause, index: int, words: str, match: re.Match[str]) -> Value | None:
    before = words[: match.start()]
    inside = before + match[0]
    if _WHETHER.search(words):
        return Value.uncertain(words) if _OPEN.search(words) else None
    if _NEVER.search(before) or _NEVER_IN.search(inside):
        return Value.yes(False, words)
    if _NOT.search(before) or _SETTLED.search(words):
        return None
    if re.search(r"取消认定|撤销|摘牌|会不会|怎么|如何|影响|会被", words):
        return None
    near = [t for t in reading.times_in(clause.start, clause.end) if t.years]
    if near and max(max(t.years) for t in near) < reading.as_of.year - 3:
        return Value.yes(False, words)
    ago = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind == "years" and a.lo and a.lo > 3]
    if ago and "前" in words:
        return Value.yes(False, words)
    around = words + "".join(
        "，" + reading.words(c) for c in reading.clauses[index + 1 : index + 3] if c.sentence == clause.sentence
    )
    if _OPEN.search(around):
        return Value.uncertain(words)
    if _MILD.search(around):
        return Value.yes(False, words)
    grave = _GRAVE.search(words) or re.search(r"(?:定性|认定|属于|算)(?:为|成|是)?(?:较大|重大|特大|严重)", around)
    return Value.yes(True, words) if grave else Value.uncertain(words)
