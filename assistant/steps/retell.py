"""The flow for messages about the last answer: where it is written, why, in more detail. The clauses are those of that
answer; nothing is searched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.policy.draft import Draft, Sentence
from assistant.statuses import Stop
from assistant.steps.recall import points_meant
from corpus.support import unsupported
from indexing.grams import bigrams

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House
    from assistant.policy.evidence import Evidence

SENTENCES = re.compile(r"[^。！？]+[。！？]?")
MOST_CLAUSES = {"source": 3, "why": 2, "detail": 2}
MOST_ANSWERS = 4
SAID = 0.7
LEAD = {
    "source": "依据在下面这几条。",
    "why": "为什么这样定，我只能按条文说，条文是这样写的。",
    "detail": "",
}


def retell(turn: Turn, house: House) -> None:
    """Sets ``turn.draft`` from the clauses of the last answer."""
    act = turn.act
    if act is None:
        raise ValueError("only an act is retold")
    refs = points_meant(act, turn.memory) if act.kind == "detail" else turn.memory.cited
    found = [e for r in refs[: MOST_CLAUSES[act.kind]] if (e := house.library.evidence(r, turn.as_of))]
    if not found:
        raise Stop("nothing_near")
    lead = LEAD[act.kind] if len(found) > 1 or act.kind != "source" else "依据是下面这一条。"
    said = [Sentence(lead, (), "conclusion", own=True)] if lead else []
    for evidence in found:
        said += whole_clause(evidence, "conclusion" if act.kind == "detail" else "point")
        if act.kind == "detail":
            said += answers(evidence, said)
    turn.draft = Draft(sentences=said)


def whole_clause(evidence: Evidence, part: str) -> list[Sentence]:
    """All that the digest of a clause says, its place in front."""
    where = f"{evidence.document.short_title}{evidence.clause.label}："
    sentences = [s.strip() for s in SENTENCES.findall(evidence.clause.digest) if s.strip()]
    return [
        Sentence(("" if n else where) + text, (evidence.ref,), part if part == "conclusion" and not n else "point")  # type: ignore[arg-type]
        for n, text in enumerate(sentences)
    ]


def answers(evidence: Evidence, said: list[Sentence]) -> list[Sentence]:
    """The short answers about a clause that say more than what is said already."""
    found: list[Sentence] = []
    for qa in evidence.clause.questions:
        before = "".join(s.text for s in (*said, *found))
        terms = bigrams(qa.answer)
        new = terms and len(terms & bigrams(before)) / len(terms) < SAID
        if new and not unsupported(qa.answer, [evidence.text]):
            found.append(Sentence(qa.answer, (evidence.ref,), "point"))
    return found[:MOST_ANSWERS]
