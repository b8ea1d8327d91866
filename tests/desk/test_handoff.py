"""Handing over in the conversation: an offer, a clear yes, one ticket; and the package that the specialist gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Assistant
from assistant.desk.handoff import package
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.ticket_search import Wanted, search_tickets
from assistant.house import House
from assistant.store import Store, new_id


@pytest.fixture
def own(house: House, tmp_path: Path) -> House:
    """The shared house with a store of this test's own."""
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    return House(house.corpus, house.library, house.searcher, store, None, house.today)


def say(house: House, thread: str, *messages: str) -> list[str]:
    assistant = Assistant(house)
    return [assistant.ask(message, thread=thread).reason for message in messages]


def tickets(house: House) -> int:
    assert house.store
    return search_tickets(house.store, Wanted()).total


def test_nothing_is_handed_over_without_a_yes(own: House) -> None:
    thread = new_id()
    assert say(own, thread, "专精特新有效期几年？", "转人工", "不用了", "好的") == [
        "answered", "handoff_offered", "answered", "answered",
    ]  # fmt: skip
    assert say(own, thread, "我要投诉", "小巨人有效期几年？", "好，转吧")[0] == "handoff_offered"
    assert tickets(own) == 0


def test_a_yes_makes_one_ticket(own: House) -> None:
    thread = new_id()
    said = say(
        own, thread, "我们去年营收4800万，能报专精特新吗", "找个人跟我说，13812345678", "好，转吧", "转人工", "好的"
    )
    assert said == ["needs_facts", "handoff_offered", "handoff_made", "handoff_made", "answered"]
    assert tickets(own) == 1
    assert own.store
    ticket = OwnTickets(own.store).of(thread).ticket
    assert ticket.wish == "找个人跟我说，〔手机号〕"
    assert "4800万元" in ticket.summary
    assert "13812345678" not in ticket.model_dump_json()


def test_the_offer_says_what_goes_along(own: House) -> None:
    thread = new_id()
    say(own, thread, "我们去年营收4800万，能报专精特新吗")
    offer = Assistant(own).ask("转人工", thread=thread)
    assert offer.status == "needs_info"
    assert "2025年营业收入4800万元" in offer.answer
    assert offer.follow_ups == ["好，转吧", "不用了"]
    assert offer.citations == []


def test_the_first_message_may_ask_for_a_person(own: House) -> None:
    thread = new_id()
    assert say(own, thread, "转人工", "可以") == ["handoff_offered", "handoff_made"]


def test_without_a_store_it_says_so(house: House) -> None:
    bare = House(house.corpus, house.library, house.searcher, None, None, house.today)
    answer = Assistant(bare).ask("转人工")
    assert (answer.status, answer.reason) == ("failed", "handoff_unavailable")


def test_a_pre_check_goes_on_after_the_offer(own: House) -> None:
    thread = new_id()
    say(own, thread, "我们去年营收4800万，能报专精特新吗", "转人工", "先不转了")
    assert say(own, thread, "负债率52%") == ["needs_facts"]


def test_the_package_holds_what_was_said_shown_and_left_open(own: House) -> None:
    thread = new_id()
    say(
        own, thread, "我们是青浦的，去年营收4800万，研发占4%，能报专精特新吗", "首次升规奖多少",
        "我电话13812345678，研发加计扣除现在按百分之几扣？", "转人工", "好，转吧",
    )  # fmt: skip
    assert own.store
    found = package(own, own.store, thread)
    assert found.place == "上海市青浦区"
    assert found.as_of == own.today()
    assert [line.kind for line in found.transcript] == ["assistant"] * 5
    assert "13812345678" not in found.model_dump_json()
    assert {(f.label, f.value, f.said) for f in found.profile} >= {("2025年营业收入", "4800万元", "4800万")}
    shown = {c.ref: c for c in found.clauses}
    award = shown["cn-sh/gov/2025/zjtx-measures#sec_1__item_2"]
    assert (award.place, award.validity, award.validity_label) == ("上海市", "in_force", "现行有效")
    assert award.turns == [found.transcript[1].turn]
    assert found.verdict is not None
    assert found.verdict.outcome == "needs_info"
    assert "还不能判断" in found.verdict_words
    kinds = [point.kind for point in found.open_points]
    assert kinds[0] == "unanswered"
    assert "加计扣除" in found.open_points[0].text
    assert found.open_points[0].why == "已知不在收录范围"
    assert "missing_fact" in kinds
    assert "加计扣除" in found.summary
    assert "转人工" not in found.summary


def test_a_question_answered_later_is_not_open(own: House) -> None:
    assert own.store
    thread = new_id()
    for status, reason in (("failed", "index_unavailable"), ("answered", "answered")):
        answer = {"route": "policy", "status": status, "reason": reason, "answer": "…"}
        own.store.record(thread, {}, new_id(), "有效期几年", answer, [])
    assert package(own, own.store, thread).open_points == []


def test_the_package_of_an_unknown_thread(own: House) -> None:
    assert own.store
    with pytest.raises(KeyError):
        package(own, own.store, "nothing")
