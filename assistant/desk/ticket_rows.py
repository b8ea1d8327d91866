"""Reading and changing rows of tickets inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from assistant.accounts.model import Account
from assistant.desk.ticket_models import Message, message_of
from assistant.desk.ticket_states import NEXT, REOPENS, STATE_NAMES, Action, State, due_after, in_words
from assistant.desk.ticket_tables import EventRow, MessageRow, TicketRow
from assistant.errors import Conflict, StoreUnavailable
from assistant.store import Store, now

TRIES = 5
LONGEST_DETAIL = 300
T = TypeVar("T")


class Overtaken(Conflict):
    """Somebody else changed the same rows in the meantime."""


@contextmanager
def transaction(store: Store) -> Iterator[Session]:
    """One transaction. Raises Overtaken where somebody else was faster, StoreUnavailable for other errors of the
    database."""
    try:
        with store.sessions() as session, session.begin():
            yield session
    except (IntegrityError, StaleDataError) as error:
        raise Overtaken("这张工单刚在别处改过，请看过新的内容再试。") from error
    except SQLAlchemyError as error:
        raise StoreUnavailable.because(error) from error


def repeated(work: Callable[[], T]) -> T:
    """What ``work`` gives; it starts over, and sees what is there now, where somebody else was faster."""
    for _ in range(TRIES - 1):
        try:
            return work()
        except Overtaken:
            continue
    return work()


def found(session: Session, ticket: str) -> TicketRow:
    """The row of a ticket. Raises KeyError."""
    row = session.get(TicketRow, ticket)
    if row is None:
        raise KeyError(ticket)
    return row


def move(row: TicketRow, action: Action) -> None:
    """Take a ticket to its next state; one that is opened again gets a new due time. Raises Conflict where the table of
    states has none."""
    after = NEXT.get((cast(State, row.state), action))
    if after is None:
        raise Conflict(f"这张工单{STATE_NAMES[row.state]}，现在不能这样做。")
    if (row.state, action) in REOPENS:
        row.due = due_after(now())
    row.state = after
    row.open_thread = None if after == "closed" else row.thread


def own(row: TicketRow, by: Account) -> None:
    """Raises Conflict unless the ticket is ``by``'s own; an administrator may act on any that somebody has."""
    if row.state == "closed":
        raise Conflict("这张工单已经关闭。")
    if row.assignee is None:
        raise Conflict("这张工单还没有人领，请先领取。")
    if row.assignee != by.id and not by.may("admin"):
        raise Conflict(f"这张工单由{row.assignee_name}处理，请和他商量，或请他退回队列。")


def free(row: TicketRow) -> None:
    """Raises Conflict, with who has it and since when, unless nobody has the ticket."""
    if row.assignee is not None and row.state in ("claimed", "answered"):
        when = in_words(row.changed)
        raise Conflict(f"这张工单已由{row.assignee_name}领走（{when}），现在{STATE_NAMES[row.state]}。")


def note(session: Session, row: TicketRow, by: Account | None, what: str, detail: str = "") -> None:
    """A row of the audit; ``by`` None is the owner."""
    who = (by.id, by.name) if by else ("", "")
    session.add(EventRow(ticket=row.id, actor=who[0], name=who[1], what=what, detail=detail[:LONGEST_DETAIL]))
    row.changed = now()


def sent_already(session: Session, ticket: str, author: str, key: str | None, text: str) -> Message | None:
    """The message that was sent with this key before. Raises Conflict where that one said something else."""
    if key is None:
        return None
    where = (MessageRow.ticket == ticket, MessageRow.author == author, MessageRow.key == key)
    row = session.scalar(select(MessageRow).where(*where))
    if row is not None and row.text != text:
        raise Conflict("这个编号已经发过另一段内容，请换一个编号再发。")
    return message_of(row) if row else None
