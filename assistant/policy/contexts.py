"""Does a sentence keep together what its clauses keep together: a figure with its title and its bound, a statement with
its title? The right number with another title, or 以下 for 以上, is wrong although every word occurs.

Compared where the words around agree: each figure with the same figure in the clauses' most similar surroundings, each
part of a sentence with the clauses' parts that say nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.policy.evidence import Evidence
from assistant.policy.polarity import DENIAL, HARMLESS, MODAL, bound
from assistant.understanding.titles import OTHERS, titles_in, without_titles
from corpus.quantities import Quantity
from corpus.support import figures, same, without_figures
from indexing.grams import bigrams

SENTENCES = re.compile(r"[。；;！？\n]+")
PARTS = re.compile(r"(?<=[，,：:（）()])")
QUOTES = '[“”"]'
BOUNDS = re.compile(
    r"不?(?:得|能)?(?:少于|低于|小于|超过|高于|大于|多于|足|满)|及?以[上下内]|至少|最[低高多]|封顶|达到?"
)
BEFORE, AFTER = 18, 8
"""Characters around a figure that tell what it is about."""
ALIKE, NEARLY = 0.6, 0.15
"""Share of the words around that agree; what is nearly as much alike as the best counts too."""
PART_ALIKE, LEAST_WORDS = 0.75, 4


@dataclass(frozen=True)
class Place:
    """A figure, or a part of a sentence (``figure`` None), with the words around it, the titles it is said of, its bound,
    and whether it denies. ``own`` are the words of a part without those around it."""

    words: frozenset[str]
    titles: frozenset[str]
    figure: Quantity | None = None
    bound: str = ""
    denies: bool = False
    own: frozenset[str] = frozenset()


def displaced(sentence: str, evidence: Sequence[Evidence]) -> list[str]:
    """Titles that no cited clause names, and figures and statements that the cited clauses give another title or
    another bound, in words for the trace."""
    known = {title for e in evidence for title in [*titles_in(e.text), *_own_title(e)]}
    found = [f"所引条款没有提到“{title}”" for title in titles_in(sentence) if title not in known]
    named = re.sub(QUOTES, "", "".join(e.text for e in evidence))
    programmes = [re.sub(QUOTES, "", m[0]) for m in OTHERS.finditer(sentence)]
    found += [f"所引条款没有提到“{name}”" for name in programmes if name not in named]
    pool = [place for e in evidence for place in _places_of(e)]
    for place in places(sentence):
        near = _nearest(place, pool)
        what = f"“{place.figure.text}”" if place.figure else "这句话"
        if place.titles and near and all(n.titles and not place.titles <= n.titles for n in near):
            found.append(f"{what}在所引条款里说的不是{'、'.join(sorted(place.titles))}")
        if place.bound and near and all(n.bound and n.bound != place.bound for n in near):
            found.append(f"{what}的上下限和所引条款相反")
        if place.figure is None and near and all(n.denies != place.denies for n in near):
            found.append("和所引条款的肯定否定相反")
    return found


def _nearest(place: Place, pool: Sequence[Place]) -> list[Place]:
    """The places in the clauses that say this of something: the same figure in like surroundings, or a like part."""
    if place.figure is None:
        others = [p for p in pool if p.figure is None and (len(place.own) >= LEAST_WORDS or place.own <= p.own)]
    else:
        others = [p for p in pool if p.figure is not None and same(place.figure, p.figure)]
    scored = [(len(place.words & p.words) / len(place.words) if place.words else 0.0, p) for p in others]
    best = max((score for score, _ in scored), default=0.0)
    least = PART_ALIKE if place.figure is None else ALIKE
    return [p for score, p in scored if score >= max(best - NEARLY, least)]


def _own_title(evidence: Evidence) -> list[str]:
    """The title that the clause's part of its document is about."""
    title = evidence.document.titles.get(evidence.clause.eid.partition("__")[0])
    return [title] if title else []


def _places_of(evidence: Evidence) -> list[Place]:
    clause = evidence.clause
    default = frozenset(_own_title(evidence) or titles_in(clause.heading))
    texts = [clause.digest, evidence.original or "", *(qa.answer for qa in clause.questions)]
    found = [place for text in texts for place in places(text)]
    return [p if p.titles else replace(p, titles=default) for p in found]


@lru_cache(maxsize=2048)
def places(text: str) -> tuple[Place, ...]:
    """The figures and the parts of ``text``. A part is said of the titles named in it, or else of those named last
    before it in its sentence; a short one ("不得申报") is read with the part before it."""
    found: list[Place] = []
    for sentence in SENTENCES.split(text):
        titles: frozenset[str] = frozenset()
        before: frozenset[str] = frozenset()
        start = 0
        for part in PARTS.split(sentence):
            titles = frozenset(titles_in(part)) or titles
            for q in figures(part):
                around = sentence[max(0, start + q.start - BEFORE) : start + q.start] + part[q.end : q.end + AFTER]
                found.append(Place(_words(around), titles, q, bound(q, part)))
            own = _words(part)
            words = own if len(own) >= LEAST_WORDS else before | own
            if own and len(words) >= LEAST_WORDS:
                found.append(Place(words, titles, denies=bool(DENIAL.search(HARMLESS.sub("", part))), own=own))
            before = own
            start += len(part)
    return tuple(found)


def _words(text: str) -> frozenset[str]:
    """The words of a text without titles, figures, bounds and denials, which are compared by themselves."""
    bare = BOUNDS.sub("　", without_figures(without_titles(text)))
    return bigrams(DENIAL.sub("", MODAL.sub("", bare)))
