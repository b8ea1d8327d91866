"""A store with conversations, and people who work at the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.accounts.model import Account, Role
from assistant.desk.owner_tickets import OwnTicket, OwnTickets
from assistant.desk.tickets import Tickets
from assistant.desk.turns import SPECIALIST, desk_answer
from assistant.store import Store, new_id

DAY = date(2026, 11, 21)


def person(name: str, *roles: Role) -> Account:
    return Account(id=name, name=name, roles=roles or ("specialist",), created=datetime(2026, 1, 1, tzinfo=UTC))


ANNA, BERT, CHIEF = person("安娜"), person("贝特"), person("主管", "admin")


def talked(store: Store, thread: str | None = None) -> str:
    """A thread with one turn."""
    thread = thread or new_id()
    answer = {"route": "policy", "status": "not_found", "reason": "nothing_near", "answer": "没有找到。"}
    store.record(thread, {"place": "上海市"}, new_id(), "买来的软著算不算？", answer, [])
    return thread


def handed_over(store: Store, thread: str | None = None, **more: object) -> OwnTicket:
    return OwnTickets(store).open(
        talked(store, thread), **{"place": "上海市", "as_of": DAY, "summary": "问了1次：买来的软著算不算。", **more}
    )


def answered(store: Store, own: OwnTicket, text: str = "不算。", key: str | None = None, by: Account = ANNA) -> None:
    answer = desk_answer(SPECIALIST, own.ticket.thread, "上海市", DAY, text)
    Tickets(store).answer(own.ticket.id, by, answer, text, ["cn/miit/2026/2#annex_3__item_7"], [], key)
