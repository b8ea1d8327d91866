"""弹簧占收入八成: the share of a product in the revenue, told without any noun of ours."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import family
from assistant.facts.reading import Reading

_FAMILIES = frozenset({"rd", "main", "debt"})
_NOTHING = re.compile(
    r"(?:我们|公司|它|这|那|个|块|部分|也|就|都|大概|大约|约|差不多|一直|已经?|已|可|要|能|，| "
    r"|(?:这|近)?[两二2三]年|每一?年|年年|历年|各年?|均|分别|[去前]年|20\d\d年?度?|2\d年|[、和])*+"
)
_NOT_THE_PRODUCT = re.compile(
    r"代理|外销|内销|出口|海外|国外|贸易|代工|外协|客户|订单|政府|补[贴助]|租|线上|线下|渠道|人员|费|成本|其他|其它|其余|别的|老产品|利润|税|地区|省|关联|集团"
    r"|第一大|前[三五十]大|毛利|新业务|非主|配件|废料|材料款|服务"
)


def share_of_a_product(reading: Reading, amount: Amount, start: int) -> bool | None:
    """Whether a percentage is what the leading product makes of the revenue; None where it is no such share at all.

    False: a share of something, and it is not sure of what, or so small that it would speak against the company.
    """
    if amount.kind != "percent":
        return None
    lead = reading.text[start : amount.start]
    wholes = [m for m in reading.mentions_in(start, amount.start) if m.whole and "revenue" in m.facts]
    at = lead.rfind("占")
    if at < 0 or not wholes:
        return None
    subject = lead[:at]
    if _NOTHING.fullmatch(subject):
        previous = _before(reading, start)
        if previous is None or _of_ours(reading, *previous):
            return None
        subject = reading.text[previous[0] : previous[1]] + subject
    elif any(not m.whole and _related(m.facts) for m in reading.mentions_in(start, start + at)):
        return None
    if _NOT_THE_PRODUCT.search(subject):
        return False
    return amount.lo is not None and amount.lo > Fraction(1, 2)


def _before(reading: Reading, start: int) -> tuple[int, int] | None:
    """The clause before the one that begins at ``start``."""
    index = reading.clause_index(start)
    if index == 0 or reading.clauses[index].start < start:
        return None
    clause = reading.clauses[index - 1]
    return clause.start, clause.end


def _related(facts: frozenset[str]) -> bool:
    return any(family(fact) in _FAMILIES for fact in facts)


def _of_ours(reading: Reading, start: int, end: int) -> bool:
    """Whether a clause tells a figure of which the share may be: 研发560万，占营收6%; 去年590万，占营收6%."""
    if any(_related(m.facts) for m in reading.mentions_in(start, end)):
        return True
    return any(a.kind in ("money", "percent") for a in reading.amounts_in(start, end))
