"""Tickets as the rest sees them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.desk.ticket_states import STATE_NAMES, State, aware
from assistant.desk.ticket_tables import EventRow, MessageRow, TicketRow

Priority = Literal["normal", "high", "urgent"]
PRIORITIES: tuple[Priority, ...] = ("normal", "high", "urgent")
Kind = Literal["owner", "answer", "note"]


class Contact(BaseModel):
    """How the owner wants to be reached, as given. Kept with the ticket alone and deleted with it."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""

    @property
    def given(self) -> bool:
        """Whether anything is filled in."""
        return any((self.name, self.phone, self.email, self.note))

    @property
    def masked(self) -> str:
        """For lists: ``"王**，手机尾号5678"``; never the whole of anything."""
        parts = [f"{self.name[:1]}**" if self.name else ""]
        parts.append(f"电话尾号{self.phone[-4:]}" if len(self.phone) > 4 else "有电话" if self.phone else "")
        parts.append("有邮箱" if self.email else "")
        parts.append("有备注" if self.note else "")
        return "，".join(part for part in parts if part)


class Warned(BaseModel):
    """A remark on a specialist's answer: the sentence (empty: the whole answer) and what is wrong with it, in words."""

    sentence: str = ""
    why: str


class Message(BaseModel):
    """One message on a ticket. ``refs`` are the clauses it cites, ``turn`` its place in the conversation."""

    id: int
    at: datetime
    kind: Kind
    name: str
    text: str
    refs: list[str] = []
    warnings: list[Warned] = []
    turn: str | None = None


class Event(BaseModel):
    """One row of the audit."""

    at: datetime
    name: str
    what: str
    detail: str = ""


class Ticket(BaseModel):
    """A ticket without what was written on it. ``contact`` is masked, ``number`` is for people. ``overdue``: the due time has passed and the owner
    waits still."""

    id: str
    number: str
    thread: str
    state: State
    state_name: str
    version: int
    created: datetime
    changed: datetime
    due: datetime
    overdue: bool
    priority: Priority
    assignee: str | None
    assignee_name: str
    tags: list[str]
    place: str
    as_of: date
    wish: str
    contact: str
    summary: str


class TicketDetail(BaseModel):
    """A ticket with all that belongs to it; ``contact`` as given."""

    ticket: Ticket
    contact: Contact | None
    messages: list[Message]
    events: list[Event]


def number_of(ticket: str) -> str:
    """The short number that people read out to each other; the search by text finds it."""
    return ticket[-6:].upper()


def contact_of(row: TicketRow) -> Contact | None:
    """The contact as given; None when none was."""
    return Contact.model_validate(row.contact) if row.contact else None


def ticket_of(row: TicketRow, moment: datetime) -> Ticket:
    """What a list may show of a row at this moment."""
    contact = contact_of(row)
    return Ticket(
        id=row.id, number=number_of(row.id), thread=row.thread, state=row.state, state_name=STATE_NAMES[row.state], version=row.version,
        created=aware(row.created), changed=aware(row.changed), due=aware(row.due),
        overdue=row.state in ("waiting", "claimed") and aware(row.due) < moment, priority=PRIORITIES[row.priority],
        assignee=row.assignee, assignee_name=row.assignee_name, tags=row.tags.splitlines(), place=row.place, as_of=row.as_of,
        wish=row.wish, contact=contact.masked if contact else "", summary=row.summary,
    )  # fmt: skip


def message_of(row: MessageRow) -> Message:
    """A row of the messages."""
    return Message(
        id=row.id, at=aware(row.at), kind=row.kind, name=row.name, text=row.text, refs=list(row.refs),
        warnings=[Warned.model_validate(w) for w in row.warnings], turn=row.turn,
    )  # fmt: skip


def event_of(row: EventRow) -> Event:
    """A row of the audit."""
    return Event(at=aware(row.at), name=row.name, what=row.what, detail=row.detail)
