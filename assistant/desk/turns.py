"""Turns of a conversation that the assistant did not answer: what the owner writes to a specialist, and the answers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.answer import Answer, Citation
from assistant.statuses import statuses
from assistant.store import Conversation, TurnRecord, new_id, now

Said = Literal["assistant", "specialist", "to_specialist"]
SPECIALIST, TO_SPECIALIST = "specialist_answered", "passed_to_specialist"
KINDS: dict[str, Said] = {SPECIALIST: "specialist", TO_SPECIALIST: "to_specialist"}
MOST_CITED = 12


def kind_of(answer: Answer) -> Said:
    """Who speaks in a turn's answer: the assistant, a specialist, or nobody yet (a message to the specialist)."""
    return KINDS.get(answer.reason, "assistant")


def desk_answer(
    reason: str,
    thread: str,
    place: str,
    day: date,
    text: str = "",
    citations: list[Citation] | None = None,
    note: str = "",
) -> Answer:
    """The answer of a turn that goes by the desk."""
    status = statuses()[reason]
    return Answer(
        route="handoff", status=status.family, reason=reason, answer=text or status.sentence, citations=citations or [],
        notes=[note] if note else [], place=place, as_of=day.isoformat(), thread=thread, turn=new_id(),
    )  # fmt: skip


def add_turn(session: Session, thread: str, message: str, answer: Answer, cited: list[str] | None = None) -> None:
    """Write a turn in the transaction of ``session``; ``cited`` become the clauses that a follow-up speaks of. The first
    statement locks the thread, as every turn of the assistant does. Raises KeyError where the thread is gone."""
    locked = update(Conversation).where(Conversation.id == thread).values(changed=now())
    if not session.connection().execute(locked).rowcount:
        raise KeyError(thread)
    if cited:
        state = session.scalar(select(Conversation.state).where(Conversation.id == thread)) or {}
        memory = {**state, "cited": cited[:MOST_CITED], "points": [[ref] for ref in cited[:MOST_CITED]]}
        session.connection().execute(update(Conversation).where(Conversation.id == thread).values(state=memory))
    number = session.scalar(select(func.coalesce(func.max(TurnRecord.number), 0)).where(TurnRecord.thread == thread))
    turn = answer.turn or new_id()
    record = answer.model_dump(mode="json")
    session.add(TurnRecord(id=turn, thread=thread, number=(number or 0) + 1, message=message, answer=record, trace=[]))
