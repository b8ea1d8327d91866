"""Points of the evaluation of 创新型 that the asker tells: of its three groups, and in total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from assistant.facts.amounts import Amount
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import asks, rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value
from corpus.criteria_models import load_standards
from corpus.criteria_tree import Compare, Score, leaves

TITLE = "创新型"
MOST = 100
_FILL = (
    r"(?:指标|能力|得分|分数|分值|评分|成绩|[这那]?一?[块项类]|部分|方面|自[己评]|我们|公司|那|这|是|为|有|得了?|拿了?|打了?|评了?|算了?|能|到|达到|刚好?|正好|恰好|就|也|都"
    r"|只|才|还|了|的|出来|下来|大概|约|大约|差不多|估计|目前|现在|：|，|、|（| )*+$"
)
_GROUPS = (
    ("points_innovation", re.compile(r"(?:创新能力|(?<!科技)创新(?!型|券|基金))" + _FILL)),
    ("points_growth", re.compile(r"成长(?:性|能力)?" + _FILL)),
    ("points_specialisation", re.compile(r"专业(?:化|性)?(?!务)" + _FILL)),
)
_TOTAL = re.compile(
    r"(?:总得?分|综合(?:得|评)?分|总共|一共|总计|合计|加起来|加一[起块]|拢共|得分|评分|打分|评价分?|自评分?|自测分?|测评|测算|自己[打算评测]|[打评测得考]了|算下来|估下来|[打算评测]出来|创新型(?:中小企业)?)"
    + _FILL
)
_NAMED = re.compile(
    r"创新能力|成长性|专业化|[打评得总自]分|分数|评价|自测|自评|[打评测]了|[算打评]下来|[打评算测]出来|创新型"
)
_ASIDE = re.compile(r"满分|至少|起码|最低|门槛|及格|标准|要求|必须|规定|线(?:是|为)|发展评价|专精特新|小巨人|加分")
_ALL_PASS = re.compile(
    r"(?:三|各|每|几)(?:一?[块项类]|个?(?:部分|方面|指标|维度|大类))(?:的|得分|分数|分|单项|也|都|全|均|就|各自|分别){1,4}(?:过|超|到|够|在|达)(?:了|过|到)?(?:最低)?(?:线|标|分数线|要求|标准)"
)


def read_lower_points(reading: Reading) -> list[Statement]:
    """points_innovation, points_growth, points_specialisation and points_total, where the talk is of 创新型."""
    if reading.title != TITLE or not _NAMED.search(reading.text):
        return []
    found: dict[str, Statement] = {}
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause) or unknown(words) or _ASIDE.search(words):
            continue
        for one in (*_told(reading, clause), *_all_pass(reading, clause, words)):
            again = one.key in found and found[one.key].value.lo != one.value.lo
            found[one.key] = one.model_copy(update={"correction": True}) if again else one
    return list(found.values())


def _told(reading: Reading, clause: Clause) -> Iterator[Statement]:
    start = clause.start
    for amount in reading.amounts_in(clause.start, clause.end):
        lead = reading.text[start : amount.start]
        start = amount.end
        if not _is_points(reading, amount) or rule_question(reading.text, clause, amount.start, amount.end):
            continue
        fact = next((fact for fact, name in _GROUPS if name.search(lead)), None)
        if fact is None and _TOTAL.search(lead):
            fact = "points_total"
        if fact is not None:
            yield reading.number(fact, amount, amount.start - len(lead), amount.end)


def _is_points(reading: Reading, amount: Amount) -> bool:
    if amount.kind != "points" and not (amount.bare and amount.kind == "number"):
        return False
    behind = reading.text[amount.end : amount.end + 1]
    ends = [end for end in (amount.lo, amount.hi) if end is not None]
    return bool(ends) and max(ends) <= MOST and (amount.kind == "points" or behind in "，。；、）！？但 \n")


def _all_pass(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    """三块都过线: each group has at least what it has to have."""
    match = _ALL_PASS.search(words)
    if match is None:
        return
    start, end = clause.start + match.start(), clause.start + match.end()
    for fact, least in _least().items():
        value = Value.interval(least, None, source=reading.message[start:end])
        yield reading.said(fact, value, start, end)


@lru_cache
def _least() -> dict[str, Fraction]:
    """The points that each group has to have, by the fact in which they are told."""
    compared = [
        (leaf.left.name, dict(leaf.left.told), leaf.right.value)
        for standard in load_standards()
        if standard.title == TITLE
        for criterion in standard.criteria
        for leaf in leaves(criterion.test)
        if isinstance(leaf, Compare) and isinstance(leaf.left, Score)
    ]
    return {told[name]: value for name, told, value in compared if name in told and name != "total"}
