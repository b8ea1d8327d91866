"""One transaction over the store, with its errors as sentences; moments with their zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import StoreUnavailable
from assistant.store import Store


@contextmanager
def writing(store: Store) -> Iterator[Session]:
    """One transaction. An IntegrityError passes; every other error of the database becomes StoreUnavailable."""
    try:
        with store.sessions() as session, session.begin():
            yield session
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise StoreUnavailable.because(error) from error


def aware(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
