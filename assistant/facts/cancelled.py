"""A cancelled title: how long ago, why, and what was done since."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.listings import WHETHER, going_on
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_CANCEL = re.compile(
    r"(?:被)?(?:取消|撤销|摘牌|摘帽|摘了|撤掉|(?<=被)撤(?![资诉])|撤了(?![资诉])|取消认定|收回|除名)(?!异常|限制|名录|合同|订单|了?(?:合同|订单|限制))"
)
_OTHER_MATTER = re.compile(r"(?:异常|限制|处分).{0,4}$|高企|高新技术企业")
_NEVER = re.compile(r"(?:没有?|未|从没|从未|不曾)(?:被)?(?:取消|撤销|摘)")
_REASONS = {
    "falsification": re.compile(r"造假|弄虚作假|虚假|作假|假材料|虚报"),
    "dishonesty": re.compile(r"失信"),
    "incident": re.compile(r"事故|违法|环保|污染|处罚|泄露|质量问题|违规"),
    "other": re.compile(r"(?:没|未|忘了|漏)(?:有)?(?:及时|按时|按期)?(?:更新|填报|报告|报送|年报)|逾期"),
}
_GRAVE_MATTERS = {
    "environmental_violation_l3y": re.compile(r"(?:重大|严重|特大)(?:的)?(?:环境|环保|污染|生态)"),
    "safety_accident_l3y": re.compile(r"(?:较大|重大|特大|严重)(?:的)?(?:生产)?安全(?:生产)?(?:责任)?事故"),
    "quality_problem_l3y": re.compile(r"(?:重大|严重|特大)(?:的)?(?:产品)?质量"),
    "data_incident_l3y": re.compile(r"(?:重大|严重|特大)(?:的)?(?:网络|数据|信息)"),
}
_CREDIT_DONE = re.compile(
    r"(?<!环境)(?<!生态)(?<!土壤)(?<!漏洞)修复[^，。；没未]{0,6}?(?:完成|[办做走弄搞]完|[办弄做]好|办妥|办结|获批|成功|通过|完毕|好了|完了|搞定|了|过)"
    r"|(?:完成|做完|做了|办完|通过|已经?|办好)(?:了)?(?:信用)?修复"
    r"|(?:修复[好了]?|恢复)了?信用|信用(?:已经?|也|都)?(?:已)?(?:修复|恢复)(?!中|还|没|未|申|流|手|正|办)"
)
_CREDIT_OPEN = re.compile(
    r"(?:没|未|还没|尚未|没有)(?:做|完成|办|去|能|进行)?(?:信用)?修复|修复(?:没|还没|未|[^，。；]{0,3}(?:没|未|不)(?:有|能)?(?:办|做|批|通|完|下))"
    r"|信用修复(?:还|也)?(?:没"
    r"|未)|(?:没|未|还没|尚未|没有)(?:能)?移出.{0,6}失信|失信.{0,8}(?:没|未|还没|没有)(?:能)?(?:移出|解除|出来)"
)
_CREDIT_NEVER = re.compile(r"(?:没有?|未|从没|从未|不曾)(?!问题)[^，。；]{0,8}(?:信用)?修复")
_CREDIT_GOING_ON = re.compile(r"修复(?:中|正在|还在|在办|在走|[^，。；]{0,3}(?:办理|流程|手续|办))|正在.{0,4}修复")
_CREDIT_OUT = re.compile(r"移出(?:了)?(?:严重)?失信")
_RECTIFIED = re.compile(r"整改.{0,12}(?:认可|验收|通过|同意|合格)|(?:认可|验收|通过)了?.{0,6}整改")
_NOT_RECTIFIED = re.compile(
    r"(?:没|未|还没|尚未|没有)(?:完成|做|去|有)?整改|整改.{0,6}(?:没|未|还没|不)(?:有)?(?:通过|验收|完成|到位|认可"
    r"|合格|做)|整改[^，。；]{0,14}(?:没有?|未|不)(?:被|获|得到)?(?:认可|验收|通过|点头|同意)(?!过?前)|整改中|正在整改"
    r"|(?:没有?|未|不曾|从没|从未|无|没人)(?!问题)[^，。；]{0,10}(?:整改|验收|认可)[^，。；]{0,6}?(?:认可|验收|合格|通过|同意|批复|意见|结论|点头)"
    r"|(?:没有?|未|不|没人|不予|拒绝)(?:肯|愿意?|曾|给|予以?|出具)*认可|(?:整改|验收|认可)[^，。；]{0,8}(?:没|未|不)(?:有|能|给|肯)*(?:得到|拿到|获得?|过|通过|成|批|下来|出)"
)


def read_cancelled(reading: Reading) -> list[Statement]:
    """A title that was cancelled: how long ago and why; credit repaired; rectification accepted."""
    found: list[Statement] = []
    for clause in reading.clauses:
        if reading.zone(clause.start):
            continue
        words = reading.words(clause)
        if re.search(r"吗|会不会|是否|多久|怎么|会被", words):
            continue
        found += _repaired(reading, clause, words)
        match = _CANCEL.search(words)
        if not match or _OTHER_MATTER.search(words[: match.start()][-10:]):
            continue
        at = clause.start + match.start(), clause.start + match.end()
        if _NEVER.search(words):
            found.append(reading.flag("title_cancelled", False, *at))
            continue
        found += _cancellation(reading, clause, words, *at)
    return found


def _cancellation(reading: Reading, clause: Clause, words: str, start: int, end: int) -> list[Statement]:
    found: list[Statement] = []
    for amount in reading.amounts_in(clause.start, clause.end):
        if amount.kind == "years":
            span = min(amount.start, start), max(amount.end, end)
            found.append(reading.number("title_cancelled_years_ago", amount, *span))
            break
    index = reading.clause_index(clause.start)
    if not found and not reading.times_in(clause.start, clause.end) and index + 1 < len(reading.clauses):
        after = reading.clauses[index + 1]  # 被取消认定，一年前的事
        ago = [a for a in reading.amounts_in(after.start, after.end) if a.kind == "years"]
        if (
            ago
            and re.search(r"年(?:多|半)?(?:之?前|以前|了)", reading.words(after))
            and len(reading.words(after)) <= 14
        ):
            found.append(reading.number("title_cancelled_years_ago", ago[0], ago[0].start, ago[0].end))
    told = [t for t in reading.times_in(clause.start, clause.end) if t.kind in ("year", "date")]
    if not found and told:
        value = _since(reading, told[0].years[0], told[0].month, reading.message[told[0].start : told[0].end])
        found.append(reading.said("title_cancelled_years_ago", value, min(told[0].start, start), max(told[0].end, end)))
    cause = [] if found or told else _not_before_its_cause(reading, index, start, end)
    found += cause
    nearby = [words] + [
        reading.words(c)
        for c in reading.clauses[max(0, index - 1) : index + 3]
        if c is not clause and (re.search(r"因|由于|原因", reading.words(c)) or (cause and c.end <= clause.start))
    ]
    for name, pattern in _REASONS.items():
        if any(pattern.search(part) for part in nearby):
            found.append(reading.choice("cancelled_for", name, start, end))
            break
    found += _recent_incident(reading, words, found, start, end)
    return found or [reading.flag("title_cancelled", True, start, end)]


def _not_before_its_cause(reading: Reading, index: int, start: int, end: int) -> list[Statement]:
    """去年进了失信名单，称号被取消了: the cancellation is no older than what it followed upon."""
    before = reading.clauses[index - 1] if index else None
    if before is None or not any(p.search(reading.words(before)) for p in _REASONS.values()):
        return []
    times = [t for t in reading.times_in(before.start, before.end) if t.kind in ("year", "date")]
    if len(times) != 1 or before.sentence != reading.clauses[index].sentence:
        return []
    since = _since(reading, times[0].years[0], times[0].month, reading.message[times[0].start : times[0].end])
    value = since.model_copy(update={"lo": Fraction(0)})
    return [reading.said("title_cancelled_years_ago", value, times[0].start, end)]


def _recent_incident(reading: Reading, words: str, told: list[Statement], start: int, end: int) -> list[Statement]:
    """去年因重大环境违法被取消: the grave matter itself lies within three years; uncertain where it may be older."""
    by_key = {s.key: s.value for s in told}
    reason, ago = by_key.get("cancelled_for"), by_key.get("title_cancelled_years_ago")
    if reason is None or reason.choice != "incident" or ago is None or ago.hi is None or ago.hi > 3:
        return []
    for fact, pattern in _GRAVE_MATTERS.items():
        if pattern.search(words):
            source = reading.message[start:end]
            value = Value.yes(True, source) if ago.hi < 2 else Value.uncertain(source)
            return [reading.said(fact, value, start, end)]
    return []


def _since(reading: Reading, year: int, month: int | None, source: str) -> Value:
    now = reading.as_of.year * 12 + reading.as_of.month
    first, last = year * 12 + (month or 1), year * 12 + (month or 12)
    return Value.interval(Fraction(max(0, now - last), 12), Fraction(max(0, now - first), 12), source=source)


def _repaired(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    found: list[Statement] = []
    for fact, yes, no in (
        ("credit_repaired", (_CREDIT_DONE, _CREDIT_OUT), _CREDIT_OPEN),
        ("rectified_accepted", (_RECTIFIED,), _NOT_RECTIFIED),
    ):
        never = _CREDIT_NEVER if fact == "credit_repaired" else None
        match = (
            no.search(words)
            or (never and never.search(words))
            or (going_on(words, _CREDIT_GOING_ON) if fact == "credit_repaired" else None)
        )
        if match is None and fact == "credit_repaired" and any(p.search(words) for p in yes):
            whether = WHETHER.search(reading.text)
            if whether:  # repaired, but whether off the list is not known: both are asked for
                value = Value.uncertain(reading.message[whether.start() : whether.end()])
                found.append(reading.said(fact, value, clause.start, clause.end))
                continue
        if match:
            found.append(reading.flag(fact, False, clause.start + match.start(), clause.start + match.end()))
            continue
        match = next((m for p in yes if (m := p.search(words))), None)
        if match:
            found.append(reading.flag(fact, True, clause.start + match.start(), clause.start + match.end()))
    return found
