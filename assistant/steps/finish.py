"""The end of a turn: the draft, or the status that stopped it, becomes the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.policy.render import render
from assistant.statuses import Stop, statuses

if TYPE_CHECKING:
    from assistant.conversation import Turn


def finish_early(turn: Turn, stop: Stop) -> None:
    """Make the answer of a turn that a step ended."""
    route = turn.route
    if stop.status.family == "declined":
        route = "declined"
    elif stop.reason == "out_of_scope":
        route = "out_of_scope"
    turn.route = route
    turn.log("stopped", reason=stop.reason)
    turn.draft = None
    turn.answer = _answer(turn, stop.reason, stop.text)
    turn.answer.follow_ups = stop.choices


def complete(turn: Turn) -> Answer:
    """The answer of the turn."""
    if turn.answer is not None:
        return turn.answer
    draft = turn.draft
    if draft is None:
        return _answer(turn, "internal", "")
    if draft.reason == "lost_grounding":
        return _answer(turn, "lost_grounding", "")
    text, citations = render(draft, turn.evidence)
    answer = _answer(turn, draft.reason, text)
    answer.citations = citations
    answer.follow_ups = draft.follow_ups
    answer.notes += draft.notes
    answer.model = draft.model
    return answer


def _answer(turn: Turn, reason: str, text: str) -> Answer:
    status = statuses()[reason]
    return Answer(
        route=turn.route,
        status=status.family,
        reason=reason,
        answer=text or status.sentence,
        verdict=turn.verdict,
        understood=list(turn.understood),
        notes=list(turn.notes),
        place=turn.place,
        as_of=turn.as_of.isoformat(),
        thread=turn.thread,
        turn=turn.id,
    )


def was_streamed(turn: Turn) -> bool:
    """Whether the text went out while it was made."""
    return any(entry["step"] == "streamed" for entry in turn.trace)
