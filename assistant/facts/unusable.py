"""Takings that are none of a year's revenue: of half a year, with the tax, of one product alone."""

from __future__ import annotations

import re

from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from assistant.facts.text import Clause

_PARTIAL = re.compile(
    r"上半年|下半年|季度|个季|\d{1,2}月份?(?!\d)|[一二三四五六七八九十]月份|单月|每个?月|月均|月营|一个月"
    r"|(?<!\d)月销|月流水|年化|前\d+个?月"
)
_ONE_PRODUCT = re.compile(
    r"(?:光是?|单单?|仅仅?|单是|就凭|光靠)(?:靠|凭)?(?:这|那|它|一)[个款种项件台]?(?:产品|东西)?[^，。；]{0,4}(?:卖|收|做|进)"
)


def unusable(reading: Reading, clause: Clause, fact: str, end: int) -> bool:
    """Whether the amount that ends at ``end`` is no figure of the year for ``fact``."""
    near = reading.text[max(clause.start, end - 14) : end + 5]
    if fact == "revenue" and re.search(r"(?<!不)含税", near) and not re.search(r"不含税", near):
        return True
    if fact == "revenue" and _ONE_PRODUCT.search(reading.text[clause.start : end]):
        reading.hear(clause.start, clause.end)
        return True
    if fact_types()[fact] == "money" and fact not in ("new_equity_l2y", "total_assets", "total_liabilities"):
        return bool(_PARTIAL.search(reading.text[clause.start : end]))
    return False
