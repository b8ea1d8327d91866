"""A year of which there is no score of the development evaluation (去年没参加评价, 前年没去评), and points that nobody added up
(分没算过): of the upper titles the score of this year; of a lower one nothing that matters beside a way that needs none."""

from __future__ import annotations

import re

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.values import Statement, Value, key

_UNSCORED = re.compile(
    r"(?:没有?|未|没能|没赶上)(?:去|来|能|再|赶上)*(?:参加|参与|做|搞|弄|填|评|测|报)?(?:过|成|上|到|的)?(?:发展)?(?:评价|测评|自评|自测|评分|打分)"
    r"|(?:评价|测评|自评|自测|评分|打分)(?:我们|公司|那年|都|也|就|根本|压根)*(?:没有?|未|没能)(?:去|来|能|赶上)*(?:参加|参与|做|搞|弄|填|评|测|赶上)(?:过|上|成)?"
    r"|年(?:那年|还|一直|我们|公司)*(?:没来得及|来不及|没顾上|没赶上|没轮上)(?:去|做|参加)*(?:评|测|打分)"
    r"|年(?:那年|我们|公司|都|也|就|根本|压根|的)*(?:没有?|未)(?:去|来)?(?:评过?|测过?|打分|评分|得分|分数|分)(?=$|[，。；])"
)
_NOT_ADDED_UP = re.compile(
    r"(?:我们?|公司|自己|自评|总|得|的|创新型|科技型|多少|这个|到底)*(?:没|未)(?:有)?(?:去|仔细|具体|自己|自评)*[算打测估]过?(?:到底|有|是|能得|能拿|得|拿)*(?:多少|几)?分(?:数)?(?:呢|的)?"
    r"|(?:我们?|公司|自己|自评|总|得|的|创新型|科技型|这个|具体)*分(?:数)?(?:我们?|公司|自己|也|还|都|一直|从来|倒|是|真)*"
    r"(?:(?:没|未)(?:有)?(?:去|来得及|仔细|具体|自己)*[算打测评估](?:过|出来)?|不(?:知道?|晓得|清楚|会算)|算不(?:来|清|出))(?:是?多少|几分)?(?:呢|的)?"
)
_UPPER = ("专精特新", "小巨人")
_WITHOUT_SCORE = frozenset({"high_tech_valid", "rd_institution", "award_level_l3y", "new_equity_l3y", "new_equity_l2y"})
"""What may lead to a lower title without its points."""


def read_unscored(reading: Reading, known: set[str]) -> list[Statement]:
    """去年没参加评价: of that year there is no score."""
    found: list[Statement] = []
    other_way = _WITHOUT_SCORE & {name.partition("@")[0] for name in (*known, *reading.known)}
    for clause in reading.clauses:
        words = reading.words(clause)
        if _NOT_ADDED_UP.fullmatch(words.strip()) and not reading.zone(clause.start) and not asks(reading.text, clause):
            name = key("development_score", reading.as_of.year)
            if reading.title in _UPPER and name not in known:
                found.append(reading.said(name, Value.uncertain(words), clause.start, clause.end))
            elif reading.title not in _UPPER and other_way and not reading.rest:
                reading.hear(clause.start, clause.end)
            continue
        match = _UNSCORED.search(words)
        if match is None or reading.zone(clause.start) or asks(reading.text, clause):
            continue
        years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
        names = [name for year in years if (name := key("development_score", year)) not in known]
        found += [reading.said(name, Value.uncertain(words), clause.start, clause.end) for name in names]
    return found
