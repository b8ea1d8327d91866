"""The answers to several questions as one: numbered sections, one list of citations, what is common said once."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.policy.draft import Draft, Sentence
from assistant.policy.render import Numbering, render
from assistant.statuses import statuses
from assistant.steps.remember import cited

if TYPE_CHECKING:
    from assistant.conversation import Turn

MOST_CAUTIONS = 1
MOST_FOLLOW_UPS = 4
EDGES = "，,。.；;：:、？?！! "


def join(turn: Turn, done: list[Turn]) -> None:
    """Sets ``turn.answer`` from the answered parts, and what the thread keeps from the last of them. The sections go to
    ``turn.emit`` one by one."""
    sections, citations = sections_of(done)
    answers = [part.answer for part in done if part.answer]
    first = max(answers, key=lambda a: (a.route == "eligibility", a.status == "answered"))
    reason = reason_of(answers)
    last = done[-1]
    turn.memory, turn.facts, turn.place, turn.as_of = last.memory, last.facts, last.place, last.as_of
    turn.memory.cited = list(dict.fromkeys(r for part in done if part.draft for r in cited(part.draft)))
    turn.memory.points = [cited(part.draft) if part.draft else [] for part in done]
    turn.route = first.route
    turn.verdict = first.verdict
    for part in done:
        turn.trace += [{**entry, "part": part.part} for entry in part.trace]
    turn.answer = Answer(
        route=first.route,
        status=statuses()[reason].family,
        reason=reason,
        answer="\n\n".join(sections),
        citations=citations,
        verdict=first.verdict,
        understood=[u for a in answers for u in a.understood],
        notes=list(dict.fromkeys([*turn.notes, *(n for a in answers for n in a.notes)])),
        follow_ups=merged([a.follow_ups for a in answers])[:MOST_FOLLOW_UPS],
        place=turn.place,
        as_of=turn.as_of.isoformat(),
        thread=turn.thread,
        turn=turn.id,
    )
    if turn.emit:
        turn.log("streamed", sections=len(sections))
        for number, section in enumerate(sections):
            turn.emit(section if number == 0 else f"\n\n{section}")


def sections_of(done: list[Turn]) -> tuple[list[str], list[Citation]]:
    """The Markdown of every part under its question, and the citations that they share. A clause that was cited for
    another day gets a number of its own, since its status may differ."""
    sections: list[str] = []
    citations: list[Citation] = []
    numbering, day = Numbering(), done[0].as_of
    said: dict[str, int] = {}
    for part in done:
        if part.as_of != day:
            numbering, day = Numbering(after=len(citations)), part.as_of
        text, found = shown(part, numbering)
        citations += found
        before = said.setdefault(text, part.part)
        body = text if before == part.part else f"和第{before}问是同一个答案，见上面。"
        sections.append(f"**{part.part}. {part.text.strip(EDGES)}**\n\n{body}")
    return sections, citations


def shown(part: Turn, numbering: Numbering) -> tuple[str, list[Citation]]:
    """One part's Markdown and the citations that are new with it."""
    if part.draft is None or part.draft.reason == "lost_grounding":
        return (part.answer.answer if part.answer else ""), []
    return render(shortened(part.draft), part.evidence, numbering)


def shortened(draft: Draft) -> Draft:
    """The draft as a section: one caution, and a next step only where it is the assistant's own (a question to the
    asker, whom to ask)."""
    kept: list[Sentence] = []
    cautions = 0
    for sentence in draft.sentences:
        cautions += sentence.part == "caution"
        if sentence.part == "caution" and cautions > MOST_CAUTIONS and not sentence.own:
            continue
        if sentence.part != "next" or sentence.own:
            kept.append(sentence)
    return replace(draft, sentences=kept)


def reason_of(answers: list[Answer]) -> str:
    """One status for all: what a pre-check still needs comes first, then what is common to all, else partly answered."""
    reasons = list(dict.fromkeys(a.reason for a in answers))
    families = {a.status for a in answers}
    if len(reasons) == 1:
        return reasons[0]
    if waiting := [a.reason for a in answers if a.status == "needs_info"]:
        return waiting[0]
    if families == {"answered"}:
        return "answered" if "answered_partly" not in reasons else "answered_partly"
    return "answered_partly" if "answered" in families else reasons[0]


def merged(lists: list[list[str]]) -> list[str]:
    """The first of each list, then the second of each, each once."""
    return list(dict.fromkeys(item for row in zip_longest(*lists) for item in row if item))
