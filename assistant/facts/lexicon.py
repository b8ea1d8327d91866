"""The words by which facts go: aliases of the dictionary, and the nouns that only look like facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.facts_models import FactType, load_dictionary
from corpus.load import read_yaml
from corpus.models import Model


class Lexicon(Model):
    """``lexicon.yaml``."""

    decoys: list[str]
    weak_revenue: list[str]
    families: dict[str, list[str]]
    basics: dict[str, list[str]]
    matters: dict[str, list[str]]
    graver: dict[str, str]
    bad: list[str]
    spoken: dict[str, list[str]]


@cache
def lexicon() -> Lexicon:
    """The steering words. Raises CorpusError where the file cannot be used."""
    words: Lexicon = read_yaml(Path(__file__).with_name("lexicon.yaml"), Lexicon)
    return words


@cache
def fact_types() -> dict[str, FactType]:
    """The type of every fact."""
    return {fact: entry.type for fact, entry in load_dictionary().entries.items()}


@cache
def family(fact: str) -> str:
    """The topic of a fact; a fact without relatives is its own."""
    return next((name for name, facts in lexicon().families.items() if fact in facts), fact)


@dataclass(frozen=True)
class Mention:
    """``text[start:end]`` names some of ``facts``; none of them: a decoy. ``whole``: it is what a share is of."""

    start: int
    end: int
    word: str
    facts: frozenset[str]
    whole: bool = False

    @property
    def decoy(self) -> bool:
        """Whether the noun takes numbers away from our facts."""
        return not self.facts


_YEAR_SIGN = re.compile(r"[去前今上本近两一二三四五六七八九十几\d每当整]")  # the 年 of 去年营收 is the year's


@cache
def _words() -> dict[str, list[tuple[str, frozenset[str]]]]:
    facts: dict[str, set[str]] = {word: set() for word in lexicon().decoys}
    for fact, entry in load_dictionary().entries.items():
        for alias in entry.aliases or []:
            facts.setdefault(alias.lower(), set()).add(fact)
    for fact, words in lexicon().spoken.items():
        for word in words:
            facts.setdefault(word, set()).add(fact)
    for word in lexicon().weak_revenue:
        facts.setdefault(word, set()).add("revenue")
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word in sorted(facts, key=len, reverse=True):
        table.setdefault(word[0], []).append((word, frozenset(facts[word])))
    return table


def find_mentions(text: str) -> list[Mention]:
    """Every name of a fact in a normalised text, the longest at each place, left to right without overlap."""
    table = _words()
    found: list[Mention] = []
    at = 0
    while at < len(text):
        for word, facts in table.get(text[at], ()):
            if text.startswith(word, at) and not (word[0] == "年" and _YEAR_SIGN.match(text, at - 1)):
                if word == "研发" and text[at + 2 : at + 3] == "明":  # 自研发明
                    continue
                found.append(Mention(at, at + len(word), word, facts, _is_whole(text, at)))
                at += len(word)
                break
        else:
            at += 1
    return found


def _is_whole(text: str, at: int) -> bool:
    before = text[max(0, at - 6) : at]
    share = max(before.rfind("占"), before.rfind("除以"))
    return share >= 0 and all(
        ch in "了到全部总公司企业我们整体当年同期的年其所有本除以去今" for ch in before[share + 1 :]
    )
