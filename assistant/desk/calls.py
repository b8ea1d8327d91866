"""Calls, kept while they go on: what the specialist writes is saved as a draft, what the caller says is read and checked.

Every save names the version that it starts from; a save that starts from an older one is refused, so that nothing of
another open page is lost. A save that says what is kept already changes nothing, so that it may be sent twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.desk.call_models import Call, CallBrief, Draft, Promise
from assistant.desk.call_tables import CallPromiseRow, CallRow
from assistant.desk.caller import Told
from assistant.desk.masking import company_masked, name_masked
from assistant.errors import BadInput, StoreUnavailable
from assistant.store import Store, new_id, now

Found = TypeVar("Found")
TRIES = 5
LISTED = 200


class CallConflict(BadInput):
    """Another page has saved the call in between; ``call`` is what is kept now."""

    def __init__(self, call: Call) -> None:
        super().__init__("这通电话刚在另一个页面改过，这里的改动还没有存。请选用哪一份。")
        self.call = call


class Calls:
    """The calls of a store. Every method raises StoreUnavailable when it cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def save(self, call: str, draft: Draft, *, version: int, specialist: str) -> Call:
        """Begin the call ``call`` (version 0) or save its draft, starting from ``version``.

        Raises CallConflict where another page has saved something else in between, KeyError where the call is not the
        specialist's or, for a version above 0, is not there.
        """
        for _ in range(TRIES):
            try:
                return self._do(lambda session: self._save(session, call, draft, version, specialist))
            except IntegrityError:  # begun by another page at the same moment: then it is there now
                continue
        raise StoreUnavailable("这通电话没有存下来，请再试一次。")

    def _save(self, session: Session, call: str, draft: Draft, version: int, specialist: str) -> Call:
        row = session.get(CallRow, call)
        if row is None:
            if version:
                raise KeyError(call)
            session.add(CallRow(id=call, specialist=specialist, **_columns(draft)))
            session.flush()
            _put_promises(session, call, draft.promises)
            return _call(session, call)
        kept = _call(session, call)
        if row.specialist != specialist:
            raise KeyError(call)
        if kept.draft == draft:
            return kept
        replaced = row.version == version and _replaced(session, call, version, _columns(draft))
        session.expire_all()
        if not replaced:
            raise CallConflict(_call(session, call))
        _put_promises(session, call, draft.promises)
        return _call(session, call)

    def tell(self, call: str, change: Callable[[Call], Told], *, specialist: str) -> Call:
        """Keep what ``change`` makes of what was told so far; again where another save came in between. Raises KeyError
        where the call is not there or not the specialist's."""
        for _ in range(TRIES):
            before = self.read(call, specialist=specialist)
            told = change(before)
            if told == before.told:
                return before
            if self._replace(call, before.version, {"told": told.model_dump(mode="json")}):
                return self.read(call, specialist=specialist)
        raise StoreUnavailable("这通电话同时在好几处改，没有存下来，请再试一次。")

    def _replace(self, call: str, version: int, values: dict[str, Any]) -> bool:
        """Write a new version in place of ``version``; False where that is no longer the one kept."""
        return self._do(lambda session: _replaced(session, call, version, values))

    def note_outcome(self, call: str, outcome: str | None) -> None:
        """Keep the outcome of the last verdict, for lists."""
        statement = update(CallRow).where(CallRow.id == call, CallRow.outcome.is_distinct_from(outcome))
        self._do(lambda session: session.execute(statement.values(outcome=outcome)))

    def read(self, call: str, *, specialist: str | None = None) -> Call:
        """One call. Raises KeyError where it is not there, or not of ``specialist`` where one is named."""

        def found(session: Session) -> Call:
            one = _call(session, call)
            if specialist is not None and one.specialist != specialist:
                raise KeyError(call)
            return one

        return self._do(found)

    def finish(self, call: str, *, specialist: str) -> Call:
        """End the call; once ended it stays so. What is written afterwards is still saved. Raises KeyError as ``read``."""
        self.read(call, specialist=specialist)
        ended = update(CallRow).where(CallRow.id == call, CallRow.finished.is_(None))
        self._do(lambda s: s.execute(ended.values(finished=now())))
        return self.read(call, specialist=specialist)

    def forget(self, call: str, *, specialist: str) -> None:
        """Delete a call with everything in it. Raises KeyError as ``read``."""
        self.read(call, specialist=specialist)

        def gone(session: Session) -> None:
            session.execute(delete(CallPromiseRow).where(CallPromiseRow.call == call))
            session.execute(delete(CallRow).where(CallRow.id == call))

        self._do(gone)

    def listed(
        self, *, specialist: str | None = None, words: str = "", open_only: bool = False, limit: int = 50
    ) -> list[CallBrief]:
        """Calls, the newest first, names masked: of ``specialist``, or all; those with every word of ``words`` in company,
        caller, notes or title; ``open_only``: those that go on, or of which a promise is still to be kept."""
        owed = select(CallPromiseRow.call).where(CallPromiseRow.done.is_(False))
        query = select(CallRow).order_by(CallRow.started.desc(), CallRow.id.desc()).limit(min(limit, LISTED))
        if specialist is not None:
            query = query.where(CallRow.specialist == specialist)
        if open_only:
            query = query.where(or_(CallRow.finished.is_(None), CallRow.id.in_(owed)))
        for word in words.split():
            columns = (CallRow.company, CallRow.caller, CallRow.notes, CallRow.title, CallRow.contact)
            query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))

        def found(session: Session) -> list[CallBrief]:
            rows = session.scalars(query).all()
            promised = _promises(session, [row.id for row in rows])
            return [_brief(row, promised.get(row.id, [])) for row in rows]

        return self._do(found)

    def _do(self, work: Callable[[Session], Found]) -> Found:
        try:
            with self.store.sessions() as session, session.begin():
                return work(session)
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error


def _replaced(session: Session, call: str, version: int, values: dict[str, Any]) -> bool:
    newer = {"version": version + 1, "changed": now(), **values}
    statement = update(CallRow).where(CallRow.id == call, CallRow.version == version).values(**newer)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount > 0


def _columns(draft: Draft) -> dict[str, Any]:
    return draft.model_dump(exclude={"promises", "shown", "as_of"}) | {
        "shown": [one.model_dump(mode="json") for one in draft.shown],
        "as_of": draft.as_of,
    }


def _put_promises(session: Session, call: str, promises: list[Promise]) -> None:
    session.execute(delete(CallPromiseRow).where(CallPromiseRow.call == call))
    session.add_all(
        CallPromiseRow(id=new_id(), call=call, position=n, text=one.text, due=one.due, done=one.done)
        for n, one in enumerate(promises)
    )
    session.flush()


def _promises(session: Session, calls: list[str]) -> dict[str, list[Promise]]:
    query = select(CallPromiseRow).where(CallPromiseRow.call.in_(calls)).order_by(CallPromiseRow.position)
    found: dict[str, list[Promise]] = {}
    for row in session.scalars(query):
        found.setdefault(row.call, []).append(Promise(text=row.text, due=row.due, done=row.done))
    return found


def _call(session: Session, call: str) -> Call:
    row = session.get(CallRow, call)
    if row is None:
        raise KeyError(call)
    fields = ("caller", "company", "contact", "place", "as_of", "title", "track", "notes", "shown")
    draft = Draft.model_validate(
        {name: getattr(row, name) for name in fields} | {"promises": _promises(session, [call]).get(call, [])}
    )
    return Call(
        id=row.id, specialist=row.specialist, started=_aware(row.started), changed=_aware(row.changed),
        finished=_aware(row.finished) if row.finished else None, version=row.version, draft=draft,
        told=Told.model_validate(row.told or {}), outcome=row.outcome,
    )  # fmt: skip


def _brief(row: CallRow, promises: list[Promise]) -> CallBrief:
    owed: list[date] = sorted(one.due for one in promises if not one.done and one.due)
    return CallBrief(
        id=row.id, specialist=row.specialist, started=_aware(row.started), changed=_aware(row.changed),
        finished=_aware(row.finished) if row.finished else None, caller=name_masked(row.caller),
        company=company_masked(row.company), place=row.place, title=row.title, outcome=row.outcome,
        owed=sum(not one.done for one in promises), next_due=owed[0] if owed else None,
    )  # fmt: skip


def _aware(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
