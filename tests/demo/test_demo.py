"""The demo state: made by the same doors as the pages, once; what was cut off goes on; other data are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from throwaway_postgres import postgres_server
from typer.testing import CliRunner

from assistant.accounts.accounts import Accounts
from assistant.accounts.sessions import Sessions
from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.demo.make import enrol, fill, thread_of
from assistant.demo.story import story
from assistant.desk.calls import Calls
from assistant.desk.curated import Curated
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.ticket_search import Wanted, search_tickets
from assistant.desk.ticket_states import STATE_NAMES
from assistant.documents.unanswered import unanswered
from assistant.errors import BadInput
from assistant.house import House
from assistant.store import Store
from assistant.workshop.rooms import Rooms


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    if request.param == "postgresql":
        found: str = request.getfixturevalue("server")
        engine = create_engine(found, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE demo"))
        engine.dispose()
        url = found.replace("/postgres?", "/demo?")
    made = Store(url)
    yield made
    made.close()


def test_the_demo_state_is_made_once(house: House, store: Store) -> None:
    house = replace(house, store=store)
    passwords = enrol(house)
    assert list(passwords) == [person.name for person in story().people.values()]
    assert Sessions(store).sign_in("演示培训", passwords["演示培训"]) is not None
    steps: list[str] = []
    fill(house, steps.append)
    assert len([step for step in steps if step.startswith("对话")]) == len(story().companies) >= 6
    assert all("虚构" in step for step in steps if step.startswith(("对话", "工单", "通话")))
    _is_whole(house, store)
    assert enrol(house) == {}
    again: list[str] = []
    fill(house, again.append)
    assert again == []


def _is_whole(house: House, store: Store) -> None:
    people = {part: Accounts(store).find(person.name) for part, person in story().people.items()}
    admin, specialist, trainer = people["admin"], people["specialist"], people["trainer"]
    assert admin
    assert specialist
    assert trainer
    seen = []
    for company in story().companies:
        turns = store.turns(thread_of(company.company, admin))
        assert all("虚构" in turn.message for turn in turns[:1])
        seen += [(a.route, a.reason, a.verdict and a.verdict.outcome) for t in turns for a in [_answer(t.answer)]]
    assert {outcome for _, _, outcome in seen} >= {"eligible", "not_eligible", "needs_info"}
    assert {route for route, _, _ in seen} >= {"policy", "eligibility", "checkup"}
    assert "not_in_collection" in {reason for _, reason, _ in seen}
    assert not {reason for _, reason, _ in seen} & {"internal", "index_unavailable", "storage_unavailable"}
    tickets = search_tickets(store, Wanted()).tickets
    assert {ticket.state for ticket in tickets} == set(STATE_NAMES)
    (entry,) = Curated(store).list(state="reviewed")
    assert (entry.author_name, entry.reviewer_name) == ("演示坐席", "演示复核")
    read = Assistant(house).ask(entry.questions[-1])
    assert read.answer.startswith(entry.text)
    (call,) = Calls(store).listed(specialist=specialist.id)
    assert call.finished is not None
    assert (call.owed, call.outcome) == (1, "needs_info")
    (room,) = Rooms(store).list(trainer.id)
    assert (room.state, room.participants) == ("ended", 6)
    scores = [one.score for one in Rooms(store).trainer_view(room.code, trainer.id).participants]
    assert len(set(scores)) > 1
    asked = unanswered(store)
    assert [one.question for one in asked] == ["出口退税几个点", "〔企业〕问一下，园区里的厂房租金能减多少"]


def _answer(kept: dict[str, object]) -> Answer:
    return Answer.model_validate(kept)


def test_what_was_cut_off_goes_on(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'cut.db'}")
    house = replace(house, store=store)
    enrol(house)

    class CutOff(Exception):
        pass

    def cut(words: str) -> None:
        if words.startswith("工单"):
            raise CutOff

    with pytest.raises(CutOff):
        fill(house, cut)
    admin = Accounts(store).find("演示管理")
    assert admin
    first = store.turns(thread_of("青禾阀门", admin))
    steps: list[str] = []
    fill(house, steps.append)
    assert [turn.id for turn in store.turns(thread_of("青禾阀门", admin))] == [turn.id for turn in first]
    assert OwnTickets(store).of(thread_of("蓝鲸传感器", admin)).ticket.state == "waiting"
    assert steps[-1].startswith("测验房间")
    store.close()


def test_other_data_are_left_alone(house: House, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'other.db'}")
    house = replace(house, store=store)
    with pytest.raises(BadInput, match="重新运行"):
        fill(house)
    Assistant(house).ask("专精特新要什么条件")
    with pytest.raises(BadInput, match="加上 --add"):
        enrol(house)
    assert Accounts(store).everyone() == []
    assert len(enrol(house, add=True)) == 4
    store.close()


def test_the_command_says_what_is_in_the_way(own_home: Path) -> None:
    from assistant.cli import app

    store = Store()
    Accounts(store).create("别人", ["admin"], "九月的河流向北 77")
    store.close()
    found = CliRunner().invoke(app, ["demo"])
    assert isinstance(found.exception, BadInput)
    assert "--add" in str(found.exception)


def test_questions_are_counted_without_personal_data(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'asked.db'}")
    answer = {"route": "policy", "status": "not_found", "reason": "nothing_near", "answer": "没有。", "place": "上海市"}
    for n, message in enumerate(
        ["灯塔怎么修？", "灯塔，怎么修", "灯塔怎么修 13812345678", "我是河湾缆绳有限公司，灯塔怎么修", "别的事"]
    ):
        store.record("t", {}, f"turn-{n}", message, answer, [])
    store.record("t", {}, "turn-8", "今天天气", answer | {"reason": "out_of_scope"}, [])
    store.record("t", {}, "turn-9", "要什么条件", answer | {"status": "answered", "reason": "answered"}, [])
    found = unanswered(store)
    assert [(one.times, one.places) for one in found] == [(4, ["上海市"]), (1, ["上海市"])]
    said = "".join(one.question for one in found)
    assert "13812345678" not in said
    assert "缆绳" not in said
    assert found[1].question == "别的事"
    store.close()
