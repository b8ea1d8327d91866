"""The tables of calls: one row per call, and what was promised in it with its day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store import Base, now


class CallRow(Base):
    """One call. ``version`` counts the saves, so that two open pages never overwrite each other unseen. Caller and company
    stand here alone; lists show them masked."""

    __tablename__ = "calls"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    specialist: Mapped[str] = mapped_column(String(64), index=True)
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, index=True)
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    finished: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), default=None)
    version: Mapped[int] = mapped_column(Integer, default=1)
    caller: Mapped[str] = mapped_column(String(100), default="")
    company: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(100), default="")
    place: Mapped[str] = mapped_column(String(50))
    as_of: Mapped[date | None] = mapped_column(Date, default=None)
    title: Mapped[str | None] = mapped_column(String(20), default=None)
    track: Mapped[str | None] = mapped_column(String(10), default=None)
    notes: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[str | None] = mapped_column(String(20), default=None)


class CallPromiseRow(Base):
    """Something promised in a call, in its order, with the day on which it is due."""

    __tablename__ = "call_promises"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    call: Mapped[str] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(500))
    due: Mapped[date | None] = mapped_column(Date, index=True, default=None)
    done: Mapped[bool] = mapped_column(Boolean, default=False)
