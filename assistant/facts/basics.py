"""What every standard asks of everyone, called met as a whole: 基本条件无瑕疵, 准入门槛一条不缺, 通用要求都守住了."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.facts.affirmed import affirms
from assistant.facts.lexicon import lexicon
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement

_NAMED = re.compile(
    r"(?:(?:基本|基础|准入|共性|通用|公共|底线|第十一条)(?:面|性|类|上)?(?:的|那些?|这些?|那?几[条项样]|里|所有|全部){0,3}"
    r"(?:条件|要求|门槛|条款|规定|情形)|门槛(?:那|这)?(?:几[条项样]|些)|第十一条(?:那|这)?(?:几[条项样]|些))"
)
_OPENED = re.compile(
    r"(?:我司|我们?|公司|企业|咱们?|阿拉|客户|他们|还有|另外|其余的?|其他的?|剩下的?|至于|而且|而|现在|目前|申报的?|所有|全部|[的和与、])*+"
)
_FILL = re.compile(
    r"(?:我司|我们?|公司|企业|咱们?|阿拉|客户|他们|目前|现在|自查|自己|逐[条项]|核|查|对|看|过|了|也|还|是|能|已经?|确实|肯定|，){0,6}?"
    r"(?P<every>(?:都|均|侪|皆|全部?|全都|统统|一概|一律|样样|条条|项项|一[条项样个])*+)(?P<says>[^，。；！？、）\n]{1,14})"
)
_MET = re.compile(
    r"(?:符合|满足|达标|合格|具备|合规|过关|过线|到位|吻合|通过|齐全|达到)(?:要求|条件|标准|规定)?(?:的|了|呀|啊|额)*"
)
_MET_ALL = re.compile(r"(?:过|合|齐|有|够|行|可以|ok|好)(?:的|了|呀|啊|额)*")
_LOWER = {"创新型": ("local_violations_l3y",), "科技型": ("violations_2y",)}
"""What the lower titles ask of everyone besides."""
_FLAWLESS = re.compile(r"[没无不莫]")


def read_basics(reading: Reading) -> Iterator[Statement]:
    """The facts of the gate by such a clause; what was told before stays as it was told."""
    for clause in reading.clauses:
        words = reading.words(clause)
        named = _NAMED.search(words)
        if named is None or reading.zone(clause.start) or asks(reading.text, clause) or unknown(words):
            continue
        end = _met(reading, clause, named.start(), named.end())
        if end is None:
            continue
        at = clause.start + named.start(), end
        basics = lexicon().basics
        for fact in basics["yes"]:
            if fact not in reading.known:
                yield reading.flag(fact, True, *at)
        for fact in (*basics["no"], *_LOWER.get(reading.title or "", ())):
            if fact not in reading.known:
                yield reading.flag(fact, False, *at)
        return


def _met(reading: Reading, clause: Clause, start: int, end: int) -> int | None:
    """Where the clause ends that says so of what ``start`` and ``end`` name in it; None where it does not."""
    if not _OPENED.fullmatch(reading.text, clause.start, clause.start + start):
        return None
    for said in islice(_FILL.finditer(reading.text, clause.start + end, clause.start + end + 30), 1):
        if said.start() != clause.start + end:
            return None
        says = said["says"].strip()
        met = _MET.fullmatch(says) or (said["every"] and _MET_ALL.fullmatch(says))
        if met or ((said["every"] or _FLAWLESS.match(says)) and affirms(says)):
            return said.end()
    return None
