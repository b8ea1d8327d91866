"""What a target is to the titles and the time asked about: of other titles only, or of an earlier time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.question import CITY_SIDE, Question, compares
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import Clause
from indexing.search import Hit

OF_HIGHER_TITLES, OF_THE_PAST = -0.12, -0.12
LOWER = {"创新型", "科技型"}
STILL_NEAR = 0.75
"""What now holds comes before what it displaced when it reaches this share of the best score."""
TAKES_OVER = re.compile(r"改看|先看|改按|为准|单独办")


def standing_move(hit: Hit, question: Question, corpus: Corpus, *, of_then: bool) -> float:
    """How that moves the score of a hit; ``of_then``: the question is about an earlier time."""
    if hit.kind == "topic":
        topic = corpus.topics[hit.target.partition(":")[2]]
        past = any(corpus.document_of(ref).historical for ref in topic.refs)
        return OF_THE_PAST if past and not of_then else 0.0
    clause = corpus.clauses.get(hit.target)
    if clause is None or not question.titles:
        return 0.0
    return OF_HIGHER_TITLES if _of_higher_titles(clause, question) else 0.0


def _of_higher_titles(clause: Clause, question: Question) -> bool:
    """Whether a clause names titles, and none as low as those asked about."""
    named = set(titles_in(clause.digest))
    return set(question.titles) <= LOWER and bool(named) and not named & LOWER


def displacing_first(hits: Sequence[Hit], question: Question, corpus: Corpus) -> list[Hit]:
    """The ranking with the clause that now decides for the titles asked about before the one that it displaced for them,
    unless the question names the older paper or sets the two side by side."""
    clause = corpus.clauses.get(hits[0].target) if hits else None
    if clause is None or question.past or CITY_SIDE.search(question.text) or compares(question):
        return list(hits)
    deciding = {
        d.by
        for d in clause.displaced
        if d.from_ <= question.as_of
        and TAKES_OVER.search(head := d.scope.partition("；")[0])
        and set(titles_in(head)) & set(question.titles)
    }
    now = next((h for h in hits if h.target in deciding and h.score >= STILL_NEAR * hits[0].score), None)
    return [now, *(h for h in hits if h is not now)] if now else list(hits)
