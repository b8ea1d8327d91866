"""Curated answers: four eyes, before composed answers while they hold, not shown once a clause changed or ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from desk_made import ANNA, BERT, CHIEF, DAY, answered, handed_over
from throwaway_postgres import postgres_server

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.desk.curated import Curated
from assistant.desk.curated_from_ticket import wording_of
from assistant.desk.curated_lint import lint_curated
from assistant.desk.curated_models import CuratedAnswer, Wording
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.tickets import Tickets
from assistant.errors import BadInput, Conflict
from assistant.house import House
from assistant.policy.evidence import Evidence, Library
from assistant.store import Store

REF = "cn/miit/2026/2#annex_3__item_7"
QUESTION = "从高校买来的专利能不能拿来凑小巨人的一类知识产权"
TEXT = "转让来的知识产权不计入I类知识产权。发明专利要本企业自己申请取得。"
NEXT = DAY + timedelta(days=182)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A throw-away cluster; the test is skipped where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of these tests' own, in SQLite and in PostgreSQL."""
    sqlite = f"sqlite:///{Path(tmp_path_factory.mktemp('curated')) / 't.db'}"
    made = Store(sqlite if request.param == "sqlite" else request.getfixturevalue("postgres"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in SQLite, for what does not depend on the database."""
    made = Store(f"sqlite:///{Path(tmp_path_factory.mktemp('curated')) / 's.db'}")
    yield made
    made.close()


@pytest.fixture
def desk(house: House, either: Store) -> House:
    """The shared house over either database, where no answer of another test is shown."""
    return emptied(house, either)


@pytest.fixture
def own(house: House, simple: Store) -> House:
    """The shared house over SQLite, where no answer of another test is shown."""
    return emptied(house, simple)


def emptied(house: House, store: Store) -> House:
    for entry in Curated(store).list(state="reviewed"):
        Curated(store).withdraw(entry.id, ANNA, entry.version)
    return House(house.corpus, house.library, house.searcher, store, None, house.today)


def wording(**other: object) -> Wording:
    return Wording.model_validate(
        {"questions": [QUESTION], "place": "上海市", "text": TEXT, "refs": [REF], "valid_from": DAY, **other}
    )


def shelf(house: House) -> Curated:
    assert house.store
    return Curated(house.store)


def reviewed(house: House, **other: object) -> CuratedAnswer:
    made = shelf(house).create(wording(**other), ANNA)
    return shelf(house).review(made.id, BERT, made.version, house, DAY, NEXT)


def ask(house: House, question: str = QUESTION, place: str = "上海市", day: date | None = None) -> tuple[Answer, bool]:
    """The answer, and whether it is the curated one."""
    assistant = Assistant(house)
    answer = assistant.ask(question, place=place, as_of=day)
    return answer, any(step["step"] == "curated" for step in assistant.trace(answer))


def test_a_reviewed_answer_stands_before_a_composed_one(desk: House) -> None:
    made = shelf(desk).create(wording(), ANNA)
    assert not ask(desk)[1]
    shelf(desk).review(made.id, BERT, made.version, desk, DAY, NEXT)
    answer, curated = ask(desk)
    assert curated
    assert answer.status == "answered"
    assert answer.answer.startswith("转让来的知识产权不计入I类知识产权。[1]")
    assert [c.ref for c in answer.citations] == [REF]
    assert "这个回答由服务专员整理，贝特于2026年11月21日核对过条款。" in answer.notes
    assert ask(desk, f"请问{QUESTION}呢？")[1]


@pytest.mark.parametrize(
    "other",
    [
        "小巨人的一类知识产权要几项",
        "从高校买来的专利能不能拿来凑专精特新的一类知识产权",
        "从高校买来的专利为什么不能拿来凑小巨人的一类知识产权",
        "我们从高校买了3项专利，去年营收6000万，能报小巨人吗",
        "从高校买来的专利2021年能不能拿来凑小巨人的一类知识产权",
    ],
)
def test_another_question_gets_its_own_answer(own: House, other: str) -> None:
    reviewed(own)
    assert not ask(own, other)[1]


def test_another_place_and_another_day_get_their_own_answer(own: House) -> None:
    reviewed(own, valid_until=DAY + timedelta(days=30))
    assert not ask(own, place="上海市青浦区")[1]
    assert not ask(own, day=date(2026, 6, 1))[1]
    later = replace(own, today=lambda: DAY + timedelta(days=31))
    assert not ask(later)[1]
    assert ask(own)[1]


def test_four_eyes(desk: House) -> None:
    made = shelf(desk).create(wording(), ANNA)
    with pytest.raises(BadInput, match="另一位同事"):
        shelf(desk).review(made.id, ANNA, made.version, desk, DAY, NEXT)
    edited = shelf(desk).edit(made.id, wording(text="转让来的知识产权不计入I类知识产权。"), BERT, made.version)
    with pytest.raises(BadInput, match="另一位同事"):
        shelf(desk).review(made.id, BERT, edited.version, desk, DAY, NEXT)
    with pytest.raises(Conflict, match="别处改过"):
        shelf(desk).review(made.id, CHIEF, made.version, desk, DAY, NEXT)
    done = shelf(desk).review(made.id, ANNA, edited.version, desk, DAY, NEXT)
    assert (done.state, done.author_name, done.reviewer_name) == ("reviewed", "贝特", "安娜")
    assert [step.what for step in done.history] == ["created", "edited", "reviewed"]
    again = shelf(desk).edit(made.id, wording(), ANNA, done.version)
    assert (again.state, again.reviewed_on) == ("draft", None)
    assert not ask(desk)[1]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"text": "最多可以算97项I类知识产权。"}, "数字“97项”不在所引条款里"),
        ({"text": "转让来的知识产权不计入I类知识产权，贵公司符合小巨人条件。"}, "不能替企业下结论"),
        ({"refs": []}, "没有引用条款"),
        ({"refs": [REF, "cn/miit/2026/2#art_999"]}, "已经没有了"),
    ],
)
def test_what_does_not_stand_up_is_not_approved(own: House, other: dict[str, object], why: str) -> None:
    made = shelf(own).create(wording(**other), ANNA)
    with pytest.raises(BadInput, match=why):
        shelf(own).review(made.id, BERT, made.version, own, DAY, NEXT)
    assert shelf(own).get(made.id).state == "draft"


class Amended(Library):
    """A library in which one clause says something else."""

    def _evidence_of(self, ref: str, day: date) -> Evidence | None:
        found = super()._evidence_of(ref, day)
        if found is None or ref != REF:
            return found
        return replace(
            found, clause=found.clause.model_copy(update={"digest": f"{found.clause.digest}另有规定的除外。"})
        )


def test_a_changed_clause_takes_it_down_until_it_is_reviewed_again(own: House) -> None:
    entry = reviewed(own)
    assert own.store
    assert lint_curated(own, own.store, DAY) == []
    amended = replace(own, library=Amended(own.corpus, own.library.originals))
    (found,) = lint_curated(amended, own.store, DAY)
    assert (found.id, [f.kind for f in found.faults]) == (entry.id, ["clause_changed"])
    assert "在复核以后改过" in found.faults[0].why
    assert lint_curated(amended, own.store, DAY, document="cn/miit/2026/2") == [found]
    assert lint_curated(amended, own.store, DAY, document="cn-sh/jxw/2022/8") == []
    answer, curated = ask(amended)
    assert not curated
    assert answer.status == "answered"
    edited = shelf(amended).edit(entry.id, wording(), ANNA, entry.version)
    shelf(amended).review(entry.id, BERT, edited.version, amended, DAY, NEXT)
    assert ask(amended)[1]


def test_a_clause_that_ends_and_a_review_that_is_due(own: House) -> None:
    text = "市经济信息化委主管全市促进中小企业发展的工作。"
    reviewed(own, questions=["中小企业发展的工作由谁主管"], refs=["cn-sh/jxw/2022/8#art_4"], text=text)
    assert own.store
    assert [f.kind for f in lint_curated(own, own.store, NEXT)[0].faults][-1] == "review_due"
    over = [f.kind for f in lint_curated(own, own.store, date(2027, 11, 11))[0].faults]
    assert "not_in_force" in over
    assert not ask(replace(own, today=lambda: NEXT), "中小企业发展的工作由谁主管")[1]


def test_withdrawn_is_not_shown(own: House) -> None:
    entry = reviewed(own)
    shelf(own).withdraw(entry.id, ANNA, entry.version, "口径变了")
    assert not ask(own)[1]
    assert shelf(own).get(entry.id).history[-1].detail == "口径变了"


def test_it_is_made_from_a_ticket_and_outlives_it(desk: House) -> None:
    assert desk.store
    ticket = handed_over(desk.store)
    with pytest.raises(BadInput, match="还没有答复"):
        wording_of(desk, desk.store, ticket.ticket.id, DAY)
    Tickets(desk.store).claim(ticket.ticket.id, ANNA)
    answered(desk.store, ticket, TEXT)
    made = wording_of(desk, desk.store, ticket.ticket.id, DAY)
    assert (made.questions, made.text, made.refs) == (["买来的软著算不算？"], TEXT, [REF])
    draft = shelf(desk).create(made, ANNA, ticket.ticket.id)
    assert shelf(desk).create(made, ANNA, ticket.ticket.id).id == draft.id
    OwnTickets(desk.store).write(ticket.ticket.thread, "高校转来的专利呢？")
    answered(desk.store, ticket, "也不算。")
    assert wording_of(desk, desk.store, ticket.ticket.id, DAY).questions == ["高校转来的专利呢？"]
    desk.store.forget(ticket.ticket.thread)
    assert shelf(desk).get(draft.id).ticket is None


def test_it_is_found_by_text_place_and_state(desk: House) -> None:
    entry = reviewed(desk, questions=["独一无二的问法九九", "另一种问法"])
    assert [c.id for c in shelf(desk).list(text="九九 转让")] == [entry.id]
    assert shelf(desk).list(text="九九 没有的字") == []
    assert shelf(desk).list(text="九九", place="北京市") == []
    assert shelf(desk).list(text="九九", state="draft") == []


def test_a_store_that_fails_costs_nobody_the_answer(own: House, tmp_path: Path) -> None:
    broken = Store(f"sqlite:///{tmp_path / 'broken.db'}")
    broken.close()
    for path in tmp_path.glob("broken.db*"):
        path.write_bytes(b"\xff" * 20_000)
    assert Assistant(replace(own, store=broken)).ask(QUESTION).status == "answered"
    broken.close()
