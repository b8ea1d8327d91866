"""Step 2: what the message asks, within its thread: place, day, titles, facts, the question that stands alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.facts.extract import extract
from assistant.understanding.followup import leans, resolve
from assistant.understanding.titles import titles_in
from assistant.understanding.when import asked_date
from corpus.places import COUNTRY, find_places
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


APPLIES_IN = re.compile(r"在(?P<place>[\u4e00-\u9fff]{2,6}?)(?:申报|申请|报(?!告)|评)")


def understand(turn: Turn, house: House) -> None:
    """Sets place, day, titles, facts and the resolved question."""
    memory = turn.memory
    named = [p for p in find_places(turn.text) if p != COUNTRY]
    if named:
        turn.place = narrowest(named, turn.place, turn.text)
    day = asked_date(turn.text, turn.as_of)
    if day != turn.as_of:
        turn.as_of = day
        turn.notes.append(f"按{chinese_date(day)}的情况回答。")
    resolved = resolve(turn.text, memory.question, memory.title)
    turn.question, turn.context = resolved.question, resolved.context
    turn.titles = titles_in(turn.question)
    if not turn.titles and memory.title and leans(turn.text):
        turn.titles = [memory.title]
    turn.extraction = extract(
        turn.text,
        as_of=turn.as_of,
        expecting=memory.asked,
        title=memory.title,
        track=memory.track,
        place=turn.place,
        about=memory.question,
        known=turn.facts,
    )
    turn.log("understood", question=turn.question, place=turn.place, as_of=turn.as_of.isoformat(), titles=turn.titles)


def narrowest(named: list[str], default: str, text: str = "") -> str:
    """The place a question is about, of those it names: where one would apply (在上海报), a district before its own city,
    else the first named."""
    if applied := APPLIES_IN.search(text):
        named = find_places(applied["place"]) or named
    inside = [p for p in named if any(p != q and p.startswith(q) for q in (*named, default))]
    return inside[0] if inside else named[0]
