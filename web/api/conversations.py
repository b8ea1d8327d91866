"""GET and DELETE /conversations/{thread}: a conversation so far, and forgetting it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from assistant.answer import Answer
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.turns import Said, kind_of
from web.api.inputs import Thread, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["对话"])


class TurnInfo(BaseModel):
    """One message (personal data masked) and its answer. ``kind``: who answers; a specialist's answer has no message and
    the specialist's name in ``by``, a message to the specialist (``to_specialist``) only a receipt for an answer."""

    turn: str
    at: datetime
    kind: Said = "assistant"
    by: str = ""
    message: str
    answer: Answer


class ConversationInfo(BaseModel):
    """A conversation, oldest turn first."""

    thread: str
    turns: list[TurnInfo]


@router.get(
    "/conversations/{thread}",
    summary="一个对话的全部问答",
    response_model=ConversationInfo,
    responses=documented("unknown-item", "invalid-request", "unavailable"),
)
def read(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> ConversationInfo:
    """The turns of a thread, those of specialists among them."""
    turns = service.store.turns(thread)
    if not turns:
        raise Problem("unknown-item", "没有这个编号的对话，可能已经删除。")
    names = OwnTickets(service.store).names(thread)
    found = []
    for t in turns:
        answer = Answer.model_validate(t.answer)
        kind, by = kind_of(answer), names.get(t.id, "")
        found.append(TurnInfo(turn=t.id, at=t.at, kind=kind, by=by, message=t.message, answer=answer))
    return ConversationInfo(thread=thread, turns=found)


@router.delete(
    "/conversations/{thread}",
    summary="删除一个对话",
    status_code=204,
    response_class=Response,
    responses=documented("unknown-item", "invalid-request", "unavailable"),
)
def forget(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> None:
    """Delete a thread with its turns, traces, feedback and tickets."""
    if not service.store.forget(thread):
        raise Problem("unknown-item", "没有这个编号的对话，可能已经删除。")
