"""A conversation as it is handed over: what was said, what is known of the company, the clauses shown, the verdict, and
what is still open, so that nothing has to be told again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.answer import Answer, Citation, Verdict
from assistant.conversation import Memory
from assistant.desk.handoff_words import outcome_in_words, summary_of
from assistant.desk.owner_tickets import OwnTicket, OwnTickets
from assistant.desk.ticket_models import Contact
from assistant.desk.ticket_states import aware
from assistant.desk.turns import Said, kind_of
from assistant.facts.describe import label, words_of
from assistant.facts.values import Value
from assistant.statuses import statuses
from corpus.validity import LABELS, validity

if TYPE_CHECKING:
    from assistant.house import House
    from assistant.store import Store, TurnRecord

MOST_OPEN = 12
OpenKind = Literal["unanswered", "missing_fact", "conflict"]


class Line(BaseModel):
    """One turn of the transcript: ``message`` as stored (personal data masked), ``answer`` in Markdown."""

    turn: str
    at: datetime
    kind: Said
    message: str
    answer: str
    reason: str


class FactLine(BaseModel):
    """One fact of the profile in words; ``said`` is what the owner wrote."""

    key: str
    label: str
    value: str
    said: str


class ClauseLine(BaseModel):
    """A clause that was shown, with its status on the day of the conversation."""

    ref: str
    title: str
    number: str | None
    place: str
    clause: str
    validity: str
    validity_label: str
    validity_note: str
    turns: list[str]


class OpenPoint(BaseModel):
    """What is still open: a question without an answer (``why`` says how it ended), a fact that is missing, a
    contradiction."""

    kind: OpenKind
    text: str
    why: str = ""


class Package(BaseModel):
    """All that a specialist has to know of a conversation. ``verdict``: the latest, with its outcome in words."""

    thread: str
    place: str
    as_of: date
    summary: str
    transcript: list[Line]
    profile: list[FactLine]
    clauses: list[ClauseLine]
    verdict: Verdict | None
    verdict_words: str
    open_points: list[OpenPoint]


def package(house: House, store: Store, thread: str) -> Package:
    """The package of a thread as it stands now. Raises KeyError for an unknown thread, StoreUnavailable."""
    turns, state = store.turns(thread), store.state(thread)
    if state is None:
        raise KeyError(thread)
    memory = Memory.model_validate(state)
    day = memory.as_of or house.today()
    answers = [Answer.model_validate(turn.answer) for turn in turns]
    verdict = next((a.verdict for a in reversed(answers) if a.verdict), None)
    found = Package(
        thread=thread, place=memory.place, as_of=day, summary="",
        transcript=[_line(turn, answer) for turn, answer in zip(turns, answers, strict=True)],
        profile=_profile(memory), clauses=_clauses(answers, house, day), verdict=verdict,
        verdict_words=outcome_in_words(verdict) if verdict else "", open_points=_open(turns, answers, memory, verdict),
    )  # fmt: skip
    asked = [t.message for t, a in zip(turns, answers, strict=True) if t.message and _asks(a)]
    found.summary = summary_of(
        asked=asked,
        unanswered=[p.text for p in found.open_points if p.kind == "unanswered"],
        facts=[f"{fact.label}：{fact.value}" for fact in found.profile],
        verdict=found.verdict_words,
        missing=[p.text for p in found.open_points if p.kind != "unanswered"],
        clauses=[f"{c.title}{c.clause}" for c in found.clauses],
        place=found.place,
        day=day,
    )
    return found


def _line(turn: TurnRecord, answer: Answer) -> Line:
    at = aware(turn.at)
    return Line(
        turn=turn.id, at=at, kind=kind_of(answer), message=turn.message, answer=answer.answer, reason=answer.reason
    )


def _asks(answer: Answer) -> bool:
    """Whether a turn put a question to the assistant: no courtesy, no word about handing over."""
    return answer.route not in ("handoff", "about")


def _profile(memory: Memory) -> list[FactLine]:
    values = {key: Value.model_validate(value) for key, value in memory.facts.items()}
    return [FactLine(key=k, label=label(k), value=words_of(k, v), said=v.source) for k, v in values.items()]


def _clauses(answers: list[Answer], house: House, day: date) -> list[ClauseLine]:
    """Every clause once, in the order in which they were first shown."""
    shown: dict[str, ClauseLine] = {}
    for answer in answers:
        for citation in answer.citations:
            line = shown.setdefault(citation.ref, _clause(citation, house, day))
            if answer.turn:
                line.turns.append(answer.turn)
    return list(shown.values())


def _clause(citation: Citation, house: House, day: date) -> ClauseLine:
    known = citation.document in house.corpus.documents
    status = validity(citation.ref, day, house.corpus) if known else None
    state = status.state if status else citation.validity
    return ClauseLine(
        ref=citation.ref, title=citation.title, number=citation.number, place=citation.place, clause=citation.clause,
        validity=state, validity_label=LABELS[state], validity_note=status.note if status else citation.validity_note, turns=[],
    )  # fmt: skip


def _open(
    turns: Sequence[TurnRecord], answers: list[Answer], memory: Memory, verdict: Verdict | None
) -> list[OpenPoint]:
    """Questions that found nothing or failed and were not answered when they were put again, then what the pre-check
    still needs, then contradictions."""
    found: dict[str, OpenPoint] = {}
    for turn, answer in zip(turns, answers, strict=True):
        if answer.status in ("not_found", "failed") and turn.message and answer.reason != "out_of_scope":
            found[turn.message] = OpenPoint(kind="unanswered", text=turn.message, why=statuses()[answer.reason].desk)
        elif answer.status == "answered":
            found.pop(turn.message, None)
    points = list(found.values())[-MOST_OPEN:]
    if verdict is not None and verdict.outcome == "needs_info":
        points += [OpenPoint(kind="missing_fact", text=missing.question) for missing in verdict.missing[:MOST_OPEN]]
    points += [OpenPoint(kind="conflict", text=problem.sentence) for problem in memory.problems]
    return points


def hand_over(house: House, store: Store, thread: str, *, wish: str = "", contact: Contact | None = None) -> OwnTicket:
    """Make the ticket of a thread, or give back the one that is open. ``wish`` is masked. Raises KeyError for an unknown
    thread, StoreUnavailable."""
    found = package(house, store, thread)
    return OwnTickets(store).open(
        thread, place=found.place, as_of=found.as_of, summary=found.summary, wish=wish, contact=contact
    )
