"""Does a figure stand under the title to which its clause gives it? The right number with another title is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.policy.evidence import Evidence
from assistant.understanding.titles import titles_in
from corpus.quantities import Quantity
from corpus.support import figures, same

SENTENCES = re.compile(r"[。；;！？\n]+")
PARTS = re.compile(r"(?<=[，,、：:（）()])")
Owned = tuple[Quantity, frozenset[str]]


def titles_swapped(sentence: str, evidence: Sequence[Evidence]) -> list[str]:
    """Titles of the sentence that no cited clause names, and figures that the cited clauses give only to other titles,
    in words for the trace."""
    known = {title for e in evidence for title in titles_in(e.text)}
    known |= {title for e in evidence for title in [_own_title(e)] if title}
    found = [f"所引条款没有提到“{title}”" for title in titles_in(sentence) if title not in known]
    pool = [pair for e in evidence for pair in _owned_in(e)]
    for quantity, titles in owned(sentence):
        others = [other for q, other in pool if same(quantity, q)]
        if titles and others and all(other and not other & titles for other in others):
            found.append(f"“{quantity.text}”在所引条款里不是{'、'.join(sorted(titles))}的")
    return found


def _own_title(evidence: Evidence) -> str | None:
    """The title that the clause's part of its document is about."""
    return evidence.document.titles.get(evidence.clause.eid.partition("__")[0])


def _owned_in(evidence: Evidence) -> list[Owned]:
    own = _own_title(evidence)
    default = frozenset([own] if own else titles_in(evidence.clause.heading))
    texts = [evidence.clause.digest, evidence.original or "", *(qa.answer for qa in evidence.clause.questions)]
    return [(q, titles or default) for text in texts for q, titles in owned(text)]


@lru_cache(maxsize=2048)
def owned(text: str) -> tuple[Owned, ...]:
    """Every figure with the titles named last before it in its sentence, or beside it in its part."""
    found: list[Owned] = []
    for sentence in SENTENCES.split(text):
        titles: frozenset[str] = frozenset()
        for part in PARTS.split(sentence):
            named = frozenset(titles_in(part))
            titles = named or titles
            found += [(q, titles) for q in figures(part)]
    return tuple(found)
