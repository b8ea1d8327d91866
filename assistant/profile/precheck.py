"""The pre-check under way in a thread: the verdict so far, and what a form for it asks, criterion by criterion."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from assistant.answer import CriterionResult, Missing, Verdict
from assistant.conversation import Memory
from assistant.criteria.check import check
from assistant.criteria.words import question_of
from assistant.errors import BadInput
from assistant.facts.describe import label
from assistant.facts.values import Facts, Value
from assistant.profile.values import hint, unit_of, written
from assistant.steps.eligibility import FULL, decide, open_over, track_of
from assistant.understanding.titles import SIZE_TITLE
from corpus.facts_models import FactEntry, load_dictionary

TITLES = ("创新型", "专精特新", "小巨人", "科技型")
"""The titles that a form is offered for, the usual one in the middle of the ladder first to be reached."""
TRACKS = {"first": "首次申报", "review": "到期复核"}
YEARLY = {"first": "首次入库", "review": "每年更新"}
MOST_ASKED = 3


class Choice(BaseModel):
    """One entry of a list to choose from."""

    value: str
    label: str


class Field(BaseModel):
    """One field of the form. ``written`` is what stands in it (empty: nothing was said), ``kind`` how it is filled in,
    ``question`` what is asked, ``who`` in the company will know, ``evidence`` where it is written."""

    key: str
    label: str
    question: str
    kind: Literal["number", "flag", "choice", "date"]
    unit: str = ""
    hint: str = ""
    choices: list[Choice] = []
    who: str = ""
    evidence: str = ""
    written: str = ""
    open: bool = False


class Group(BaseModel):
    """One criterion with what the verdict says of it and the fields that decide it."""

    result: CriterionResult
    fields: list[Field]


class GapRow(BaseModel):
    """What is missing: for which clause, what would have to change, the earliest round in which it can."""

    clause: str
    action: str
    changeable: Literal["now", "this_year", "next_year", "never"]
    earliest: str = ""


class PreCheck(BaseModel):
    """The pre-check: ``progress`` says in a sentence how far it is, ``open`` how many criteria are undecided, ``questions``
    are the open ones in the order in which to ask. ``trouble`` stands alone where no standard can be applied."""

    title: str
    name: str
    track: Literal["first", "review"] | None
    tracks: list[Choice]
    standard: str = ""
    round: int | None = None
    outcome: Literal["eligible", "not_eligible", "needs_info", "invalid_input"] | None = None
    progress: str
    open: int = 0
    questions: list[Missing] = []
    groups: list[Group] = []
    gaps: list[GapRow] = []
    conflicts: list[str] = []
    notes: list[str] = []
    disclaimer: str = ""
    trouble: str = ""


def titles() -> list[Choice]:
    """The titles that can be chosen, in full."""
    return [Choice(value=title, label=FULL[title]) for title in TITLES]


def tracks_of(title: str) -> list[Choice]:
    """First application or review, in the words of the title; none for the size standard."""
    if title == SIZE_TITLE:
        return []
    words = YEARLY if title == "科技型" else TRACKS
    return [Choice(value=value, label=words[value]) for value in words]


def verdict_of(memory: Memory, facts: Facts, *, as_of: date, place: str) -> Verdict | None:
    """The verdict on what the thread knows; None where no pre-check is under way. Raises BadInput where no encoded
    standard applies on that day."""
    title = memory.check_title
    if title is None:
        return None
    verdict = decide(title, memory, facts, as_of=as_of, place=place)
    if memory.unread and verdict.outcome == "eligible":
        verdict = open_over(verdict, memory.unread)
    return verdict


def asked_next(verdict: Verdict) -> list[str]:
    """The facts that the next questions are about."""
    return [missing.fact for missing in verdict.missing[:MOST_ASKED]]


def precheck(memory: Memory, facts: Facts, *, as_of: date, place: str) -> PreCheck | None:
    """The pre-check with its form; None where none is under way."""
    title = memory.check_title
    if title is None:
        return None
    named = PreCheck(
        title=title, name=FULL.get(title, title), track=memory.track, tracks=tracks_of(title), progress="",
    )  # fmt: skip
    try:
        verdict = verdict_of(memory, facts, as_of=as_of, place=place)
    except BadInput as error:
        return named.model_copy(update={"progress": "这个日期没有可以对照的标准", "trouble": str(error)})
    assert verdict is not None
    clauses = {c.id: c.clause for c in verdict.criteria}
    still_open = sum(c.outcome == "unknown" for c in verdict.criteria)
    return named.model_copy(
        update={
            "track": memory.track or (None if verdict.track == "unknown" else verdict.track),
            "standard": verdict.standard,
            "round": verdict.round,
            "outcome": verdict.outcome,
            "progress": progress(verdict, still_open),
            "open": still_open,
            "questions": verdict.missing,
            "groups": groups(verdict, fields_of(title, memory, facts, verdict, as_of=as_of, place=place), facts),
            "gaps": [
                GapRow(
                    clause=clauses.get(gap.criterion, ""), action=gap.action, changeable=gap.changeable,
                    earliest=gap.earliest,
                )
                for gap in verdict.gaps
            ],
            "conflicts": verdict.conflicts,
            "notes": verdict.notes,
            "disclaimer": verdict.disclaimer,
        }
    )  # fmt: skip


def progress(verdict: Verdict, still_open: int) -> str:
    """How far the pre-check is, in one sentence."""
    failing = sum(c.outcome == "not_met" for c in verdict.criteria)
    if verdict.outcome == "eligible":
        return "都核对过了：按现在的情况，符合"
    if verdict.outcome == "not_eligible":
        rest = f"，另有 {still_open} 项还没说" if still_open else ""
        return f"现在不符合：差在 {failing} 项{rest}"
    if verdict.conflicts:
        return "有数据对不上，先核对"
    if any(missing.fact == "unread" for missing in verdict.missing):
        return "有一句没听懂，说清楚就能判断"
    return f"还差 {still_open} 项就能判断" if still_open else "还差一点情况就能判断"


def fields_of(
    title: str, memory: Memory, facts: Facts, verdict: Verdict, *, as_of: date, place: str
) -> dict[str, list[str]]:
    """The facts that a form asks for, by the criterion that each decides: everything that would be asked of a company of
    which nothing is known, and what is still open with what is known now."""
    if title == SIZE_TITLE:
        asked = verdict.missing
    else:
        nothing = check(
            title, {}, track=track_of(title, memory, facts), as_of=as_of, round_year=memory.round,
            started=memory.started, place=place,
        )  # fmt: skip
        asked = [*nothing.missing, *verdict.missing]
    dictionary, found, seen = load_dictionary(), dict[str, list[str]](), set[str]()
    for missing in asked:
        fact = missing.fact.partition("@")[0]
        if fact in dictionary and missing.fact not in seen:
            seen.add(missing.fact)
            found.setdefault(missing.criteria[0] if missing.criteria else "", []).append(missing.fact)
    return found


def groups(verdict: Verdict, wanted: dict[str, list[str]], facts: Facts) -> list[Group]:
    """A group per criterion in the order of the standard; facts that nobody asked for but that were said and used are
    seen among the facts, not here."""
    questions = {missing.fact: missing.question for missing in verdict.missing}
    return [
        Group(result=result, fields=[field(key, facts.get(key), questions) for key in wanted.get(result.id, [])])
        for result in verdict.criteria
    ]


def field(key: str, value: Value | None, questions: dict[str, str]) -> Field:
    """The field of a fact with what is known of it. ``questions`` are the open ones."""
    entry = load_dictionary().of_key(key)
    return Field(
        key=key,
        label=label(key),
        question=questions.get(key) or question_of(key, load_dictionary()),
        kind=kind_of(entry),
        unit=unit_of(entry),
        hint=hint(entry),
        choices=[Choice(value=choice, label=entry.choice_labels.get(choice, choice)) for choice in entry.choices],
        who=entry.who,
        evidence=evidence_of(key, entry),
        written=written(key, value) if value is not None else "",
        open=key in questions,
    )


def kind_of(entry: FactEntry) -> Literal["number", "flag", "choice", "date"]:
    """How the field of a fact is filled in."""
    if entry.type in ("flag", "choice", "date"):
        return entry.type
    return "number"


def evidence_of(key: str, entry: FactEntry) -> str:
    """Where a company finds the fact written."""
    year = key.partition("@")[2]
    return entry.evidence.replace("{year}", year) if year or "{year}" not in entry.evidence else ""
