"""Room codes that are easy to read out and hard to guess, nicknames, and a brake on wrong codes."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from assistant.accounts.database import aware, writing
from assistant.accounts.tries import TooManyTries
from assistant.privacy import mask
from assistant.store import Store, now
from assistant.workshop.room_tables import RoomMissRow

SIGNS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without signs that look or sound like another: 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B."""
LENGTH = 6
NICKNAME = 12
MISSES = 40
"""Wrong codes from one address within ``WINDOW``; behind one address there may be a whole class."""
WINDOW = timedelta(minutes=10)
SHORTEST_TOKEN = 22


class TooManyCodes(TooManyTries):
    """Too many wrong codes; nothing is looked up before ``seconds`` have passed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.args = (f"房间号错的次数太多，请等{-(-seconds // 60)}分钟再试，或请讲师把房间号再念一遍。",)


def new_code() -> str:
    """A fresh code."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def clean_code(text: str) -> str:
    """A code as it is kept, from what was typed: in any case and width, with spaces or dashes."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign in SIGNS) if len(folded) <= 4 * LENGTH else ""


def clean_nickname(text: str) -> str:
    """A nickname as it is shown: short, without signs that cannot be seen, personal data masked."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] not in "CZ")
    masked = mask(seen).text
    return masked[:NICKNAME] if masked == seen else masked[: 2 * NICKNAME]


def hashed(text: str) -> str:
    """The SHA-256 of a token or an address."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Misses:
    """Counts wrong codes in the store, so that the count holds over processes and restarts."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def check(self, address: str) -> None:
        """Raises TooManyCodes while an address has to wait."""
        with self.store.sessions() as session:
            row = session.scalar(select(RoomMissRow).where(RoomMissRow.key == hashed(address)))
            if row is not None and row.count >= MISSES:
                left = (aware(row.since) + WINDOW - now()).total_seconds()
                if left > 0:
                    raise TooManyCodes(max(1, round(left)))

    def count(self, address: str) -> None:
        """One more wrong code."""
        key, moment = hashed(address), now()
        with writing(self.store) as session:
            session.execute(delete(RoomMissRow).where(RoomMissRow.since < moment - WINDOW))
        for _ in range(2):  # the second time where another process counted the first one at the same moment
            try:
                with writing(self.store) as session:
                    more = update(RoomMissRow).where(RoomMissRow.key == key).values(count=RoomMissRow.count + 1)
                    if not session.execute(more).rowcount:  # type: ignore[attr-defined]
                        session.add(RoomMissRow(key=key, count=1, since=moment))
                return
            except IntegrityError:
                continue
