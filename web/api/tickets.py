"""/tickets for specialists: the queue, one ticket with its hand-over, claim, answer, note, hand back, close, change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AwareDatetime, BaseModel, Field

from assistant.desk.answering import prepared
from assistant.desk.handoff import Package, package
from assistant.desk.ticket_models import Message, Priority, Ticket, TicketDetail, Warned
from assistant.desk.ticket_search import NOBODY, TicketList, Wanted, search_tickets
from assistant.desk.ticket_states import State
from assistant.desk.tickets import Tickets
from assistant.desk.words import masked
from web.api.desk import Specialist
from web.api.inputs import Place, Strict, Text, service_of
from web.api.own_ticket import Key
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["坐席"])
READ = documented("unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable")
WRITE = READ | documented("malformed-body", "conflict")
UNKNOWN = "没有这张工单，可能已经随对话删除。"
ME = "me"
TicketId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="工单编号。")]
Opened = Annotated[Service, Depends(service_of)]


class TicketView(TicketDetail):
    """A ticket with its conversation as it was handed over."""

    package: Package


class AnswerIn(Strict):
    """An answer to the owner, with the clauses it rests on (``document#eId``)."""

    text: Text = Field(min_length=1, max_length=4000)
    refs: list[Text] = Field(default=[], max_length=20, examples=[["cn/miit/2026/2#annex_1__item_2"]])


class Checked(BaseModel):
    """What would be remarked on an answer, before it is sent."""

    warnings: list[Warned]


class Sent(BaseModel):
    """The answer as sent, with its warnings, and the ticket as it stands."""

    ticket: Ticket
    message: Message


class Why(Strict):
    """A reason, for colleagues."""

    why: Text = Field(default="", max_length=300)


class NoteIn(Strict):
    """A remark among specialists."""

    text: Text = Field(min_length=1, max_length=2000)


class TicketChange(Strict):
    """What to change; what is left out stays. ``version``: as read, so that nobody's change is overwritten."""

    version: int = Field(ge=1)
    due: AwareDatetime | None = Field(default=None, examples=["2026-11-24T10:00:00+08:00"])
    priority: Priority | None = None
    tags: list[Annotated[Text, Field(min_length=1, max_length=20)]] | None = Field(default=None, max_length=8)


@contextmanager
def known() -> Iterator[None]:
    """An unknown ticket is a 404 problem."""
    try:
        yield
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


@router.get("/tickets", summary="工单队列", response_model=TicketList, responses=READ)
def queue(
    account: Specialist,
    service: Opened,
    text: Annotated[
        str, Query(max_length=100, description="问过、写过的话里的字，空格隔开的都要有；也找编号和标签。")
    ] = "",
    place: Annotated[Place, Query()] = None,
    state: Annotated[list[State] | None, Query(description="状态，可以写几个。")] = None,
    assignee: Annotated[str, Query(max_length=64, description="me 我的，none 没人领的，或账号编号。")] = "",
    due_before: Annotated[datetime | None, Query(description="这个时间以前到期的。")] = None,
    overdue: Annotated[bool, Query(description="只要过了期还没答的。")] = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TicketList:
    """Open tickets first, the urgent before the others, the earlier due before the later."""
    who = account.id if assignee == ME else assignee or None
    wanted = Wanted(text, place, tuple(state or ()), who if who != "none" else NOBODY, due_before, overdue)
    return search_tickets(service.store, wanted, limit, offset)


@router.get("/tickets/{ticket}", summary="一张工单", response_model=TicketView, responses=READ)
def read(ticket: TicketId, account: Specialist, service: Opened) -> TicketView:
    """The ticket with contact, messages, audit, and the conversation as it stands."""
    with known():
        found = Tickets(service.store).read(ticket)
        whole = package(service.house, service.store, found.ticket.thread)
    return TicketView(**dict(found), package=whole)


@router.post("/tickets/{ticket}/claim", summary="领取工单", response_model=Ticket, responses=WRITE)
def claim(ticket: TicketId, account: Specialist, service: Opened) -> Ticket:
    """Of two who claim at once one gets it; the other gets 409 with who has it."""
    with known():
        return Tickets(service.store).claim(ticket, account)


@router.post("/tickets/{ticket}/check", summary="发出前看看答复", response_model=Checked, responses=WRITE)
def check(ticket: TicketId, body: AnswerIn, account: Specialist, service: Opened) -> Checked:
    """The warnings that the answer would get; nothing is kept."""
    with known():
        found = Tickets(service.store).read(ticket).ticket
    text, _ = masked(body.text)
    made = prepared(service.house, found.thread, found.place, service.today(), text, body.refs, account.name)
    return Checked(warnings=made[2])


@router.post("/tickets/{ticket}/answer", summary="答复", response_model=Sent, responses=WRITE)
def answer(ticket: TicketId, body: AnswerIn, account: Specialist, service: Opened, key: Key = None) -> Sent:
    """Send an answer; it appears in the owner's conversation. What the clauses do not bear out is a warning, which is kept:
    a person signs it."""
    text, _ = masked(body.text)
    if not text:
        raise Problem("invalid-request", "没有能看见的字，请写答复。")
    tickets = Tickets(service.store)
    with known():
        found = tickets.read(ticket).ticket
        made, refs, warnings = prepared(
            service.house, found.thread, found.place, service.today(), text, body.refs, account.name
        )
        after, message = tickets.answer(ticket, account, made, text, refs, warnings, key)
    return Sent(ticket=after, message=message)


@router.post("/tickets/{ticket}/notes", summary="记一笔", response_model=Message, responses=WRITE)
def note(ticket: TicketId, body: NoteIn, account: Specialist, service: Opened, key: Key = None) -> Message:
    """A remark that the owner never sees; personal data masked."""
    with known():
        return Tickets(service.store).note(ticket, account, masked(body.text)[0], key)


@router.post("/tickets/{ticket}/hand-back", summary="退回队列", response_model=Ticket, responses=WRITE)
def hand_back(ticket: TicketId, body: Why, account: Specialist, service: Opened) -> Ticket:
    """Put it back for somebody else."""
    with known():
        return Tickets(service.store).hand_back(ticket, account, masked(body.why)[0])


@router.post("/tickets/{ticket}/close", summary="关闭工单", response_model=Ticket, responses=WRITE)
def close(ticket: TicketId, body: Why, account: Specialist, service: Opened) -> Ticket:
    """Done; the owner's next message opens it again."""
    with known():
        return Tickets(service.store).close(ticket, account, masked(body.why)[0])


@router.patch("/tickets/{ticket}", summary="改期限、轻重和标签", response_model=Ticket, responses=WRITE)
def change(ticket: TicketId, body: TicketChange, account: Specialist, service: Opened) -> Ticket:
    """Set the due time, the priority or the tags."""
    tags = None if body.tags is None else [t for tag in body.tags if (t := " ".join(masked(tag)[0].split()))]
    with known():
        return Tickets(service.store).change(
            ticket, account, version=body.version, due=body.due, priority=body.priority, tags=tags
        )
