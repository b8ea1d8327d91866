"""Text → search terms: Chinese characters and bigrams, words and numbers of other scripts.

No dictionary: on statute and policy questions characters with bigrams find more than segmented words do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.frame_words import unframed
from corpus.quantities import fold
from indexing.clean import strip_invisible

RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?")


@lru_cache(maxsize=4096)
def grams(text: str) -> tuple[str, ...]:
    """``"奖50万元"`` → ``("奖", "50", "万", "元", "万元")``: lower case, widths folded."""
    found: list[str] = []
    for run in RUN.findall(fold(strip_invisible(text)).lower()):
        if "\u3400" <= run[0] <= "\u9fff":
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return tuple(found)


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Only the terms that say something by themselves: bigrams, words, numbers."""
    return frozenset(g for g in grams(text) if len(g) > 1 or g.isdigit())


@lru_cache(maxsize=1024)
def matter_of(text: str) -> frozenset[str]:
    """The terms that say what a question is about, without those with which one asks: ``"外资企业能不能申请"`` →
    ``{"外资"}``."""
    parts = unframed(text).split()
    return frozenset().union(*map(bigrams, parts)) or frozenset().union(*map(grams, parts))
