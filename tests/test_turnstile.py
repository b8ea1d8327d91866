"""The turnstile: never more inside than allowed, in the order of their coming, and open again after an error."""

from __future__ import annotations

import threading
import time

import pytest

from assistant.turnstile import Turnstile


def waiting(turnstile: Turnstile, number: int) -> None:
    """Until so many stand in the row."""
    until = time.monotonic() + 30
    while len(turnstile._waiting) < number and time.monotonic() < until:
        time.sleep(0.001)
    assert len(turnstile._waiting) == number


def test_those_who_wait_come_in_their_order() -> None:
    turnstile, came = Turnstile(1), list[int]()

    def enter(number: int) -> None:
        with turnstile:
            came.append(number)

    threads = [threading.Thread(target=enter, args=(n,)) for n in range(20)]
    with turnstile:
        for n, thread in enumerate(threads):
            thread.start()
            waiting(turnstile, n + 1)
        assert came == []
    for thread in threads:
        thread.join(30)
    assert came == list(range(20))


def test_never_more_than_allowed() -> None:
    turnstile, guard = Turnstile(3), threading.Lock()
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        for _ in range(50):
            with turnstile:
                with guard:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.0001)
                with guard:
                    inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == 3
    assert inside == 0


def test_an_error_gives_the_place_back() -> None:
    turnstile = Turnstile(1)
    for _ in range(3):
        with pytest.raises(RuntimeError), turnstile:
            raise RuntimeError("a bug")
    with turnstile:
        assert turnstile._free == 0
    assert turnstile._free == 1
