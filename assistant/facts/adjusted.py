"""A figure that was told and is not the last word: 审计核减了300万, 有笔借款没并进来, 平台让重填. What is taken off or added
makes it a span; what is only called wrong makes it unknown."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_LESS = re.compile(
    r"(?:核|调|审|冲)(?:减|掉|出去?|红|回)|剔(?:除|掉|了|出)|扣(?:除|掉|减|了|出)|要[扣剔减]|刨(?:掉|去|除)|抵(?:消|销|掉)|[退打]回|多[算记计报]|虚[增报]|误归|混进|错[算记归](?:到|进|入)?|算进(?:了|来)|水分|不能算(?!中小)|不该算|不作数"
)
_MORE = re.compile(
    r"(?:没|未)(?:有)?(?:并|入|算|计|列|记|体现|反映|填|报|挂)(?:进|入|到|在)?(?:来|去|表|账|里|报表|负债|成本)*(?=$|[，。；的])|漏[记算报填计]|少[记算报计]|[账表体]外|(?:核|调|补)增"
)
_WRONG = re.compile(
    r"重(?:新)?[算填报审测评做核]|有误|口径(?:没|未|还|不|要|变)|(?:有|被)?质疑|存疑|复议|待核|还没定|没定下|没最终"
)
_CLASHES = re.compile(r"出入|[填报写弄搞算记]错|对不上|不一致|不相符|打架|不一样")
"""Said of one figure it puts it in question; where several are told, the checker holds them against each other."""
_SETTLED = re.compile(
    r"后(?:的|是|剩|为|还|有|仍|就|也)?|没(?:有)?(?:调|减|扣|剔|差|误|出入|问题|水分)|不用|无需|不需要|已经?改|改好|不影响|觉得|担心|怕|以前|原来|之前|为准|说错|更正|加分"
)
_EITHER_WAY = re.compile(
    r"(?:评上|认定|拿到?|批下?来?|通过|入库|续上?|有效|过期|移出来?|到期|发证|过)了?没(?:有|得)?(?=$|我|得|要|还|也|他|谁)|有没有|是不是|算不算|在不在|过没过|是否|(?:上|过|拿|批|有|在)没(?:上|过|拿|批|有|在)"
)
_PERHAPS = re.compile(r"(?:好像|似乎|可能|也许|说不定|没准|不一定|疑似|貌似)[^，。；没不未]{0,8}$")
_TO_BE_ASKED = re.compile(
    r"(?:得|要|须|去|等)(?:再|先|回去|等)?(?:问|查|核|翻|看)|[问查核][问查核下一]|不(?:知|晓|清|确)|没(?:人)?(?:问|查|核)"
)
_FIGURES = ("money", "ratio", "points")
_MATTERS = (
    frozenset({"debt_ratio", "total_liabilities", "total_assets"}),
    frozenset({"revenue", "main_share", "main_revenue"}),
    frozenset({"rd_expense", "rd_ratio", "rd_expense_l2y"}),
)
_NEAR = 40


def adjusted(reading: Reading, found: list[Statement]) -> list[Statement]:
    """The statements, with those that the message itself puts in question as spans or as not known."""
    for clause in reading.clauses:
        words = reading.words(clause)
        less, more, clash = _LESS.search(words), _MORE.search(words), _CLASHES.search(words)
        if not (less or more or clash or _WRONG.search(words)) or _SETTLED.search(words) or reading.zone(clause.start):
            continue
        if asks(reading.text, clause) or any(s.start < clause.end and clause.start < s.end for s in found):
            continue
        meant = _meant(reading, clause, found)
        if clash and len(meant) > 1:
            continue
        for one in meant[-1:]:
            reading.hear(clause.start, clause.end)
            value = _less(reading, clause, one) if less else _more(reading, clause, one) if more else None
            value = value or Value.uncertain(reading.message[one.start : clause.end])
            others = [s for s in found if s is not one and s.key != one.key]
            found = [*others, one.model_copy(update={"value": value})]
    return [_either_way(reading, one) for one in found]


def _either_way(reading: Reading, one: Statement) -> Statement:
    """创新型评上没有我得问下行政: a yes or no that was put both ways is not known."""
    if one.value.flag is None and one.value.choice is None:
        return one
    clause = reading.clause(one.start)
    words = reading.words(clause)
    perhaps = one.value.flag and _PERHAPS.search(reading.text[clause.start : one.end])
    if perhaps and not reading.amounts_in(clause.start, one.start):
        return one.model_copy(update={"value": Value.uncertain(reading.message[one.start : one.end])})
    if not (_EITHER_WAY.search(words) and _TO_BE_ASKED.search(words)):
        return one
    return one.model_copy(update={"value": Value.uncertain(reading.message[one.start : one.end])})


def _meant(reading: Reading, clause: Clause, found: list[Statement]) -> list[Statement]:
    """The figures told right before a clause of which it may speak; where it names a matter, those of that matter."""
    named = {f for m in reading.mentions_in(clause.start, clause.end) if not m.decoy for f in m.facts}
    named &= frozenset().union(*_MATTERS)
    near = [s for s in found if s.end <= clause.start <= s.end + _NEAR and _figure(s)]
    return sorted((s for s in near if not named or named & _of_one_matter(s)), key=lambda s: s.end)


def _figure(one: Statement) -> bool:
    return fact_types().get(one.key.partition("@")[0]) in _FIGURES and one.value.state == "known"


def _of_one_matter(one: Statement) -> frozenset[str]:
    """The fact of a figure with those that it is reckoned from."""
    fact = one.key.partition("@")[0]
    return next((matter for matter in _MATTERS if fact in matter), frozenset({fact}))


def _less(reading: Reading, clause: Clause, one: Statement) -> Value | None:
    if one.value.hi is None:
        return None
    taken = _taken(reading, clause, one)
    low = max((one.value.lo or Fraction(0)) - taken, Fraction(0)) if taken is not None else Fraction(0)
    return Value.interval(low, one.value.hi, source=reading.message[one.start : clause.end])


def _more(reading: Reading, clause: Clause, one: Statement) -> Value | None:
    if one.value.lo is None:
        return None
    added = _taken(reading, clause, one)
    high = one.value.hi + added if added is not None and one.value.hi is not None else None
    return Value.interval(one.value.lo, high, source=reading.message[one.start : clause.end])


def _taken(reading: Reading, clause: Clause, one: Statement) -> Fraction | None:
    """How much is taken off or added, where it is told in the unit of the figure."""
    kind = {"money": "money", "ratio": "percent", "points": "points"}[fact_types()[one.key.partition("@")[0]]]
    told = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind == kind and a.hi is not None]
    return told[0].hi if len(told) == 1 else None
