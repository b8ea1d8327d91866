"""What the asker says that they do not know: asked once, not asked again."""

from __future__ import annotations

import re

from assistant.facts.lexicon import Mention, fact_types, lexicon
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.topics import NUMERIC
from assistant.facts.values import Statement, Value, key
from corpus.facts_models import load_dictionary

_RATIO = re.compile(r"占比|比例|比重|强度|占多少|百分之多少")
_UNKNOWN_SHARE = re.compile(r"占比|比例|比重|占多少|百分之多少|百分之几|几个点|几成")
_IN_MARKET = re.compile(r"国内|国际|全国|全球|市场|细分|同行|行业")
_REST = re.compile(r"其他|其它|其余|别的|剩下")
_OTHER_READERS = frozenset({"award_rank", "award_level_l3y", "niche_start", "cancelled_for"})


def read_unknowns(reading: Reading) -> tuple[list[Statement], list[str]]:
    """Uncertain values for what is named beside 不清楚, 忘了, 还没算, and the fact ids they leave open."""
    found: list[Statement] = []
    excluded: list[str] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        missing = unknown(words)
        if not missing or _REST.search(words) or reading.zone(clause.start):
            continue
        share = _UNKNOWN_SHARE.search(words)
        if share:
            shares = _shares(reading, clause, words)
            for name in shares:
                at = clause.start + share.start(), clause.end
                excluded.append(name.partition("@")[0])
                found.append(reading.said(name, Value.uncertain(reading.message[at[0] : at[1]]), *at))
            if any(name.startswith("market_share") for name in shares):
                continue
        for mention in _meant(reading, clause, clause.start + missing.start()):
            facts = sorted(mention.facts)
            if _RATIO.search(words):
                facts = [f for f in facts if fact_types()[f] == "ratio"] or facts
            if mention.end <= clause.start and not _RATIO.search(words):  # 研发去年150万，前年的记不清了
                kinds = {a.kind for a in reading.amounts_in(mention.end, clause.start)}
                facts = [f for f in facts if kinds != {"money"} or fact_types()[f] == "money"]
            facts = [f for f in facts if f not in _OTHER_READERS and fact_types()[f] != "flag"]
            excluded += facts
            for fact in facts:
                for name in _keys(reading, clause, fact):
                    start, end = min(mention.start, clause.start + missing.start()), clause.end
                    value = Value.uncertain(reading.message[start:end])
                    found.append(reading.said(name, value, start, max(end, mention.end)))
    return found, list(dict.fromkeys(excluded))


def _shares(reading: Reading, clause: Clause, words: str) -> list[str]:
    """占比没算过, 国内占百分之几讲不清: the share that is not known, where no noun of the clause names it."""
    last = reading.as_of.year - 1
    named = {f for m in reading.mentions_in(clause.start, clause.end) if not m.whole for f in m.facts}
    ratios = {f for f in named if fact_types()[f] == "ratio"} - {"leading_product_share"}
    if ratios:
        return []
    if _IN_MARKET.search(words):
        return [key("market_share", last)]
    if named & {"leading_product_share"}:
        return []
    for mention in reading.mentions_before(clause.start, 6):
        if "rd_ratio" in mention.facts:
            told = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
            return [key("rd_ratio", y) for y in told or [last - 1, last]]
    return []


def _meant(reading: Reading, clause: Clause, at: int) -> list[Mention]:
    """The nouns of the clause that have no amount, or the one just before it."""
    weak = lexicon().weak_revenue
    named = [m for m in reading.mentions_in(clause.start, clause.end) if not m.decoy and not m.whole]
    named = [m for m in named if m.word not in weak]
    free = [m for m in named if not reading.amounts_in(m.end, min(at, clause.end) if m.end < at else clause.end)]
    if free or named:
        before = [m for m in free if m.end <= at]
        joined = [m for m in before if m.start >= (before[-1].start - 14)]
        return joined or free[:1]
    for mention in [m for m in reading.mentions_before(clause.start, 3) if m.word not in weak][:1]:
        between = reading.amounts_in(mention.end, clause.start)
        ratio = _RATIO.search(reading.words(clause))
        year = bool(between) and any(t.years for t in reading.times_in(clause.start, clause.end))
        held = "rd_institution" in mention.facts and all(a.kind == "count" for a in between)  # 有一个，哪级说不清
        if clause.start - mention.end <= 24 and (not between or ratio or year or held) and not mention.decoy:
            return [mention]
    return []


def _keys(reading: Reading, clause: Clause, fact: str) -> list[str]:
    entry = load_dictionary()[fact]
    if entry.period == "now" or fact_types()[fact] not in (NUMERIC | {"years"}):
        return [fact]
    last = reading.as_of.year - 1
    told = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
    if entry.period == "span":
        return [] if fact == "rd_expense_l2y" else [key(fact, last)]
    if fact == "development_score":
        return [key(fact, y) for y in told or [reading.as_of.year]]
    if fact in ("rd_expense", "rd_ratio"):
        return [key(fact, y) for y in told or [last - 1, last]]
    return [key(fact, y) for y in told or [last]]
