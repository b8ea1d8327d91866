"""What the message asks, within its thread: place, day, titles, facts, the question that stands alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.facts.extract import extract
from assistant.understanding.all_conditions import wants_all_conditions
from assistant.understanding.ask_back import open_question, put_as_choice
from assistant.understanding.between_places import places_compared
from assistant.understanding.difference import difference
from assistant.understanding.followup import POLITE, Resolved, leans, resolve
from assistant.understanding.of_then import asks_only_now, of_then, without_then
from assistant.understanding.papers import Paper, in_frame, paper_meant
from assistant.understanding.parts import asks, essence, names_matter
from assistant.understanding.titles import titles_in, without_titles
from assistant.understanding.when import asked_date
from assistant.understanding.where import asked_place
from corpus.places import chain
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House
    from corpus.models import Document

OF_MONEY = re.compile(r"补|奖|贴|资助|扶持|支持|担保|贷|资金|基金|费")
CITY = 2
"""Country and city are so many levels."""
ALL_OF = re.compile(r"条件|要求|门槛|标准")


def understand(turn: Turn, house: House) -> None:
    """Sets place, day, titles, facts and the resolved question."""
    memory = turn.memory
    spoken = turn.act.rest if turn.act is not None and turn.act.kind == "correct" else essence(turn.text)
    _place_and_day(turn, spoken)
    resolved = _resolved(turn, spoken, house)
    turn.question, turn.context, turn.matter = resolved.question, resolved.context, resolved.matter
    turn.titles = titles_in(turn.question)
    if not turn.titles and memory.title and (leans(turn.text) or not asks(turn.text)):
        turn.titles = [memory.title]
    if not turn.titles and turn.subject:
        turn.titles = [turn.subject]
    turn.extraction = extract(
        turn.text,
        as_of=turn.as_of,
        expecting=memory.asked,
        title=memory.check_title if memory.checking and memory.check_title else memory.title,
        track=memory.track,
        place=turn.place,
        about=memory.question,
        known=turn.facts,
    )
    turn.log("understood", question=turn.question, place=turn.place, as_of=turn.as_of.isoformat(), titles=turn.titles)


def _place_and_day(turn: Turn, spoken: str) -> None:
    """The place and the day that the message names; they hold for the rest of the thread, and the answer says so."""
    compared = places_compared(spoken)
    place, day = turn.place if compared else asked_place(spoken, turn.place), asked_date(spoken, turn.as_of, turn.today)
    if place != turn.place and turn.memory.question:
        turn.notes.append(f"以下按{place}回答。")
    if day != turn.as_of:
        again = "" if day == turn.today else "要看现在的规定，说一声“回到现在”。"
        turn.notes.append(f"按{chinese_date(day)}的情况回答。{again}")
    elif turn.memory.as_of == day != turn.today:
        turn.notes.append(f"仍按{chinese_date(day)}的情况回答。要看现在的规定，说一声“回到现在”。")
    turn.place, turn.as_of = place, day


def _resolved(turn: Turn, spoken: str, house: House) -> Resolved:
    """The question with what the thread adds to it."""
    memory, act = turn.memory, turn.act
    if act is not None and act.kind == "more":
        about = memory.title or next(iter(titles_in(memory.question or "")), "")
        if about and (ALL_OF.search(act.what) or not act.what):
            return Resolved(f"{about}的条件有哪些", matter=f"{about}的条件有哪些")
        more = f"{about}{act.what}有哪些" if act.what else f"{memory.question} 还有哪些"
        return Resolved(more, matter=memory.question or more)
    if act is not None and act.kind == "doubt":
        return Resolved(memory.question or "", matter=memory.question or "")
    if act is not None and act.kind == "return":
        carried = [memory.title] if memory.title and not titles_in(act.rest) else []
        question = " ".join([*carried, act.rest])
        return Resolved(question, memory.question or "", question)
    if act is None and (compared := difference(POLITE.sub("", spoken), memory.matters)):
        return Resolved(compared, matter=compared)
    if act is None and (paper := paper_meant(spoken, _papers(turn, house))):
        question = f"{paper.name} {POLITE.sub('', spoken)}"
        return Resolved(question, matter=question)
    title = None if turn.part and turn.subject else memory.title  # what all parts are about is known without a word
    before = without_then(spoken, memory.question or "") if act is None else memory.question or ""
    if act is None and before != (memory.question or "") and asks_only_now(spoken):
        return Resolved(before, matter=before)
    resolved = resolve(POLITE.sub("", spoken) or spoken, before or None, title, turn.place)
    if turn.part > 1 and names_matter(spoken):  # a question of its own
        resolved = replace(resolved, context="")
    if (framed := in_frame(turn.frame, resolved.question)) != resolved.question:
        resolved = Resolved(framed, matter=framed)
    elif act is None and not turn.part and (then := _of_then(turn, spoken, resolved, house)):
        resolved = Resolved(then, matter=then)
    if act is not None and act.kind == "correct":  # what was answered before was not meant
        resolved = replace(resolved, context="")
    return whole_list(resolved)


def _of_then(turn: Turn, spoken: str, resolved: Resolved, house: House) -> str:
    """A short further question with the time, the level and the title of a thread that is about an earlier time."""
    memory = turn.memory
    first = house.corpus.documents.get(memory.cited[0].partition("#")[0]) if memory.cited else None
    if memory.checking or memory.checkup or (first is not None and not first.historical):
        return ""
    then = of_then(spoken, memory.question or "")
    if not then or then in resolved.question:
        return ""
    title = memory.title if memory.title and not titles_in(resolved.question) else ""
    return f"{then}{title}{' ' if title else ''}{resolved.question}"


def _papers(turn: Turn, house: House) -> list[Paper]:
    """The documents of the last answer, in its order."""
    names = dict.fromkeys(ref.partition("#")[0] for ref in turn.memory.cited if turn.memory.question)
    found = [d for name in names if (d := house.corpus.documents.get(name)) is not None]
    return [Paper(_named(d), d.title, d.historical) for d in found]


def _named(document: Document) -> str:
    """How a document is best found: a present one of the country or a city by what people call it."""
    if document.historical:
        return document.short_title
    within = len(chain(document.place)) <= CITY
    return re.sub(r"20\d\d年", "", document.short_title) if within else document.title


def whole_list(resolved: Resolved) -> Resolved:
    """A question that says no more than a title and that its conditions, the way to it or the money for it are wanted,
    put as the question for the whole list. How much there is for it may also be asked of the matter before."""
    named = titles_in(resolved.question)
    if len(named) == 1 and not resolved.context and wants_all_conditions(without_titles(resolved.question)):
        all_of = f"{named[0]}的条件有哪些？"
        return Resolved(all_of, matter=all_of)
    row = open_question(without_titles(resolved.question)) if len(named) == 1 else None
    if row is None or (resolved.context and (row.choices == "titles" or OF_MONEY.search(resolved.context))):
        return resolved
    question = (
        put_as_choice(named[0], resolved.question)
        if row.choices == "titles"
        else f"{named[0]}都有什么好处，能拿多少奖励"
    )
    return Resolved(question, matter=question)
