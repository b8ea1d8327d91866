"""What was once in force, beside what is in force now.

A historical document answers where the question is about its time, or where its place has no other document of its own;
the national standard of a title still comes first then, unless an earlier time is asked about. Every answer from a
historical document is labelled as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.policy.named import (
    LOCAL_TITLE,
    OF_PLACE,
    another_month,
    asks_of_country,
    months_named,
    names_paper,
    of_place_alone,
)
from assistant.policy.question import ASKS_VALIDITY, Question
from assistant.policy.targets import document_of, part_title, said_by
from assistant.understanding.titles import OTHERS, titles_in
from corpus.load import Corpus
from corpus.models import Document
from corpus.places import COUNTRY
from indexing.search import Hit

OF_THAT_YEAR, OF_ANOTHER_YEAR = 0.06, -0.05
BEHIND_THE_PRESENT = -0.08
"""Of a historical document whose place has documents in force, where nothing says that an earlier time is meant."""
OWN_PLACE = 0.05
"""Of a document of the very place asked about, where that place has only historical ones."""
STILL_NEAR = 0.75
"""The national standard of the title asked about comes first when it reaches this share of the best score."""
OF_ANOTHER_ROUND = -0.20
OF_THAT_MONTH, OF_ANOTHER_MONTH = 0.06, -0.15
NOT_THE_COUNTRYS, THE_COUNTRYS, NOT_THE_PLACES = -0.05, 0.05, -0.05
OF_ANOTHER_LEVEL = -0.15
"""Of the country's standard, where a title of the place's own is asked about."""
NOT_OF_THEN = -0.10
"""Of what is in force now, where only an earlier time is asked about."""
YEAR = re.compile(
    r"(?<!\d)(?:(20[0-3]\d)|([12]\d)(?=年))(?!\d)"
    r"(?!年?[^，。；？]{0,4}(?:认的|认定的|成立|注册|评上的|拿到|获得|通过的|开的|办的))"
    r"(?!年?[度的全]?(?:我们?|咱们?|公司|企业|厂里|主营)?的?(?:营收|营业额|营业收入|主营收入|收入))"
    r"(?!年?[^，。；？]{0,6}(?:[涨增长跌降换花投卖买做赚亏招搬设]|注册|成立)了)"
)
EARLIER = re.compile(
    r"当年|那年|那时候?|那会儿?|那[拨回次批阵]|当时|以前(?![）)]?(?:发|认|评|拿|批|获|办))|早年|早几年|前几年|(?<![搬带迁转移挪拿送调寄交报发跑开赶走滑混])过去(?!了)|历史|第[一二三四五六七八九十]批|汇编"
    r"|老(?:办法|标准|政策|规定)|旧(?:办法|标准|政策|规定)(?!不谈|不管|不说|不论|先放)|原来的(?:办法|标准|政策|规定)"
)
LATER = re.compile(
    r"现在|如今|目前|今天|今年|眼下|(?<!特)新(?:办法|标准|规)|现行|还能|还有效|还作数|还算|还认|作废|失效|过期"
)
STILL = re.compile(r"还能|还有效|还作数|还算|还认|还[有给]|还?赶得?上|来得及|作废|失效|过期|废止")
NEXT_ROUND = re.compile(r"(?<!上)(?:新|下)一?[轮批](?!次)")
ROUND = re.compile(r"第([一二三四五六七八九十\d]+)批")
OF_NO_TITLE = -0.12
"""Of a historical clause that does not name the title asked about."""


def years_named(question: Question) -> set[int]:
    """Years before the day of the question that it names: ``2021年``, ``21年``."""
    return {year for year in _years(question.text) if year < question.as_of.year}


@lru_cache(maxsize=512)
def _years(text: str) -> frozenset[int]:
    """Looked at again for every hit."""
    return frozenset(int(m[1] or f"20{m[2]}") for m in YEAR.finditer(text))


def years_to_come(question: Question) -> set[int]:
    """The year of the question and later ones, where it names them and neither an earlier time nor how long something holds:
    ``2027年那一批``."""
    if question.past or years_named(question) or ASKS_VALIDITY.search(question.text) or STILL.search(question.text):
        return set()
    return {year for year in _years(question.text) if year >= question.as_of.year}


def asks_of_then(question: Question) -> bool:
    """Whether the question is about an earlier time."""
    return question.past or bool(years_named(question)) or bool(EARLIER.search(question.text))


def asks_of_now(question: Question) -> bool:
    """Whether the question names the present, or what became of something."""
    return bool(LATER.search(question.text)) or str(question.as_of.year) in question.text


def present_move(question: Question, document: Document | None = None) -> float:
    """How an earlier time, asked about alone, moves the score of what is in force now; not of a document that was in force
    in the year named already."""
    if not asks_of_then(question) or question.past or asks_of_now(question):
        return 0.0
    since = document.in_force.from_ or document.signed if document else None
    years = years_named(question)
    return 0.0 if since and years and since.year <= max(years) else NOT_OF_THEN


def of_another_round(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question names a round (第四批) that a historical document, or a year that its clause, does not speak of:
    what it says of its own round is no answer then."""
    document = document_of(hit, corpus)
    if document is None or not document.historical:
        return False
    titles, clauses = f"{document.title} {document.short_title}", corpus.digests[document.id].clauses
    rounds = set(ROUND.findall(question.text))
    if NEXT_ROUND.search(question.text):
        return True
    if rounds and not rounds & set(ROUND.findall(" ".join([titles, *(f"{c.heading} {c.digest}" for c in clauses)]))):
        return True
    years = years_named(question) or years_to_come(question)
    return bool(years) and not any(_covers(document, year, f"{titles} {said_by(hit, corpus)}") for year in years)


def _covers(document: Document, year: int, said: str) -> bool:
    start, end = document.in_force.from_ or document.signed, document.in_force.until
    if start and end and start.year <= year <= end.year:
        return True
    return year == document.last_year or (start is not None and start.year == year) or str(year) in said


def history_move(hit: Hit, document: Document, question: Question, corpus: Corpus) -> float:
    """How the time, the place and the title asked about move the score of a clause of a historical document."""
    if of_another_round(hit, question, corpus):
        return OF_ANOTHER_ROUND
    years, own = years_named(question), {document.last_year, document.signed.year if document.signed else None}
    moved = OWN_PLACE if document.place == question.place != COUNTRY and document.place in corpus.places_then else 0.0
    if document.place == COUNTRY and of_place_alone(question, corpus):
        moved = OF_ANOTHER_LEVEL if OF_PLACE.search(question.text) else NOT_THE_PLACES
    if asks_of_country(question):
        moved = THE_COUNTRYS if document.place == COUNTRY else NOT_THE_COUNTRYS
    if months_named(question.text):
        moved += OF_ANOTHER_MONTH if another_month(hit, question, corpus) else OF_THAT_MONTH
    if question.titles and not set(titles_in(f"{document.title} {said_by(hit, corpus)}")) & set(question.titles):
        moved += OF_NO_TITLE
    if years:
        return moved + (OF_THAT_YEAR if years & own else OF_ANOTHER_YEAR)
    named = set(OTHERS.findall(question.text)) & set(OTHERS.findall(said_by(hit, corpus)))
    behind = document.place in corpus.places_now and not asks_of_then(question) and not named
    return moved + (BEHIND_THE_PRESENT if behind else 0.0)


def standard_now(hits: Sequence[Hit], question: Question, corpus: Corpus) -> Hit | None:
    """The clause of the present national standard of the title asked about, where a historical clause was found best and
    neither an earlier time nor a title of the place's own is asked about."""
    best = document_of(hits[0], corpus) if hits else None
    if best is None or not best.historical or asks_of_then(question) or LOCAL_TITLE.search(question.text):
        return None
    if of_place_alone(question, corpus):
        return None
    return next((h for h in hits if part_title(h.target, corpus) in question.titles), None)


def _country_now(hits: Sequence[Hit], question: Question, corpus: Corpus) -> Hit | None:
    """The country's clause in force, where one of its historical documents was found best and nothing in the question says
    that it is meant."""
    best = document_of(hits[0], corpus) if hits else None
    if best is None or not (best.historical and best.place == COUNTRY) or asks_of_then(question):
        return None
    if OTHERS.search(question.text) or LOCAL_TITLE.search(question.text) or names_paper(best, question):
        return None
    of_now = (h for h in hits if (d := document_of(h, corpus)) and d.place == COUNTRY and not d.historical)
    return next(of_now, None)


def present_first(hits: Sequence[Hit], question: Question, corpus: Corpus) -> list[Hit]:
    """The ranking with the present national standard before historical clauses of a place, where it is nearly as good; where
    only an earlier year is asked about, what was in force then before what was not."""
    then = next((h for h in hits if _of_then(h, question, corpus)), None) if only_then(question) else None
    if then and not _of_then(hits[0], question, corpus) and then.score >= STILL_NEAR * hits[0].score:
        since = [h for h in hits if _not_yet(h, question, corpus)]
        return [*(h for h in hits if h not in since), *since]
    standard = standard_now(hits, question, corpus) or _country_now(hits, question, corpus)
    if standard is None or standard.score < STILL_NEAR * hits[0].score:
        return list(hits)
    return [standard, *(h for h in hits if h is not standard)]


def stands_beside(other: Hit, best: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a further hit may be joined to the answer: what was once in force stands beside what is only where its
    place has nothing else, and the present beside an answer about an earlier time not at all."""
    one, two = document_of(best, corpus), document_of(other, corpus)
    if two is None or one is None or one.historical == two.historical:
        return one is None or two is None or not two.historical or one.place == two.place
    if two.historical:
        return asks_of_then(question) or (two.place in corpus.places_then and not asks_of_now(question))
    return not (asks_of_then(question) or (of_place_alone(question, corpus) and not asks_of_now(question)))


def only_then(question: Question) -> bool:
    """Whether the question names an earlier year, and not the present."""
    return bool(years_named(question)) and not asks_of_now(question) and not question.past


def _of_then(hit: Hit, question: Question, corpus: Corpus) -> bool:
    document = document_of(hit, corpus)
    return document is not None and document.historical and not of_another_round(hit, question, corpus)


def _not_yet(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a clause came into force after every year that the question names."""
    document = document_of(hit, corpus)
    start = document.in_force.from_ if document else None
    return start is not None and start.year > max(years_named(question))
