"""Whatever people do with tickets in whatever order: the table of states holds, and so does what follows from it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from desk_made import ANNA, BERT, CHIEF, DAY, talked
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.accounts.model import Account
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.ticket_states import NEXT
from assistant.desk.tickets import Tickets
from assistant.desk.turns import SPECIALIST, desk_answer
from assistant.errors import Conflict
from assistant.store import Store

PEOPLE = st.sampled_from([ANNA, BERT, CHIEF])


class Desk(RuleBasedStateMachine):
    """One thread with its tickets; ``expected`` is the state of the newest one, ``holder`` who has it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(f"sqlite:///{Path(self.folder.name) / 't.db'}")
        self.tickets, self.own = Tickets(self.store), OwnTickets(self.store)
        self.thread = talked(self.store)
        self.all: list[str] = []
        self.expected, self.holder = "", ""
        self.events = self.turns = 0
        self.open()

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule()
    def open(self) -> None:
        made = self.own.open(self.thread, place="上海市", as_of=DAY, summary="")
        assert made.new == (self.expected in ("", "closed"))
        if made.new:
            self.all.append(made.ticket.id)
            self.expected, self.holder, self.events = "waiting", "", 1

    @rule(by=PEOPLE)
    def claim(self, by: Account) -> None:
        mine = self.holder == by.id and self.expected in ("claimed", "answered")
        if self._done("claim", lambda: self.tickets.claim(self.all[-1], by), allowed=True, again=mine) and not mine:
            self.holder = by.id

    @rule(by=PEOPLE)
    def answer(self, by: Account) -> None:
        answer = desk_answer(SPECIALIST, self.thread, "上海市", DAY, "好。")
        done = self._done(
            "answer", lambda: self.tickets.answer(self.all[-1], by, answer, "好。", [], [], None), allowed=self._may(by)
        )
        self.turns += done

    @rule(by=PEOPLE)
    def hand_back(self, by: Account) -> None:
        if self._done("hand_back", lambda: self.tickets.hand_back(self.all[-1], by), allowed=self._may(by)):
            self.holder = ""

    @rule(by=PEOPLE)
    def close(self, by: Account) -> None:
        allowed = self.expected == "waiting" or self._may(by)
        self._done("close", lambda: self.tickets.close(self.all[-1], by), allowed, again=self.expected == "closed")

    @rule()
    def owner_writes(self) -> None:
        self._done("owner_writes", lambda: self.own.write(self.thread, "还有一句"), allowed=True)
        self.turns += 1
        if self.expected == "waiting":
            self.holder = ""

    @invariant()
    def holds(self) -> None:
        newest = self.tickets.read(self.all[-1])
        assert newest.ticket.state == self.expected
        assert (newest.ticket.assignee is not None) == bool(self.holder)
        if self.expected in ("waiting", "claimed", "answered"):
            assert bool(self.holder) == (self.expected != "waiting")
        assert len(newest.events) == self.events
        assert all(self.tickets.read(ticket).ticket.state == "closed" for ticket in self.all[:-1])
        assert [t.number for t in self.store.turns(self.thread)] == list(range(1, self.turns + 2))

    def _may(self, by: Account) -> bool:
        return bool(self.holder) and (self.holder == by.id or by.may("admin"))

    def _done(self, action: str, act: Any, allowed: bool, again: bool = False) -> bool:
        after = NEXT.get((self.expected, action))  # type: ignore[call-overload]
        try:
            act()
        except Conflict:
            assert not again
            assert after is None or not allowed
            return False
        assert again or (after is not None and allowed)
        if not again:
            self.expected, self.events = str(after), self.events + 1
        return True


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
