"""A question put a second way: colloquial words replaced by those of the documents (synonyms.yaml)."""

from __future__ import annotations

import re
from functools import cache

from corpus.load import ROOT, read_yaml


@cache
def synonyms() -> dict[str, str]:
    """Colloquial word → formal term."""
    return read_yaml(ROOT / "synonyms.yaml", dict[str, str])  # type: ignore[no-any-return]


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((*synonyms(), *synonyms().values()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, dict.fromkeys(words))))


def formal(text: str) -> str:
    """``text`` in the documents' words; formal terms that already stand there stay as they are."""
    return _pattern().sub(lambda m: synonyms().get(m[0], m[0]), text)
