"""The owner's side of the hand-over: POST /tickets, and /conversations/{thread}/ticket with its messages.

Whoever knows the thread may do it; nothing about other threads can be seen or told apart from what does not exist.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Response
from pydantic import BaseModel, Field

from assistant.answer import Citation
from assistant.desk.handoff import hand_over
from assistant.desk.owner_tickets import OwnTicket, OwnTickets
from assistant.desk.ticket_models import Contact, Message
from assistant.desk.ticket_states import State
from assistant.desk.words import masked, tidy
from assistant.policy.evidence import citation
from web.api.inputs import Strict, Text, Thread, service_of
from web.origin import own_site
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["转人工"])
READ = documented("unknown-item", "invalid-request", "unavailable")
WRITE = READ | documented("malformed-body", "other-site", "conflict")
NO_THREAD = "没有这个编号的对话，可能已经删除；还没有问过的话，先问一句再转。"
NO_TICKET = "这个对话没有转过人工。"
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,64}$", description="这一次发送的编号，重发时用同一个，只算一次。"),
]  # fmt: skip
CHANGES = [Depends(own_site)]


class ContactIn(Strict):
    """How to reach the owner; everything may be left out."""

    name: Text = Field(default="", max_length=30, description="称呼。")
    phone: Text = Field(default="", max_length=30, pattern=r"^[0-9+()（）\- ]*$", description="电话。")
    email: Text = Field(default="", max_length=80, pattern=r"^$|^[^@\s]+@[^@\s]+$", description="邮箱。")
    note: Text = Field(default="", max_length=100, description="什么时候方便之类。")


class HandOver(Strict):
    """What to hand over."""

    thread: Thread
    wish: Text = Field(default="", max_length=1000, description="想请专员办什么，可以不写；个人信息会先遮住再保存。")
    contact: ContactIn | None = Field(default=None, description="联系方式，只存在这张工单里，随对话一起删除。")


class WriteToSpecialist(Strict):
    """A message to the specialist."""

    text: Text = Field(min_length=1, max_length=1000, description="要告诉专员的话；个人信息会先遮住再保存。")


class OwnMessage(BaseModel):
    """One message as the owner sees it. ``turn``: where it stands in the conversation."""

    id: int
    at: datetime
    by: Literal["owner", "specialist"]
    name: str
    text: str
    citations: list[Citation] = []
    turn: str | None


class OwnTicketInfo(BaseModel):
    """The owner's view of the hand-over. ``contact`` is masked; ``notes`` say what was done to what was sent (personal
    data masked)."""

    number: str
    state: State
    state_name: str
    created: datetime
    due: datetime
    specialist: str
    wish: str
    contact: str
    messages: list[OwnMessage]
    notes: list[str] = []


@router.post(
    "/tickets",
    summary="转人工",
    description="把一个对话转给服务专员。同一个对话同时只有一张没关的工单，重复提交得到同一张（200），新建是 201。",
    status_code=201,
    response_model=OwnTicketInfo,
    dependencies=CHANGES,
    responses={200: {"model": OwnTicketInfo, "description": "这个对话已经转过，这是原来那张"}, **WRITE},
)
def create(body: HandOver, response: Response, service: Annotated[Service, Depends(service_of)]) -> OwnTicketInfo:
    """Make the ticket of a thread, or give back the one that is open."""
    wish, hidden = masked(body.wish)
    given = {name: tidy(value) for name, value in body.contact.model_dump().items()} if body.contact else None
    try:
        own = hand_over(
            service.house,
            service.store,
            body.thread,
            wish=wish,
            contact=Contact.model_validate(given) if given else None,
        )
    except KeyError as error:
        raise Problem("unknown-item", NO_THREAD) from error
    response.status_code = 201 if own.new else 200
    return _info(own, service, hidden)


@router.get("/conversations/{thread}/ticket", summary="转人工到哪一步", response_model=OwnTicketInfo, responses=READ)
def read(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> OwnTicketInfo:
    """The newest ticket of a thread."""
    try:
        return _info(OwnTickets(service.store).of(thread), service)
    except KeyError as error:
        raise Problem("unknown-item", NO_TICKET) from error


@router.post(
    "/conversations/{thread}/ticket/messages",
    summary="写给专员",
    description="已答复或已关闭的会重新打开。带上 Idempotency-Key，重发也只算一次。",
    response_model=OwnTicketInfo,
    dependencies=CHANGES,
    responses=WRITE,
)
def write(
    thread: Thread, body: WriteToSpecialist, service: Annotated[Service, Depends(service_of)], key: Key = None
) -> OwnTicketInfo:
    """A message of the owner; it becomes a turn of the conversation."""
    text, hidden = masked(body.text)
    if not text:
        raise Problem("invalid-request", "没有能看见的字，请写一句话。")
    try:
        return _info(OwnTickets(service.store).write(thread, text, key), service, hidden)
    except KeyError as error:
        raise Problem("unknown-item", NO_TICKET) from error


@router.post(
    "/conversations/{thread}/ticket/withdraw",
    summary="不用专员了",
    response_model=OwnTicketInfo,
    dependencies=CHANGES,
    responses=WRITE,
)
def withdraw(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> OwnTicketInfo:
    """Close one's own ticket."""
    try:
        return _info(OwnTickets(service.store).withdraw(thread), service)
    except KeyError as error:
        raise Problem("unknown-item", NO_TICKET) from error


def _info(own: OwnTicket, service: Service, hidden: list[str] | None = None) -> OwnTicketInfo:
    ticket = own.ticket
    messages = [_message(m, service, ticket.as_of) for m in own.messages]
    notes = [f"已遮住您写的{'、'.join(hidden)}，不会保存；要留联系方式，请填在联系方式那几栏。"] if hidden else []
    return OwnTicketInfo(
        number=ticket.number, state=ticket.state, state_name=ticket.state_name, created=ticket.created, due=ticket.due,
        specialist=ticket.assignee_name, wish=ticket.wish, contact=ticket.contact, messages=messages, notes=notes,
    )  # fmt: skip


def _message(m: Message, service: Service, day: date) -> OwnMessage:
    found = [e for ref in m.refs if (e := service.house.library.evidence(ref, day))]
    return OwnMessage(
        id=m.id, at=m.at, by="owner" if m.kind == "owner" else "specialist", name=m.name, text=m.text,
        citations=[citation(n, e) for n, e in enumerate(found, 1)], turn=m.turn,
    )  # fmt: skip
