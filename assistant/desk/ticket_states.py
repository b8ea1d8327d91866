"""The life of a ticket as a table, and when it is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

State = Literal["waiting", "claimed", "answered", "closed"]
Action = Literal["claim", "answer", "hand_back", "close", "owner_writes"]
STATE_NAMES: dict[str, str] = {
    "waiting": "排队中",
    "claimed": "处理中",
    "answered": "已答复",
    "closed": "已关闭",
}
NEXT: dict[tuple[State, Action], State] = {
    ("waiting", "claim"): "claimed",
    ("claimed", "answer"): "answered",
    ("answered", "answer"): "answered",
    ("claimed", "hand_back"): "waiting",
    ("answered", "hand_back"): "waiting",
    ("waiting", "close"): "closed",
    ("claimed", "close"): "closed",
    ("answered", "close"): "closed",
    ("waiting", "owner_writes"): "waiting",
    ("claimed", "owner_writes"): "claimed",
    ("answered", "owner_writes"): "claimed",
    ("closed", "owner_writes"): "waiting",
}
"""State and action → the state afterwards. What is not in the table cannot be done."""
REOPENS = {("answered", "owner_writes"), ("closed", "owner_writes")}
OUR_TIME = timezone(timedelta(hours=8))
"""Time of China, without summer time."""
SATURDAY = 5


def due_after(moment: datetime, days: int = 1) -> datetime:
    """The same time of day ``days`` working days (Monday to Friday) later, in UTC. ``moment`` has a zone."""
    local = moment.astimezone(OUR_TIME)
    for _ in range(days):
        local += timedelta(days=1)
        while local.weekday() >= SATURDAY:
            local += timedelta(days=1)
    return local.astimezone(UTC)


def aware(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_words(moment: datetime) -> str:
    """``"11月24日14:05"`` in time of China."""
    local = aware(moment).astimezone(OUR_TIME)
    return f"{local.month}月{local.day}日{local.hour:02}:{local.minute:02}"
