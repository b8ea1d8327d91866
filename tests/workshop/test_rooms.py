"""Quiz rooms over both databases: who may what, exact counts under load, clicks that come twice, restarts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from throwaway_postgres import postgres_server

from assistant.accounts.accounts import Accounts
from assistant.accounts.database import writing
from assistant.errors import BadInput, Conflict
from assistant.store import Store, now
from assistant.workshop.models import QuizQuestion
from assistant.workshop.quiz import make_quiz
from assistant.workshop.room_codes import MISSES, SIGNS, Misses, TooManyCodes, clean_code, clean_nickname, new_code
from assistant.workshop.room_tables import ParticipantRow, RoomAnswerRow, RoomMissRow, RoomRow
from assistant.workshop.rooms import NotInRoom, Rooms, UnknownRoom
from corpus.load import Corpus

DAY = date(2026, 11, 21)
CLASS = 50
PASSWORD = "correct horse battery 22"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rooms.db'}"
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    with writing(store) as session:
        for row in session.scalars(select(RoomRow)):
            session.delete(row)
    yield store
    store.close()


@pytest.fixture(scope="module")
def questions(corpus: Corpus) -> list[QuizQuestion]:
    return make_quiz(corpus, as_of=DAY, seed=4, number=3, topics=["threshold", "amount", "body"]).questions


@pytest.fixture
def trainer(store: Store) -> str:
    name = f"trainer-{new_code().lower()}"
    return Accounts(store).create(name, ["trainer"], PASSWORD).id


@pytest.fixture
def code(store: Store, trainer: str, questions: list[QuizQuestion]) -> str:
    return Rooms(store).create(trainer, "周五的课", questions)


def right_and_wrong(one: QuizQuestion) -> tuple[str, str]:
    return one.key.right, next(option.id for option in one.question.options if option.id != one.key.right)


def test_a_whole_quiz(store: Store, trainer: str, code: str, questions: list[QuizQuestion], corpus: Corpus) -> None:
    rooms = Rooms(store)
    (mine, waiting), (other, _) = rooms.join(code, "小王"), rooms.join(code, "小王")
    assert waiting.room.state == "lobby"
    assert waiting.room.question is None
    rooms.step(code, trainer, "open", 1, corpus)
    right, wrong = right_and_wrong(questions[0])
    seen = rooms.me(code, mine)
    assert seen.room.question == questions[0].question
    assert seen.room.key is None, "nobody sees the answer before the trainer closes the question"
    assert rooms.answer(code, mine, 1, right).chosen == right
    rooms.answer(code, other, 1, wrong)
    live = rooms.trainer_view(code, trainer)
    assert live.answered == 2
    assert live.results[0].counts[right] == 1
    assert live.results[0].key is None
    closed = rooms.step(code, trainer, "close", 1, corpus)
    assert closed.results[0].right == 1
    assert closed.results[0].key == questions[0].key
    assert [(one.nickname, one.score) for one in closed.participants] == [("小王", 1), ("小王2", 0)]
    mine_now, other_now = rooms.me(code, mine), rooms.me(code, other)
    assert (mine_now.right, mine_now.score, other_now.right, other_now.score) == (True, 1, False, 0)
    assert mine_now.room.key == questions[0].key
    assert mine_now.room.counts == closed.results[0].counts
    with pytest.raises(BadInput, match="收卷"):
        rooms.answer(code, other, 1, right)
    with pytest.raises(BadInput, match="还没有打开"):
        rooms.answer(code, other, 2, right)
    rooms.step(code, trainer, "open", 2, corpus)
    rooms.step(code, trainer, "open", 3, corpus)  # going on closes and grades what is open
    done = rooms.step(code, trainer, "end", 0, corpus)
    assert done.room.state == "ended"
    assert all(one.key is not None for one in done.results)
    with pytest.raises(BadInput, match="结束"):
        rooms.join(code, "迟到的")


def test_clicks_that_come_twice(
    store: Store, trainer: str, code: str, questions: list[QuizQuestion], corpus: Corpus
) -> None:
    rooms = Rooms(store)
    key = "k" * 24
    token, first = rooms.join(code, "甲", key)
    assert rooms.join(code, "乙", key)[1].nickname == first.nickname == "甲"
    opened = rooms.step(code, trainer, "open", 1, corpus)
    assert rooms.step(code, trainer, "open", 1, corpus).room == opened.room
    right, wrong = right_and_wrong(questions[0])
    rooms.answer(code, token, 1, right)
    assert rooms.answer(code, token, 1, wrong).chosen == right
    closed = rooms.step(code, trainer, "close", 1, corpus)
    assert rooms.step(code, trainer, "close", 1, corpus).room == closed.room
    assert rooms.answer(code, token, 1, right).chosen == right, "the same click again is no error"
    with pytest.raises(Conflict, match="第1题"):
        rooms.step(code, trainer, "open", 3, corpus)
    rooms.step(code, trainer, "end", 1, corpus)
    assert rooms.step(code, trainer, "open", 2, corpus).room.state == "ended"


def test_a_room_may_let_people_change_their_mind(
    store: Store, trainer: str, questions: list[QuizQuestion], corpus: Corpus
) -> None:
    rooms = Rooms(store)
    code = rooms.create(trainer, "", questions, may_change=True)
    token, _ = rooms.join(code, "甲")
    rooms.step(code, trainer, "open", 1, corpus)
    right, wrong = right_and_wrong(questions[0])
    rooms.answer(code, token, 1, wrong)
    assert rooms.answer(code, token, 1, right).chosen == right
    assert rooms.trainer_view(code, trainer).answered == 1
    with pytest.raises(BadInput, match="选项"):
        rooms.answer(code, token, 1, "z")


def test_strangers_are_kept_out(store: Store, trainer: str, code: str, corpus: Corpus) -> None:
    rooms, stranger = Rooms(store), "someone-else"
    for refused in (
        lambda: rooms.trainer_view(code, stranger), lambda: rooms.step(code, stranger, "open", 1, corpus),
        lambda: rooms.delete(code, stranger), lambda: rooms.check_owner(code, stranger),
        lambda: rooms.join("AAAAAA", "甲"), lambda: rooms.me("AAAAAA", "x"),
    ):  # fmt: skip
        with pytest.raises(UnknownRoom):
            refused()
    for token in ("", "x" * 30):
        with pytest.raises(NotInRoom):
            rooms.me(code, token)
        with pytest.raises(NotInRoom):
            rooms.answer(code, token, 1, "a")
    assert rooms.trainer_view(code, None).participants == []
    assert [one.code for one in rooms.list(trainer)] == [code]
    assert rooms.list(stranger) == []


def at_once(work: Callable[[int], object], count: int = CLASS) -> list[object]:
    """The same work of many at the same moment."""
    barrier = threading.Barrier(count)

    def one(n: int) -> object:
        barrier.wait()
        return work(n)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_class_answers_at_once(
    url: str, store: Store, trainer: str, code: str, questions: list[QuizQuestion], corpus: Corpus
) -> None:
    """Fifty join and answer at the same moment, each twice, over two processes' worth of stores; nothing is lost."""
    second = Store(url)
    both = [Rooms(store), Rooms(second)]
    keys = [f"{n:024d}" for n in range(CLASS)]
    at_once(lambda n: both[n % 2].join(code, "同学", keys[n]))
    view = both[0].trainer_view(code, trainer)
    assert len({one.nickname for one in view.participants}) == CLASS
    both[1].step(code, trainer, "open", 1, corpus)
    right, wrong = right_and_wrong(questions[0])
    at_once(lambda n: [both[i % 2].answer(code, keys[n], 1, right if n % 5 else wrong) for i in range(2)])
    closed = both[0].step(code, trainer, "close", 1, corpus)
    assert closed.answered == CLASS
    assert closed.results[0].counts[right] == closed.results[0].right == 40
    assert closed.results[0].counts[wrong] == 10
    with writing(store) as session:
        assert session.scalar(select(func.count()).select_from(RoomAnswerRow)) == CLASS
    second.close()


def test_a_restart_in_mid_quiz_loses_nothing(
    url: str, store: Store, trainer: str, code: str, questions: list[QuizQuestion], corpus: Corpus
) -> None:
    token, _ = Rooms(store).join(code, "甲")
    Rooms(store).step(code, trainer, "open", 1, corpus)
    right, _ = right_and_wrong(questions[0])
    before = Rooms(store).answer(code, token, 1, right)
    stamp = Rooms(store).stamp(code)
    store.close()
    again = Store(url)
    rooms = Rooms(again)
    assert rooms.stamp(code) == stamp
    assert rooms.me(code, token) == before
    assert rooms.step(code, trainer, "close", 1, corpus).results[0].right == 1
    assert rooms.me(code, token).score == 1
    again.close()


def test_versions_grow_with_changes_and_stages_with_steps(
    store: Store, trainer: str, code: str, corpus: Corpus
) -> None:
    rooms = Rooms(store)
    first = rooms.stamp(code)
    token, _ = rooms.join(code, "甲")
    joined = rooms.stamp(code)
    rooms.step(code, trainer, "open", 1, corpus)
    opened = rooms.stamp(code)
    rooms.answer(code, token, 1, "a")
    answered = rooms.stamp(code)
    assert None not in (first, joined, opened, answered)
    assert first[0] < joined[0] < opened[0] < answered[0]
    assert first[1] == joined[1] < opened[1] == answered[1]
    assert rooms.stamp("AAAAAA") is None


def test_deleting_takes_everything_along(
    store: Store, trainer: str, code: str, questions: list[QuizQuestion], corpus: Corpus
) -> None:
    rooms = Rooms(store)
    token, _ = rooms.join(code, "甲")
    rooms.step(code, trainer, "open", 1, corpus)
    rooms.answer(code, token, 1, "a")
    rooms.delete(code, trainer)
    old = rooms.create(trainer, "旧的", questions)
    with writing(store) as session:
        assert session.scalar(select(func.count()).select_from(ParticipantRow)) == 0
        assert session.scalar(select(func.count()).select_from(RoomAnswerRow)) == 0
        session.execute(update(RoomRow).where(RoomRow.code == old).values(created=now() - timedelta(days=31)))
    rooms.create(trainer, "新的", questions)
    assert [one.title for one in rooms.list(trainer)] == ["新的"]
    with pytest.raises(BadInput):
        rooms.create(trainer, "空的", [])


def test_wrong_codes_are_braked(store: Store) -> None:
    misses = Misses(store)
    for _ in range(MISSES):
        misses.check("10.0.0.1")
        misses.count("10.0.0.1")
    with pytest.raises(TooManyCodes, match="房间号错的次数太多"):
        misses.check("10.0.0.1")
    misses.check("10.0.0.2")
    with writing(store) as session:
        session.execute(update(RoomMissRow).values(since=now() - timedelta(minutes=11)))
    misses.check("10.0.0.1")


def test_codes_and_nicknames() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) > 490
    assert all(len(one) == 6 and set(one) <= set(SIGNS) for one in codes)
    assert not set("0O1IL2Z5S8B") & set(SIGNS)
    assert clean_code(" ａc-d e3 4 ") == "ACDE34"
    assert clean_code("A" * 500) == ""
    assert clean_nickname("小\u200b王 \x00") == "小王"
    assert "13812345678" not in clean_nickname("王13812345678")
    assert clean_nickname("一二三四五六七八九十甲乙丙丁") == "一二三四五六七八九十甲乙"
