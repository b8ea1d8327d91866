"""The owner's side of a ticket: handing a conversation over, writing to the specialist, taking it back.

The thread is the capability: whoever knows it may see and write what belongs to it, and nothing else.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.desk.ticket_models import Contact, Message, Ticket, contact_of, message_of, number_of, ticket_of
from assistant.desk.ticket_rows import move, note, repeated, sent_already, transaction
from assistant.desk.ticket_states import REOPENS, Action, due_after
from assistant.desk.ticket_tables import MessageRow, TicketRow
from assistant.desk.turns import TO_SPECIALIST, add_turn, desk_answer
from assistant.store import Conversation, Store, new_id, now

WRITES: Action = "owner_writes"
SHOWN = ("owner", "answer")
"""Of the messages, what the owner sees."""


class OwnTicket(BaseModel):
    """What the owner sees: ``new`` tells a ticket just made from one that was there."""

    ticket: Ticket
    messages: list[Message]
    new: bool = False


class OwnTickets:
    """The owners' side of a store's tickets. Every method raises KeyError for an unknown thread or one without a ticket,
    StoreUnavailable when it cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def open(
        self,
        thread: str,
        *,
        place: str,
        as_of: date,
        summary: str,
        wish: str = "",
        contact: Contact | None = None,
    ) -> OwnTicket:
        """Hand a conversation over. Where its ticket is open already that one is given back, with what is new in
        ``wish`` added as a message and ``contact`` replaced. ``wish`` and ``summary`` are masked."""

        def work() -> OwnTicket:
            with transaction(self.store) as session:
                if session.get(Conversation, thread) is None:
                    raise KeyError(thread)
                row = session.scalar(select(TicketRow).where(TicketRow.open_thread == thread))
                if made := row is None:
                    ticket = new_id()
                    row = TicketRow(
                        id=ticket, thread=thread, open_thread=thread, state="waiting", due=due_after(now()),
                        place=place, as_of=as_of, summary=summary, wish=wish, words=f"{number_of(ticket)}\n{summary}\n{wish}",
                    )  # fmt: skip
                    session.add(row)
                    session.flush()
                    note(session, row, None, "handed-over")
                assert row is not None
                if not made and wish and wish != row.wish:
                    self._also_wished(session, row, wish)
                if contact is not None and contact.given and contact != contact_of(row):
                    row.contact = contact.model_dump()
                    note(session, row, None, "contact")
                session.flush()
                return _own(session, row, new=made)

        return repeated(work)

    def _also_wished(self, session: Session, row: TicketRow, wish: str) -> None:
        if not row.wish:
            row.wish = wish
            row.words = f"{row.words}\n{wish}"
            note(session, row, None, "wish")
            return
        said = select(MessageRow).where(
            MessageRow.ticket == row.id, MessageRow.kind == "owner", MessageRow.text == wish
        )
        if session.scalar(said.limit(1)) is None:
            self._write(session, row, wish, None)

    def of(self, thread: str) -> OwnTicket:
        """The newest ticket of a thread."""
        with transaction(self.store) as session:
            return _own(session, _newest(session, thread))

    def write(self, thread: str, text: str, key: str | None = None) -> OwnTicket:
        """A message (masked) to the specialist; it becomes a turn of the conversation. An answered or closed ticket is
        opened again. ``key``: sent twice with the same one, it is sent once."""

        def work() -> OwnTicket:
            with transaction(self.store) as session:
                row = _newest(session, thread)
                if sent_already(session, row.id, "", key, text) is None:
                    self._write(session, row, text, key)
                session.flush()
                return _own(session, row)

        return repeated(work)

    def withdraw(self, thread: str) -> OwnTicket:
        """The owner does not need it any more; a closed ticket stays closed."""

        def work() -> OwnTicket:
            with transaction(self.store) as session:
                row = _newest(session, thread)
                if row.state != "closed":
                    move(row, "close")
                    note(session, row, None, "withdrawn")
                session.flush()
                return _own(session, row)

        return repeated(work)

    def names(self, thread: str) -> dict[str, str]:
        """Turn → the name of the specialist who wrote it."""
        with transaction(self.store) as session:
            query = select(MessageRow.turn, MessageRow.name).join(TicketRow, TicketRow.id == MessageRow.ticket)
            rows = session.execute(query.where(TicketRow.thread == thread, MessageRow.kind == "answer"))
            return {turn: name for turn, name in rows if turn}

    def _write(self, session: Session, row: TicketRow, text: str, key: str | None) -> None:
        answer = desk_answer(TO_SPECIALIST, row.thread, row.place, row.as_of)
        session.add(MessageRow(ticket=row.id, kind="owner", text=text, turn=answer.turn, key=key))
        opened = (row.state, WRITES) in REOPENS
        move(row, WRITES)
        if row.state == "waiting":
            row.assignee, row.assignee_name = None, ""
        row.words = f"{row.words}\n{text}"
        note(session, row, None, "reopened" if opened else "wrote")
        add_turn(session, row.thread, text, answer)


def _newest(session: Session, thread: str) -> TicketRow:
    row = session.scalar(select(TicketRow).where(TicketRow.thread == thread).order_by(TicketRow.id.desc()).limit(1))
    if row is None:
        raise KeyError(thread)
    return row


def _own(session: Session, row: TicketRow, new: bool = False) -> OwnTicket:
    query = select(MessageRow).where(MessageRow.ticket == row.id, MessageRow.kind.in_(SHOWN)).order_by(MessageRow.id)
    return OwnTicket(ticket=ticket_of(row, now()), messages=[message_of(m) for m in session.scalars(query)], new=new)
