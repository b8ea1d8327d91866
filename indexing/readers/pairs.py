"""Do the characters of a page stand beside each other as they do in Chinese? Told by pairs known from our own texts.

A character map that swaps common characters among themselves leaves every count of characters as it was; what it breaks
is which of them meet. Of the different pairs on a sound page of a policy document a third at least and mostly three quarters
are in our digests and topics, of those on a swapped one about a tenth.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.load import ROOT

SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}")
"""Shorter runs are names and cells of tables, whose characters meet anyhow."""
ENOUGH_PAIRS = 120
LEAST_KNOWN = 0.2
LEAST_SIMPLIFIED = 0.95
SHELVES = ("digests/cn", "digests/cn-sh", "digests/cn-sh-qp", "topics")
"""The measure was set on as much text as this; with several times more, chance pairs are known too."""


@cache
def known_pairs() -> frozenset[str]:
    """Every pair of neighbouring characters in the digests of what is in force, and in the topics."""
    files = (path for shelf in SHELVES for path in (ROOT / shelf).rglob("*.yaml"))
    return frozenset(pair for path in files for pair in _pairs(path.read_text("utf-8")))


def is_swapped(text: str) -> bool:
    """Whether a text is made of the usual characters, but they are not where they belong. False for what is too short
    to tell, and for texts in traditional characters."""
    pairs = set(_pairs(text))
    if len(pairs) < ENOUGH_PAIRS:
        return False
    simplified = sum(_is_simplified(pair[0]) for pair in pairs)
    if simplified < LEAST_SIMPLIFIED * len(pairs):
        return False
    return len(pairs & known_pairs()) < LEAST_KNOWN * len(pairs)


def _pairs(text: str) -> list[str]:
    return [run[i : i + 2] for run in SENTENCE.findall(text) for i in range(len(run) - 1)]


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
