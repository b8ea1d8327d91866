"""The steps of the store's tables: they lead to the tables of today, from nothing and from a database without steps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text
from throwaway_postgres import postgres_server

from assistant import migrations
from assistant.errors import StoreUnavailable
from assistant.schema import metadata
from assistant.store import CONVERSATIONS, Base, Feedback, Store

FIRST_TABLES = [CONVERSATIONS, Base.metadata.tables["turns"], Feedback.__table__]
OPEN = "import sys; from assistant.store import Store; print(Store(sys.argv[1]).version)"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 't.db'}"
    found: str = request.getfixturevalue("server")
    engine = create_engine(found, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = f"t{abs(hash(tmp_path)) % 10**9}"
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return found.replace("/postgres?", f"/{name}?")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = create_engine(url)
    yield made
    made.dispose()


def test_the_steps_lead_to_the_tables_of_today(engine: Engine) -> None:
    assert migrations.upgrade(engine) == migrations.versions()[-1]
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == [], "run scripts/new_migration.py (CONTRIBUTING.md)"


def test_a_database_without_steps_is_taken_over(url: str, engine: Engine) -> None:
    Base.metadata.create_all(engine, tables=FIRST_TABLES)
    with engine.begin() as connection:
        connection.execute(CONVERSATIONS.insert().values(id="old", state={"place": "上海市"}))
    store = Store(url)
    assert store.version == migrations.versions()[-1]
    assert store.state("old") == {"place": "上海市"}
    store.close()


def test_rows_survive_when_tables_are_remade(url: str, engine: Engine) -> None:
    """SQLite remakes a table to change it; what refers to its rows must not go with it."""
    store = Store(url)
    store.record("a", {}, "turn", "问", {"answer": "答"}, [])
    store.close()
    with migrations._alone(engine) as connection:
        from alembic.operations import Operations

        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("conversations", recreate="always" if "sqlite" in url else "never"):
            pass
    again = Store(url)
    assert [turn.id for turn in again.turns("a")] == ["turn"]
    with again.engine.connect() as connection:
        if "sqlite" in url:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    again.close()


def test_a_newer_database_is_refused(url: str, engine: Engine) -> None:
    Store(url).close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match=r"9999.*请升级条理"):
        Store(url)


def test_many_processes_open_an_empty_database(url: str) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in running:
        said, wrong = process.communicate()
        assert (said.decode().strip(), wrong.decode()) == (migrations.versions()[-1], "")


def test_a_step_that_fails_changes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: object) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))  # type: ignore[attr-defined]
        raise RuntimeError("the power went")

    monkeypatch.setattr(migrations, "_take_steps", broken)
    with pytest.raises(RuntimeError):
        migrations.upgrade(engine)
    monkeypatch.undo()
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "half")
    assert migrations.upgrade(engine) == migrations.versions()[-1]


def test_steps_follow_each_other() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [step.revision for step in reversed(steps)] == migrations.versions()


def test_opening_again_imports_no_alembic(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 't.db'}"
    Store(address).close()
    code = f"{OPEN}; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, address], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [migrations.versions()[-1], "False"]
