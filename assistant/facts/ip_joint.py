"""Rights held together with others: they count where the company is among the first three holders."""

from __future__ import annotations

import re
from typing import Literal

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure

Place = Literal["inside", "outside", "unclear"]
LAST_THAT_COUNTS = 3

_JOINT = re.compile(
    r"共有|权利人|专利权人|(?:共同|联合|合作|一起|一道|一同|合伙)(?:申请|持有|所有|拥有|申报|报的?)|合[作报]|共同|联名|排第几"
)
_LAST = re.compile(r"最末|末位|末尾|最后|垫底|排尾|殿后|压轴")
_PLACED = re.compile(r"第几|排名|排位|顺位|位次|位置|排序|次序|排在哪|排到哪|排几")
_WHICH = re.compile(
    r"(?:排在?|列在?|是|第)(?:第几|哪里|哪位|几位?)|第[一二三四五六七八九十\d]+(?:位|名)?(?:还是|或者?|要么)第?[一二三四五六七八九十\d]"
)
"""The place itself is left open: 排第几要翻证书, 第三还是第四."""
_HOLDERS = re.compile(r"^(?:[家方位名个]|所|单位|家单位)$")
_BESIDES = re.compile(r"(?:跟|和|与|同|还有|另外?)(?:外|其他|其它|另外)?$")
_OF_HOLDERS = re.compile(
    r"(?:合作|共有|共同|国家|外部|外面|科研|研究)*(?:的)?(?:单位|权利人|专利权人|公司|企业|学校|大学|高校|院所?|研究[院所]|研究机构|[院所](?=[，。、和与跟共])|机构|股东|供应商|客户|伙伴|厂家|合作方|合作单位|实验室|中心)"
)
_ONE_OF_THEM = re.compile(
    r"(?:也|就|才|却|发明|专利)*(?:是)?(?:跟|和|与|同)(?=[^，。；]{1,14}(?:共有|合[作报]|联合|共同|一[起道同]))"
)
"""第四个跟大学合报: the fourth of the rights, no place among the holders."""
_RIGHTS = "件项"


def place_among_holders(reading: Reading, clause: Clause, opened: int) -> Place:
    """Whether the right told in ``clause`` (spoken of since ``opened``) is one whose holder's place counts."""
    near = _near(reading, clause, opened)
    words = reading.text[near[0].start : near[-1].end]
    if not _JOINT.search(words):
        return "inside"
    amounts = reading.amounts_in(near[0].start, near[-1].end)
    ranks = [a for a in amounts if a.lo is not None and _is_rank(reading, a)]
    for rank in ranks:
        reading.hear(rank.start, rank.end)
    told = [c for c in near if no_figure(reading.words(c)) or _WHICH.search(reading.words(c))]
    doubted = bool(told) and bool(_PLACED.search(words))
    if doubted:
        reading.hear(told[0].start, told[-1].end)
        return "unclear"
    if ranks:
        return "outside" if any(a.lo is not None and a.lo > LAST_THAT_COUNTS for a in ranks) else "inside"
    holders = max((_holders(reading, a) for a in amounts), default=0)
    if last := _LAST.search(words):
        reading.hear(near[0].start + last.start(), near[-1].end)
        return "unclear" if not holders else "outside" if holders > LAST_THAT_COUNTS else "inside"
    return "unclear" if holders > LAST_THAT_COUNTS else "inside"


def held_jointly(reading: Reading, clause: Clause) -> bool:
    """Whether a clause speaks of rights held with others."""
    return bool(_JOINT.search(reading.words(clause)))


def counts_holders(reading: Reading, amount: Amount) -> bool:
    """两家单位, 三所高校, 一个研究所: no number of rights."""
    if reading.text[amount.end - 1 : amount.end] == "个" and _OF_HOLDERS.match(reading.text, amount.end):
        return True
    last, behind = reading.text[amount.end - 1 : amount.end], reading.text[amount.end : amount.end + 1]
    return last in tuple("家名位种") or (amount.bare and behind in tuple("所家方位名校院"))


def _near(reading: Reading, clause: Clause, opened: int) -> list[Clause]:
    """The clauses that tell of this right: from where it was named to where others are counted."""
    index = reading.clause_index(clause.start)
    first = max(reading.clause_index(opened), index - 4) if 0 <= opened < clause.start else index
    near = reading.clauses[first : index + 1]
    for following in reading.clauses[index + 1 : index + 5]:
        if any(_counts_rights(reading, a) for a in reading.amounts_in(following.start, following.end)):
            break
        near.append(following)
    return near


def _counts_rights(reading: Reading, amount: Amount) -> bool:
    """两件, 两个 of rights; not 三个单位."""
    unit = reading.text[amount.end - 1 : amount.end]
    of_others = _OF_HOLDERS.match(reading.text, amount.end)
    return unit in _RIGHTS or (unit == "个" and amount.kind == "count" and of_others is None)


def _is_rank(reading: Reading, amount: Amount) -> bool:
    if "几" in reading.text[amount.at : amount.end] or _ONE_OF_THEM.match(reading.text, amount.end):
        return False
    ordinal = amount.kind == "ordinal" and reading.text[amount.end - 1] in "位名个"
    return ordinal or amount.kind == "rank"


def _holders(reading: Reading, amount: Amount) -> int:
    """How many hold it together: 一共四家, 跟三家单位."""
    unit = reading.text[amount.end - 1 : amount.end] if not amount.bare else reading.text[amount.end : amount.end + 1]
    if not _HOLDERS.match(unit) or unit in ("个", "名") or amount.lo is None or amount.kind in ("rank", "ordinal"):
        return 0
    others = _BESIDES.search(reading.text[max(0, amount.start - 4) : amount.start])
    return int(amount.lo) + (1 if others else 0)
