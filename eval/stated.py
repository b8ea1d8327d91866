"""Does a text state a fact? Words are compared without widths, spaces and commas, figures by value.

50万元, 五十万元 and 500,000元 are one figure; 50万元 is not found inside 150万元. A negation does not help: "不是50%"
states 50%, so a forbidden figure counts as present wherever it is mentioned.
"""

from __future__ import annotations

import re
from functools import cached_property

from corpus.quantities import DIGITS, Quantity, find_quantities, fold
from corpus.support import DOCUMENT_NUMBER, LABEL, WORDS, blank

MARK = re.compile(r"\[\d{1,3}\]|\*\*|`")
GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LOOSE = re.compile(r"(?<![\d\s,])[\s,]++|[\s,]++(?!\d)")
NUMERALS = frozenset(DIGITS + "0123456789")


def _plain(text: str) -> str:
    """Without citation marks and bold; a Chinese comma never joins two numbers to one."""
    return fold(MARK.sub(" ", text.replace("，", "， ")))


def compact(text: str) -> str:
    """``text`` for comparing words: half-width, lower case, no spaces, commas, citation marks or bold.

    A gap between two digits stays, so that two numbers never become one.
    """
    return LOOSE.sub("", GROUPING.sub("", _plain(text))).casefold()


class Said:
    """A text that facts are looked for in."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> str:
        """The text as ``compact`` makes it."""
        return compact(self.text)

    @cached_property
    def figures(self) -> list[Quantity]:
        """Every quantity of the text; clause labels, document numbers and idioms are none."""
        return _figures(_plain(self.text))

    @cached_property
    def by_value(self) -> str:
        """The words with each figure written in one way."""
        return _by_value(_plain(self.text))

    def states(self, fact: str) -> bool:
        """Whether the text states ``fact``, in these words or with the same figure."""
        if _occurs(compact(fact), self.words):
            return True
        plain = _plain(fact)
        wanted = _figures(plain)
        if not wanted:
            return False
        if len(wanted) == 1 and len(wanted[0].text) == len(plain.strip()):
            return any(same_figure(wanted[0], figure) for figure in self.figures)
        return _by_value(plain) in self.by_value


def _figures(plain: str) -> list[Quantity]:
    return find_quantities(blank(WORDS, blank(LABEL, blank(DOCUMENT_NUMBER, plain))))


def _by_value(plain: str) -> str:
    pieces, end = [], 0
    for q in _figures(plain):
        unit = q.unit if q.kind in ("count", "articles") else ""
        pieces += [compact(plain[end : q.start]), f"⟨{q.kind}:{q.value}{unit}⟩"]
        end = q.end
    return "".join([*pieces, compact(plain[end:])])


def _occurs(fact: str, words: str) -> bool:
    """Whether ``fact`` occurs, and not as a piece of a longer number."""
    start = words.find(fact) if fact else -1
    while start >= 0:
        end = start + len(fact)
        before, after = words[start - 1 : start] if start else "", words[end : end + 2]
        cut_before = fact[0] in NUMERALS and before and (before in NUMERALS or before in ".第")
        cut_after = fact[-1] in NUMERALS and after and (after[0] in NUMERALS or re.match(r"\.\d", after))
        if not cut_before and not cut_after:
            return True
        start = words.find(fact, start + 1)
    return False


def same_figure(wanted: Quantity, said: Quantity) -> bool:
    """Whether ``said`` states ``wanted``: the same value of the same kind; a date at least as full as the wanted one.

    An amount may be said without 元 ("最高50万").
    """
    if wanted.kind == "date":
        return said.kind == "date" and _same_date(int(wanted.value), int(said.value))
    if wanted.kind == "year":
        year = int(said.value) // 10000 if said.kind == "date" else int(said.value)
        return said.kind in ("date", "year") and year == int(wanted.value)
    if wanted.value != said.value:
        return False
    if wanted.kind == said.kind:
        return wanted.kind not in ("count", "articles") or wanted.unit == said.unit
    return {wanted.kind, said.kind} == {"money", "number"} and wanted.value >= 1000


def _same_date(wanted: int, said: int) -> bool:
    (year, day), (said_year, said_day) = divmod(wanted, 10000), divmod(said, 10000)
    if year and year != said_year:
        return False
    return day == said_day or (day % 100 == 0 and day // 100 == said_day // 100)
