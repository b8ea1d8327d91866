"""Is a question one that a curated answer is for? Only the same question in other words is: the same place, titles,
figures, sense and direction, most of its words, and search has to find the same clause and matter for both.

The thresholds were chosen on the gold questions: with every one of them as a curated question, no gold question about
something else matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.policy.history import EARLIER, ROUND
from assistant.policy.question import WANTS, Question
from assistant.policy.retrieve import retrieve
from assistant.understanding.followup import POLITE
from assistant.understanding.spelling import spelled
from assistant.understanding.titles import titles_in
from assistant.understanding.where import without_places
from corpus.places import lies_within
from corpus.support import figures
from corpus.synonyms import formal
from indexing.errors import IndexingError
from indexing.grams import bigrams

if TYPE_CHECKING:
    from corpus.load import Corpus
    from indexing.search import Searcher

SAME_WORDS, SAME_MEANING = 0.42, 0.75
FEWER_WORDS, NEARER_MEANING, SURE = 0.35, 0.80, 0.75
"""Fewer words in common will do where the meaning is nearer and search is sure of the question beside the clause."""
TONE = re.compile(r"[，。？！、：；,.?!:;~…\s“”\"'‘’（）()《》]|请问|麻烦|[呢啊吧呀哦嘛哈啦的了]|吗|么$")
EITHER = re.compile(
    r"(.)[不没]\1|有没有|是不是|能不能|需不需要|可不可以|符不符合|不[能得]?(?:超过|低于|少于|高于|大于)"
)
NOT = re.compile(r"[不没未无非别]")
SENSES = {
    "low": re.compile(r"最低|至少|最少|不[能得]?(?:低于|少于)|下限|底线|以上"),
    "high": re.compile(r"最高|最多|上限|不[能得]?(?:超过|高于|大于)|封顶|以下"),
    "first": re.compile(r"首次|第一次|初次|新报"),
    "review": re.compile(r"复核|到期|续"),
    "before": re.compile(r"之前|以前|老|旧|原来"),
    "after": re.compile(r"之后|以后|新"),
}
OPPOSED = (("low", "high"), ("first", "review"), ("before", "after"))


@dataclass(frozen=True)
class Asked:
    """What two questions are compared by: ``plain`` without politeness, place and signs, in the documents' words."""

    plain: str
    terms: frozenset[str]
    guards: tuple[object, ...]
    senses: frozenset[str]


@lru_cache(maxsize=4096)
def asked(text: str) -> Asked:
    """The question as it is compared."""
    said = spelled(text)
    plain = TONE.sub("", formal(without_places(POLITE.sub("", said) or said)))
    wants = frozenset(name for name, pattern in WANTS.items() if pattern.search(said))
    sums = tuple(sorted((q.kind, str(q.value)) for q in figures(said)))
    denied = bool(NOT.search(EITHER.sub("", said)))
    then = (bool(EARLIER.search(said)), tuple(ROUND.findall(said)))
    guards = (tuple(sorted(titles_in(said))), sums, tuple(lies_within(said)), wants, denied, then)
    senses = frozenset(name for name, pattern in SENSES.items() if pattern.search(said))
    return Asked(plain, frozenset(bigrams(plain)), guards, senses)


def alike(a: Asked, b: Asked) -> float:
    """1 for the same wording; else the share of terms in common, 0 where figures, titles, denial or direction differ."""
    if a.plain == b.plain and a.guards[1] == b.guards[1]:
        return 1.0
    if (
        a.guards != b.guards
        or a.terms.isdisjoint(b.terms)
        or any(
            (one in a.senses and other in b.senses) or (other in a.senses and one in b.senses) for one, other in OPPOSED
        )
    ):
        return 0.0
    return len(a.terms & b.terms) / len(a.terms | b.terms)


def matches(
    question: Question, entries: Sequence[tuple[str, Sequence[str]]], searcher: Searcher, corpus: Corpus
) -> Iterator[tuple[str, str]]:
    """Of ``entries`` (id and wordings of curated answers for the place) those for the same question, each with the
    wording that matched, the most alike first."""
    said = asked(question.text)
    scored = [(alike(said, asked(wording)), name, wording) for name, wordings in entries for wording in wordings]
    near = sorted((found for found in scored if found[0] >= FEWER_WORDS), key=lambda found: -found[0])
    for score, name, wording in near:
        if score == 1.0 or _same_matter(question, wording, score, searcher, corpus):
            yield name, wording


def _same_matter(question: Question, wording: str, score: float, searcher: Searcher, corpus: Corpus) -> bool:
    """Whether both mean nearly the same and search leads them to the same clause and the same question beside it."""
    if searcher.embedding is None:
        return False
    try:
        one, two = (searcher.embedding.embed_query(text) for text in (question.text, wording))
    except IndexingError:
        return False
    few = score < SAME_WORDS
    if sum(a * b for a, b in zip(one, two, strict=True)) < (NEARER_MEANING if few else SAME_MEANING):
        return False
    other = replace(question, text=wording, titles=tuple(titles_in(wording)))
    best = [hit for q in (question, other) for hit in retrieve(q, searcher, corpus, k=1).hits]
    if len(best) < 2 or (best[0].target, best[0].question) != (best[1].target, best[1].question):
        return False
    sure = all(hit.question >= 0 and hit.groups.get(hit.question, 0.0) >= SURE for hit in best)
    return sure or not few
