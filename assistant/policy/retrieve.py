"""Question → ranked targets. Place and date filter first; then the titles named in the question, the kind of answer
it wants and the status of the clause move what search found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import QA
from corpus.places import chain
from corpus.validity import validity
from indexing.search import Hit, Searcher

# How much each observation moves a score (0 to about 1); see docs/evaluation.md for the run that chose them.
OTHER_TITLE = -0.12
SAME_TITLE = 0.02
WANTED_KIND = 0.03
NOT_IN_FORCE = -0.06
NARROWER = 0.02
KNOWN_GAP = 0.04
CONTEXT = 0.35
"""Share of the ranking that takes the thread's previous question along, for a message that leans on it."""
WANTS = {
    "amount": re.compile(r"多少钱|补多少|奖多少|给多少|能拿多少|最高|补贴|奖励|补助|报销|额度"),
    "deadline": re.compile(r"什么时候|几月|几号|哪天|最晚|最迟|截止|多久|期限|几天|几个月|啥时候|到期"),
    "count": re.compile(r"几个|几项|几条|多少个|多少项"),
}
MEANS = {"amount": {"amount", "ratio"}, "deadline": {"deadline", "period", "date"}, "count": {"count"}}


@dataclass(frozen=True)
class Question:
    """A question as the search sees it: standing alone, for a place and a day, about these titles. ``context`` is
    the previous question where the message leans on it; ``past`` limits the search to what was in
    force on the day."""

    text: str
    place: str
    as_of: date
    titles: tuple[str, ...] = ()
    context: str = ""
    past: bool = False


def group(corpus: Corpus, hit: Hit) -> QA | None:
    """The question group that a hit matched best."""
    if hit.question < 0:
        return None
    name = hit.target.partition(":")[2]
    if hit.kind == "topic":
        return corpus.topics[name].questions[hit.question]
    if hit.kind == "clause" and hit.target in corpus.clauses:
        return corpus.clauses[hit.target].questions[hit.question]
    return None


def retrieve(question: Question, searcher: Searcher, corpus: Corpus, k: int = 12) -> list[Hit]:
    """The ``k`` best targets for a question, best first; empty when nothing of the place matches."""
    places, day = chain(question.place), question.as_of if question.past else None
    hits = searcher.search(question.text, k=40, places=places, as_of=day)
    if question.context:
        joined = searcher.search(f"{question.context} {question.text}", k=40, places=places, as_of=day)
        hits = _merge(hits, joined)
    moved = [replace(h, score=h.score + _move(h, question, corpus)) for h in hits]
    return sorted(moved, key=lambda h: -h.score)[:k]


def _merge(alone: Sequence[Hit], joined: Sequence[Hit]) -> list[Hit]:
    """Weighted sum of the ranking of a message and that of the message with its context."""
    by_target = {h.target: h for h in joined}
    found = []
    for hit in alone:
        other = by_target.pop(hit.target, None)
        found.append(replace(hit, score=(1 - CONTEXT) * hit.score + CONTEXT * (other.score if other else 0.0)))
    found += [replace(h, score=CONTEXT * h.score) for h in by_target.values()]
    return found


def _move(hit: Hit, question: Question, corpus: Corpus) -> float:
    moves = _title_move(hit, question.titles, corpus) + (KNOWN_GAP if hit.kind == "gap" else 0.0)
    if hit.kind == "clause":
        clause = corpus.clauses.get(hit.target)
        kinds = {fact.kind for fact in clause.facts} if clause else set()
        moves += sum(WANTED_KIND for want, pattern in WANTS.items() if pattern.search(question.text) and kinds & MEANS[want])
        if validity(hit.target, question.as_of, corpus).state != "in_force":
            moves += NOT_IN_FORCE
        if corpus.document_of(hit.target).place not in ("国家", question.place):
            moves += NARROWER
    return moves


def _title_move(hit: Hit, wanted: Sequence[str], corpus: Corpus) -> float:
    """A question about one title is not answered by what is said of another."""
    if not wanted:
        return 0.0
    qa = group(corpus, hit)
    if qa is None:
        return 0.0
    own = set(titles_in(" ".join([*qa.ask, qa.answer])))
    if not own:
        return 0.0
    if own & set(wanted):
        return SAME_TITLE
    return OTHER_TITLE
