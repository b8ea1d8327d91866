"""What a question is about: its text without the words with which one asks (frame_words.yaml)."""

from __future__ import annotations

import re
from functools import cache

from corpus.load import ROOT, read_yaml
from corpus.quantities import fold


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = read_yaml(ROOT / "frame_words.yaml", dict[str, list[str]])
    return {name: frozenset(word for line in lines for word in line.split()) for name, lines in lists.items()}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(frozenset().union(*_words().values()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def unframed(text: str) -> str:
    """``"外资公司能不能申请"`` → ``"外资"``: what is left stands apart by blanks, widths folded."""
    frames = _words()["frames"]
    return " ".join(_pattern().sub(lambda m: " " if m[0] in frames else m[0], fold(text)).split())
