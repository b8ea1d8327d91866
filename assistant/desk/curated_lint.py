"""Which curated answers may not be shown any more, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.desk.curated import Curated
from assistant.desk.curated_faults import faults_of
from assistant.desk.curated_models import Fault
from corpus.models import split_ref

if TYPE_CHECKING:
    from assistant.house import House
    from assistant.store import Store


class Linted(BaseModel):
    """A reviewed answer that does not hold any more, by its first wording."""

    id: str
    question: str
    place: str
    reviewer_name: str
    reviewed_on: date | None
    faults: list[Fault]


def lint_curated(house: House, store: Store, day: date, document: str | None = None) -> list[Linted]:
    """Every reviewed answer that is not shown on ``day``; ``document``: only those that cite a clause of it. Raises
    StoreUnavailable."""
    found = []
    for entry in Curated(store).list(state="reviewed"):
        if document is not None and all(split_ref(ref)[0] != document for ref in entry.refs):
            continue
        if faults := faults_of(entry, house, day):
            found.append(
                Linted(
                    id=entry.id,
                    question=entry.questions[0],
                    place=entry.place,
                    reviewer_name=entry.reviewer_name,
                    reviewed_on=entry.reviewed_on,
                    faults=faults,
                )
            )
    return found
