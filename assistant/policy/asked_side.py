"""Which side of a matter a question asks for: who, when it lapses, what follows, renewed or for the first time."""

from __future__ import annotations

import re
from collections.abc import Sequence

SIDES = {
    "review": re.compile(r"复核|复审|续牌|续期"),
    "who": re.compile(r"谁(?!能|可以)|哪个部门|哪些部门|哪一?级|归哪|找哪|省里还是部里|市里还是"),
    "where": re.compile(r"在哪(?!一?年|天)|哪里|哪个网|网址|哪个平台|什么网"),
    "forfeit": re.compile(r"后果|会怎么?样|咋办|怎么办|罚|怎么处理"),
    "exception": re.compile(r"例外|特殊情况|提前"),
}
SHARE = 0.5
"""The wordings of a group ask for a side when this share of them does."""


def sides_asked(text: str) -> set[str]:
    """The sides that a question asks for."""
    return {side for side, words in SIDES.items() if words.search(text)}


def sides_of(wordings: Sequence[str]) -> frozenset[str]:
    """The sides that the wordings of a question group ask for, most of them."""
    said = [sides_asked(wording) for wording in wordings]
    return frozenset(side for side in SIDES if sum(side in sides for sides in said) >= SHARE * len(said))
