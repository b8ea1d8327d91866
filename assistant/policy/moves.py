"""What moves a hit's score beyond the search's own features: titles, names, kinds of answer, status."""

from __future__ import annotations

from assistant.policy.history import history_move, present_move
from assistant.policy.question import (
    ASKS_FIGURE,
    ASKS_VALIDITY,
    HOLDS,
    LABELS,
    OPEN_QUESTION,
    SILENT,
    SUM,
    WANTS,
    Question,
    compares,
    documents_named,
    numbered,
)
from assistant.policy.targets import about, group_of, lacks_thing, part_title, states_sum, topic_text
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.places import COUNTRY, find_places
from corpus.support import figures, unsupported
from corpus.validity import validity
from indexing.search import Hit

# How much each observation moves a score (0 to about 1); see docs/evaluation.md for the run that chose them.
OTHER_TITLE = -0.12
OTHER_ANNEX = -0.22
SAME_TITLE = 0.02
WANTED_KIND = 0.03
NOT_IN_FORCE = -0.06
NARROWER = 0.02
GIVES_FIGURE, ONLY_SILENT, NAMES_PLACE, NAMES_TITLE = 0.08, -0.15, 0.10, 0.03
KNOWN_GAP = 0.05
OTHER_GAP = 0.0
MONEY_GAP = -0.08
ELSEWHERE = -0.15
OF_ITS_VALIDITY, LEAD = 0.10, 60
"""Of a clause that begins with how long its document holds, in characters of the digest."""
NO_SUM = -0.08
TOPIC = -0.05
COMPARED_TOPIC = 0.05
NAMED_DOCUMENT = 0.08
OTHER_DOCUMENT = -0.05
OTHER_NUMBER = -0.25
"""Where a document is named by its number, which leaves no doubt."""
NAMED_LABEL = 0.30
NAMED_FIGURE = 0.06
NOT_THERE = -0.15
MEANS = {"amount": {"amount", "ratio"}, "deadline": {"deadline", "period", "date"}, "count": {"count"}}


def move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """By how much everything but the search's own features moves the score of a hit."""
    moves = _title_move(hit, question, corpus) + _named_move(hit, question, corpus)
    if hit.kind == "gap":
        gap = corpus.gaps[hit.target.partition(":")[2]]
        moves += ELSEWHERE if gap.elsewhere and question.place in corpus.places_then else 0.0
        of_money = 2 * sum(bool(SUM.search(ask)) for ask in gap.ask) > len(gap.ask)
        asked_sum = bool(SUM.search(question.text))
        known = (of_money and asked_sum) or any(t in question.text for t in gap.terms)
        moves += MONEY_GAP if of_money and not asked_sum else KNOWN_GAP if known else OTHER_GAP
    elif hit.kind == "topic":
        moves += (COMPARED_TOPIC if compares(question) else TOPIC) + present_move(question)
    elif hit.target in corpus.clauses:
        kinds = {fact.kind for fact in corpus.clauses[hit.target].facts}
        moves += sum(
            WANTED_KIND for want, words in WANTS.items() if words.search(question.text) and kinds & MEANS[want]
        )
        document = corpus.document_of(hit.target)
        if document.historical:
            moves += history_move(hit, document, question, corpus)
        else:
            in_force = validity(hit.target, question.as_of, corpus).state == "in_force"
            moves += present_move(question) if in_force else NOT_IN_FORCE
        if document.place not in (COUNTRY, question.place):
            moves += NARROWER
    if hit.kind != "gap" and SUM.search(question.text) and not states_sum(hit, corpus):
        moves += NO_SUM
    return moves


def _title_move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """A question about one title is not answered by what is said of another."""
    own = about(hit, corpus)
    if not question.titles or not own:
        return 0.0
    if own & set(question.titles):
        return SAME_TITLE
    return OTHER_ANNEX if part_title(hit.target, corpus) else OTHER_TITLE


def _named_move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """What the question names exactly: a document, an article, a figure."""
    if hit.kind == "gap":
        return 0.0
    clause = corpus.clauses.get(hit.target)
    moves = NOT_THERE if lacks_thing(hit, question, corpus) else 0.0
    document = corpus.document_of(hit.target) if clause else None
    named = documents_named(question.text, corpus)
    if document and named:
        by_number = bool(numbered(question.text, corpus))
        moves += NAMED_DOCUMENT if document.id in named else OTHER_NUMBER if by_number else OTHER_DOCUMENT
    labels = LABELS.findall(question.text)
    if clause and clause.label in labels and (not named or (document and document.id in named)):
        moves += NAMED_LABEL
    if clause and ASKS_VALIDITY.search(question.text) and HOLDS.search(clause.heading + clause.digest[:LEAD]):
        moves += OF_ITS_VALIDITY
    asked = [q for q in figures(question.text) if q.kind in ("money", "percent", "date", "months", "points")]
    if asked:
        text = clause.digest if clause else topic_text(hit, corpus)
        missing = unsupported(question.text, [text])
        moves += NAMED_FIGURE * (len(asked) - len([q for q in missing if q.kind == asked[0].kind])) / len(asked)
    return moves


def group_asked(hit: Hit, question: Question, corpus: Corpus) -> int:
    """The question group of a hit that fits best: by words and meaning, then by whether it gives the figure asked
    for, and speaks of the place and the titles named."""
    if not hit.groups or hit.kind == "gap":
        return hit.question
    wants_figure = bool(ASKS_FIGURE.search(question.text)) and not OPEN_QUESTION.search(question.text)
    places = [p for p in find_places(question.text) if p != COUNTRY]
    if not (wants_figure or places or question.titles):
        return max(hit.groups, key=lambda number: hit.groups[number])

    def fit(number: int) -> float:
        qa = group_of(corpus, hit, number)
        if qa is None:
            return hit.groups[number]
        score = hit.groups[number]
        if wants_figure:
            score += GIVES_FIGURE if figures(qa.answer) else 0.0
            score += ONLY_SILENT if SILENT.search(qa.answer) and not figures(qa.answer) else 0.0
        text = " ".join([*qa.ask, qa.answer])
        score += NAMES_PLACE if places and set(find_places(text)) & set(places) else 0.0
        score += NAMES_TITLE if set(titles_in(text)) & set(question.titles) else 0.0
        return score

    return max(hit.groups, key=fit)
