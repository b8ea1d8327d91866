"""What a specialist reads out on the telephone: one or two sentences, then where they stand, as one would say it.

The sentences are the digest's short answer, or the beginning of the clause itself; each figure in them is in the clause.
Whatever does not hold on the day is announced before anything else is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.library import ClauseInfo, clause
from corpus.models import Clause, Topic
from corpus.places import COUNTRY
from corpus.support import unsupported
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.house import House

SENTENCES = re.compile(r"[^。！？]+[。！？]?")
WRAPPED = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""Spaces beside a Chinese sign are those of wrapped lines."""
NUMBER = re.compile(r"^(?P<of>.*?)[〔\[［（(](?P<year>\d{4})[〕\]］）)]\s*(?P<n>\d+)\s*号$")
ITEM = re.compile(r"（([一二三四五六七八九十\d]+)）")
PART = re.compile(r"^([一二三四五六七八九十]+)(?=（|$)")
MOST_SIGNS = 140
"""Of a clause that is read out in its own words: what one can follow by ear."""
MOST_NAMED = 3
"""Clauses named after the answer of a topic."""


class ReadOut(BaseModel):
    """``text`` is all that is read out: ``warning`` (empty where the clause holds), ``answer``, ``source``. ``copied`` is the
    same for the eye: with the printed citation. ``question`` is the question that ``answer`` answers, empty where it is
    the clause's own wording."""

    ref: str
    question: str
    warning: str
    answer: str
    source: str
    text: str
    copied: str


def read_out(house: House, ref: str, day: date, question: str = "") -> ReadOut:
    """What to read out of the clause ``ref`` on ``day``: the short answer to ``question`` (one of the wordings beside the
    clause), without it the beginning of the clause. Raises KeyError when the clause is unknown."""
    info = clause(house, ref, day)
    known = house.corpus.clauses.get(ref)
    asked, answer = _short_answer(known, question, info)
    return _made(ref, asked, _warning(info), answer, f"依据是{spoken_source(info)}", f"依据：{printed_source(info)}")


def read_outs(house: House, ref: str, day: date) -> list[ReadOut]:
    """One for every thing that people ask of the clause, first its beginning. Raises KeyError when it is unknown."""
    known = house.corpus.clauses.get(ref)
    asked = [qa.ask[0] for qa in known.questions] if known else []
    return [read_out(house, ref, day, question) for question in ("", *asked)]


def read_topic(house: House, topic: Topic, day: date, question: str = "") -> ReadOut:
    """The same for what several clauses answer together."""
    qa = next((qa for qa in topic.questions if question in qa.ask), topic.questions[0])
    cited = [clause(house, ref, day) for ref in topic.refs if ref in house.corpus.clauses]
    warning = next((words for info in cited if (words := _warning(info))), "")
    resting = _resting(house, qa.answer, [info.ref for info in cited], day)
    named = [info for info in cited if info.ref in resting]
    spoken, printed = _together(named, spoken_source), _together(named, printed_source)
    return _made(f"topic:{topic.id}", qa.ask[0], warning, qa.answer, f"依据是{spoken}", f"依据：{printed}")


def _resting(house: House, answer: str, refs: Sequence[str], day: date) -> list[str]:
    """The few clauses that state ``answer``: items, where they do, rather than the annex that holds them."""
    evidence = {ref: e for ref in refs if (e := house.library.evidence(ref, day))}
    items = [e for ref, e in evidence.items() if not any(other.startswith(f"{ref}__") for other in evidence)]
    chosen = house.library.supporting(answer, items, MOST_NAMED)
    if unsupported(answer, [evidence[ref].text for ref in chosen]):
        return house.library.supporting(answer, list(evidence.values()), MOST_NAMED)
    return chosen


def _together(cited: Sequence[ClauseInfo], source: Callable[[ClauseInfo], str]) -> str:
    """The sources of several clauses, each document once."""
    said: list[str] = []
    for document in dict.fromkeys(info.document for info in cited):
        of_it = [info for info in cited if info.document == document]
        said.append(source(of_it[0].model_copy(update={"clause": "、".join(info.clause for info in of_it)})))
    return "；".join(said)


def spoken_source(info: ClauseInfo) -> str:
    """Document, number, clause, and since when: 《…办法》，工信部企业2026年2号，第十七条，2026年4月1日起施行."""
    since = f"{chinese_date(info.date)}起施行" if info.date and info.validity == "in_force" else ""
    place = "" if info.place in (COUNTRY, "") or info.place in info.document_title else info.place
    parts = [f"{place}《{info.document_title}》", spoken_number(info.number), spoken_label(info.clause), since]
    return "，".join(part for part in parts if part)


def printed_source(info: ClauseInfo) -> str:
    """《…办法》（工信部企业〔2026〕2号）第十七条，现行有效."""
    number = f"（{info.number}）" if info.number else ""
    return f"《{info.document_title}》{number}{info.clause}，{info.validity_label}"


def spoken_number(number: str | None) -> str:
    """``工信部企业〔2026〕2号`` → ``工信部企业2026年2号``; what has another form stays."""
    match = NUMBER.match(number or "")
    return f"{match['of']}{match['year']}年{match['n']}号" if match else number or ""


def spoken_label(label: str) -> str:
    """``附件1（三）`` → ``附件1第三项``, ``一（二）`` → ``第一部分第二项``."""
    return "、".join(ITEM.sub(r"第\1项", PART.sub(r"第\1部分", one)) for one in label.split("、"))


def _short_answer(known: Clause | None, question: str, info: ClauseInfo) -> tuple[str, str]:
    """The question that is answered, and the answer. An answer with a figure that the clause does not state is not read."""
    qa = next((qa for qa in known.questions if question and question in qa.ask), None) if known else None
    if qa and not unsupported(qa.answer, _sources(info)):
        return qa.ask[0], qa.answer
    return "", _beginning(info.digest or info.text)


def _sources(info: ClauseInfo) -> list[str]:
    return [
        info.text,
        info.digest,
        info.clause,
        info.heading,
        info.document_title,
        info.number or "",
        info.validity_note,
    ]


def _beginning(text: str) -> str:
    """The first sentences, as many as one can follow by ear; at least one."""
    said = ""
    for sentence in SENTENCES.findall(WRAPPED.sub("", text)):
        if said and len(said) + len(sentence) > MOST_SIGNS:
            break
        said += sentence
    return said


def _warning(info: ClauseInfo) -> str:
    if info.validity == "in_force":
        return ""
    note = f"，{info.validity_note}" if info.validity_note else ""
    return f"先说明一下：这一条{info.validity_label}{note}".rstrip("。") + "。"


def _made(ref: str, question: str, warning: str, answer: str, source: str, printed: str) -> ReadOut:
    answer = answer if answer.endswith(("。", "！", "？")) else answer + "。"
    return ReadOut(
        ref=ref, question=question, warning=warning, answer=answer, source=f"{source}。",
        text=f"{warning}{answer}{source}。", copied=f"{warning}{answer}\n{printed}。",
    )  # fmt: skip
