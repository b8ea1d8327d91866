"""The tables of quiz rooms: the room with its questions, who is in it, what each answered, and wrong codes tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store import Base, now


class RoomRow(Base):
    """One quiz of one class. ``version`` grows with every change, ``stage`` with every step that the trainer takes.

    ``questions`` holds questions with their recipes; ``keys`` what grading found for each that has been closed.
    ``current`` is the number of the question at hand, 0 before the first.
    """

    __tablename__ = "rooms"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    trainer: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, index=True)
    state: Mapped[str] = mapped_column(String(8), default="lobby")
    current: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    stage: Mapped[int] = mapped_column(Integer, default=1)
    may_change: Mapped[bool] = mapped_column(Boolean, default=False)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    keys: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ParticipantRow(Base):
    """One person in a room. Of the token only the SHA-256 is kept."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("room", "token"), UniqueConstraint("room", "nickname"))
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(64))
    nickname: Mapped[str] = mapped_column(String(32))
    joined: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class RoomAnswerRow(Base):
    """What one person chose for one question: never more than one row."""

    __tablename__ = "room_answers"
    participant: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[int] = mapped_column(Integer, primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    option: Mapped[str] = mapped_column(String(1))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class RoomMissRow(Base):
    """Wrong room codes from one address, which is kept as a hash, since the first of them."""

    __tablename__ = "room_misses"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
