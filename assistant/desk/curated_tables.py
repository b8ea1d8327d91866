"""The table of curated answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store import Base, now


class CuratedRow(Base):
    """A question with an answer that people wrote and checked. ``questions`` are its wordings, ``fingerprints`` the
    hashes of what its clauses (``refs``) said when it was reviewed. ``author`` wrote the present text, ``reviewer``,
    another person, checked it. ``history`` tells who did what, when. The ticket that it was made from may be gone."""

    __tablename__ = "curated_answers"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True, default="draft")
    version: Mapped[int] = mapped_column(Integer)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)
    questions: Mapped[list[str]] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(String(64), index=True)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date, default=None)
    text: Mapped[str] = mapped_column(Text)
    refs: Mapped[list[str]] = mapped_column(JSON)
    fingerprints: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    author: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(64))
    reviewer: Mapped[str | None] = mapped_column(String(64), default=None)
    reviewer_name: Mapped[str] = mapped_column(String(64), default="")
    reviewed_on: Mapped[date | None] = mapped_column(Date, default=None)
    next_review: Mapped[date | None] = mapped_column(Date, default=None)
    ticket: Mapped[str | None] = mapped_column(ForeignKey("tickets.id", ondelete="SET NULL"), default=None)
    history: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
