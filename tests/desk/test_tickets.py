"""Tickets in SQLite and in PostgreSQL: one per thread, one who gets it, nothing doubled, everything in the audit, all of
it gone with the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk_made import ANNA, BERT, CHIEF, answered, handed_over, person, talked
from sqlalchemy import text
from throwaway_postgres import postgres_server

from assistant.answer import Answer
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.ticket_models import Contact
from assistant.desk.ticket_search import NOBODY, Wanted, search_tickets
from assistant.desk.ticket_states import due_after
from assistant.desk.tickets import Tickets
from assistant.errors import Conflict, StoreUnavailable
from assistant.store import Store, new_id, now


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A throw-away cluster; the test is skipped where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    sqlite = f"sqlite:///{Path(tmp_path_factory.mktemp('tickets')) / 't.db'}"
    made = Store(sqlite if request.param == "sqlite" else request.getfixturevalue("postgres"))
    yield made
    made.close()


def test_of_many_who_claim_at_once_one_gets_it(store: Store) -> None:
    ticket = handed_over(store).ticket.id
    people = [person(f"专员{n}") for n in range(8)]

    def claim(who: int) -> str:
        try:
            return Tickets(store).claim(ticket, people[who]).assignee or ""
        except Conflict as conflict:
            return str(conflict)

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(claim, range(8)))
    winner = Tickets(store).read(ticket).ticket.assignee_name
    assert said.count(winner) == 1
    assert all(f"已由{winner}领走" in one for one in said if one != winner)
    assert [e.what for e in Tickets(store).read(ticket).events] == ["handed-over", "claimed"]


def test_handing_over_at_once_makes_one_ticket(store: Store) -> None:
    thread = talked(store)

    def open_it(_: int) -> tuple[str, bool]:
        own = OwnTickets(store).open(thread, place="上海市", as_of=now().date(), summary="问了1次。", wish="请回电")
        return own.ticket.id, own.new

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(open_it, range(6)))
    assert len({ticket for ticket, _ in made}) == 1
    assert sum(new for _, new in made) == 1
    assert OwnTickets(store).of(thread).messages == []


def test_a_message_with_a_key_is_sent_once(store: Store) -> None:
    own = handed_over(store)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: OwnTickets(store).write(own.ticket.thread, "还有一件事", "key-0001"), range(4)))
    assert [m.text for m in sent[-1].messages] == ["还有一件事"]
    assert [t.message for t in store.turns(own.ticket.thread)][1:] == ["还有一件事"]
    with pytest.raises(Conflict, match="换一个编号"):
        OwnTickets(store).write(own.ticket.thread, "另一件事", "key-0001")
    assert len(OwnTickets(store).write(own.ticket.thread, "还有一件事", "key-0002").messages) == 2


def test_an_answer_becomes_a_turn_of_the_conversation(store: Store) -> None:
    own = handed_over(store)
    Tickets(store).claim(own.ticket.id, ANNA)
    answered(store, own, key="answer-01")
    answered(store, own, key="answer-01")
    turns = store.turns(own.ticket.thread)
    assert [(t.number, t.message, Answer.model_validate(t.answer).reason) for t in turns] == [
        (1, "买来的软著算不算？", "nothing_near"),
        (2, "", "specialist_answered"),
    ]
    state = store.state(own.ticket.thread)
    assert state is not None
    assert state["cited"] == ["cn/miit/2026/2#annex_3__item_7"]
    assert state["place"] == "上海市"
    assert OwnTickets(store).names(own.ticket.thread) == {turns[1].id: "安娜"}
    assert Tickets(store).read(own.ticket.id).ticket.state == "answered"


def test_only_who_has_it_answers_and_an_administrator(store: Store) -> None:
    own = handed_over(store)
    with pytest.raises(Conflict, match="还没有人领"):
        answered(store, own)
    Tickets(store).claim(own.ticket.id, ANNA)
    for action in (Tickets(store).hand_back, Tickets(store).close):
        with pytest.raises(Conflict, match="由安娜处理"):
            action(own.ticket.id, BERT)
    with pytest.raises(Conflict, match="由安娜处理"):
        answered(store, own, by=BERT)
    assert Tickets(store).hand_back(own.ticket.id, CHIEF, "休假").state == "waiting"
    assert Tickets(store).claim(own.ticket.id, BERT).assignee_name == "贝特"


def test_what_the_owner_writes_opens_the_ticket_again(store: Store) -> None:
    own = handed_over(store)
    thread, tickets = own.ticket.thread, Tickets(store)
    tickets.claim(own.ticket.id, ANNA)
    answered(store, own)
    tickets.change(own.ticket.id, ANNA, due=datetime(2026, 1, 5, tzinfo=UTC))
    again = OwnTickets(store).write(thread, "那转让来的呢").ticket
    assert (again.state, again.assignee_name) == ("claimed", "安娜")
    assert again.due > now()
    tickets.close(own.ticket.id, ANNA)
    reopened = OwnTickets(store).write(thread, "再问一句").ticket
    assert (reopened.id, reopened.state, reopened.assignee) == (own.ticket.id, "waiting", None)
    tickets.close(own.ticket.id, BERT)
    second = handed_over(store, thread)
    assert second.new
    assert second.ticket.id != own.ticket.id
    whats = [e.what for e in tickets.read(own.ticket.id).events]
    assert whats == ["handed-over", "claimed", "answered", "due", "reopened", "closed", "reopened", "closed"]


def test_a_second_hand_over_adds_what_is_new(store: Store) -> None:
    own = handed_over(store, wish="请看看我们的情况")
    thread = own.ticket.thread
    contact = Contact(name="王小明", phone="13812345678")
    for _ in range(2):
        more = OwnTickets(store).open(
            thread, place="上海市", as_of=own.ticket.as_of, summary="", wish="最好今天", contact=contact
        )
    assert (more.ticket.id, more.new, [m.text for m in more.messages]) == (own.ticket.id, False, ["最好今天"])
    assert more.ticket.contact == "王**，电话尾号5678"
    listed = search_tickets(store, Wanted(text=own.ticket.number)).model_dump_json()
    assert "13812345678" not in listed
    assert "王小明" not in listed
    assert Tickets(store).read(own.ticket.id).contact == contact
    assert "13812345678" not in str(Tickets(store).read(own.ticket.id).events)


def test_everything_goes_with_the_conversation(store: Store) -> None:
    own = handed_over(store, contact=Contact(phone="13812345678"))
    Tickets(store).claim(own.ticket.id, ANNA)
    answered(store, own)
    assert store.forget(own.ticket.thread)
    with store.engine.connect() as connection:
        for table in ("tickets", "ticket_messages", "ticket_events"):
            column = "id" if table == "tickets" else "ticket"
            query = text(f"select count(*) from {table} where {column} = :t")
            assert connection.execute(query, {"t": own.ticket.id}).scalar() == 0
    with pytest.raises(KeyError):
        Tickets(store).read(own.ticket.id)
    with pytest.raises(KeyError):
        OwnTickets(store).write(own.ticket.thread, "还在吗")


def test_the_queue_is_searched_and_sorted(store: Store) -> None:
    mark = new_id()[-8:]
    first, second, third = (handed_over(store, wish=f"{mark} 100%_{n}") for n in "甲乙丙")
    tickets = Tickets(store)
    tickets.change(second.ticket.id, ANNA, priority="urgent", tags=["急 件", "软著"])
    tickets.change(third.ticket.id, ANNA, due=now() - timedelta(hours=1))
    tickets.claim(first.ticket.id, BERT)

    def ids(**wanted: object) -> list[str]:
        return [t.id for t in search_tickets(store, Wanted(**{"text": mark, **wanted})).tickets]  # type: ignore[arg-type]

    assert ids() == [second.ticket.id, third.ticket.id, first.ticket.id]
    assert ids(text=f"{mark} 软著") == [second.ticket.id, third.ticket.id, first.ticket.id]  # the summary names it too
    assert ids(text=f"{mark} 急 件") == [second.ticket.id]
    assert ids(text=f"{mark} 100%_甲") == [first.ticket.id]
    assert ids(text=f"{mark} 1%甲") == []
    assert ids(overdue=True) == [third.ticket.id]
    assert ids(due_before=now()) == [third.ticket.id]
    assert ids(assignee=BERT.id) == [first.ticket.id]
    assert ids(assignee=NOBODY) == [second.ticket.id, third.ticket.id]
    assert ids(states=("claimed",)) == [first.ticket.id]
    assert ids(place="上海市") == ids()
    assert ids(place="北京市") == []
    page = search_tickets(store, Wanted(text=mark), limit=1, offset=1)
    assert (page.total, [t.id for t in page.tickets]) == (3, [third.ticket.id])


def test_a_change_of_an_older_version_is_refused(store: Store) -> None:
    own = handed_over(store)
    seen = own.ticket.version
    Tickets(store).change(own.ticket.id, ANNA, version=seen, priority="high")
    with pytest.raises(Conflict, match="别处改过"):
        Tickets(store).change(own.ticket.id, BERT, version=seen, tags=["晚了"])
    assert Tickets(store).read(own.ticket.id).ticket.tags == []


def test_the_owner_takes_it_back(store: Store) -> None:
    own = handed_over(store)
    Tickets(store).claim(own.ticket.id, ANNA)
    for _ in range(2):
        assert OwnTickets(store).withdraw(own.ticket.thread).ticket.state == "closed"
    with pytest.raises(Conflict, match="已经关闭"):
        answered(store, own)


def test_notes_are_for_specialists_alone(store: Store) -> None:
    own = handed_over(store)
    Tickets(store).note(own.ticket.id, ANNA, "客户着急", "note-0001")
    Tickets(store).note(own.ticket.id, ANNA, "客户着急", "note-0001")
    assert [m.kind for m in Tickets(store).read(own.ticket.id).messages] == ["note"]
    assert OwnTickets(store).of(own.ticket.thread).messages == []
    assert len(store.turns(own.ticket.thread)) == 1


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-19T10:00+08:00", "2026-11-20T10:00+08:00"),  # Thursday
        ("2026-11-20T18:30+08:00", "2026-11-23T18:30+08:00"),  # Friday
        ("2026-11-21T09:00+08:00", "2026-11-23T09:00+08:00"),  # Saturday
        ("2026-11-19T20:00+00:00", "2026-11-23T04:00+08:00"),  # Friday in China already
    ],
)
def test_due_on_the_next_working_day(asked: str, due: str) -> None:
    assert due_after(datetime.fromisoformat(asked)) == datetime.fromisoformat(due)


def test_a_store_that_fails_says_so(tmp_path: Path) -> None:
    broken = Store(f"sqlite:///{tmp_path / 't.db'}")
    own = handed_over(broken)
    broken.close()
    for path in tmp_path.iterdir():
        path.write_bytes(b"\xff" * 20_000)
    for action in (
        lambda: Tickets(broken).read(own.ticket.id), lambda: Tickets(broken).claim(own.ticket.id, ANNA),
        lambda: OwnTickets(broken).of(own.ticket.thread), lambda: search_tickets(broken, Wanted()),
    ):  # fmt: skip
        with pytest.raises(StoreUnavailable, match=r"。$"):
            action()
    broken.close()
