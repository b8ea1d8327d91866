"""The two lists that bar only while one is on them: abnormal operations, serious dishonesty."""

from __future__ import annotations

import re

from assistant.facts.lexicon import Mention
from assistant.facts.polarity import polarity, unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement, Value

_NOW_LISTED = re.compile(
    r"被列|被拉|拉进|列入|列进|列到|列为|挂(?:在|着|到|进|上|了)|躺在|趴在|上了|进了|在.{0,6}(?:名录|名单|里)|还在|目前在|是失信|成了|有失信|有异常|没移出|未移出|没解除"
)
_OUT = re.compile(
    r"移出|移除|移走|移掉|解除|出来了|已出|撤出|撤下|拿出来|放出来|洗白|恢复正常|消除|摘掉|摘出|修复|除名了|下来了|踢出|清掉|销掉|不在"
)
WHETHER = re.compile(
    r"移没移|出没出|解没解|有没有(?:移|解|出|修)|是[否不](?:是)?(?:已经?)?(?:移|解|出|修)|移出(?:来)?(?:了)?没有?(?:不|搞|弄|说|没|$)|还在不在|在不在|修没修"
)
_WHETHER_ON = re.compile(
    r"(?:有没有|是不是|是否|有无|在不在|列没列|进没进|在没在|上没上)(?:被|在|列入?|列进|进|上|入|挂|出现|拉)*+(?:严重|经营|工商|国家)*$"
)
_AGAIN = re.compile(
    r"(?:又|再次?|重新|二次|后来又?|结果又?|今年又?)(?:一次)?(?:被|给)?(?:列|拉|挂|进|放|录)(?:了|进|入|上|到|回|为)"
)
"""又被列进去了: out, and on it again."""
_NOT_OUT = re.compile(
    r"(?:没|未|还没有?|没有|尚未|无法)(?:能)?(?:被)?(?:[弄搞办移拿摘解放]?(?:移出|移除|移走|解除|出来|恢复|修复|处理|解决|弄好|消掉|摘掉|撤下|下来|除名|销掉))"
)
_GOING_ON = re.compile(
    r"(?:正在|正|申请|办理|准备|打算|想).{0,4}(?:移出|移除|解除|修复)|(?:移出|修复|解除)[^，。；]{0,4}(?:中|办|流程|申请|手续)"
)
_DONE = re.compile(
    r"(?:办|做|走|弄|搞|跑|审|批|移|解|修)(?:完|好|妥|结|成|通|下来|到位|了)|完成|成功|(?:获|得|审核)?通过|完毕|结束|搞定|获批|(?:移出|移除|解除|修复)了|已经?(?:移|解|修)"
)
_UNDONE = re.compile(
    r"(?:没|未|不)(?:有|能|曾|全|完全)*(?:办|做|走|弄|搞|跑|审|批|通过|完成|成功|下来|好|完|结束)|[一大]半|中$|等(?:着|待)?(?:批|审|结果)"
)
_TAKEN_AWAY = re.compile(r"撤销|取消|摘牌|摘帽|摘了|被撤|撤了|撤掉|收回|拿掉|除名")
_PAST = re.compile(r"进过|曾经|以前|之前|列过|上过|前年|大前年|有过|当时|20\d\d年")
_ON_IT = re.compile(r"名录|名单|移出|移除|移没移|移走|解除了?异常|摘出来|放出来|还在里面|不在里面|已经出来|出来了")
_BOTH = frozenset({"abnormal_listed_now", "dishonest_listed_now"})
_DENIED = re.compile(r"没有?(?!移|解)|未(?!移|解)|不在|无")


def going_on(words: str, pattern: re.Pattern[str] = _GOING_ON) -> re.Match[str] | None:
    """Where a removal or repair is said to be under way and not that it came to its end: 修复手续办完了 is no such."""
    match = pattern.search(words)
    ended = match and _DONE.search(words, max(0, match.start() - 4)) and not _UNDONE.search(words)
    return None if ended else match


def _not_out(words: str, behind: str = "") -> bool:
    """Whether one is still on the list; ``behind`` may tell that what was under way came to its end: 申请移出并且批了."""
    relisted = list(_AGAIN.finditer(words + "，" + behind))
    if relisted and not _OUT.search(words + "，" + behind, relisted[-1].end()):
        return True
    if _NOT_OUT.search(words) or _NOT_OUT.search(behind) or going_on(behind):
        return True
    near = behind[:8]
    return bool(going_on(words)) and not (_DONE.search(near) and not _UNDONE.search(near))


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
    later = _of_the_list_said(reading)
    for one in later:
        reading.hear(one.start, one.end)
    keys = {one.key: one.start for one in later}
    return [s for s in found if keys.get(s.key, -1) < s.start] + [
        s for s in later if not any(f.key == s.key and f.start > s.start for f in found)
    ]


def _of_the_list_said(reading: Reading) -> list[Statement]:
    """上周已经移出来了, 现在还在名录里: of the list that is named in other words, was said before, or was asked for."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _ON_IT.search(words)
        listed = any(m.facts & _BOTH for m in reading.mentions_in(clause.start, clause.end))
        if match is None or listed or reading.zone(clause.start + match.start()):
            continue
        facts = _which(reading, words)
        at = clause.start + match.start(), clause.end
        if WHETHER.search(words) or unknown(words):
            found += [reading.said(f, Value.uncertain(words), *at) for f in facts]
        elif re.search(r"[吗么？]$", words):
            continue
        elif _not_out(words):
            found += [reading.flag(f, True, *at) for f in facts]
        elif _OUT.search(words) or _DENIED.search(words):
            found += [reading.flag(f, False, *at) for f in facts]
            if "abnormal_listed_now" in facts and _OUT.search(words) and "不在" not in match[0]:
                found.append(reading.flag("abnormal_removed", True, *at))
        elif re.search(r"还在|仍在|现在在|目前在|[被在].{0,4}[里上]$", words):
            found += [reading.flag(f, True, *at) for f in facts]
    unique: dict[str, Statement] = {}
    for statement in found:
        reading.hear(statement.start, statement.end)
        if statement.value.state == "known" or statement.key not in unique:
            unique[statement.key] = statement
    return list(unique.values())


def _which(reading: Reading, words: str) -> list[str]:
    """The lists that a clause without their names speaks of."""
    both = sorted(_BOTH)
    said = [f for f in both if f in reading.known and (reading.known[f].flag or reading.known[f].state == "uncertain")]
    if said:
        return said
    lost = reading.known.get("cancelled_for")
    if lost is not None and lost.choice == "dishonesty":
        return ["dishonest_listed_now"]
    named = [f for m in reading.mentions for f in both if f in m.facts]
    if named:
        return list(dict.fromkeys(named))
    if "listed_now" in reading.expecting:
        return ["listed_now"]
    if "名录" in words:
        return ["abnormal_listed_now"]
    return (
        list(both) if "名单" in words and _DENIED.search(words) else ["dishonest_listed_now"] if "名单" in words else []
    )


def _was_out(reading: Reading, clause: Clause) -> bool:
    following = _following(reading, clause)
    if re.search(r"产品|淘汰|限制", following):  # 产品不在淘汰目录
        following = following.replace("不在", "")
    return bool(_OUT.search(reading.words(clause) + following))


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
    if _WHETHER_ON.search(words[: mention.start - clause.start]):
        open_ = no_figure(words) or no_figure(following)
        return reading.said(fact, Value.uncertain(mention.word), *at) if open_ else None
    if WHETHER.search(words) or WHETHER.search(following):
        return reading.said(fact, Value.uncertain(mention.word), *at)
    if _TAKEN_AWAY.search(words) and not re.search(r"还在|现在|目前|仍|至今", words):
        return None  # the list was why a title was taken away; whether one is on it today is not said
    if _not_out(words, following):
        return reading.flag(fact, True, *at)
    if says == "unknown":
        return reading.said(fact, Value.uncertain(mention.word), *at)
    if _OUT.search(words) or (says == "yes" and _OUT.search(following)):
        return reading.flag(fact, False, *at)
    if says == "no":
        return reading.flag(fact, False, *at)
    if _PAST.search(words) and not re.search(r"还在|现在|目前|至今", words):
        return None
    return reading.flag(fact, True, *at) if _NOW_LISTED.search(words) else None
