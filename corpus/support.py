"""Which figures of a sentence another text supports, whatever their spelling.

Used where a sentence must not say more than its clause: the linter compares digests with originals, grounding
compares answers with the clauses they cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from corpus.quantities import Quantity, find_quantities, fold

DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\s*(20\d\d|19\d\d)\s*[〕\]）)]\s*(\d{1,4})\s*号")
LABEL = re.compile(
    r"第[一二三四五六七八九十百零\d]+[条章节款项]|附件\s*[一二三四五六七八九十\d]+(?:（[一二三四五六七八九十\d]+）)*"
    r"|[一二三四五六七八九十]+（[一二三四五六七八九十]+）|（[一二三四五六七八九十\d]{1,3}）|\[\d+\]"
)
# Words that look like quantities and are none.
WORDS = re.compile(
    r"[“\"]?十[一二三四五六]五[”\"]?(?:期间|期末|规划|时期)?|一次性|一定|一律|一旦|一般|一致|一并|一些|一样|一起|一体|一方面|一直|一共"
    r"|第[一二三四五六七八九十]|统一|唯一|(?<![一二三四五六七八九十百千两])万一(?![千百十万])|进一步|一步|千方百计|双随机|一对一|一企一|一月一链|一网统管|一口气|一模一样|三者|二者|两者"
    r"|百场万企|一起益企|三年内?行动|[一二]是|四新|两个毫不动摇|(?<![一二三四五六七八九百])十分(?!之)|一块(?!钱)|这[两三四几]个|两个(?=“)|[两二三四五六](?:类|档|块|部分|个?方面)(?!\d)|I+类|Ⅰ类|ISO\s*\d+|1\+16\+X|12345"
)
EXACT_KINDS = {"money", "percent", "months", "years", "days", "workdays", "hours", "points", "km", "area"}
"""Kinds that only the same kind, or a number without a unit, can state: 3年 is not 3个月."""
IN_MONTHS = {"months": 1, "years": 12}


def blank(pattern: re.Pattern[str], text: str) -> str:
    """``text`` with every match of ``pattern`` blanked, so that positions stay."""
    return pattern.sub(lambda m: " " * len(m[0]), text)


def figures(text: str) -> list[Quantity]:
    """The quantities of ``text`` that state something: no clause labels, idioms or a mere 一 as an article."""
    return list(_figures(text))


@lru_cache(maxsize=8192)
def _figures(text: str) -> tuple[Quantity, ...]:
    """Clauses are read again and again; 8192 texts are a few times the corpus."""
    bare = blank(WORDS, blank(LABEL, blank(DOCUMENT_NUMBER, fold(text))))
    return tuple(q for q in find_quantities(bare) if _states(q, bare[q.start - 1 : q.start]))


def without_figures(text: str) -> str:
    """``text`` with its quantities blanked: they are compared by value, not by their signs."""
    for q in reversed(find_quantities(text)):
        text = text[: q.start] + " " + text[q.end :]
    return text


def _states(q: Quantity, before: str) -> bool:
    if re.search(r"\d", q.text) or (before == "前" and q.value != 1):  # 前三 is a rank
        return True
    if q.kind in ("number",):
        return len(q.text) >= 2 and q.value >= 20
    return q.value != 1 or q.kind in {"money", "percent", "months", "date"}


def document_numbers(text: str) -> set[tuple[str, str]]:
    """Year and serial number of every 文号 in ``text``."""
    return set(_document_numbers(text))


@lru_cache(maxsize=2048)
def _document_numbers(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((m[1], m[2]) for m in DOCUMENT_NUMBER.finditer(fold(text)))


def unsupported(text: str, sources: Iterable[str]) -> list[Quantity]:
    """The figures of ``text`` that no source states."""
    pool = [q for source in sources for q in _figures(source)]
    return [q for q in figures(text) if not any(same(q, other) for other in pool)]


def same(a: Quantity, b: Quantity) -> bool:
    """Whether ``b`` states what ``a`` says: the same value, in a unit that can mean the same. A date is stated only by
    a date that is at least as precise, a year by that year or a date in it."""
    if a.kind == "date":
        return b.kind == "date" and _same_date(int(a.value), int(b.value))
    if "year" in (a.kind, b.kind):
        return _year(a) == _year(b) > 0
    if b.kind == "date":
        return False
    if a.kind in IN_MONTHS and b.kind in IN_MONTHS:
        return a.value * IN_MONTHS[a.kind] == b.value * IN_MONTHS[b.kind]
    if a.value != b.value:
        return False
    if a.kind in EXACT_KINDS or b.kind in EXACT_KINDS:
        return a.kind == b.kind or "number" in (a.kind, b.kind)
    return True


def _same_date(a: int, b: int) -> bool:
    """Whether packed date ``b`` states ``a``: the same month, the same day where ``a`` has one, the same year where
    ``a`` has one."""
    (year_a, day_a), (year_b, day_b) = divmod(a, 10000), divmod(b, 10000)
    if year_a and year_a != year_b:
        return False
    return day_a == day_b or (day_a % 100 == 0 and day_a // 100 == day_b // 100)


def _year(q: Quantity) -> Fraction:
    return (
        Fraction(int(q.value) // 10000)
        if q.kind == "date"
        else q.value
        if q.kind in ("year", "number")
        else Fraction(0)
    )
