"""One exchange of the page, streamed: the assistant works in its own thread, the page shows what has come."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from datetime import date

from assistant.answer import Answer
from assistant.conversation import Emit
from assistant.errors import AssistantError
from assistant.library import full_place
from web.feedback import keep
from web.problems import Problem
from web.service import Service
from web.ui.session import Exchange, Session

log = logging.getLogger(__name__)
EVERY = 0.06
"""Seconds between two updates of the page, at least."""
TROUBLE = "这一步出了问题，您的问题还在输入框里，请再试一次；还不行请联系服务专员。"


def converse(
    service: Service, session: Session, message: str, place: str | None, day: str | None
) -> Iterator[Exchange]:
    """Ask, and yield the exchange whenever there is more of it to show; the last one is whole."""
    one = Exchange(message)
    session.exchanges.append(one)
    yield one
    pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def turn() -> None:
        try:
            one.answer = ask(service, session.thread, message, place, day, pieces.put)
        except (AssistantError, Problem) as error:
            one.trouble = getattr(error, "detail", "") or str(error)
        except Exception:
            log.exception("an exchange of the page failed")
            one.trouble = TROUBLE
        finally:
            pieces.put(None)

    working = threading.Thread(target=turn, daemon=True)
    working.start()
    shown, waiting = time.monotonic(), False
    while True:
        try:
            piece = pieces.get(timeout=EVERY if waiting else None)
        except queue.Empty:
            piece = ""
        if piece is None:
            break
        one.partial += piece
        waiting = waiting or bool(piece)
        if waiting and one.answer is None and time.monotonic() - shown >= EVERY:
            yield one
            shown, waiting = time.monotonic(), False
    working.join()
    if one.answer is not None:
        session.thread = one.answer.thread
    yield one


def ask(service: Service, thread: str | None, message: str, place: str | None, day: str | None, emit: Emit) -> Answer:
    """One turn with the settings of the page. Raises BadInput for a place or day that is none."""
    return service.assistant.ask(
        message,
        thread=thread,
        place=full_place(place) if place else None,
        as_of=as_day(day, service.today()),
        emit=emit,
    )


def as_day(text: str | None, today: date) -> date | None:
    """The chosen day; None for today, so that a conversation that is left open moves on with the calendar."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        return None
    return None if day == today or not 1990 <= day.year <= 2100 else day


def resume(service: Service, thread: str) -> Session:
    """The session of a stored thread; a new one when it is unknown or cannot be read."""
    try:
        turns = service.store.turns(thread)
    except (AssistantError, Problem) as error:
        log.warning("%s", error)
        return Session()
    exchanges = [Exchange(t.message, key=t.id, answer=Answer.model_validate(t.answer)) for t in turns]
    return Session(thread if exchanges else None, exchanges)


def rate(service: Service, one: Exchange, verdict: str) -> None:
    """Keep a thumb for an exchange; what goes wrong is said beside it."""
    if verdict not in ("up", "down") or one.answer is None or not one.answer.turn:
        return
    try:
        kept = keep(service, one.answer.turn, "up" if verdict == "up" else "down")
    except (AssistantError, Problem) as error:
        log.warning("%s", error)
        kept = False
    one.rating = verdict if kept else ""
    one.rating_trouble = "" if kept else "评价没有存下来，请稍后再试。"
