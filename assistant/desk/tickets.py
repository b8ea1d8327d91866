"""Tickets as specialists work on them: read, claim, answer, note, hand back, close, change.

Every change is one transaction with its row of the audit. Two people who want the same ticket at the same moment: one
gets it, the other is told who has it. An answer to the owner becomes a turn of the conversation, so that whoever reads
the conversation reads it in its order.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from assistant.accounts.model import Account
from assistant.answer import Answer
from assistant.desk.ticket_models import (
    PRIORITIES,
    Message,
    Priority,
    Ticket,
    TicketDetail,
    Warned,
    contact_of,
    event_of,
    message_of,
    ticket_of,
)
from assistant.desk.ticket_rows import found, free, move, note, own, repeated, sent_already, transaction
from assistant.desk.ticket_states import aware, in_words
from assistant.desk.ticket_tables import EventRow, MessageRow
from assistant.desk.turns import add_turn
from assistant.errors import Conflict
from assistant.store import Store, now

MOST_TAGS, LONGEST_TAG = 8, 20


class Tickets:
    """The specialists' side of a store's tickets. Every method raises KeyError for an unknown ticket, Conflict where its
    state or somebody else's change stands in the way, StoreUnavailable when it cannot be read or written. ``version``,
    where given, is the one that the change was made from."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self, ticket: str) -> TicketDetail:
        """One ticket with messages, notes and audit, oldest first."""
        with transaction(self.store) as session:
            row = found(session, ticket)
            messages = session.scalars(select(MessageRow).where(MessageRow.ticket == ticket).order_by(MessageRow.id))
            events = session.scalars(select(EventRow).where(EventRow.ticket == ticket).order_by(EventRow.id))
            return TicketDetail(
                ticket=ticket_of(row, now()), contact=contact_of(row),
                messages=[message_of(m) for m in messages], events=[event_of(e) for e in events],
            )  # fmt: skip

    def claim(self, ticket: str, by: Account) -> Ticket:
        """Take a waiting ticket; one's own already is no error."""

        def work() -> Ticket:
            with transaction(self.store) as session:
                row = found(session, ticket)
                if row.assignee == by.id and row.state in ("claimed", "answered"):
                    return ticket_of(row, now())
                free(row)
                move(row, "claim")
                row.assignee, row.assignee_name = by.id, by.name
                note(session, row, by, "claimed")
                session.flush()
                return ticket_of(row, now())

        return repeated(work)

    def answer(
        self,
        ticket: str,
        by: Account,
        answer: Answer,
        text: str,
        refs: list[str],
        warnings: list[Warned],
        key: str | None,
    ) -> tuple[Ticket, Message]:
        """Send an answer to the owner; it becomes the next turn of the conversation (``answer``), and what follows there
        may speak of its clauses. ``key``: sent twice with the same one, it is sent once."""

        def work() -> tuple[Ticket, Message]:
            with transaction(self.store) as session:
                row = found(session, ticket)
                if known := sent_already(session, ticket, by.id, key, text):
                    return ticket_of(row, now()), known
                own(row, by)
                move(row, "answer")
                message = MessageRow(
                    ticket=ticket, kind="answer", author=by.id, name=by.name, text=text, refs=refs,
                    warnings=[w.model_dump() for w in warnings], turn=answer.turn, key=key,
                )  # fmt: skip
                session.add(message)
                row.words = f"{row.words}\n{text}"
                note(session, row, by, "answered", f"引用{len(refs)}条，提醒{len(warnings)}处")
                add_turn(session, row.thread, "", answer, cited=refs)
                session.flush()
                return ticket_of(row, now()), message_of(message)

        return repeated(work)

    def note(self, ticket: str, by: Account, text: str, key: str | None = None) -> Message:
        """A remark among specialists; the owner never sees it."""

        def work() -> Message:
            with transaction(self.store) as session:
                row = found(session, ticket)
                if known := sent_already(session, ticket, by.id, key, text):
                    return known
                message = MessageRow(ticket=ticket, kind="note", author=by.id, name=by.name, text=text, key=key)
                session.add(message)
                row.words = f"{row.words}\n{text}"
                note(session, row, by, "noted")
                session.flush()
                return message_of(message)

        return repeated(work)

    def hand_back(self, ticket: str, by: Account, why: str = "") -> Ticket:
        """Put a ticket back into the queue."""

        def work() -> Ticket:
            with transaction(self.store) as session:
                row = found(session, ticket)
                own(row, by)
                move(row, "hand_back")
                row.assignee, row.assignee_name = None, ""
                note(session, row, by, "handed-back", why)
                session.flush()
                return ticket_of(row, now())

        return repeated(work)

    def close(self, ticket: str, by: Account, why: str = "") -> Ticket:
        """Close a ticket; one that is closed already stays so. One that waits may be closed by anybody."""

        def work() -> Ticket:
            with transaction(self.store) as session:
                row = found(session, ticket)
                if row.state == "closed":
                    return ticket_of(row, now())
                if row.state != "waiting":
                    own(row, by)
                move(row, "close")
                note(session, row, by, "closed", why)
                session.flush()
                return ticket_of(row, now())

        return repeated(work)

    def change(
        self,
        ticket: str,
        by: Account,
        *,
        version: int | None = None,
        due: datetime | None = None,
        priority: Priority | None = None,
        tags: list[str] | None = None,
    ) -> Ticket:
        """Set the due time (with its zone), the priority, the tags; what is None stays."""

        def work() -> Ticket:
            with transaction(self.store) as session:
                row = found(session, ticket)
                if version is not None and version != row.version:
                    raise Conflict("这张工单刚在别处改过，请看过新的内容再改。")
                if due is not None and due != aware(row.due):
                    row.due = due.astimezone(UTC)
                    note(session, row, by, "due", in_words(due))
                if priority is not None and PRIORITIES.index(priority) != row.priority:
                    row.priority = PRIORITIES.index(priority)
                    note(session, row, by, "priority", priority)
                kept = None if tags is None else list(dict.fromkeys(t[:LONGEST_TAG] for t in tags))[:MOST_TAGS]
                if kept is not None and kept != row.tags.splitlines():
                    row.tags = "\n".join(kept)
                    note(session, row, by, "tags", "、".join(kept))
                session.flush()
                return ticket_of(row, now())

        return repeated(work)
