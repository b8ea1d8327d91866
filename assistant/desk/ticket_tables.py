"""The tables of tickets. All of a ticket goes with its conversation when that is deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store import Base, now


class TicketRow(Base):
    """A conversation handed over. ``open_thread`` is its thread until the ticket is closed: the database holds one open
    ticket per thread. ``contact`` is the only place where personal data as given is kept; ``words`` is what a search by
    text looks at, ``tags`` are one a line. ``version`` counts the changes; a change of an older version is refused."""

    __tablename__ = "tickets"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    open_thread: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    state: Mapped[str] = mapped_column(String(16), index=True, default="waiting")
    version: Mapped[int] = mapped_column(Integer)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)
    due: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    priority: Mapped[int] = mapped_column(Integer, default=0)
    assignee: Mapped[str | None] = mapped_column(String(64), index=True, default=None)
    assignee_name: Mapped[str] = mapped_column(String(64), default="")
    tags: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(64), index=True)
    as_of: Mapped[date] = mapped_column(Date)
    wish: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    summary: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MessageRow(Base):
    """What was written on a ticket: by the owner, as an answer to the owner, or as a note among specialists. ``turn`` is
    the turn of the conversation that shows it; ``key`` makes sending it twice harmless."""

    __tablename__ = "ticket_messages"
    __table_args__ = (UniqueConstraint("ticket", "author", "key"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    ticket: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    kind: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text)
    refs: Mapped[list[str]] = mapped_column(JSON, default=list)
    warnings: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    turn: Mapped[str | None] = mapped_column(String(64), index=True, default=None)
    key: Mapped[str | None] = mapped_column(String(64), default=None)


class EventRow(Base):
    """The audit of a ticket: who did what, when. ``actor`` is an account's id, empty for the owner."""

    __tablename__ = "ticket_events"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    ticket: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    actor: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[str] = mapped_column(String(64), default="")
    what: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(String(300), default="")
