"""Many messages at the same moment: few turns under way, the others in the order in which they came."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from assistant.conversation import AT_ONCE, Assistant
from assistant.house import House

TODAY = date(2026, 11, 21)
PATIENCE = 60.0
"""Seconds until a wait is taken for one without end."""


class Door:
    """Where a turn asks for the day: it waits there until the door is open, and is counted."""

    def __init__(self) -> None:
        self.open, self.guard = threading.Event(), threading.Condition()
        self.inside = self.most = 0

    def __call__(self) -> date:
        with self.guard:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.guard.notify_all()
        assert self.open.wait(PATIENCE)
        with self.guard:
            self.inside -= 1
        return TODAY

    def wait_for(self, number: int) -> None:
        with self.guard:
            assert self.guard.wait_for(lambda: self.inside == number, PATIENCE)


@contextmanager
def running(calls: Sequence[Callable[[], object]]) -> Iterator[None]:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_only_so_many_turns_are_under_way(house: House) -> None:
    door = Door()
    assistant = Assistant(replace(house, store=None, today=door))
    answered = []
    with running([lambda: answered.append(assistant.ask("小巨人有效期几年？"))] * (3 * AT_ONCE)):
        door.wait_for(AT_ONCE)
        door.open.set()
    assert door.most == AT_ONCE
    assert [a.status for a in answered] == ["answered"] * 3 * AT_ONCE


def test_a_thread_in_a_hurry_keeps_nobody_out(house: House) -> None:
    """Messages of one thread wait for each other without taking the place of another's."""
    door = Door()
    assistant = Assistant(replace(house, store=None, today=door))
    answered = []
    hurried = [lambda: answered.append(assistant.ask("小巨人有效期几年？", thread="t"))] * (2 * AT_ONCE)
    with running(hurried):
        door.wait_for(1)
        with running([lambda: answered.append(assistant.ask("专精特新营收要多少？"))]):
            door.wait_for(2)
            door.open.set()
    assert len(answered) == 2 * AT_ONCE + 1
