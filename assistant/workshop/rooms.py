"""Quiz rooms: a trainer opens and closes questions, people join from their phones and answer once each.

Everything is in the store; a room goes on after a restart and over several processes. Every change first adds one to the
room's version, which also makes changes to one room wait for each other.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.accounts.database import aware, writing
from assistant.errors import BadInput, Conflict, StoreUnavailable
from assistant.store import Store, new_id, now
from assistant.workshop.models import QuizQuestion
from assistant.workshop.quiz import key_of
from assistant.workshop.room_codes import SHORTEST_TOKEN, clean_code, clean_nickname, hashed, new_code
from assistant.workshop.room_models import STATES, Action, ParticipantView, RoomInfo, TrainerView
from assistant.workshop.room_tables import ParticipantRow, RoomAnswerRow, RoomRow
from assistant.workshop.room_views import Scene, participant_view, trainer_view
from corpus.load import Corpus

MOST_PEOPLE = 300
KEPT = timedelta(days=30)
OTHER_QUESTION = "现在是第{number}题，别处可能已经操作过了，请看过再点。"
CLOSED = "这一题已经收卷，答案不能再交或再改。"
NOT_YET = "讲师还没有打开这一题。"


class UnknownRoom(BadInput):
    """There is no such room, or it is another trainer's."""


class NotInRoom(BadInput):
    """Nobody in the room has this token."""


class Rooms:
    """The rooms of a store. Every method raises StoreUnavailable when it cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def create(self, trainer: str, title: str, questions: Sequence[QuizQuestion], *, may_change: bool = False) -> str:
        """A new room for a trainer (an account's id), before its first question; its code. Rooms that nobody needs any
        more go. Raises BadInput without questions."""
        if not questions:
            raise BadInput("房间里至少要有一题。")
        kept = [one.model_copy(update={"number": n}).model_dump(mode="json") for n, one in enumerate(questions, 1)]
        with writing(self.store) as session:
            session.execute(delete(RoomRow).where(RoomRow.created < now() - KEPT))
        while True:
            row = RoomRow(
                id=new_id(), code=new_code(), trainer=trainer, title=title.strip()[:80] or "课堂测验", questions=kept,
                keys={}, may_change=may_change,
            )  # fmt: skip
            try:
                with writing(self.store) as session:
                    session.add(row)
                return row.code
            except IntegrityError as error:
                if self.stamp(row.code) is None:  # not the code: the account is gone
                    raise BadInput("账号已经不在了，请重新登录。") from error

    def list(self, trainer: str) -> list[RoomInfo]:
        """A trainer's rooms, the newest first."""
        people = select(func.count()).where(ParticipantRow.room == RoomRow.id).scalar_subquery()
        query = select(RoomRow, people).where(RoomRow.trainer == trainer).order_by(RoomRow.created.desc())
        with writing(self.store) as session:
            return [
                RoomInfo.model_validate(
                    {
                        "code": row.code, "title": row.title, "state": row.state, "state_label": STATES[row.state],
                        "created": aware(row.created), "participants": count, "questions": len(row.questions),
                    }
                )
                for row, count in session.execute(query)
            ]  # fmt: skip

    def stamp(self, code: str) -> tuple[int, int] | None:
        """Version and stage of a room, cheaply; None where there is none."""
        try:
            with self.store.engine.connect() as connection:
                found = connection.execute(select(RoomRow.version, RoomRow.stage).where(RoomRow.code == code)).first()
                return None if found is None else (found[0], found[1])
        except SQLAlchemyError as error:
            raise StoreUnavailable.because(error) from error

    def check_owner(self, code: str, trainer: str | None) -> None:
        """Raises UnknownRoom where the room is not there or another trainer's (None: whoever may see every room)."""
        with writing(self.store) as session:
            _room(session, code, trainer)

    def trainer_view(self, code: str, trainer: str | None) -> TrainerView:
        """The room with live results. ``trainer`` None: whoever may see every room. Raises UnknownRoom."""
        with writing(self.store) as session:
            row = _room(session, code, trainer)
            people = session.scalars(select(ParticipantRow).where(ParticipantRow.room == row.id)).all()
            answers = session.scalars(select(RoomAnswerRow).where(RoomAnswerRow.room == row.id)).all()
            return trainer_view(Scene(row, people, answers))

    def step(self, code: str, trainer: str | None, action: Action, number: int, corpus: Corpus) -> TrainerView:
        """Open question ``number`` (the next one), close it, or end the quiz. Whatever is done already is done once.

        Closing grades: the answer is worked out again from the rules and clauses. Raises UnknownRoom, and Conflict where
        the room is at another question by now.
        """
        with writing(self.store) as session:
            row = _room(session, code, trainer)
            open_ = row.current if row.state == "open" else 0
            kept = QuizQuestion.model_validate(row.questions[open_ - 1]) if open_ else None
        key = None if kept is None else key_of(kept.question, kept.recipe, corpus)
        with writing(self.store) as session:
            row = _locked(session, code)
            if row.state == "ended":
                return self._seen(session, row)
            here = number == row.current
            done = here and (action == "open" or (action == "close" and row.state == "shown"))
            if not done:
                if row.state == "open" and row.current != open_:
                    raise Conflict(OTHER_QUESTION.format(number=row.current))
                _take(row, action, number)
                if open_ and key is not None:
                    row.keys = {**row.keys, str(open_): key.model_dump()}
                row.stage += 1
            return self._seen(session, row)

    def _seen(self, session: Session, row: RoomRow) -> TrainerView:
        session.flush()
        session.refresh(row)
        people = session.scalars(select(ParticipantRow).where(ParticipantRow.room == row.id)).all()
        answers = session.scalars(select(RoomAnswerRow).where(RoomAnswerRow.room == row.id)).all()
        return trainer_view(Scene(row, people, answers))

    def join(self, code: str, nickname: str, token: str = "") -> tuple[str, ParticipantView]:
        """Come in under a nickname; the token that names the person from now on, and what they see. Whoever comes with a
        token of their own (22 signs or more) that is in the room already stays who they are. Raises UnknownRoom, and BadInput when the room is
        over or full."""
        token = token if len(token) >= SHORTEST_TOKEN else secrets.token_urlsafe(24)
        with writing(self.store) as session:
            row = _locked(session, code)
            me = _person(session, row, token)
            if me is None:
                me = self._enter(session, row, nickname, token)
            return token, _mine(session, row, me)

    @staticmethod
    def _enter(session: Session, row: RoomRow, nickname: str, token: str) -> ParticipantRow:
        if row.state == "ended":
            raise BadInput("这次测验已经结束了。")
        names = set(session.scalars(select(ParticipantRow.nickname).where(ParticipantRow.room == row.id)))
        if len(names) >= MOST_PEOPLE:
            raise BadInput(f"房间满了（最多{MOST_PEOPLE}人），请告诉讲师。")
        wanted = clean_nickname(nickname) or "学员"
        free = next(
            name for n in range(1, MOST_PEOPLE + 2) if (name := wanted if n == 1 else f"{wanted}{n}") not in names
        )
        me = ParticipantRow(id=new_id(), room=row.id, token=hashed(token), nickname=free)
        session.add(me)
        session.flush()
        return me

    def me(self, code: str, token: str) -> ParticipantView:
        """What one person sees. Raises UnknownRoom, and NotInRoom for a token that is not of the room."""
        with writing(self.store) as session:
            row = _room(session, code, None)
            return _mine(session, row, _known(session, row, token))

    def answer(self, code: str, token: str, number: int, option: str) -> ParticipantView:
        """Choose an option of the question at hand. A second time changes nothing, unless the room lets people change
        their mind until the question is closed. Raises UnknownRoom, NotInRoom, and BadInput for what cannot be chosen."""
        with writing(self.store) as session:
            row = _locked(session, code)
            me = _known(session, row, token)
            given = session.get(RoomAnswerRow, (me.id, number))
            if row.state != "open" or number != row.current:
                if given is not None and given.option == option:
                    return _mine(session, row, me)  # the same click, come twice
                raise BadInput(CLOSED if 0 < number <= row.current else NOT_YET)
            options = row.questions[number - 1]["question"]["options"]
            if option not in {one["id"] for one in options}:
                raise BadInput("没有这个选项。")
            if given is None:
                session.add(RoomAnswerRow(participant=me.id, question=number, room=row.id, option=option))
            elif row.may_change and given.option != option:
                given.option, given.at = option, now()
            session.flush()
            return _mine(session, row, me)

    def delete(self, code: str, trainer: str | None) -> None:
        """Delete a room with its people and answers. Raises UnknownRoom."""
        with writing(self.store) as session:
            session.delete(_room(session, code, trainer))


def _take(row: RoomRow, action: Action, number: int) -> None:
    """One step of the trainer's on a room that is not over."""
    if action == "end":
        row.state = "ended"
    elif action == "open" and number == row.current + 1 <= len(row.questions):
        row.state, row.current = "open", number
    elif action == "close" and number == row.current and row.state == "open":
        row.state = "shown"
    else:
        raise Conflict(OTHER_QUESTION.format(number=row.current))


def _room(session: Session, code: str, trainer: str | None) -> RoomRow:
    row = session.scalar(select(RoomRow).where(RoomRow.code == clean_code(code)))
    if row is None or trainer not in (None, row.trainer):
        raise UnknownRoom("没有这个房间，请核对房间号。")
    return row


def _locked(session: Session, code: str) -> RoomRow:
    """The room, with one more version; other changes to it wait until this one is done."""
    more = update(RoomRow).where(RoomRow.code == clean_code(code)).values(version=RoomRow.version + 1)
    session.execute(more)
    return _room(session, code, None)


def _person(session: Session, row: RoomRow, token: str) -> ParticipantRow | None:
    of = (ParticipantRow.room == row.id, ParticipantRow.token == hashed(token))
    return session.scalar(select(ParticipantRow).where(*of))


def _known(session: Session, row: RoomRow, token: str) -> ParticipantRow:
    me = _person(session, row, token)
    if me is None:
        raise NotInRoom("您还没有加入这个房间，请输入房间号和昵称加入。")
    return me


def _mine(session: Session, row: RoomRow, me: ParticipantRow) -> ParticipantView:
    own = session.scalars(select(RoomAnswerRow).where(RoomAnswerRow.participant == me.id)).all()
    scene = Scene(row, [me], own)
    counts: dict[str, int] = {}
    if row.state == "shown":
        chosen = (RoomAnswerRow.room == row.id, RoomAnswerRow.question == row.current)
        query = select(RoomAnswerRow.option, func.count()).where(*chosen).group_by(RoomAnswerRow.option)
        found = {row[0]: row[1] for row in session.execute(query)}
        counts = {option.id: found.get(option.id, 0) for option in scene.questions[row.current - 1].question.options}
    return participant_view(scene, me, counts)
