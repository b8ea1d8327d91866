"""The queue: tickets by text, place, state, assignee and due time, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, or_, select

from assistant.desk.ticket_models import Ticket, ticket_of
from assistant.desk.ticket_rows import transaction
from assistant.desk.ticket_tables import TicketRow
from assistant.store import Store, now

NOBODY = "none"
OPEN = ("waiting", "claimed")


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is left out does not matter. ``text``: words that all have to occur in what was asked,
    wished and written, or among the tags. ``place`` takes narrower places in. ``assignee``: an account's id, or ``none``.
    ``overdue``: only what should have been answered by now."""

    text: str = ""
    place: str | None = None
    states: tuple[str, ...] = ()
    assignee: str | None = None
    due_before: datetime | None = None
    overdue: bool = False


class TicketList(BaseModel):
    """One page of the queue; ``counts`` has how many tickets there are in each state whatever was looked for."""

    total: int
    tickets: list[Ticket]
    counts: dict[str, int]


def search_tickets(store: Store, wanted: Wanted, limit: int = 50, offset: int = 0) -> TicketList:
    """The tickets wanted: open ones first, by priority, then by due time. Raises StoreUnavailable."""
    conditions = _conditions(wanted)
    order = (TicketRow.state.notin_(OPEN), TicketRow.priority.desc(), TicketRow.due, TicketRow.id)
    with transaction(store) as session:
        total = session.scalar(select(func.count()).select_from(TicketRow).where(*conditions)) or 0
        rows = session.scalars(select(TicketRow).where(*conditions).order_by(*order).limit(limit).offset(offset))
        states = session.execute(select(TicketRow.state, func.count()).group_by(TicketRow.state))
        counts = {state: int(count) for state, count in states}
        return TicketList(total=total, tickets=[ticket_of(row, now()) for row in rows], counts=counts)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.text.split():
        like = f"%{_escaped(word)}%"
        found.append(or_(TicketRow.words.ilike(like, escape="\\"), TicketRow.tags.ilike(like, escape="\\")))
    if wanted.place:
        found.append(TicketRow.place.startswith(wanted.place, autoescape=True))
    if wanted.states:
        found.append(TicketRow.state.in_(wanted.states))
    if wanted.assignee is not None:
        who = None if wanted.assignee == NOBODY else wanted.assignee
        found.append(TicketRow.assignee.is_(None) if who is None else TicketRow.assignee == who)
    if wanted.due_before is not None:
        found.append(TicketRow.due <= wanted.due_before.astimezone(UTC))
    if wanted.overdue:
        found += [TicketRow.state.in_(OPEN), TicketRow.due < now()]
    return found


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
