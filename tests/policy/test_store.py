"""Conversations kept in SQLite and in PostgreSQL, and a sentence for every way in which that can fail."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from throwaway_postgres import postgres_server

from assistant.conversation import Assistant
from assistant.errors import StoreUnavailable
from assistant.house import House
from assistant.store import Store, default_url, new_id

ANSWER = {"answer": "好。", "citations": [{"n": 1}], "elapsed_ms": 1.5}


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A throw-away cluster; the test is skipped where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 't.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    made = Store(url)
    yield made
    made.close()


def record(store: Store, thread: str, turn: str | None = None, **state: object) -> str:
    turn = turn or new_id()
    store.record(thread, dict(state), turn, "问一句", ANSWER, [{"step": "clean", "ms": 0.1}])
    return turn


def test_a_turn_is_kept(store: Store) -> None:
    thread = new_id()
    assert store.state(thread) is None
    assert store.turns(thread) == []
    turn = record(store, thread, place="上海市", asked=["营收"])
    assert store.state(thread) == {"place": "上海市", "asked": ["营收"]}
    found = store.turn(turn)
    assert found
    assert (found.number, found.message, found.answer, found.trace) == (
        1,
        "问一句",
        ANSWER,
        [{"step": "clean", "ms": 0.1}],
    )
    assert found.at.utcoffset() is not None or store.engine.dialect.name == "sqlite"


def test_turns_come_in_order_and_the_state_is_the_last(store: Store) -> None:
    thread = new_id()
    turns = [record(store, thread, n=n) for n in range(12)]
    assert [t.id for t in store.turns(thread)] == turns
    assert [t.number for t in store.turns(thread)] == list(range(1, 13))
    assert store.state(thread) == {"n": 11}


def test_a_turn_is_written_whole_or_not_at_all(store: Store) -> None:
    thread = new_id()
    turn = record(store, thread, n=1)
    with pytest.raises(StoreUnavailable):
        record(store, thread, turn, n=2)  # the id is taken
    assert store.state(thread) == {"n": 1}
    assert len(store.turns(thread)) == 1


def test_feedback(store: Store) -> None:
    turn = record(store, new_id())
    assert store.feedback(turn, "up", "帮了大忙\x00\ud800")
    assert not store.feedback("unknown", "down", "")


def test_forget(store: Store) -> None:
    thread, other = new_id(), new_id()
    turn = record(store, thread)
    record(store, other)
    store.feedback(turn, "down", "不对")
    assert store.forget(thread)
    assert store.state(thread) is None
    assert store.turn(turn) is None
    assert not store.forget(thread)
    assert store.state(other) is not None
    with store.engine.connect() as connection:
        assert connection.execute(text("select count(*) from feedback where turn = :t"), {"t": turn}).scalar() == 0


@pytest.mark.parametrize(
    "words", ["半个\ud83d字", "零\x00字节", "😀𠮷", "'; DROP TABLE turns; --", "\u202e倒", "长" * 100_000]
)
def test_any_words_are_kept(store: Store, words: str) -> None:
    thread, turn = new_id(), new_id()
    store.record(thread, {"question": words, words[:40]: 1}, turn, words, {"answer": words}, [{"text": [words]}])
    found = store.turn(turn)
    assert found
    assert found.message == words.replace("\x00", "").replace("\ud83d", "?")
    assert store.state(thread) is not None


def test_many_threads_write_at_once(store: Store) -> None:
    threads = [new_id() for _ in range(4)]
    problems: list[str] = []

    def talk(n: int) -> None:
        try:
            for _ in range(5):
                record(store, threads[n % 4], n=n)
        except StoreUnavailable as error:
            problems.append(repr(error.__cause__))

    workers = [threading.Thread(target=talk, args=(n,)) for n in range(12)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    for thread in threads:
        assert [t.number for t in store.turns(thread)] == list(range(1, 16))


def test_a_new_process_finds_what_was_kept(store: Store) -> None:
    thread = new_id()
    record(store, thread, n=1)
    again = Store(store.engine.url.render_as_string(hide_password=False))
    assert again.state(thread) == {"n": 1}
    again.close()


def test_ids_sort_by_time_and_differ() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert [i[:13] for i in ids] == sorted(i[:13] for i in ids)


def test_where_the_database_is(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    assert default_url() == f"sqlite:///{own_home}/tiaoli.db"
    monkeypatch.setenv("TIAOLI_DATABASE", "sqlite:////data/x.db")
    assert default_url() == "sqlite:////data/x.db"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("nonsense", "TIAOLI_DATABASE 的写法认不得"),
        ("nosuch://host/x", "TIAOLI_DATABASE 的写法认不得"),
        ("mysql://u@host/x", "驱动"),
        ("sqlite:////nowhere/at/all.db", "打不开或不可写"),
    ],
)
def test_a_database_that_cannot_be_used(url: str, part: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Store(url)
    assert part in str(caught.value)
    assert str(caught.value).endswith("。")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="the extra postgres is not installed", exc_type=ImportError)
    with pytest.raises(StoreUnavailable, match=r"暂时连不上.*TIAOLI_DATABASE") as caught:
        Store(f"postgresql+psycopg://user:geheim@/x?host={tmp_path}")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("content", [b"garbage" * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="对话数据库坏了。请从备份恢复"):
        Store(f"sqlite:///{path}")


def test_a_database_damaged_while_in_use(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    thread = new_id()
    record(store, thread, n=1)
    store.close()
    for path in tmp_path.iterdir():
        path.write_bytes(b"\xff" * 20_000)
    for action in (lambda: store.state(thread), lambda: record(store, thread), lambda: store.turns(thread),
                   lambda: store.turn("x"), lambda: store.forget(thread), lambda: store.feedback("x", "up", "")):  # fmt: skip
        with pytest.raises(StoreUnavailable, match=r"。$"):
            action()


def test_a_read_only_database(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    Store(f"sqlite:///{path}").close()
    store = Store(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreUnavailable, match=r"打不开或不可写.*位置和权限"):
        record(store, new_id())
    store.close()


def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "ro"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(disk)], capture_output=True, check=False)
    if done.returncode:
        disk.chmod(0o500)
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere and must not mount here")
    monkeypatch.setenv("TIAOLI_HOME", str(disk))
    try:
        with pytest.raises(StoreUnavailable, match="打不开或不可写"):
            Store()
        monkeypatch.setenv("TIAOLI_HOME", str(disk / "deeper"))
        with pytest.raises(StoreUnavailable, match=r"数据文件夹写不进去：(磁盘是只读的|没有权限)。请检查 TIAOLI_HOME"):
            Store()
    finally:
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)
        disk.chmod(0o700)


def test_a_full_disk(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    thread = new_id()
    record(store, thread, n=1)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    store.close()
    limited = Store(f"sqlite:///{tmp_path / 't.db'}")
    limited.engine.dispose()
    event.listen(limited.engine, "connect", lambda made, _: made.execute(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreUnavailable, match="磁盘满了，对话没有存下来。请腾出空间。"):
        limited.record(thread, {}, new_id(), "长" * 200_000, {}, [])
    limited.close()
    again = Store(f"sqlite:///{tmp_path / 't.db'}")
    assert again.state(thread) == {"n": 1}
    again.close()


def test_an_answer_survives_a_store_that_fails(house: House, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    own = House(house.corpus, house.library, house.searcher, store, None, house.today)
    thread = new_id()
    assistant = Assistant(own)
    first = assistant.ask("每年最晚哪天更新信息", thread=thread)
    assert store.turn(first.turn or "") is not None
    store.close()
    for path in tmp_path.iterdir():
        path.write_bytes(b"\xff" * 20_000)
    second = assistant.ask("每年最晚哪天更新信息", thread=thread)
    assert second.status == "answered"
    assert second.answer == first.answer
    assert any("没有存下来" in note for note in second.notes)
    store.close()


def test_any_message_is_recorded(house: House, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    assistant = Assistant(House(house.corpus, house.library, house.searcher, store, None, house.today))
    answer = assistant.ask("专精特新企业每年最晚哪天更新信息\ud83d\x00？")
    assert answer.status == "answered"
    found = store.turn(answer.turn or "")
    assert found
    assert "\ud83d" not in found.message
    store.close()


def test_old_databases_open_again(tmp_path: Path) -> None:
    """Tables are made where they are missing and left alone where they are, also without a record of steps."""
    url = f"sqlite:///{tmp_path / 't.db'}"
    first = Store(url)
    turn = record(first, "t")
    first.close()
    engine = create_engine(url)
    with engine.begin() as connection:
        kept = ("conversations", "turns")
        names = connection.scalars(text("select name from sqlite_master where type = 'table'")).all()
        for name in names:
            if name not in kept and not name.startswith("sqlite_"):
                connection.execute(text(f'drop table "{name}"'))
    engine.dispose()
    second = Store(url)
    assert second.feedback(turn, "up", "")
    second.close()
