"""Patience with what must not take for ever: a reading whose cost grows with the square of a text takes minutes on the
texts of these tests, a linear one about a second on a slow machine with coverage on. The bound lies between the two, far
from both; speed itself is measured by ``tiaoli bench``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

ENOUGH = 30.0


@contextmanager
def patience(seconds: float = ENOUGH) -> Iterator[None]:
    """Fails when the block took more than ``seconds`` of this process's own time."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < seconds, f"took {took:.0f} s: does the cost grow with the square of the text?"
