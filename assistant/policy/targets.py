"""What a search hit is, seen with the corpus: the question group it matched, the titles it speaks of, what it states."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.policy.question import QUOTA, THINGS, Question
from assistant.understanding.titles import first_named, titles_in
from corpus.load import Corpus
from corpus.models import QA, Document, split_ref
from corpus.places import lies_within
from corpus.support import figures
from indexing.search import Hit

OF_MONEY = re.compile(r"补|奖|贴|资助|扶持|支持|资金|经费|费|[万亿]元|担保|贷|优惠|减免|额度|钱|财政")


def group(corpus: Corpus, hit: Hit) -> QA | None:
    """The question group that a hit matched best."""
    return group_of(corpus, hit, hit.question)


def group_of(corpus: Corpus, hit: Hit, number: int) -> QA | None:
    """A question group of a hit's target by its number; None for gaps, and where it is below 0."""
    if number < 0:
        return None
    if hit.kind == "topic":
        return corpus.topics[hit.target.partition(":")[2]].questions[number]
    if hit.kind == "clause" and hit.target in corpus.clauses:
        return corpus.clauses[hit.target].questions[number]
    return None


def document_of(hit: Hit, corpus: Corpus) -> Document | None:
    """The document of a clause; None for topics and gaps."""
    return corpus.document_of(hit.target) if hit.target in corpus.clauses else None


def part_title(ref: str, corpus: Corpus) -> str | None:
    """The title that the part of a document (an annex) is about, in which a clause stands."""
    document, eid = split_ref(ref)
    known = corpus.documents.get(document)
    return known.titles.get(eid.partition("__")[0]) if known else None


def about(hit: Hit, corpus: Corpus) -> set[str]:
    """The titles that a hit speaks of: by the part of the document, else by what its question group asks."""
    if title := part_title(hit.target, corpus):
        return {title}
    qa = group(corpus, hit)
    if qa is None:
        return set()
    return set(titles_in(" ".join([*qa.ask, qa.answer])))


def first_title(hit: Hit, corpus: Corpus) -> str | None:
    """The title that a clause is about first of all."""
    own = about(hit, corpus)
    if len(own) == 1:
        return next(iter(own))
    qa = group(corpus, hit)
    return first_named(qa.answer) if qa else None


def lacks_thing(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question asks for a thing (a list, a telephone number, the quota of a city…) that the target does not
    speak of."""
    things, quota_of = _things_asked(question.text)
    if not (things or quota_of):
        return False
    clause = corpus.clauses.get(hit.target)
    said = f"{clause.digest} {clause.heading}" if clause else topic_text(hit, corpus)
    if any(not re.search(thing, said) for thing in things):
        return True
    return bool(quota_of) and not any(name in said for name in quota_of)


@lru_cache(maxsize=512)
def _things_asked(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The things that a question asks for, as patterns, and the places whose quota it asks for."""
    quota_of = tuple(lies_within(text)) if QUOTA.search(text) else ()
    return tuple(thing for thing, asks in THINGS.items() if asks.search(text)), quota_of


def topic_text(hit: Hit, corpus: Corpus) -> str:
    """Points and short answers of a topic; empty for anything else."""
    topic = corpus.topics.get(hit.target.partition(":")[2])
    return " ".join([p.text for p in topic.points] + [qa.answer for qa in topic.questions]) if topic else ""


def states_sum(hit: Hit, corpus: Corpus) -> bool:
    """Whether a clause or topic states an amount of money or a share."""
    clause = corpus.clauses.get(hit.target)
    text = clause.digest if clause else topic_text(hit, corpus)
    return any(q.kind in ("money", "percent") for q in figures(text))


def speaks_of_money(hit: Hit, corpus: Corpus) -> bool:
    """Whether what a hit answers has to do with money."""
    qa, clause = group(corpus, hit), corpus.clauses.get(hit.target)
    said = f"{qa.answer if qa else ''} {clause.heading if clause else ''}"
    return qa is None or bool(OF_MONEY.search(said))


def said_by(hit: Hit, corpus: Corpus) -> str:
    """Heading, digest and terms of a clause."""
    clause = corpus.clauses[hit.target]
    return f"{clause.heading} {clause.digest} {' '.join(clause.terms)}"
