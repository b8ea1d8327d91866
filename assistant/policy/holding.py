"""How long a document itself holds: which one a question means, by its number or by its place, year and kind, and the clause
that says so."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.policy.named import programmes
from assistant.policy.question import ASKS_VALIDITY, HOLDS, Question, numbered
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import Document
from corpus.places import COUNTRY, chain, find_places
from indexing.search import Hit

KINDS = re.compile(r"若干措施|培育计划|行动计划|实施方案|指导意见|管理办法|认定办法|办法|细则|方案|通知|指南|规划|清单")
PAPER = re.compile(rf"文件|号文|政策|{KINDS.pattern}")
STILL = re.compile(
    r"(?:还|仍|照样|继续|算不算|作不作|现在|如今|今年|目前)[^，。？]{0,6}?(?:作数|算数|有效|管用|好使|顶用|当依据|作依据|做依据|作准|能用|用得|在用|执行)"
    r"|(?:当|作|做)(?:得了?|不了?|个)?依据|过期|作废|失效|废止|到期|有效到|有效期|管到|用到|(?:到|至)(?:哪|什么时候|几时|何时|几号|几月)[^，。？]{0,4}(?:为止|截止|止|结束|$|[，。？])"
)
OF_A_TITLE = re.compile(r"称号|牌子|证书|资格|入库|复核|申报(?:到|截止|期)|报名")
"""What else may be valid or end: a title, a round."""
YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
SAYS = re.compile(r"有效|施行|实施|执行|废止|届满")
LEAD = 60


def clause_that_says(question: Question, corpus: Corpus) -> Hit | None:
    """The clause with the term of the one document whose term is asked for; None where no such thing is asked, or it stays
    open which document is meant."""
    text = question.text
    if not (ASKS_VALIDITY.search(text) or (PAPER.search(text) and STILL.search(text) and not OF_A_TITLE.search(text))):
        return None
    found = [d for d in _meant(question, corpus) if _holding(d.id, corpus)]
    return Hit(_holding(found[0].id, corpus), "clause", 1.0, 0) if len(found) == 1 else None


def _meant(question: Question, corpus: Corpus) -> list[Document]:
    """The documents that the question may mean: those of a number, else the historical ones of the place that it names, of
    its kind and its year."""
    text, near = question.text, chain(question.place)
    by_number = [corpus.documents[name] for name in numbered(text, corpus)]
    if by_number:
        return [d for d in by_number if d.place in near]
    named = [p for p in find_places(text) if p != COUNTRY]
    years, kinds = {int(y) for y in YEAR.findall(text)}, KINDS.findall(text)
    if question.place not in named or not kinds:
        return []
    of_place = [d for d in corpus.documents.values() if d.historical and d.place == question.place]
    of_there = [d for d in of_place if kinds[0] in d.title] or [
        d for d in of_place if kinds[0][-2:] in f"{d.title} {_said(d.id, corpus)}"
    ]
    of_then = [d for d in of_there if years & _years(d)] if years else of_there
    of_programme = [d for d in of_then if programmes(d.title) & programmes(text)]
    of_title = [d for d in of_then if set(titles_in(d.title)) & set(question.titles) and not programmes(d.title)]
    return of_programme or of_title or of_then


def _said(name: str, corpus: Corpus) -> str:
    """What the clause with the term says: a notice may bring rules with a term of their own."""
    holding = _holding(name, corpus)
    return corpus.clauses[holding].digest if holding else ""


def _years(document: Document) -> set[int]:
    days = (document.signed, document.in_force.from_)
    return {day.year for day in days if day} | ({document.last_year} if document.last_year else set())


@lru_cache(maxsize=512)
def _holding(name: str, corpus: Corpus) -> str:
    """The last clause of a document that begins with how long it holds; empty where none does."""
    if name not in corpus.digests:
        return ""
    says = [
        clause.eid
        for clause in corpus.digests[name].clauses
        if HOLDS.search(clause.heading + clause.digest[:LEAD]) and SAYS.search(clause.digest)
    ]
    return f"{name}#{says[-1]}" if says else ""
