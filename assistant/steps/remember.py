"""What the thread keeps of a turn for the next ones. All lists are bounded, so that a thread may be as long as it likes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.steps.ask_back import ASKED
from assistant.steps.recall import RETOLD
from assistant.understanding.matters import Matter

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.policy.draft import Draft

MOST_CITED = 12
MOST_POINTS = 20
MOST_MATTERS = 12
MOST_REFS = 4
_OUR_REVIEW = re.compile(r"(?:我们|我家|我司|咱们?|公司|本企业|俺们?|阿拉)[^。！？]{0,24}(?:到期|期满|复核|复审)")
"""A review of the company's own title, told while asking for the rules."""


def remember(turn: Turn) -> None:
    """Changes ``turn.memory``; called once the answer is made. A message of several questions was remembered part by
    part."""
    memory = turn.memory
    reason = turn.answer.reason if turn.answer else ""
    if turn.act is not None and turn.act.kind == "courtesy":
        return
    memory.choices = turn.answer.follow_ups if turn.answer and reason in ASKED else []
    memory.aside = 0 if turn.route in ("eligibility", "checkup") else memory.aside + 1
    if turn.act is not None and turn.act.kind in RETOLD:
        return
    memory.cited = cited(turn.draft)[:MOST_CITED] if turn.draft else []
    memory.points = points(turn.draft)[:MOST_POINTS] if turn.draft else []
    if turn.route == "policy" and turn.draft:
        keep_matter(turn)
    if turn.route == "policy" and not memory.checking:
        due = turn.extraction.track == "review" and _OUR_REVIEW.search(turn.text)
        memory.track = "review" if due else memory.track


def keep_matter(turn: Turn) -> None:
    """The matter of this turn becomes the latest of the thread."""
    memory = turn.memory
    question = turn.matter or turn.question
    title = turn.titles[0] if turn.titles else None
    kept = [m for m in memory.matters if m.question != question]
    memory.matters = [*kept, Matter(question=question, title=title, refs=memory.cited[:MOST_REFS])][-MOST_MATTERS:]


def cited(draft: Draft) -> list[str]:
    """The clauses of a draft in the order in which they are numbered."""
    ordered = [*draft.part("conclusion"), *draft.part("point")]
    refs = [r for s in ordered for r in s.refs] + [r for row in draft.rows for r in row.refs]
    return list(dict.fromkeys(refs))


def points(draft: Draft) -> list[list[str]]:
    """The clauses of each point as it is shown: the list, else the rows of the table, else the conclusion."""
    shown = draft.part("point") or draft.rows or draft.part("conclusion")
    return [list(point.refs) for point in shown]
