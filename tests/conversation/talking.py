"""The type of the fixture that says one message after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer

Talk = Callable[..., "list[Answer]"]
