"""Growth of the revenue or of the main revenue: what grew, and falling as a negative rate."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import fact_types
from assistant.facts.reading import Reading
from assistant.facts.topics import NUMERIC, Topic

GROWTHS = (
    "revenue_growth",
    "revenue_cagr_l2y",
    "main_revenue_growth",
    "main_revenue_growth_mean_l2y",
    "main_revenue_cagr_l2y",
)
FALLS = frozenset({"负增长", "下降", "下滑", "减少了", "跌了", "降了", "下跌", "缩水", "涨了", "增加了", "增了"})
"""Words for growth of one year that may also go on behind 两年复合."""
_COMPOUND = re.compile(r"复合|cagr")
_GREW = re.compile(r"(?:营收|营业|销售|收入|主营)")
_DOWN = re.compile(
    r"掉了|缩了|滑坡|回落|下滑|下降|减少|跌|降了|降低|负增长|缩水|萎缩|少了|(?:降|掉|少|缩|减|滑)(?:大概|大约|约|差不多|接近|近|有|就|只)*$"
)


def of_main(reading: Reading, at: int, start: int) -> bool:
    """主营收入比上年下降5%: what grew or fell is named before, in the same clause."""
    named = [m for m in reading.mentions_in(start, at) if not m.whole and not m.facts & set(GROWTHS)]
    return bool(named) and "main_revenue" in named[-1].facts


def of_which_revenue(reading: Reading, fact: str, topic: Topic, start: int, end: int) -> str:
    """主营业务收入平均增长5%: growth of the main revenue is another fact than growth of the revenue."""
    if topic.mention is None or not of_main(reading, topic.mention.start, start):
        return fact
    if fact == "revenue_growth":
        return "main_revenue_growth"
    if fact == "revenue_cagr_l2y":
        compound = _COMPOUND.search(reading.text[start:end])
        return "main_revenue_cagr_l2y" if compound else "main_revenue_growth_mean_l2y"
    return fact


def signed_growth(reading: Reading, run: list[Amount], topic: Topic, clause_start: int) -> list[Amount] | None:
    """Growth of the revenue, downwards negative; None where something else grew."""
    at = topic.mention.start if topic.mention else run[0].start
    named = bool(topic.mention and _GREW.search(topic.mention.word))  # 营收增长12% says itself what grew
    for mention in () if named else reading.mentions_before(at):
        if mention.facts & {"revenue_growth", "revenue_cagr_l2y"} or mention.whole:
            continue
        if mention.start < clause_start - 60:
            break
        if mention.decoy or not mention.facts & {"revenue", "main_revenue"}:
            numeric = mention.decoy or any(fact_types()[f] in NUMERIC for f in mention.facts)
            if not numeric:
                continue
            return None
        break
    lead = reading.text[max(clause_start, run[0].start - 12) : run[0].start]
    falling = _DOWN.search((topic.mention.word if topic.mention else "") + lead)
    grown = []
    for said in run:
        amount = said.scaled(Fraction(1), "percent") if said.kind == "times" else said
        lo, hi = amount.lo, amount.hi
        if falling and lo is not None and hi is not None and lo >= 0:
            amount = replace(amount, lo=-hi, hi=-lo, lo_closed=amount.hi_closed, hi_closed=amount.lo_closed)
        grown.append(amount)
    return grown
