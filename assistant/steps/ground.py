"""Step 5: every sentence against its clauses; what fails is removed before anything is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.policy.ground import ground

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


def check_grounding(turn: Turn, house: House) -> None:
    """Removes unsupported sentences from the draft and records what was removed."""
    if turn.draft is None:
        return
    refs = {r for s in turn.draft.sentences for r in s.refs} | {r for row in turn.draft.rows for r in row.refs}
    found = {ref: house.library.evidence(ref, turn.as_of) for ref in sorted(refs)}
    turn.evidence = {ref: e for ref, e in found.items() if e}
    removed = ground(turn.draft, turn.evidence, house.library)
    if removed:
        turn.log("removed", sentences=removed)
