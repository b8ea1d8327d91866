"""Every table of the store, gathered: whoever creates or migrates the database imports this module first."""

from __future__ import annotations

from sqlalchemy import MetaData

import assistant.accounts.tables
import assistant.desk.call_tables
import assistant.desk.curated_tables
import assistant.desk.ticket_tables
import assistant.workshop.room_tables  # noqa: F401
from assistant.store import Base

# One import per module that defines tables over ``Base``.


def metadata() -> MetaData:
    """The tables of all rooms of the assistant."""
    return Base.metadata
