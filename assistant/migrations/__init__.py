"""The tables of the store through time: numbered steps in ``versions/``, taken in order when a store is opened.

Alembic does the work; it is imported only where a step is to be taken. A store keeps the number of its last step in the
table ``alembic_version``. One from before there were steps has none: the first step makes what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assistant.errors import StoreUnavailable

HERE = Path(__file__).parent
LOCK = 0x7469616F  # any number that no other program locks
WAIT = 60_000
"""Milliseconds for which a process waits while another one takes the steps."""
KEPT = text("SELECT version_num FROM alembic_version")


def versions() -> list[str]:
    """The numbers of all steps, in their order."""
    return sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py"))


def version_of(connection: Connection) -> str | None:
    """The last step that was taken; None before the first."""
    return connection.scalar(KEPT) if inspect(connection).has_table("alembic_version") else None


def upgrade(engine: Engine) -> str:
    """Take the steps that are missing, one process at a time, all of them or none; the version afterwards. Raises
    StoreUnavailable when the database was written by a newer version of this program."""
    known = versions()
    with engine.connect() as connection:
        if (found := version_of(connection)) == known[-1]:
            return found
    with _alone(engine) as connection:
        found = version_of(connection)
        if found is not None and found not in known:
            raise StoreUnavailable(
                f"数据库是更新版本的条理写的（结构 {found}，这个版本认得到 {known[-1]}）。请升级条理后再打开，数据没有改动。"
            )
        if found != known[-1]:
            _take_steps(connection)
    return known[-1]


def _take_steps(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process is in at the same time."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            yield connection
        return
    # The driver would begin transactions too late. Tables are remade where SQLite cannot change them, which must not look
    # like the deletion of the rows that others refer to.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        before = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT}")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.exec_driver_sql(f"PRAGMA busy_timeout={before}")
