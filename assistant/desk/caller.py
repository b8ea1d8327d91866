"""What a caller says of the company, kept for one call: heard in passing, answered to a question, or typed in.

The reading is that of the chat (``assistant.facts``), the verdict the checker's; nothing is decided here.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from assistant.answer import Verdict
from assistant.conversation import Memory
from assistant.criteria.facts_file import facts_from_mapping
from assistant.desk.words import masked, tidy
from assistant.errors import BadInput
from assistant.facts.describe import label, words_of
from assistant.facts.extract import extract
from assistant.facts.unread import doubts, unread
from assistant.facts.values import Facts, Problem, Value
from assistant.steps.eligibility import HELD, decide, open_over
from assistant.understanding.titles import SIZE_TITLE
from corpus.facts_models import load_dictionary, split_key

TITLES = [*HELD, SIZE_TITLE]
"""What can be checked, by the names that ``check`` takes."""
Track = Literal["first", "review"]


class Told(BaseModel):
    """All that is known of the caller's company. ``said`` has the words behind each fact; the rest is what the checker
    has to know besides the facts (see ``assistant.criteria.check``)."""

    facts: dict[str, dict[str, Any]] = {}
    said: dict[str, str] = {}
    assumed_years: list[str] = []
    rest_affirmed: str | None = None
    affirmed: dict[str, str] = {}
    excluded: list[str] = []
    problems: list[Problem] = []
    round: int | None = None
    started: date | None = None
    not_understood: list[str] = []

    @property
    def values(self) -> Facts:
        """The facts as the checker takes them."""
        return {key: Value.model_validate(value) for key, value in self.facts.items()}


class Chip(BaseModel):
    """One fact as it is shown: ``said`` are the caller's words, ``note`` what to know of it (the year was assumed, or it
    replaced another value)."""

    key: str
    label: str
    value: str
    said: str = ""
    note: str = ""


class Heard(BaseModel):
    """What a sentence gave: the facts by key, what was not understood, what contradicts, and the title and track it names."""

    keys: list[str]
    changed: list[str] = []
    not_understood: list[str] = []
    problems: list[str] = []
    title: str | None = None
    track: Track | None = None


def hear(
    told: Told, words: str, *, as_of: date, place: str, title: str | None, track: Track | None, asked: list[str]
) -> tuple[Told, Heard]:
    """``told`` with what ``words`` add to it, and what that was. ``asked`` are the keys just asked for, so that a bare
    "4500万" or "没有" answers them. Personal data are masked before anything is read."""
    words, _ = masked(words)
    known = load_dictionary()
    found = extract(
        words, as_of=as_of, place=place, title=title, track=track, known=told.values,
        expecting=[key for key in asked if split_key(key)[0] in known],
    )  # fmt: skip
    new = {s.key: s for s in found.statements}
    before = told.values
    changed = [
        f"{label(key)}由{words_of(key, before[key])}改为{words_of(key, s.value)}。"
        for key, s in new.items()
        if key in before and words_of(key, before[key]) != words_of(key, s.value)
    ]
    left = list(dict.fromkeys([*unread(words, found), *doubts(words, found)]))
    assumed = {key for key, s in new.items() if s.year_assumed}
    now = Told(
        facts={**told.facts, **{key: s.value.model_dump(mode="json") for key, s in new.items()}},
        said={**told.said, **{key: s.text for key, s in new.items()}},
        assumed_years=sorted((set(told.assumed_years) - set(new)) | assumed),
        rest_affirmed=found.rest_affirmed or told.rest_affirmed,
        affirmed=told.affirmed | found.affirmed,
        excluded=sorted({*told.excluded, *found.excluded} - {key.partition("@")[0] for key in new}),
        problems=[p for p in told.problems if not set(new) & set(p.keys)] + list(found.problems),
        round=found.round or told.round,
        started=found.started or told.started,
        not_understood=list(dict.fromkeys([*told.not_understood, *left])),
    )
    heard = Heard(
        keys=list(new), changed=changed, not_understood=left, problems=[p.sentence for p in found.problems],
        title=found.title, track=found.track,
    )  # fmt: skip
    return now, heard


def put(told: Told, fact: str, value: Any, *, as_of: date) -> tuple[Told, Heard]:
    """``told`` with one fact typed in: ``fact`` its key or label, ``value`` written as in a facts file (4800万元, 6%, 是).
    Raises BadInput with a sentence when the fact is unknown or the value cannot be read."""
    facts, problems = facts_from_mapping(
        {fact: tidy(value) if isinstance(value, str) else value}, last_year=as_of.year - 1
    )
    if not facts:
        raise BadInput(f"没有叫“{fact}”的情况可以填。")
    written = {key: one.model_dump(mode="json") for key, one in facts.items()}
    kept = [p for p in told.problems if not set(written) & set(p.keys)]
    now = told.model_copy(
        update={
            "facts": {**told.facts, **written},
            "said": {**told.said, **dict.fromkeys(written, "手工填写")},
            "assumed_years": sorted(set(told.assumed_years) - set(written)),
            "excluded": sorted(set(told.excluded) - {key.partition("@")[0] for key in written}),
            "problems": [*kept, *problems],
        }
    )
    return now, Heard(keys=list(written), problems=[p.sentence for p in problems])


def drop(told: Told, key: str) -> Told:
    """``told`` without the fact ``key``; the same where it was not known."""
    return told.model_copy(
        update={
            "facts": {k: v for k, v in told.facts.items() if k != key},
            "said": {k: v for k, v in told.said.items() if k != key},
            "assumed_years": [k for k in told.assumed_years if k != key],
            "problems": [p for p in told.problems if key not in p.keys],
        }
    )


def understood(told: Told, part: str) -> Told:
    """``told`` once the specialist has cleared up ``part``, a piece that was not understood."""
    return told.model_copy(update={"not_understood": [one for one in told.not_understood if one != part]})


def chips(told: Told) -> list[Chip]:
    """The facts as they are shown, in the order in which they were told. Keys that the dictionary no longer has are
    left out."""
    known = load_dictionary()
    return [
        Chip(
            key=key, label=label(key), value=words_of(key, value), said=told.said.get(key, ""),
            note="没说哪年，按这一年算" if key in told.assumed_years else "",
        )
        for key, value in told.values.items()
        if split_key(key)[0] in known
    ]  # fmt: skip


def verdict_of(told: Told, *, title: str | None, track: Track | None, as_of: date, place: str) -> Verdict | None:
    """The checker's verdict on what was told so far; None while no title is chosen. Never *eligible* while part of what was
    said was not understood. Raises BadInput where no standard of that day is there."""
    if not title:
        return None
    memory = Memory(
        track=track, round=told.round, started=told.started, rest_affirmed=told.rest_affirmed, affirmed=told.affirmed,
        excluded=told.excluded, problems=told.problems, assumed_years=told.assumed_years,
    )  # fmt: skip
    verdict = decide(title, memory, told.values, as_of=as_of, place=place)
    if verdict.outcome != "eligible" or not told.not_understood:
        return verdict
    return open_over(verdict, told.not_understood)
