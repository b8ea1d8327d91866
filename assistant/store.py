"""Conversations, traces and feedback in SQLAlchemy: SQLite by default, any database by ``TIAOLI_DATABASE``.

Only masked text is stored. A turn is written whole or not at all.
"""

from __future__ import annotations

import json
import os
import threading
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    URL,
    BindParameter,
    Connection,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column, sessionmaker
from sqlalchemy.pool import StaticPool

from assistant.errors import StoreUnavailable
from assistant.migrations import upgrade
from indexing.errors import IndexingError
from indexing.home import home


class Base(DeclarativeBase):
    """Tables of the assistant. Constraints are named as PostgreSQL names them, so that later steps can change them
    everywhere."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )


def now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


class Conversation(Base):
    """A thread: what it is about so far. ``state`` is what follow-ups need (see assistant.conversation.Memory)."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class TurnRecord(Base):
    """One message and its answer, with the trace of how it came about."""

    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    message: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    trace: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


CONVERSATIONS, TURNS = Base.metadata.tables["conversations"], Base.metadata.tables["turns"]


class Feedback(Base):
    """What a person thought of one answer: ``up`` or ``down``, with their words."""

    __tablename__ = "feedback"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    turn: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    verdict: Mapped[str] = mapped_column(String(8))
    comment: Mapped[str] = mapped_column(Text, default="")


OF: BindParameter[str] = bindparam("of")
MEMORY = select(Conversation.state).where(Conversation.id == OF)
REMEMBER = update(CONVERSATIONS).where(CONVERSATIONS.c.id == OF).values(state=bindparam("memory"))
BEGIN = insert(CONVERSATIONS)
KEEP = insert(TURNS).values(
    number=select(func.coalesce(func.max(TURNS.c.number), 0)).where(TURNS.c.thread == OF).scalar_subquery() + 1
)
"""What every turn reads and writes, put together once."""


def new_id() -> str:
    """A fresh identifier that sorts by time."""
    return f"{int(now().timestamp() * 1000):013x}-{uuid.uuid4().hex[:12]}"


def default_url() -> str:
    """``TIAOLI_DATABASE``, or an SQLite file in the data folder."""
    return os.environ.get("TIAOLI_DATABASE") or f"sqlite:///{home() / 'tiaoli.db'}"


def _pool(url: URL) -> dict[str, Any]:
    """A database in memory is one connection, which all threads share; else SQLAlchemy chooses."""
    in_memory = url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")
    return {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}} if in_memory else {}


class Store:
    """All reading and writing of conversations. Every method raises StoreUnavailable with a sentence."""

    def __init__(self, url: str | None = None) -> None:
        try:
            found = make_url(url or default_url())
            self.engine = create_engine(found, pool_pre_ping=True, json_serializer=_written, **_pool(found))
            self._writing: AbstractContextManager[Any] = nullcontext()
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _sqlite_settings)
                self._writing = threading.Lock()  # one writer at a time; waiting here is fairer than SQLite's retries
            self.version = self._upgraded()
        except IndexingError as error:  # the data folder cannot be made
            raise StoreUnavailable(str(error)) from error
        except (ArgumentError, NoSuchModuleError) as error:
            text = "TIAOLI_DATABASE 的写法认不得，应当像 sqlite:////data/tiaoli.db 或 postgresql+psycopg://用户@主机/库名。"
            raise StoreUnavailable(text) from error
        except ImportError as error:
            raise StoreUnavailable("没有装这种数据库的驱动。用 PostgreSQL 请先安装 tiaoli[postgres]。") from error
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable.because(error) from error
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)

    def _upgraded(self) -> str:
        """The tables as this program knows them; the version of them."""
        try:
            return upgrade(self.engine)
        except Exception:
            self.close()
            raise

    def _session(self) -> Session:
        return self.sessions()

    def state(self, thread: str) -> dict[str, Any] | None:
        """The memory of a thread; None when the thread is new."""
        try:
            with self.engine.connect() as connection:
                found = connection.scalar(MEMORY, {"of": thread})
                return None if found is None else dict(found)
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def record(
        self,
        thread: str,
        state: dict[str, Any],
        turn: str,
        message: str,
        answer: dict[str, Any],
        trace: list[dict[str, Any]],
    ) -> None:
        """Write one turn and the thread's new memory, together."""
        fields = {"message": _storable(message), "answer": _storable(answer), "trace": _storable(trace)}
        found, memory = {"id": turn, "thread": thread, **fields}, _storable(state)
        try:
            try:
                self._write(thread, memory, found)
            except IntegrityError:  # another process began the same thread at the same moment
                self._write(thread, memory, found)
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def _write(self, thread: str, state: dict[str, Any], turn: dict[str, Any]) -> None:
        """Three statements in one transaction. The first locks the thread, where it is known already."""
        with self._writing, self.engine.begin() as connection:
            _remember(connection, thread, state)
            connection.execute(KEEP, {"of": thread, **turn})

    def remember(self, thread: str, state: dict[str, Any]) -> None:
        """Write the memory of a thread without a turn; a new thread begins with it."""
        memory = _storable(state)
        try:
            with self._writing, self.engine.begin() as connection:
                _remember(connection, thread, memory)
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def messages(self, thread: str) -> dict[str, tuple[int, str]]:
        """The messages of a thread by the ids of their turns, each with its number, from 1."""
        try:
            with self._session() as session:
                query = select(TurnRecord).options(load_only(TurnRecord.number, TurnRecord.message))
                return {t.id: (t.number, t.message) for t in session.scalars(query.where(TurnRecord.thread == thread))}
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def turns(self, thread: str) -> Sequence[TurnRecord]:
        """All turns of a thread, oldest first."""
        try:
            with self._session() as session:
                query = select(TurnRecord).where(TurnRecord.thread == thread).order_by(TurnRecord.number)
                return session.scalars(query).all()
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def turn(self, turn: str) -> TurnRecord | None:
        """One turn by its id."""
        try:
            with self._session() as session:
                return session.get(TurnRecord, turn)
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def feedback(self, turn: str, verdict: str, comment: str) -> bool:
        """Keep what a person thinks of an answer, in the place of what they thought before; False when that turn is
        unknown."""
        try:
            with self._writing, self._session() as session, session.begin():
                if session.get(TurnRecord, turn) is None:
                    return False
                known = session.scalars(select(Feedback).where(Feedback.turn == turn)).first()
                kept = known or Feedback(id=new_id(), turn=turn)
                kept.verdict, kept.comment, kept.at = verdict, _storable(comment), now()
                session.add(kept)
                return True
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def ratings(self, thread: str) -> dict[str, str]:
        """What was thought of the answers of a thread: turn → ``up`` or ``down``."""
        try:
            with self._session() as session:
                query = select(Feedback).join(TurnRecord).where(TurnRecord.thread == thread)
                return {rated.turn: rated.verdict for rated in session.scalars(query)}
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def forget(self, thread: str) -> bool:
        """Delete a thread with everything in it; False when there was none."""
        try:
            with self._session() as session, session.begin():
                found = session.get(Conversation, thread)
                if found:
                    for turn in session.scalars(select(TurnRecord).where(TurnRecord.thread == thread)):
                        session.delete(turn)
                    session.flush()
                    session.delete(found)
                return found is not None
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def close(self) -> None:
        """Give all connections back."""
        with suppress(SQLAlchemyError):
            self.engine.dispose()


def _remember(connection: Connection, thread: str, state: dict[str, Any]) -> None:
    """The memory of a thread; a new thread begins with it."""
    if connection.execute(REMEMBER, {"of": thread, "memory": state}).rowcount == 0:
        connection.execute(BEGIN, {"id": thread, "state": state})


def _storable(value: Any) -> Any:
    """``value`` without signs that no database takes: NUL and halves of characters. Nearly every value has none, which its
    JSON form shows at once."""
    written = _written(value)
    return _cleaned(value) if "\\u0000" in written or "\\ud" in written else value


def _written(value: Any) -> str:
    """Its JSON. orjson takes no halves of characters and no whole numbers beyond 64 bits; the standard library does."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return json.dumps(value)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


def _sqlite_settings(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
