"""The conversation of a page: what is stored of it, what is under way, and asking one more question."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Answer
from assistant.conversation import Emit
from assistant.errors import AssistantError
from assistant.library import full_place
from web.problems import Problem
from web.service import Service
from web.ui.asked import Asked
from web.ui.session import Exchange

log = logging.getLogger(__name__)


@dataclass
class Sent:
    """A message as the page sends it: its thread, a key of its own, the settings (a place's full name, an ISO day), the
    page's own number of the request, and how many exchanges it shows."""

    thread: str
    key: str
    text: str
    place: str = ""
    day: str = ""
    round: str = ""
    seen: int = 0


@dataclass
class Frame:
    """What the page shows: the earlier exchanges, the newest, and ``said`` for the page's own script: ``gone`` (the thread
    was deleted), ``lost`` (the question never came to an answer), ``kept`` (all is well)."""

    earlier: list[Exchange] = field(default_factory=list)
    newest: Exchange | None = None
    said: str = "kept"


def converse(service: Service, asked: Asked, sent: Sent) -> Iterator[Frame]:
    """Ask, and yield a frame whenever there is more to show. A message that was sent before is not asked again. In a
    thread that was deleted meanwhile nothing is asked."""
    running = asked.find(sent.thread, sent.key)
    earlier = stored(service, asked, sent.thread)
    before = [one for one in earlier if one.key != sent.key]
    answered = next((one for one in earlier if one.key == sent.key), None)
    if answered is not None:
        yield Frame(before, answered)
        return
    if sent.seen and not earlier:
        yield Frame(said="gone")
        return
    if running is None:
        running = asked.start(sent.thread, sent.key, sent.text, lambda one, emit: ask(service, sent, one.key, emit))
    for one in running.watch():
        yield Frame(before, one)


def show(service: Service, asked: Asked, thread: str, pending: str, seen: int) -> Iterator[Frame]:
    """A thread as it is stored, then what is under way in it until it is whole. ``pending`` is the key of a message that
    the page sent and saw no answer of; ``seen`` how many exchanges it showed."""
    running = [one for one in asked.of(thread) if not one.done or one.exchange.key == pending]
    earlier = stored(service, asked, thread)
    known = {one.key for one in earlier}
    running = [one for one in running if one.exchange.key not in known]
    if not running:
        lost = pending and pending not in known
        said = "lost" if lost else "gone" if seen and not earlier else "kept"
        yield Frame(earlier[:-1], earlier[-1] if earlier else None, said)
        return
    for one in running:
        for exchange in one.watch():
            yield Frame([kept for kept in earlier if kept.key != exchange.key], exchange)
        earlier = stored(service, asked, thread)


def stored(service: Service, asked: Asked, thread: str) -> list[Exchange]:
    """The exchanges of a thread, oldest first; where the store cannot be read, those that this process remembers."""
    try:
        turns, ratings = service.store.turns(thread), service.store.ratings(thread)
    except (AssistantError, Problem) as error:
        log.warning("%s", error)
        return [one.exchange for one in asked.of(thread) if one.done and one.exchange.answer]
    return [
        Exchange(t.message, key=t.id, answer=Answer.model_validate(t.answer), rating=ratings.get(t.id, ""))
        for t in turns
    ]


def is_stored(service: Service, turn: str) -> bool:
    """Whether a turn can be read from the store."""
    try:
        return service.store.turn(turn) is not None
    except (AssistantError, Problem):
        return False


def ask(service: Service, sent: Sent, turn: str, emit: Emit) -> Answer:
    """One turn with the settings of the page. Raises BadInput for a place that is none."""
    return service.assistant.ask(
        sent.text,
        thread=sent.thread,
        place=full_place(sent.place) if sent.place else None,
        as_of=as_day(sent.day, service.today()),
        emit=emit,
        turn_id=turn,
    )


def as_day(text: str, today: date) -> date | None:
    """The chosen day; None for today, so that a conversation that is left open moves on with the calendar."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        return None
    return None if day == today or not 1990 <= day.year <= 2100 else day
