"""A year of which there is no score of the development evaluation: 去年没参加评价, 前年没去评."""

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


def read_unscored(reading: Reading, known: set[str]) -> list[Statement]:
    """去年没参加评价: of that year there is no score."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _UNSCORED.search(words)
        if match is None or reading.zone(clause.start) or asks(reading.text, clause):
            continue
        years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
        names = [name for year in years if (name := key("development_score", year)) not in known]
        found += [reading.said(name, Value.uncertain(words), clause.start, clause.end) for name in names]
    return found
