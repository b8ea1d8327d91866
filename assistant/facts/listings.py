"""The two lists that bar only while one is on them: abnormal operations, serious dishonesty."""

from __future__ import annotations

import re

from assistant.facts.lexicon import Mention
from assistant.facts.polarity import polarity
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_NOW_LISTED = re.compile(
    r"被列|列入|列为|上了|进了|在.{0,6}(?:名录|名单|里)|还在|目前在|是失信|成了|有失信|有异常|没移出|未移出|没解除"
)
_OUT = re.compile(r"移出|移除|解除|出来了|已出|撤出|洗白|恢复正常|消除|摘掉|修复")
_NOT_OUT = re.compile(
    r"(?:没|未|还没有?|没有|尚未|无法)(?:能)?(?:移出|移除|解除|出来|恢复|修复)|(?:正在|正|申请|办理|准备|打算"
    r"|想).{0,4}(?:移出|移除|解除|修复)|(?:移出|修复"
    r"|解除).{0,4}(?:中|办|流程|申请)"
)
_PAST = re.compile(r"进过|曾经|以前|之前|列过|上过|前年|大前年|有过|当时|20\d\d年")
_DENIED = re.compile(r"没有?(?!移|解)|未(?!移|解)|不在|无")


def read_listings(reading: Reading) -> list[Statement]:
    """abnormal_listed_now, dishonest_listed_now, and abnormal_removed where one was listed and is no more."""
    found: list[Statement] = []
    for mention in reading.mentions:
        if not mention.facts & {"abnormal_listed_now", "dishonest_listed_now"} or reading.zone(mention.start):
            continue
        clause = reading.clause(mention.start)
        statement = _listed(reading, clause, mention)
        if statement is None:
            continue
        found.append(statement)
        out = statement.value.flag is False and not _DENIED.search(
            reading.words(clause)[: mention.start - clause.start]
        )
        if statement.key == "abnormal_listed_now" and out and _was_out(reading, clause):
            found.append(reading.flag("abnormal_removed", True, mention.start, mention.end))
    return found


def _was_out(reading: Reading, clause: Clause) -> bool:
    return bool(_OUT.search(reading.words(clause) + _following(reading, clause)))


def _following(reading: Reading, clause: Clause) -> str:
    index = reading.clause_index(clause.start)
    return "".join(reading.words(c) for c in reading.clauses[index + 1 : index + 3] if c.sentence == clause.sentence)


def _listed(reading: Reading, clause: Clause, mention: Mention) -> Statement | None:
    says = polarity(reading.text, clause, mention.start, mention.end)
    fact = "abnormal_listed_now" if "abnormal_listed_now" in mention.facts else "dishonest_listed_now"
    at = (mention.start, mention.end)
    following = _following(reading, clause)
    words = reading.words(clause)
    if mention.word == "信用中国" or (says == "asked" and not _NOW_LISTED.search(words)):
        return None
    if says == "unknown":
        return reading.said(fact, Value.uncertain(mention.word), *at)
    if _NOT_OUT.search(words) or _NOT_OUT.search(following):
        return reading.flag(fact, True, *at)
    if _OUT.search(words) or (says == "yes" and _OUT.search(following)):
        return reading.flag(fact, False, *at)
    if re.search(r"撤销|取消认定|摘牌", words):
        return None
    if says == "no":
        return reading.flag(fact, False, *at)
    if _PAST.search(words) and not re.search(r"还在|现在|目前|至今", words):
        return None
    return reading.flag(fact, True, *at) if _NOW_LISTED.search(words) else None
