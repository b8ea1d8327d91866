"""Slows down guessing: after some failed tries of one name, or from one address, each further one has to wait longer.

The counts are in the store, so they hold over processes and restarts. A try counts before the password is looked at:
many at the same moment are no way around. Names and addresses are kept as hashes only.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.accounts.database import aware, writing
from assistant.accounts.tables import TriesRow
from assistant.errors import AssistantError
from assistant.store import Store, now

FREE = {"name": 5, "address": 20}
"""Failed tries before waiting begins. Behind one address there may be a whole office."""
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)
"""After this long without a try, a count begins anew."""


class TooManyTries(AssistantError):
    """Nothing is tried before ``seconds`` have passed."""

    def __init__(self, seconds: int) -> None:
        wait = f"{seconds}秒" if seconds < 60 else f"{-(-seconds // 60)}分钟"
        super().__init__(f"登录失败的次数太多，请等{wait}再试。忘了密码请找管理员重设。")
        self.seconds = seconds


class Tries:
    """The failed tries of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def begin(self, name: str, address: str) -> None:
        """Count a try of a name (as it is compared) from an address. Raises TooManyTries while one has to wait."""
        moment = now()
        with writing(self.store) as session:
            session.execute(delete(TriesRow).where(TriesRow.last < moment - FORGOTTEN))
        for kind, value in (("name", name), ("address", address)):
            try:
                self._count(kind, value, moment)
            except IntegrityError:  # another process counted the first try of it at the same moment
                self._count(kind, value, moment)

    def succeeded(self, name: str, address: str) -> None:
        """The try was no failure: the name's count is gone, and the address has one less."""
        with writing(self.store) as session:
            session.execute(delete(TriesRow).where(TriesRow.key == _key("name", name)))
            of = update(TriesRow).where(TriesRow.key == _key("address", address), TriesRow.count > 0)
            session.execute(of.values(count=TriesRow.count - 1, until=now()))

    def _count(self, kind: str, value: str, moment: datetime) -> None:
        key = _key(kind, value)
        with writing(self.store) as session:
            free = update(TriesRow).where(TriesRow.key == key, TriesRow.until <= moment)
            if session.execute(free.values(count=TriesRow.count + 1, last=moment)).rowcount:  # type: ignore[attr-defined]
                self._wait(session, key, FREE[kind], moment)
                return
            until = session.scalar(select(TriesRow.until).where(TriesRow.key == key))
            if until is not None:
                raise TooManyTries(max(1, round((aware(until) - moment).total_seconds())))
            session.execute(insert(TriesRow).values(key=key, count=1, last=moment, until=moment))

    @staticmethod
    def _wait(session: Session, key: str, free: int, moment: datetime) -> None:
        """Twice as long as after the try before; the row is locked by the update that came first."""
        count = session.scalar(select(TriesRow.count).where(TriesRow.key == key)) or 0
        if count >= free:
            wait = min(LONGEST, timedelta(seconds=2 ** min(count - free + 1, 12)))
            session.execute(update(TriesRow).where(TriesRow.key == key).values(until=moment + wait))


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()
