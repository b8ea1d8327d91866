"""What a target is to the titles and the time asked about: of other titles only, or of an earlier time."""

from __future__ import annotations

from assistant.policy.question import Question
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import Clause
from indexing.search import Hit

OF_HIGHER_TITLES, OF_THE_PAST = -0.12, -0.12
LOWER = {"创新型", "科技型"}


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
