"""Signing in and out. A session ends after some hours without use, and at the latest half a day after it began."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from assistant.accounts import passwords
from assistant.accounts.accounts import account_of, entry
from assistant.accounts.database import aware, writing
from assistant.accounts.model import Account, key_of
from assistant.accounts.tables import AccountRow, SessionRow
from assistant.accounts.tries import Tries
from assistant.store import Store, now

IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
NOTICED = timedelta(minutes=1)
"""How exactly the last use is known; every request would be a write otherwise."""


class Sessions:
    """The sessions of a store. Every method raises StoreUnavailable when it cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.tries = Tries(store)

    def sign_in(self, name: str, password: str, address: str = "") -> tuple[Account, str] | None:
        """The account and the token of a new session; None when name and password do not belong together, which takes
        as long for a name that nobody has. Raises TooManyTries after too many failed ones."""
        key = key_of(name)
        self.tries.begin(key, address)
        with writing(self.store) as session:
            row = session.scalar(select(AccountRow).where(AccountRow.key == key))
        right = passwords.matches(row.password if row else None, password)
        if row is None or not right or row.disabled is not None:
            with writing(self.store) as session:
                session.add(entry(row.id if row else None, "sign-in-failed", address=address))
            return None
        self.tries.succeeded(key, address)
        if passwords.outdated(row.password):
            self._rehash(row, password)
        return account_of(row), self._begin(row, address)

    def _begin(self, row: AccountRow, address: str) -> str:
        token = secrets.token_urlsafe(32)
        with writing(self.store) as session:
            session.execute(delete(SessionRow).where(SessionRow.until < now()))
            session.add(SessionRow(token=_hash(token), account=row.id, until=now() + LONGEST))
            session.add(entry(row.id, "sign-in", row.id, address))
        return token

    def _rehash(self, row: AccountRow, password: str) -> None:
        """Keep the password with the present parameters, where nobody has changed it in the meantime."""
        kept = passwords.hashed(password)
        with writing(self.store) as session:
            found = session.get(AccountRow, row.id)
            if found is not None and found.password == row.password:
                found.password = kept

    def find(self, token: str) -> Account | None:
        """Whose session it is; None when there is none (any more)."""
        with writing(self.store) as session:
            kept, moment = session.get(SessionRow, _hash(token)), now()
            if kept is None or aware(kept.until) <= moment or aware(kept.seen) + IDLE <= moment:
                return None
            row = session.get(AccountRow, kept.account)
            if row is None or row.disabled is not None:
                return None
            if aware(kept.seen) + NOTICED <= moment:
                kept.seen = moment
            return account_of(row)

    def end(self, token: str, address: str = "") -> None:
        """Sign out. Without such a session nothing happens."""
        with writing(self.store) as session:
            kept = session.get(SessionRow, _hash(token))
            if kept is not None:
                session.add(entry(kept.account, "sign-out", kept.account, address))
                session.delete(kept)

    def end_all(self, account: str, address: str = "") -> None:
        """Sign an account out everywhere."""
        with writing(self.store) as session:
            session.execute(delete(SessionRow).where(SessionRow.account == account))
            session.add(entry(account, "sign-out-everywhere", account, address))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
