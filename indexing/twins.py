"""Paragraphs that stand in several documents nearly word for word, found without merging them.

Two paragraphs are twins when they share nearly all their runs of three characters and state the same figures; a rule
with another threshold is never a twin. Numbering and punctuation do not count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

LEAST = 30
RUN = 3
SAME = 0.8
SHARE = 0.5
COMMON_RUN = 300
"""A run of characters that stands in more paragraphs than this says nothing about any two of them."""
NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十百]+[、条]|[（(]?[一二三四五六七八九十\d]{1,3}[）).．、])\s*")
FIGURE = re.compile(r"\d+(?:\.\d+)?")


def twins(texts: Mapping[str, str]) -> list[list[str]]:
    """``texts``: reference → wording, one paragraph a line. Groups of references that share a paragraph which is most
    of each, sorted; of several documents."""
    owners: dict[str, list[str]] = defaultdict(list)
    for ref, text in texts.items():
        paragraphs = [bare for paragraph in text.split("\n") if (bare := _bare(paragraph))]
        least = max(LEAST, SHARE * sum(map(len, paragraphs)))
        for bare in dict.fromkeys(p for p in paragraphs if len(p) >= least):
            owners[bare].append(ref)
    groups = _joined(list(owners))
    found = [sorted({ref for paragraph in group for ref in owners[paragraph]}) for group in groups]
    return sorted(group for group in found if len({ref.partition("#")[0] for ref in group}) > 1)


def _joined(paragraphs: Sequence[str]) -> list[list[str]]:
    """Paragraphs in groups of twins; most are alone."""
    runs = [{p[i : i + RUN] for i in range(len(p) - RUN + 1)} for p in paragraphs]
    figures = [sorted(FIGURE.findall(p)) for p in paragraphs]
    having: dict[str, list[int]] = defaultdict(list)
    parent = list(range(len(paragraphs)))
    for n, own in enumerate(runs):
        shared = Counter(m for run in own for m in having[run] if len(having[run]) <= COMMON_RUN)
        for m, count in shared.items():
            if figures[n] == figures[m] and count >= SAME * (len(own) + len(runs[m]) - count):
                parent[_root(parent, n)] = _root(parent, m)
        for run in own:
            having[run].append(n)
    groups: dict[int, list[str]] = defaultdict(list)
    for n, paragraph in enumerate(paragraphs):
        groups[_root(parent, n)].append(paragraph)
    return list(groups.values())


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n


def _bare(text: str) -> str:
    return re.sub(r"[^\w.]", "", NUMBERING.sub("", text))
