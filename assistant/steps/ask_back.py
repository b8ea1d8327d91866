"""Asks back, with choices, where what is left open decides the answer and nothing in the thread says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.statuses import Stop
from assistant.understanding.ask_back import Row, open_question, put_as_choice
from assistant.understanding.titles import PATTERNS
from corpus.benefit_models import load_benefits
from corpus.places import COUNTRY, chain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.conversation import Turn
    from assistant.house import House
    from corpus.load import Corpus
    from corpus.models import Document

ASKED = ("needs_matter", "needs_which_title", "needs_which_giant", "needs_title")
"""Reasons that put choices."""
MOST = 4
TITLES = ("专精特新", "小巨人", "创新型")
LONE_GIANT = re.compile(r"(?<![家级特新点技化省市区“\"])小巨人")
OWN_NAME = re.compile(r"小巨人[”\"]?(?:企业)?(?P<name>(?:培育|认定|管理|工作|暂行)+(?:计划|办法|方案|指南))")
COUNTRY_WORDS = re.compile(r"国家|部里|工信部|全国|部级|新办法|新标准|新规|今年|明年|现在|目前")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
HELD = re.compile(r"复核|到期|失效|过期|有效期|续(?:期|上|牌)|保住|还算|还有效|作废|撤销|取消")
DIFFERS = re.compile(r"条件|要求|标准|门槛|申请|申报|怎么报|怎么评")


def ask_back(turn: Turn, house: House) -> None:
    """Stops where the message leaves open what decides its answer."""
    if turn.context or turn.act is not None or turn.memory.question:
        return
    row = open_question(turn.question) if not turn.titles else None
    if row and (choices := choices_of(row, turn.text, turn.place, house.corpus)):
        turn.memory.question = turn.text
        raise Stop(row.reason, choices=choices)
    if names_own_document(turn.text, turn.place, house.corpus.documents.values()):
        return
    if (
        LONE_GIANT.search(turn.text)
        and DIFFERS.search(turn.text)
        and not (knows_giant(turn) or of_the_country(turn, house))
    ):
        kinds = giants(turn.place, house.corpus.documents.values())
        if kinds:
            choices = [LONE_GIANT.sub(kind, turn.text, count=1) for kind in ("国家专精特新小巨人", *kinds)]
            turn.memory.question = turn.text
            raise Stop("needs_which_giant", choices=choices[:MOST], place=turn.place)


def choices_of(row: Row, text: str, place: str, corpus: Corpus) -> list[str]:
    """The choices of a row, as questions that stand alone; empty where there are not two."""
    if row.choices == "titles":
        return [put_as_choice(title, text) for title in TITLES]
    near = chain(place)
    clauses: dict[str, str] = {}
    for benefit in load_benefits().all:
        if benefit.amount is not None and benefit.place in near and benefit.ref in corpus.clauses:
            clauses.setdefault(benefit.ref, f"{benefit.name}有多少？")
    asked = [clauses[ref] for ref in corpus.clauses if ref in clauses][:MOST]
    return asked if len(asked) > 1 else []


def knows_giant(turn: Turn) -> bool:
    """Whether the thread has spoken of this title before."""
    spoken = [turn.memory.question or "", *(m.question for m in turn.memory.matters)]
    return turn.memory.title == "小巨人" or any(re.search(PATTERNS["小巨人"], text) for text in spoken)


def of_the_country(turn: Turn, house: House) -> bool:
    """Whether the message is plainly about the country's title: it names the country or its ministry, the present, a
    year after the last round of the place, or what becomes today of a title that is held."""
    if COUNTRY_WORDS.search(turn.text):
        return True
    years = {int(year) for year in YEAR.findall(turn.text)}
    if years:
        own = [d for d in house.corpus.documents.values() if d.place in chain(turn.place) and names_own_giant(d)]
        return min(years) > max((d.last_year or (d.signed.year if d.signed else 0) for d in own), default=0)
    return bool(HELD.search(turn.text))


def names_own_document(text: str, place: str, documents: Iterable[Document]) -> bool:
    """Whether the text names a document of the place by its title (小巨人培育计划), which says which title is meant."""
    named = {match["name"] for match in OWN_NAME.finditer(text)}
    own = [p for p in chain(place) if p != COUNTRY]
    return any(name in d.title for d in documents if d.place in own for name in named)


def giants(place: str, documents: Iterable[Document]) -> list[str]:
    """The titles of the same name that the place itself gives, by the titles of its documents."""
    own = [p for p in chain(place) if p != COUNTRY]
    found: list[str] = []
    for document in documents:
        if document.included and document.place in own and names_own_giant(document):
            named = document.place
            found.append(f"{named}级小巨人" if named.endswith(("省", "市")) else f"{named}小巨人")
    return list(dict.fromkeys(found))


def names_own_giant(document: Document) -> bool:
    """Whether the title of a document speaks of a 小巨人 that its own place gives."""
    levels = f"省级|自治区|市级|全省|专业化|{document.place}"
    own = rf"(?:{levels})(?:20\d\d年度?)?(?:第.批)?(?:专精特新|专业化)?[“\"]?小巨人"
    return bool(re.search(own, f"{document.title} {document.short_title}"))
