"""Taxes told in ordinary words: 税也没少交, 从没漏过税, 照章纳税. That none was evaded is what is meant."""

from __future__ import annotations

import re

from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.values import Statement

_OFTEN = r"(?:我们|公司|也|都|可|倒|更|从来|一直|向来|历来|从|一分一?[厘毛]?(?:钱)?|一(?:毛|块)?钱|半分|该[缴交]的|什么的|这块|上|方面)*+"
_NOT = r"(?:没有?|未|不)(?:有)?(?:曾|敢|会|去)?"
_LACKING = r"(?:少|漏|偷|逃|瞒)(?:过)?(?:[、和]?(?:少|漏|偷|逃|瞒)(?:过)?)?"
_PAID = r"(?:过)?(?:缴|交|报|纳)?(?:过)?"
_NONE_EVADED = re.compile(
    rf"税(?:款|金|收|费)?{_OFTEN}{_NOT}{_LACKING}{_PAID}(?:了|的|一分(?:钱)?|半点)?(?=$|[，。；！、])"
    rf"|{_NOT}{_LACKING}(?:缴|交|报|纳)?(?:过)?(?:一分(?:钱)?|半分|国家|的|任何|什么)*税(?:款|金)?(?:的)?(?:事情?|情况|行为)?(?=$|[，。；！、])"
    r"|(?:依法|照章|按章|足额|如实|按规定|按时(?:足额)?|老老实实)(?:地|在)?(?:纳|缴|交|报)(?:了)?税(?:款)?(?:的)?(?=$|[，。；！、])"
)
_ASIDE = re.compile(r"有没有|是否|是不是|如果|要是|万一|但是?|就是|除了|被查|补[缴交税]|滞纳")


def read_taxes(reading: Reading, known: set[str]) -> list[Statement]:
    """tax_evasion_l3y where a clause denies it without naming it; ``known`` are the keys read."""
    if "税" not in reading.text or "tax_evasion_l3y" in known:
        return []
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _NONE_EVADED.search(words) if "税" in words else None
        if match is None or _ASIDE.search(words) or unknown(words):
            continue
        if reading.zone(clause.start) or asks(reading.text, clause):
            continue
        at = clause.start + match.start(), clause.start + match.end()
        reading.hear(*at)
        return [reading.flag("tax_evasion_l3y", False, *at)]
    return []
