"""Creating, listing, disabling accounts; roles and passwords. Every change leaves a row in the audit."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.accounts import passwords
from assistant.accounts.database import writing
from assistant.accounts.model import ROLES, Account, clean_name, clean_roles, key_of
from assistant.accounts.tables import AccountRow, AuditRow, SessionRow
from assistant.errors import BadInput
from assistant.store import Store, new_id, now


class Accounts:
    """The accounts of a store. Every method raises StoreUnavailable when it cannot be read or written. ``by`` is the id
    of the account that does it, empty from the command line."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def create(self, name: str, roles: list[str], password: str, by: str = "") -> Account:
        """A new account. Raises BadInput when the name, a role or the password will not do, or the name is taken."""
        name, roles = clean_name(name), clean_roles(roles)
        passwords.check_new(password, name)
        row = AccountRow(id=new_id(), name=name, key=key_of(name), password=passwords.hashed(password), roles=roles)
        try:
            with writing(self.store) as session:
                session.add(row)
                session.flush()
                session.add(entry(row.id, "created", by, detail=" ".join(roles)))
        except IntegrityError as error:
            raise BadInput(f"登录名“{name}”已经有人用了，请换一个。") from error
        return account_of(row)

    def everyone(self) -> list[Account]:
        """All accounts by name."""
        with writing(self.store) as session:
            return [account_of(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def find(self, name: str) -> Account | None:
        """The account of a name; None when there is none."""
        with writing(self.store) as session:
            row = session.scalar(select(AccountRow).where(AccountRow.key == key_of(name)))
            return None if row is None else account_of(row)

    def get(self, account: str) -> Account | None:
        """One account by its id."""
        with writing(self.store) as session:
            row = session.get(AccountRow, account)
            return None if row is None else account_of(row)

    def set_disabled(self, name: str, disabled: bool = True, by: str = "") -> Account:
        """Shut an account, which signs it out everywhere, or open it again. Raises BadInput for an unknown name."""
        with writing(self.store) as session:
            row = _named(session, name)
            if disabled != (row.disabled is not None):
                row.disabled = now() if disabled else None
                session.add(entry(row.id, "disabled" if disabled else "enabled", by))
            if disabled:
                session.execute(delete(SessionRow).where(SessionRow.account == row.id))
            return account_of(row)

    def set_roles(self, name: str, roles: list[str], by: str = "") -> Account:
        """Give an account other roles; they hold at its next request. Raises BadInput."""
        roles = clean_roles(roles)
        with writing(self.store) as session:
            row = _named(session, name)
            if row.roles != roles:
                session.add(entry(row.id, "roles", by, detail=f"{' '.join(row.roles)} → {' '.join(roles)}"))
                row.roles = roles
            return account_of(row)

    def set_password(self, name: str, password: str, by: str = "") -> Account:
        """A new password, which signs the account out everywhere. Raises BadInput."""
        passwords.check_new(password, clean_name(name))
        kept = passwords.hashed(password)
        with writing(self.store) as session:
            row = _named(session, name)
            row.password = kept
            session.add(entry(row.id, "password", by))
            session.execute(delete(SessionRow).where(SessionRow.account == row.id))
            return account_of(row)


def entry(account: str | None, action: str, by: str = "", address: str = "", detail: str = "") -> AuditRow:
    """A row of the audit."""
    return AuditRow(id=new_id(), account=account, action=action, by=by, address=address[:64], detail=detail[:200])


def account_of(row: AccountRow) -> Account:
    """What the rest may see of a row."""
    roles = tuple(role for role in ROLES if role in row.roles)
    return Account(id=row.id, name=row.name, roles=roles, created=row.created, disabled=row.disabled is not None)


def _named(session: Session, name: str) -> AccountRow:
    row = session.scalar(select(AccountRow).where(AccountRow.key == key_of(name)))
    if row is None:
        raise BadInput(f"没有叫“{name}”的账号。用 tiaoli account list 看有哪些。")
    return row
