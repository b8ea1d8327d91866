"""What moves a hit's score beyond the search's own features: titles, names, kinds of answer, status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.policy.asked_side import sides_asked, sides_of
from assistant.policy.history import asks_of_now, asks_of_then, history_move, only_then, present_move
from assistant.policy.named import (
    of_money_programme,
    of_other_level,
    of_other_programme,
    of_other_section,
    of_paper_named,
    of_place_alone,
    programmes,
    with_its_province,
    without_round,
)
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
    kind_asked,
    numbered,
)
from assistant.policy.standing import standing_move
from assistant.policy.targets import about, group_of, lacks_thing, part_title, states_sum, topic_text
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import QA
from corpus.places import COUNTRY, chain, find_places
from corpus.quantities import Quantity
from corpus.support import figures, unsupported
from corpus.synonyms import formal
from corpus.validity import validity
from indexing.grams import bigrams, grams, matter_of
from indexing.search import Hit

# How much each observation moves a score (0 to about 1); see docs/evaluation.md for the run that chose them.
OTHER_TITLE = -0.12
OTHER_ANNEX = -0.22
SAME_TITLE = 0.02
WANTED_KIND = 0.03
NOT_IN_FORCE = -0.06
NARROWER = 0.02
BESIDE_THE_MATTER = -0.12
OF_THE_MATTER = 0.25
"""Of a question group that says all that the question is about."""
GIVES_FIGURE, ONLY_SILENT, NAMES_PLACE, NAMES_TITLE = 0.08, -0.15, 0.10, 0.03
KNOWN_GAP = 0.05
PROGRAMME_GAP, ASKS_STANDARD = 0.10, re.compile(r"才算|条件|标准|门槛|认定|怎么评|要求")
"""Of what is known to be missing about the very programme whose standard is asked for: clauses only mention it."""
OTHER_GAP = 0.0
MONEY_GAP = -0.08
ELSEWHERE = -0.15
OF_ITS_VALIDITY, LEAD = 0.10, 60
"""Of a clause that begins with how long its document holds, in characters of the digest."""
NO_SUM = -0.08
TOPIC = -0.04
COMPARED_TOPIC = 0.05
NAMED_DOCUMENT = 0.08
INTRODUCTION = -0.05
"""Of what a document is, where the question does not ask about the document itself."""
ASKS_OF_PAPER = re.compile(
    r"文号|几号文|哪[份个](?:文件|通知|办法)|谁(?:发|印发|出)|哪年|是什么|依据|按哪|看哪|什么文件|哪个部门发"
)
NAMED_PAPER = 0.04
"""Of a historical document whose kind is named (若干措施); its place may have several of a kind."""
OTHER_DOCUMENT = -0.05
OTHER_NUMBER = -0.25
"""Where a document is named by its number, which leaves no doubt."""
NAMED_LABEL = 0.30
OTHER_PROGRAMME = -0.10
NOT_OF_THAT_PLACE = -0.08
"""Of what is in force now, where the rules of a place are named that has only historical ones."""
OTHER_LEVEL, STATES_NAMED = -0.10, 0.10
ELSEWHERE_WRITTEN, POINTS = -0.05, re.compile(r"写在(?:附件|第)")
"""Of a question group that only says which other clause answers."""
LARGE = 10_000
"""A bare number from here on is a sum of money."""
SPEAKS_OF_BOTH = 0.08
"""Of a clause of a province that speaks of the city standing apart from it, where both are named."""
SAME_SIDE = 0.04
"""Of a question group that asks for the same side of the matter: who, where, for a review."""
NAMED_FIGURE = 0.06
NOT_THERE = -0.15
MEANS = {
    "amount": frozenset({"amount", "ratio"}),
    "deadline": frozenset({"deadline", "period", "date"}),
    "count": frozenset({"count"}),
}
COMPARED = {"money", "percent", "date", "months", "points"}
"""Kinds of figures of a question that a clause may state."""


def move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """By how much everything but the search's own features moves the score of a hit."""
    asked = _asked(question.text)
    moves = _title_move(hit, question, corpus) + _named_move(hit, question, corpus)
    moves += BESIDE_THE_MATTER if beside_the_matter(hit, question, corpus) else 0.0
    if hit.kind == "gap":
        gap = corpus.gaps[hit.target.partition(":")[2]]
        of_now = gap.elsewhere or (gap.place != question.place and only_then(question))
        moves += ELSEWHERE if of_now and question.place in corpus.places_then else 0.0
        of_money = 2 * sum(bool(SUM.search(ask)) for ask in gap.ask) > len(gap.ask)
        spoken = question.text.replace("级", "")
        known = (of_money and asked.sum) or any(t.replace("级", "") in spoken for t in gap.terms)
        moves += MONEY_GAP if of_money and not asked.sum else KNOWN_GAP if known else OTHER_GAP
        of_programme = programmes(question.text) & set(gap.terms) and ASKS_STANDARD.search(question.text)
        moves += PROGRAMME_GAP if of_programme else 0.0
    elif hit.kind == "topic":
        moves += (COMPARED_TOPIC if compares(question) else TOPIC) + present_move(question)
        moves += NOT_OF_THAT_PLACE if of_place_alone(question, corpus) and not asks_of_now(question) else 0.0
    elif hit.target in corpus.clauses:
        kinds = {fact.kind for fact in corpus.clauses[hit.target].facts}
        moves += sum(WANTED_KIND for wanted in asked.wanted if kinds & wanted)
        document = corpus.document_of(hit.target)
        if document.historical:
            moves += history_move(hit, document, question, corpus)
            about_paper = asked.validity or ASKS_OF_PAPER.search(question.text)
            moves += INTRODUCTION if hit.target.endswith("#intro") and not about_paper else 0.0
        else:
            in_force = validity(hit.target, question.as_of, corpus).state == "in_force"
            moves += present_move(question, document) if in_force else NOT_IN_FORCE
            of_there = of_place_alone(question, corpus) and not asks_of_now(question)
            moves += NOT_OF_THAT_PLACE if of_there else 0.0
        of_other = any(of(hit, question, corpus) for of in (of_other_programme, of_money_programme, of_other_section))
        moves += OTHER_PROGRAMME if of_other else 0.0
        if document.place not in (COUNTRY, question.place):
            moves += NARROWER
    if hit.kind == "clause" and (said := _said(corpus, hit.target, hit.kind, hit.question)) and said.points:
        moves += ELSEWHERE_WRITTEN
    if hit.kind != "gap" and asked.sum and not states_sum(hit, corpus):
        moves += NO_SUM
    return moves + standing_move(hit, question, corpus, of_then=asks_of_then(question))


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
        return NAMED_LABEL if _within_label(hit, question, corpus) else 0.0
    clause = corpus.clauses.get(hit.target)
    moves = NOT_THERE if lacks_thing(hit, question, corpus) else 0.0
    document = corpus.document_of(hit.target) if clause else None
    near = chain(question.place)
    named = {name for name in documents_named(question.text, corpus) if corpus.documents[name].place in near}
    if document and of_paper_named(document, question):
        moves += NAMED_PAPER
    if document and named:
        by_number = bool(numbered(question.text, corpus))
        moves += NAMED_DOCUMENT if document.id in named else OTHER_NUMBER if by_number else OTHER_DOCUMENT
    if clause and clause.label in _asked(question.text).labels and (not named or (document and document.id in named)):
        moves += NAMED_LABEL
    if clause and _asked(question.text).validity and HOLDS.search(clause.heading + clause.digest[:LEAD]):
        by_name = document is not None and document.id in numbered(question.text, corpus)
        moves += OF_ITS_VALIDITY + (NAMED_LABEL if by_name and HOLDS.search(clause.heading) else 0.0)
    if clause and with_its_province(question.place, question.text) and question.place in find_places(clause.digest):
        moves += SPEAKS_OF_BOTH
    asked = _asked(question.text).figures
    if asked:
        text = clause.digest if clause else topic_text(hit, corpus)
        missing = unsupported(without_round(question.text), [text])
        moves += NAMED_FIGURE * (len(asked) - len([q for q in missing if q.kind == asked[0].kind])) / len(asked)
    return moves


def _within_label(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question asks what a word of a clause that it names by its label means, and the gap is about that word: that
    the document does not explain it comes before the clause that has it."""
    labels = _asked(question.text).labels
    if not labels or not EXPLAINS.search(question.text):
        return False
    gap = corpus.gaps[hit.target.partition(":")[2]]
    named = any(term in question.text for term in gap.terms)
    resting = [corpus.clauses[ref].label for point in gap.nearest for ref in point.refs if ref in corpus.clauses]
    return named and any(label.startswith(asked) for label in resting for asked in labels)


EXPLAINS = re.compile(
    r"(?:具体|包括|指|都)?(?:是|有|包括|指|算)?(?:哪些|哪几|哪类|什么样|啥样|怎样的?|谁)[^，。？]{0,8}(?:算|才算|属于|合格|符合)?|名单|备案|算不算|怎么认定|如何认定|定义"
)
"""Asks what falls under a word."""


@dataclass(frozen=True)
class _Asked:
    """What a question asks for and names: whether a sum or a figure is wanted, and of what kind, whether it is about how long a
    document holds, what clauses may state of it, the labels, figures and places named, the sides asked for (who, where…), and
    the matter."""

    sum: bool
    validity: bool
    wanted: tuple[frozenset[str], ...]
    labels: tuple[str, ...]
    figures: tuple[Quantity, ...]
    figure: bool
    kind: str
    named: tuple[Quantity, ...]
    places: frozenset[str]
    sides: frozenset[str]
    matter: frozenset[str]


WHERE_WRITTEN = re.compile(
    r"(?:按照?|根据|依照|照)?(?:(?:20)?\d\d年?(?:版|度)?的?)(?:新|老|国家|全国|上海|市里|部里|那[个份]|这[个份]|的)*(?:办法|文件|细则|方案|规定|通知|措施)(?:里|上|中)?"
)
"""The paper and its year: where something is written, not what is asked."""


@lru_cache(maxsize=512)
def _asked(text: str) -> _Asked:
    bare = WHERE_WRITTEN.sub("", text)
    return _Asked(
        sum=bool(SUM.search(text)),
        validity=bool(ASKS_VALIDITY.search(text)),
        wanted=tuple(MEANS[want] for want, words in WANTS.items() if words.search(text)),
        labels=tuple(LABELS.findall(text)),
        figures=tuple(q for q in figures(without_round(text)) if q.kind in COMPARED),
        figure=bool(ASKS_FIGURE.search(text)) and not OPEN_QUESTION.search(text),
        kind=kind_asked(text),
        named=tuple(
            q
            for q in figures(text)
            if q.kind in ("money", "percent", "points") or (q.kind == "number" and q.value >= LARGE)
        ),
        places=frozenset(find_places(text)) - {COUNTRY},
        sides=frozenset(sides_asked(text)),
        matter=matter_of(bare) | matter_of(formal(bare)),
    )


@dataclass(frozen=True)
class _Said:
    """A question group: whether its answer gives a figure, or only says that there is none; the places and titles it names,
    the sides it asks for, the terms of its wordings and its answer, and those of its clause's heading, which all groups of the clause share."""

    qa: QA
    figure: bool
    kinds: frozenset[str]
    silent: bool
    points: bool
    places: frozenset[str]
    titles: frozenset[str]
    sides: frozenset[str]
    terms: frozenset[str]
    heading: frozenset[str]


@lru_cache(maxsize=8192)
def _said(corpus: Corpus, target: str, kind: str, number: int) -> _Said | None:
    qa = group_of(corpus, Hit(target, kind, 0.0, number), number)
    if qa is None:
        return None
    text = " ".join([*qa.ask, qa.answer])
    stated = figures(qa.answer)
    figure = bool(stated)
    return _Said(
        qa=qa,
        figure=figure,
        kinds=frozenset(q.kind for q in stated),
        silent=not figure and bool(SILENT.search(qa.answer)),
        points=bool(POINTS.search(qa.answer)),
        places=frozenset(find_places(text)),
        titles=frozenset(titles_in(text)),
        sides=sides_of(qa.ask),
        terms=frozenset(grams(text)),
        heading=bigrams(corpus.clauses[target].heading) if kind == "clause" else frozenset(),
    )


def beside_the_matter(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether neither a target nor its question group has a word of what the question is about, only of how it is put. A
    message that leans on the one before it may well name nothing."""
    matter = _asked(question.text).matter
    if not (matter and question.alone) or hit.features.get("matter", 0.0) > 0:
        return False
    said = _said(corpus, hit.target, hit.kind, hit.question)
    return said is None or not matter & said.terms


def _gives(said: _Said, kind: str) -> bool:
    """Whether a group states a figure of the kind asked for."""
    return kind in said.kinds if kind else said.figure


def group_asked(hit: Hit, question: Question, corpus: Corpus) -> int:
    """The question group of a hit that fits best: by words and meaning, then by how much of the matter it speaks of, and
    whether it gives the figure asked for and names the place, the titles and the figures asked about."""
    if not hit.groups or hit.kind == "gap":
        return hit.question
    if len(hit.groups) == 1:
        return next(iter(hit.groups))
    asked, titles = _asked(question.text), frozenset(question.titles)
    groups = [_said(corpus, hit.target, hit.kind, number) for number in hit.groups]
    given = any(said and _gives(said, asked.kind) for said in groups)
    left = asked.matter - next((said.heading for said in groups if said), frozenset())

    def fit(of: tuple[float, _Said | None]) -> float:
        score, said = of
        if said is None:
            return score
        score += OF_THE_MATTER * len(left & said.terms) / (len(left) or 1)
        if asked.figure:
            score += GIVES_FIGURE if _gives(said, asked.kind) else 0.0
            score += ONLY_SILENT if said.silent and (given or not asked.kind) else 0.0
        score += NAMES_PLACE if said.places & asked.places else 0.0
        score += NAMES_TITLE if said.titles & titles else 0.0
        score += SAME_SIDE * len(asked.sides & said.sides)
        unstated = unsupported(question.text, [said.qa.answer]) if asked.named else []
        score += STATES_NAMED if any(q not in unstated for q in asked.named) else 0.0
        score += OTHER_LEVEL if of_other_level(said.qa.answer, question) else 0.0
        return score

    fits = map(fit, zip(hit.groups.values(), groups, strict=True))
    return max(zip(fits, hit.groups, strict=True), key=lambda one: one[0])[1]
