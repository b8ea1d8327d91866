"""Question → ranked targets. Place and date filter first; then the titles named in the question, the kind of answer
it wants, the status of the clause and the time asked about move what search found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.policy.history import asks_of_now, asks_of_then, present_first
from assistant.policy.holding import clause_that_says
from assistant.policy.moves import group_asked, move
from assistant.policy.named import with_its_province, with_its_standing, without_round
from assistant.policy.question import (
    ASKS_VALIDITY,
    Question,
    asking_part,
    compares,
    halves,
    numbered,
    without_document,
    without_place,
)
from assistant.policy.sides import SIDE_SHARE, sides, then_and_now, topic_ahead
from assistant.policy.standing import displacing_first
from assistant.policy.targets import group, part_title
from assistant.policy.unknown import unknown_name
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.places import COUNTRY, chain, find_places, without_names
from corpus.quantities import undated
from corpus.synonyms import formal
from indexing.search import Hit, Searcher

POOL = 20
"""So many of the search's targets are looked at more closely; with 24 or 40 of them the same gold questions are right."""
HOW_LONG = "施行日期和有效期"
"""What the clause is called that says how long a document holds."""
LEAST_SIDE = 0.3
NOW_SURE = 0.40
"""Below this score the present side of then and now is looked for by the matter of the clause of then."""
CONTEXT, CONTEXT_GROUP = 0.5, 0.2
"""Share of the ranking that takes the thread's previous question along, for a message that leans on it."""


@dataclass(frozen=True)
class Ranking:
    """The best targets, best first; for a comparison also the best clause of each side. ``unknown``: what the question names
    that no document speaks of."""

    hits: list[Hit]
    sides: list[Hit] = field(default_factory=list)
    unknown: str = ""


def retrieve(question: Question, searcher: Searcher, corpus: Corpus, k: int = 12) -> Ranking:
    """Rank targets for a question; empty when nothing of the place matches."""
    hits = _rank(question, searcher, corpus, k)
    if (says := clause_that_says(question, corpus)) is not None:
        known = next((h for h in hits if h.target == says.target), says)
        first = replace(known, score=max(says.score, hits[0].score if hits else 0.0))
        return Ranking([first, *(h for h in hits if h.target != says.target)])
    if name := unknown_name(question, searcher.knows):
        return Ranking(hits, unknown=name)
    if not (compares(question) or (asks_of_then(question) and asks_of_now(question))):
        return Ranking(hits)
    found = sides(question, hits, corpus)
    if len(found) == 2 and then_and_now(question) and found[1].score < NOW_SURE:
        found = [found[0], _now_of(found[0], question, searcher, corpus, k) or found[1]]
    for a, b in [] if found else halves(question.text):
        best = [_first_clause(_rank(_part(question, text), searcher, corpus, k)) for text in (a, b)]
        found = [h for h in best if h and hits and h.score >= max(SIDE_SHARE * hits[0].score, LEAST_SIDE)]
        if hits and hits[0].kind == "topic":
            found = []
    if len({h.target for h in found}) < 2 or topic_ahead(question, hits, found, corpus):
        return Ranking(hits)
    return Ranking(hits, found)


def _now_of(then: Hit, question: Question, searcher: Searcher, corpus: Corpus, k: int) -> Hit | None:
    """What holds now of the matter of a historical clause, for a question that does not name the matter itself."""
    qa = group(corpus, then)
    if qa is None:
        return None
    matter = without_names(qa.ask[0], find_places(qa.ask[0]))
    hits = _rank(replace(_part(question, matter), place=COUNTRY), searcher, corpus, k)
    present = [h for h in hits if h.kind == "clause" and not corpus.document_of(h.target).historical]
    return next((h for h in present if not question.titles or part_title(h.target, corpus) in question.titles), None)


def _part(question: Question, text: str) -> Question:
    return replace(question, text=text, titles=tuple(titles_in(text)), context="")


def _first_clause(hits: Sequence[Hit]) -> Hit | None:
    return next((h for h in hits if h.kind == "clause"), None)


def _rank(question: Question, searcher: Searcher, corpus: Corpus, k: int) -> list[Hit]:
    places = [*chain(question.place), *with_its_province(question.place, question.text)]
    day = question.as_of if question.past else None
    bare = without_place(without_document(without_round(question.text), corpus), corpus)
    bare = undated(bare) if asks_of_then(question) else bare
    pool = max(POOL, k)
    hits = searcher.search(bare, k=pool, places=places, as_of=day)
    if (put_formally := with_its_standing(formal(bare), question)) != bare:
        hits = _best_of(hits, searcher.search(put_formally, k=pool, places=places, as_of=day))
    if ASKS_VALIDITY.search(question.text) and numbered(question.text, corpus):
        hits = _best_of(hits, searcher.search(f"{bare} {HOW_LONG}", k=pool, places=places, as_of=day))
    if (asking := asking_part(question.text)) != question.text:
        hits = _best_of(hits, searcher.search(asking, k=pool, places=places, as_of=day))
    if question.context:
        joined = searcher.search(f"{question.context} {question.text}", k=pool, places=places, as_of=day)
        hits = _merge(hits, joined)
    possible = [h for h in hits if h.kind != "gap" or _possible_gap(h, question, corpus)]
    chosen = [replace(h, question=group_asked(h, question, corpus)) for h in possible]
    moved = [replace(h, score=h.score + move(h, question, corpus)) for h in chosen]
    ranked = present_first(sorted(moved, key=lambda h: -h.score), question, corpus)
    return displacing_first(ranked, question, corpus)[:k]


def _possible_gap(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question has the words, or the place, without which it cannot be about this gap."""
    gap = corpus.gaps[hit.target.partition(":")[2]]
    here = question.place == COUNTRY or any(p in corpus.places_now for p in chain(question.place)[:-1])
    wider = chain(question.place)
    resting = [corpus.document_of(ref).place for point in gap.nearest for ref in point.refs]
    if question.place in corpus.places_then and resting and not any(place in wider for place in resting):
        return False
    return not (gap.elsewhere and here) and (gap.needs is None or bool(re.search(gap.needs, question.text)))


def _best_of(spoken: Sequence[Hit], written: Sequence[Hit]) -> list[Hit]:
    """The better of two wordings of the same question, for each target."""
    best = {h.target: h for h in spoken}
    for hit in written:
        other = best.get(hit.target, hit)
        groups = {g: max(hit.groups.get(g, 0.0), other.groups.get(g, 0.0)) for g in {*hit.groups, *other.groups}}
        better = max(hit, other, key=lambda h: h.score)
        matter = max(h.features.get("matter", 0.0) for h in (hit, other))
        best[hit.target] = replace(better, groups=groups, features=better.features | {"matter": matter})
    return sorted(best.values(), key=lambda h: -h.score)


def _merge(alone: Sequence[Hit], joined: Sequence[Hit]) -> list[Hit]:
    """Weighted sum of the ranking of a message and that of the message with its context."""
    by_target = {h.target: h for h in joined}
    found = []
    for hit in alone:
        other = by_target.pop(hit.target, replace(hit, score=0.0, groups={}))
        groups = {g: s + CONTEXT_GROUP * other.groups.get(g, 0.0) for g, s in hit.groups.items()}
        found.append(replace(hit, score=(1 - CONTEXT) * hit.score + CONTEXT * other.score, groups=groups))
    found += [replace(h, score=CONTEXT * h.score) for h in by_target.values()]
    return found
