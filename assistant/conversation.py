"""One turn: the list of its steps, and what travels through them. ``Assistant.ask`` is the only door."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Literal
from weakref import WeakValueDictionary

from pydantic import BaseModel

from assistant import steps
from assistant.answer import Answer, Route, Understood, Verdict
from assistant.errors import StoreUnavailable
from assistant.facts.values import Extraction, Facts, Problem, Value
from assistant.house import House
from assistant.policy.draft import Draft
from assistant.policy.evidence import Evidence
from assistant.profile.origins import Origin, with_told
from assistant.statuses import Stop
from assistant.store import new_id
from assistant.understanding.acts import Act
from assistant.understanding.matters import Matter

log = logging.getLogger(__name__)
DEFAULT_PLACE = "上海市"
Emit = Callable[[str], None]
AT_ONCE, AT_ONCE_WITH_MODEL = 4, 32
"""Turns under way at the same time; with a language model most of a turn is waiting for it. More of them would only take the
processor from each other: those that wait are served in the order in which they came."""


class Memory(BaseModel):
    """What a thread remembers between turns. ``given_place`` and ``given_day`` are what the caller set last; only
    another value of them overrides what was said in the thread. ``aside`` counts the turns since the pre-check under
    way (``check_title``) was spoken of. ``cited`` and ``points`` are the clauses of the last answer, as a whole and
    point by point; ``matters`` the latest matters, oldest first; ``choices`` what was put to choose from. ``version``
    counts the changes; ``origins`` says of every fact where it comes from; ``unread`` is what of the last message
    about the company was not understood; ``told`` what the policy question just before told of the company;
    ``offered`` the words on which the last answer offered to hand the conversation over."""

    place: str = DEFAULT_PLACE
    as_of: date | None = None
    given_place: str | None = None
    given_day: date | None = None
    question: str | None = None
    title: str | None = None
    track: Literal["first", "review"] | None = None
    facts: dict[str, dict[str, Any]] = {}
    rest_affirmed: str | None = None
    affirmed: dict[str, str] = {}
    round: int | None = None
    started: date | None = None
    excluded: list[str] = []
    problems: list[Problem] = []
    assumed_years: list[str] = []
    asked: list[str] = []
    told: dict[str, dict[str, Any]] = {}
    checking: bool = False
    checkup: bool = False
    check_title: str | None = None
    aside: int = 0
    cited: list[str] = []
    points: list[list[str]] = []
    matters: list[Matter] = []
    choices: list[str] = []
    held: dict[str, dict[str, str]] = {}
    unread: list[str] = []
    offered: str | None = None
    version: int = 0
    origins: dict[str, Origin] = {}


@dataclass
class Turn:
    """What travels through the steps of one message.

    ``typed`` is the message as it came and goes into no log and no store; ``said`` is clean and masked; ``text`` is
    what of it is to be answered; ``question`` stands alone, with what the thread adds; ``context`` is the previous
    question where it leans on it; ``matter`` is what the thread goes on to be about. ``act`` is what the message does
    within its thread; ``part`` its number where it is one of several questions, ``subject`` the title they share,
    ``frame`` the round or document that all are about.
    ``continues``: the message goes on with the pre-check under way; ``of_rules``: as a whole it asks what the rules
    are, so that what a part tells of a company starts no pre-check. ``wish``: the words on which the last answer offered
    to hand the conversation over.
    """

    typed: str
    thread: str
    id: str
    today: date
    place: str
    as_of: date
    memory: Memory
    emit: Emit | None = None
    said: str = ""
    text: str = ""
    act: Act | None = None
    part: int = 0
    subject: str | None = None
    frame: str = ""
    question: str = ""
    context: str = ""
    matter: str = ""
    continues: bool = False
    of_rules: bool = False
    wish: str = ""
    titles: list[str] = field(default_factory=list)
    extraction: Extraction = field(default_factory=Extraction)
    facts: Facts = field(default_factory=dict)
    route: Route = "policy"
    draft: Draft | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    verdict: Verdict | None = None
    understood: list[Understood] = field(default_factory=list)
    answer: Answer | None = None
    notes: list[str] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)
    trace: list[dict[str, Any]] = field(default_factory=list)

    def log(self, step: str, **what: Any) -> None:
        """Put an observation into the trace."""
        self.trace.append({"step": step, **what})


class _ThreadLock:
    """A lock that is forgotten when no turn of its thread is under way any more."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Assistant:
    """Answers messages. Safe to share between threads; state lives in the store."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._workers = ThreadPoolExecutor(AT_ONCE_WITH_MODEL if house.model else AT_ONCE, thread_name_prefix="turn")
        self._locks: WeakValueDictionary[str, _ThreadLock] = WeakValueDictionary()
        self._guard = threading.Lock()

    def ask(
        self,
        message: str,
        *,
        thread: str | None = None,
        place: str | None = None,
        as_of: date | None = None,
        profile: Facts | None = None,
        emit: Emit | None = None,
        turn_id: str | None = None,
    ) -> Answer:
        """Answer one message of a thread (a new one where none is named).

        ``place`` and ``as_of`` default to the thread's, then to 上海市 and today; ``profile`` adds known facts;
        ``emit`` receives the answer's Markdown piece by piece as it becomes final; ``turn_id`` names the turn, so that who
        asked finds it again after a lost connection (default: a new id). Never raises for anything that a
        message can contain; what fails is an answer with status ``failed``.
        """
        started = time.perf_counter()
        thread = thread or new_id()
        begin = partial(self._begin, message, thread, place, as_of, profile, emit)
        with self.alone(thread):
            turn, answer = self._workers.submit(self._taken, begin, turn_id, started).result()
        if emit and not steps.was_streamed(turn):
            emit(answer.answer)
        return answer

    def _taken(self, begin: Callable[[], Turn], turn_id: str | None, started: float) -> tuple[Turn, Answer]:
        """One turn from its beginning to its record."""
        turn = begin()
        turn.id = turn_id or turn.id
        try:
            steps.run(turn, self.house, steps.STEPS)
        except Exception:
            log.exception("turn %s failed", turn.id)
            steps.finish_early(turn, Stop("internal"))
        answer = turn.answer = steps.complete(turn)
        steps.remember(turn)
        answer.elapsed_ms = round((time.perf_counter() - started) * 1000, 1)
        self._record(turn, answer)
        return turn, answer

    def trace(self, answer: Answer) -> list[dict[str, Any]]:
        """The steps of an answered turn with their times; empty when conversations are not kept."""
        found = self.house.store.turn(answer.turn) if self.house.store and answer.turn else None
        return list(found.trace) if found else []

    def _begin(
        self, message: str, thread: str, place: str | None, as_of: date | None, profile: Facts | None, emit: Emit | None
    ) -> Turn:
        memory = self._remember(thread)
        today = self.house.today()
        turn = Turn(
            typed=message, thread=thread, id=new_id(), today=today,
            place=place if place and place != memory.given_place else memory.place,
            as_of=as_of if as_of and as_of != memory.given_day else memory.as_of or as_of or today,
            memory=memory, emit=emit,
        )  # fmt: skip
        memory.given_place, memory.given_day = place or memory.given_place, as_of
        turn.facts = {key: Value.model_validate(value) for key, value in memory.facts.items()}
        turn.facts.update(profile or {})
        return turn

    def _remember(self, thread: str) -> Memory:
        if self.house.store is None:
            return Memory()
        try:
            state = self.house.store.state(thread)
        except StoreUnavailable as error:
            log.warning("%s", error)
            return Memory()
        return Memory.model_validate(state) if state else Memory()

    def _record(self, turn: Turn, answer: Answer) -> None:
        """Write the turn. A store that fails never costs the person the answer; the answer then says so."""
        if self.house.store is None:
            return
        facts = {k: v.model_dump(mode="json") for k, v in turn.facts.items()}
        version = turn.memory.version + 1
        memory = turn.memory.model_copy(
            update={
                "place": turn.place,
                "as_of": turn.as_of if turn.as_of != turn.today else None,
                "facts": facts,
                "version": version,
                "origins": with_told(turn.memory, facts, turn.id, version),
            }
        )
        try:
            self.house.store.record(
                turn.thread,
                memory.model_dump(mode="json"),
                turn.id,
                turn.said,
                answer.model_dump(mode="json"),
                turn.trace,
            )
        except StoreUnavailable as error:
            log.warning("%s", error)
            answer.notes.append(f"这一轮没有存下来：{error}")

    @contextmanager
    def alone(self, thread: str) -> Iterator[None]:
        """Two messages of one thread never run at once, nor does a change of its profile; different threads do."""
        with self._guard:
            held = self._locks.get(thread) or _ThreadLock()
            self._locks[thread] = held
        with held.lock:
            yield
