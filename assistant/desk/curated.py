"""Curated answers: written by one specialist, reviewed by another, shown before composed ones while they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.accounts.model import Account
from assistant.desk.curated_faults import faults_of, fingerprints
from assistant.desk.curated_models import CuratedAnswer, State, Wording, curated_of
from assistant.desk.curated_tables import CuratedRow
from assistant.desk.ticket_rows import repeated, transaction
from assistant.errors import BadInput, Conflict, StoreUnavailable
from assistant.store import Store, new_id, now

if TYPE_CHECKING:
    from assistant.house import House

OF_PLACE: BindParameter[str] = bindparam("place")
ON_DAY: BindParameter[date] = bindparam("day")
WORDINGS = (
    select(CuratedRow.id, CuratedRow.questions)
    .where(CuratedRow.state == "reviewed", CuratedRow.place == OF_PLACE, CuratedRow.valid_from <= ON_DAY)
    .where((CuratedRow.valid_until >= ON_DAY) | CuratedRow.valid_until.is_(None))
    .order_by(CuratedRow.changed.desc())
)
"""What every policy question reads, put together once."""
CHANGED = "这条回答刚在别处改过，请看过新的内容再改。"


class Curated:
    """The curated answers of a store. Every method raises KeyError for an unknown one, Conflict where it was changed in
    the meantime (``version`` is the one that the change was made from), StoreUnavailable."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def list(self, *, text: str = "", place: str | None = None, state: State | None = None) -> list[CuratedAnswer]:
        """The newest change first; ``text``: words that all occur in its questions or its answer."""
        with transaction(self.store) as session:
            query = select(CuratedRow).order_by(CuratedRow.changed.desc(), CuratedRow.id)
            if place is not None:
                query = query.where(CuratedRow.place == place)
            if state is not None:
                query = query.where(CuratedRow.state == state)
            found = [curated_of(row) for row in session.scalars(query)]
        words = text.lower().split()
        return [c for c in found if all(w in "\n".join([*c.questions, c.text]).lower() for w in words)]

    def wordings(self, place: str, day: date) -> Sequence[tuple[str, Sequence[str]]]:
        """Id and wordings of the reviewed ones for a place, where ``day`` lies in their time; the newest change first."""
        try:
            with self.store.engine.connect() as connection:
                return [(name, asked) for name, asked in connection.execute(WORDINGS, {"place": place, "day": day})]
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def get(self, curated: str) -> CuratedAnswer:
        """One of them."""
        with transaction(self.store) as session:
            return curated_of(_found(session, curated))

    def create(self, wording: Wording, by: Account, ticket: str | None = None) -> CuratedAnswer:
        """A new draft. ``ticket``: made from its answer; the draft that was made from it already is given back."""
        with transaction(self.store) as session:
            if ticket is not None:
                made = select(CuratedRow).where(CuratedRow.ticket == ticket, CuratedRow.text == wording.text)
                if (row := session.scalar(made.limit(1))) is not None:
                    return curated_of(row)
            row = CuratedRow(id=new_id(), state="draft", author=by.id, author_name=by.name, ticket=ticket, history=[])
            _write(row, wording)
            _log(row, by, "created")
            session.add(row)
            session.flush()
            return curated_of(row)

    def edit(self, curated: str, wording: Wording, by: Account, version: int) -> CuratedAnswer:
        """Another wording; it has to be reviewed (again), by somebody else than who wrote it now."""

        def change(row: CuratedRow) -> None:
            _write(row, wording)
            row.state, row.author, row.author_name = "draft", by.id, by.name
            row.reviewer, row.reviewer_name, row.reviewed_on, row.next_review = None, "", None, None
            _log(row, by, "edited")

        return self._changed(curated, version, change)

    def review(
        self, curated: str, by: Account, version: int, house: House, day: date, next_review: date
    ) -> CuratedAnswer:
        """Approve it as it stands. Raises BadInput where its author does, or where it does not stand up (every reason in
        the message)."""

        def change(row: CuratedRow) -> None:
            if row.author == by.id:
                raise BadInput("这条回答是您写的，要请另一位同事复核。")
            if next_review <= day:
                raise BadInput("下次复核的日子要在今天以后。")
            found = faults_of(curated_of(row).model_copy(update={"state": "draft"}), house, max(day, row.valid_from))
            if found:
                why = "".join(f"“{f.sentence}”{f.why}" if f.sentence else f.why for f in found)
                raise BadInput(f"还不能通过复核：{why}")
            row.state, row.reviewer, row.reviewer_name = "reviewed", by.id, by.name
            row.reviewed_on, row.next_review = day, next_review
            row.fingerprints = fingerprints(house, row.refs, day)
            _log(row, by, "reviewed")

        return self._changed(curated, version, change)

    def withdraw(self, curated: str, by: Account, version: int, why: str = "") -> CuratedAnswer:
        """Show it no more; editing it makes a draft of it again."""

        def change(row: CuratedRow) -> None:
            row.state = "withdrawn"
            _log(row, by, "withdrawn", why)

        return self._changed(curated, version, change)

    def _changed(self, curated: str, version: int, change: Callable[[CuratedRow], None]) -> CuratedAnswer:
        def work() -> CuratedAnswer:
            with transaction(self.store) as session:
                row = _found(session, curated)
                if row.version != version:
                    raise Conflict(CHANGED)
                change(row)
                session.flush()
                return curated_of(row)

        return repeated(work)


def _found(session: Session, curated: str) -> CuratedRow:
    row = session.get(CuratedRow, curated)
    if row is None:
        raise KeyError(curated)
    return row


def _write(row: CuratedRow, wording: Wording) -> None:
    if wording.valid_until is not None and wording.valid_until < wording.valid_from:
        raise BadInput("有效期的结束日在开始日以前，请改一下。")
    row.questions, row.place, row.text = wording.questions, wording.place, wording.text
    row.refs, row.fingerprints = list(dict.fromkeys(wording.refs)), {}
    row.valid_from, row.valid_until = wording.valid_from, wording.valid_until


def _log(row: CuratedRow, by: Account, what: str, detail: str = "") -> None:
    row.changed = now()
    row.history = [*row.history, {"at": now().isoformat(), "name": by.name, "what": what, "detail": detail[:300]}]
