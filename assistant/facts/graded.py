"""An accident or breach of which nobody has said yet how grave it is: 仓库起火，一般还是较大还没定."""

from __future__ import annotations

import re

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement, Value

_KINDS = {
    "data_incident_l3y": re.compile(
        r"(?:数据|信息|网络|系统)[^，。；]{0,6}(?:泄[露漏]|被黑|攻击|安全事[件故]|瘫痪)|黑客"
    ),
    "environmental_violation_l3y": re.compile(r"环保|环境违法|排污|偷排|超标排|废[水气]|污染"),
    "quality_problem_l3y": re.compile(r"质量(?:问题|事故|投诉|抽检)|召回|抽检不合格"),
    "sector_violation_l3y": re.compile(r"(?:违法|违规)(?:行为|经营|案)|立案"),
    "safety_accident_l3y": re.compile(
        r"事故|起火|着火|着过火|失火|火灾|爆炸|燃爆|坍塌|塌方|中毒|工伤|伤亡|(?:伤|死)了?(?:一|两|几|\d)?个?(?:人|工人)|出事"
    ),
}
_GRADE = re.compile(
    r"一般|较大|重大|等级|级别|几级|哪[一个种]?级|性质|定性|定级|结论|认定|鉴定|调查|结果|责任|够不够|算不算|属不属于|是不是"
)
_OPEN = re.compile(
    r"(?:没|未)(?:有)?(?:最后|正式|最终)?(?:(?:出|下|定|给|判)(?!过|事|任何|大)|认定|定性|定级|结案|结束|明确|公布)|(?:还|尚|仍|正)在(?:查|调查|走|认定|鉴定|处理|等)|没有?(?:个)?(?:结论|说法|定论|结果|下文)|等(?:着)?(?:结论|结果|认定|调查|通知)|待(?:定|认定|查)"
)
_DENIED = re.compile(r"没有?(?!结论|定|出(?!过))|未(?!定|出(?!过))|从没|从未|无|零|不(?!知|清|晓)|杜绝")
_NEAR = 4


def read_graded(reading: Reading) -> list[Statement]:
    """Each such happening as a fact that is not known."""
    found: dict[str, Statement] = {}
    for index, clause in enumerate(reading.clauses):
        kind = None if reading.zone(clause.start) else _kind(reading.words(clause))
        if kind is None:
            continue
        near = [c for c in reading.clauses[index : index + _NEAR] if c.sentence == clause.sentence]
        told = next((c for c in near if _left_open(reading, c)), None)
        if told is None:
            continue
        for one in (clause, *(c for c in near if c.start <= told.start)):
            reading.hear(one.start, one.end)
        value = Value.uncertain(reading.message[clause.start : told.end])
        found.setdefault(kind, reading.said(kind, value, clause.start, told.end))
    return list(found.values())


def _kind(words: str) -> str | None:
    for fact, pattern in _KINDS.items():
        match = pattern.search(words)
        if match and not _DENIED.search(words[: match.start()]):
            return fact
    return None


def _left_open(reading: Reading, clause: Clause) -> bool:
    words = reading.words(clause)
    if reading.zone(clause.start) or not _GRADE.search(words):
        return False
    return bool(_OPEN.search(words)) or (no_figure(words) and not asks(reading.text, clause))
