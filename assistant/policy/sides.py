"""Comparisons: two things set side by side, each answered from its own clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.history import asks_of_now, asks_of_then
from assistant.policy.named import of_other_programme
from assistant.policy.question import (
    ASKS_VALIDITY,
    CITY_SIDE,
    COMPARES,
    COUNTRY_SIDE,
    SIDES,
    TIERS,
    Question,
    without_document,
)
from assistant.policy.targets import about, first_title, part_title, said_by
from assistant.understanding.titles import without_titles
from corpus.load import Corpus
from corpus.synonyms import formal
from indexing.grams import bigrams
from indexing.search import Hit

COMMON = re.compile(r"要求|条件|标准|规定|企业|什么|有|是|的|和|在|上|方面|这块|哪|谁|多少|请问|一下")
TOPIC_AHEAD, SIDE_SHARE, STANDARD_SHARE = 0.06, 0.5, 0.8


def sides(question: Question, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The best clause of each of the two titles, or of country and city; empty when the question has neither."""
    clauses = [h for h in hits if h.kind == "clause" and h.target in corpus.clauses]
    if len(set(question.titles)) == 2 or (not question.titles and TIERS.search(question.text)):
        titles = sorted(set(question.titles)) or _tiers(corpus)
        clauses = _of_the_matter(question, clauses, corpus)
        found = [next((h for h in clauses if first_title(h, corpus) == title), None) for title in titles]
    elif COUNTRY_SIDE.search(question.text) and CITY_SIDE.search(question.text):
        found = [
            next((h for h in clauses if corpus.document_of(h.target).level == level), None)
            for level in ("national", "province")
        ]
    elif then_and_now(question):
        clauses = [h for h in clauses if not of_other_programme(h, question, corpus)]
        matter = _of_the_matter(question, clauses, corpus)
        found = [_then(matter, corpus) or _then(clauses, corpus), _now(matter, clauses, question, corpus)]
    else:
        return []
    both = [h for h in found if h]
    return both if len(both) == 2 and min(h.score for h in both) >= SIDE_SHARE * hits[0].score else []


def then_and_now(question: Question) -> bool:
    """Whether an earlier time and the present are set side by side."""
    return asks_of_then(question) and asks_of_now(question) and not ASKS_VALIDITY.search(question.text)


def _then(hits: Sequence[Hit], corpus: Corpus) -> Hit | None:
    return next((h for h in hits if corpus.document_of(h.target).historical), None)


def _now(matter: Sequence[Hit], clauses: Sequence[Hit], question: Question, corpus: Corpus) -> Hit | None:
    """The best clause of the present: one of the part about the title asked about, where that is nearly as good."""
    present, near = ([h for h in hits if not corpus.document_of(h.target).historical] for hits in (clauses, matter))
    of_title = next((h for h in present if part_title(h.target, corpus) in question.titles), None)
    first = near[0] if near else None
    if of_title and first and of_title.score >= STANDARD_SHARE * first.score:
        return of_title
    return first


def _of_the_matter(question: Question, clauses: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """Only clauses that speak of what is compared: of "R&D" in "how do the two differ in R&D"."""
    text = formal(without_document(without_titles(question.text), corpus))
    matter = bigrams(COMMON.sub("", COMPARES.sub("", SIDES.sub("", text))))
    said = {h.target: len(matter & bigrams(said_by(h, corpus))) for h in clauses}
    most = max(said.values(), default=0)
    return [h for h in clauses if 2 * said[h.target] >= most] if most else list(clauses)


def topic_ahead(question: Question, hits: Sequence[Hit], found: Sequence[Hit], corpus: Corpus) -> bool:
    """Whether a topic that speaks of all that is compared answers clearly better than the two clauses."""
    wanted = set(question.titles)
    topic = next((h.score for h in hits if h.kind == "topic" and wanted <= about(h, corpus)), 0.0)
    return topic > max(h.score for h in found) + TOPIC_AHEAD


def _tiers(corpus: Corpus) -> list[str]:
    """The titles that parts of the documents are about."""
    return [title for document in corpus.documents.values() for title in document.titles.values()]
