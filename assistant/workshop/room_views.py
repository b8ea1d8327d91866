"""From the rows of a room to what the trainer and those in it see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from assistant.accounts.database import aware
from assistant.workshop.models import Key, QuizQuestion
from assistant.workshop.room_models import (
    STATES,
    ParticipantView,
    QuestionResult,
    RoomState,
    RoomView,
    Standing,
    TrainerView,
)
from assistant.workshop.room_tables import ParticipantRow, RoomAnswerRow, RoomRow


@dataclass(frozen=True)
class Scene:
    """A room as it stands: its row, with as many of its people and answers as are needed."""

    row: RoomRow
    participants: Sequence[ParticipantRow]
    answers: Sequence[RoomAnswerRow]

    @cached_property
    def questions(self) -> list[QuizQuestion]:
        """Every question with its recipe; the key is that of the day on which it was made and grades nothing."""
        return [QuizQuestion.model_validate(one) for one in self.row.questions]

    def key(self, number: int) -> Key | None:
        """What grading found for a question; None before it was closed."""
        found = self.row.keys.get(str(number))
        return None if found is None else Key.model_validate(found)

    def counts(self, number: int) -> dict[str, int]:
        """Choices by option, options that nobody chose too."""
        chosen = Counter(one.option for one in self.answers if one.question == number)
        return {option.id: chosen[option.id] for option in self.questions[number - 1].question.options}

    def score(self, participant: str) -> int:
        """How many closed questions a person answered rightly."""
        return sum(
            key is not None and bool(key.right) and key.right == one.option
            for one in self.answers
            if one.participant == participant and (key := self.key(one.question)) is not None
        )

    def public(self, counts: dict[str, int]) -> RoomView:
        """What everybody may see. ``counts`` are shown once the question at hand is closed."""
        row, state = self.row, cast(RoomState, self.row.state)
        shown = state in ("open", "shown") and row.current > 0
        key = self.key(row.current) if state == "shown" else None
        return RoomView(
            code=row.code, title=row.title, state=state, state_label=STATES[state], number=row.current,
            total=len(row.questions), may_change=row.may_change, stage=row.stage,
            question=self.questions[row.current - 1].question if shown else None, key=key,
            counts=counts if key is not None else {},
        )  # fmt: skip


def participant_view(scene: Scene, me: ParticipantRow, counts: dict[str, int]) -> ParticipantView:
    """The room for one person; ``scene`` needs only their own answers."""
    number = scene.row.current
    chosen = next((one.option for one in scene.answers if one.participant == me.id and one.question == number), "")
    key = scene.key(number)
    right = None if key is None or not key.right or scene.row.state == "open" else key.right == chosen
    graded = sum(bool(one.get("right")) for one in scene.row.keys.values())
    return ParticipantView(
        room=scene.public(counts), nickname=me.nickname, chosen=chosen, right=right, score=scene.score(me.id),
        graded=graded,
    )  # fmt: skip


def trainer_view(scene: Scene) -> TrainerView:
    """The room for its trainer; ``scene`` needs everybody and every answer."""
    number = scene.row.current
    now_ = {one.participant for one in scene.answers if one.question == number}
    answered = Counter(one.participant for one in scene.answers)
    standings = [
        Standing(nickname=p.nickname, score=scene.score(p.id), answered=answered[p.id], answered_now=p.id in now_)
        for p in scene.participants
    ]
    return TrainerView(
        room=scene.public(scene.counts(number) if number else {}), version=scene.row.version,
        created=aware(scene.row.created), participants=sorted(standings, key=lambda s: (-s.score, s.nickname)),
        answered=len(now_) if number else 0, results=[_result(scene, n) for n in range(1, len(scene.questions) + 1)],
    )  # fmt: skip


def _result(scene: Scene, number: int) -> QuestionResult:
    counts, key = scene.counts(number), scene.key(number)
    return QuestionResult(
        number=number, question=scene.questions[number - 1].question, counts=counts, answered=sum(counts.values()),
        key=key, right=counts.get(key.right, 0) if key is not None and key.right else None,
    )  # fmt: skip
