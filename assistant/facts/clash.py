"""Figures that do not agree, and nobody knows which is right: 加计扣除表上才88万，跟账上110万对不上，会计也说不清哪个是真的.

Who says so does not correct what was told before; the figures are open until one of them is confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value
from corpus.facts_models import load_dictionary, split_key

_DIFFER = re.compile(
    r"对不上(?!标准|条件|号)|不(?:太|大|怎么)?一致|不(?:太|大)?一样|不相符|不符(?!合)|(?:有|存在)(?:出入|差异|偏差)|打架|(?<!不)矛盾|合不(?:上|拢)|对不拢|两(?:个|套|种)(?:数|口径|说法|金额)"
)
_WHICH = re.compile(
    r"(?:哪个?|谁|哪[一边头种张份套本])(?:个|数|边|头|份|家|账)*(?:的)?(?:是|才|算|数)*(?:对|真|准|为准|错|正确|可信|靠谱)"
    r"|(?:信|听|用|按|以|认|看)(?:的)?(?:哪个?|谁|哪[一边头种张份套])(?!.{0,8}[?？]$)|(?:以|按)什么为准"
)
_UNDECIDED = re.compile(
    r"(?:要不要|该不该|能不能|可不可以|算不算|是不是|是否|有没有)[^，。；？]{0,14}(?:定不下来?|说不[准清]|拿不准|吃不准|不确定|没(?:个)?(?:准数|定论|结论|说法)|还没定|不知道|搞不清|弄不清|不好说|没数)"
)
_SETTLED = re.compile(
    r"(?:应该|应当|就|还是|统一|最后|最终|确认|核实)(?:是)?(?:以|按|算|照)(?!哪|谁|什么)|以(?!哪|谁|什么)[^，。；]{1,10}为准|(?:写|填|报|说|记|看|抄)错|笔误|口误|更正(?:为|成|过来)|改(?:成|为)"
)
_NEAR = 3


def unsettled(reading: Reading, found: list[Statement]) -> list[Statement]:
    """The statements, with the figures said to contradict each other, or what was told before, as not known."""
    clauses = [c for c in reading.clauses if _clashes(reading.words(c))] if reading.known else []
    if not clauses or (_SETTLED.search(reading.text) and not _WHICH.search(reading.text)):
        return found
    first, last = _around(reading, clauses)
    told = {s.key: s for s in found if _figure(s.value) and first <= s.start < last}
    amounts = reading.amounts_in(first, last)
    open_ = {name for name in told if name in reading.known} | _told_before(amounts, reading.known)
    years = {f"@{year}" for time in reading.times_in(first, last) for year in time.years}
    open_ = {name for name in open_ if name.endswith(tuple(years))} or open_
    if not open_:
        return found
    start, end = first, clauses[-1].end
    reading.hear(start, end)
    words = Value.uncertain(reading.message[start:end])
    kept = [s for s in found if s.key not in open_]
    return [*kept, *(reading.said(name, words, start, end) for name in sorted(open_))]


def _clashes(words: str) -> bool:
    return bool(_DIFFER.search(words) or _WHICH.search(words) or _UNDECIDED.search(words))


def _around(reading: Reading, clauses: list[Clause]) -> tuple[int, int]:
    """From a few clauses before the first that says so to its end."""
    index = reading.clause_index(clauses[0].start)
    return reading.clauses[max(0, index - _NEAR)].start, clauses[-1].end


def _figure(value: Value) -> bool:
    return value.state == "known" and (value.lo is not None or value.hi is not None)


def _told_before(amounts: list[Amount], known: Mapping[str, Value]) -> set[str]:
    """The facts told before with one of these amounts: 账上110万 is what was said of the spending."""
    kinds = {"money": "money", "percent": "ratio", "count": "count", "number": "count"}
    entries = load_dictionary()
    return {
        name
        for name, value in known.items()
        if _figure(value)
        for amount in amounts
        if kinds.get(amount.kind) == entries[split_key(name)[0]].type and _same(amount, value)
    }


def _same(amount: Amount, value: Value) -> bool:
    if amount.lo is None or amount.hi is None or value.lo is None or value.hi is None:
        return False
    return value.lo <= amount.lo and amount.hi <= value.hi
