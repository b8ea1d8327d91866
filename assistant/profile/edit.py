"""Changes of a profile by hand. They write the memory that the conversation reads, under the thread's own lock.

Each fact is held against the version that the person was looking at: a change is refused only where that very fact
has been changed meanwhile (in another tab, or by a message).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from assistant.conversation import Assistant, Memory
from assistant.duties.profile import HELD, holding
from assistant.errors import AssistantError, BadInput, Conflict
from assistant.facts.describe import label, words_of
from assistant.facts.values import Value
from assistant.profile.origins import Origin
from assistant.profile.precheck import TITLES, asked_next, verdict_of
from assistant.profile.values import read
from assistant.profile.view import BLANKET, BY_NAME, DAYS, UNREAD, Profile, facts_of, memory_of, seen, store_of
from assistant.steps.eligibility import FULL
from assistant.understanding.titles import SIZE_TITLE
from corpus.facts_models import split_key

MOST_FACTS = 120
WHOLE = {BLANKET: "其余各项", BY_NAME: "点名说到的", UNREAD: "没听懂的话"}
"""How keys begin that are no facts, and what they are called."""


class Change(BaseModel):
    """What is to be changed: facts to set, facts to take out, the title to pre-check (with its track), place and day."""

    version: int
    set: dict[str, Any] = {}
    remove: list[str] = []
    title: str | None = None
    track: Literal["first", "review"] | None = None
    place: str | None = None
    as_of: date | None = None


class EditErrors(BadInput):
    """Values that cannot be read: a sentence for each key, in ``errors``."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("".join(errors.values()))
        self.errors = errors


class EditConflict(Conflict):
    """A fact was changed elsewhere since it was looked at."""


class ThreadGone(AssistantError):
    """The thread was deleted since it was looked at."""


def change(assistant: Assistant, thread: str, wanted: Change) -> Profile:
    """Make the changes, all or none, and return the new profile. Raises EditErrors, EditConflict,
    ThreadGone and StoreUnavailable."""
    store, today = store_of(assistant), assistant.house.today()
    values, days = _read(wanted, today)
    with assistant.alone(thread):
        memory = memory_of(store, thread)
        if wanted.version > 0 and memory.version == 0:
            raise ThreadGone("这个对话已经删除，企业情况没有存。要接着用，请开一个新对话。")
        _hold_against(memory, wanted, {**values, **days})
        new = changed(memory, wanted, values, days, today)
        if len(new.facts) > MOST_FACTS:
            raise EditErrors({"": f"一个对话最多记 {MOST_FACTS} 项情况，先删掉一些不用的。"})
        store.remember(thread, new.model_dump(mode="json"))
    return seen(assistant, thread, new)


def changed(memory: Memory, wanted: Change, values: dict[str, Value], days: dict[str, str], today: date) -> Memory:
    """The memory with the changes."""
    new = memory.model_copy(deep=True)
    new.version += 1
    gone = [key for key in wanted.remove if key not in values and key not in days]
    for key in gone:
        _take_out(new, key)
    for key, value in values.items():
        new.facts[key] = value.model_dump(mode="json")
    for key, day in days.items():
        _, title, what = key.split(":")
        new.held.setdefault(title, {})[what] = day
    touched = {*values, *gone}
    new.problems = [problem for problem in new.problems if not touched & set(problem.keys)]
    new.assumed_years = [key for key in new.assumed_years if key not in touched]
    new.excluded = [fact for fact in new.excluded if fact not in {split_key(key)[0] for key in values}]
    new.origins |= {key: Origin(by="form", version=new.version) for key in (*values, *days)}
    new.origins |= {key: Origin(by="form", version=new.version, removed=True) for key in gone}
    if wanted.place:
        new.place = new.given_place = wanted.place
    if wanted.as_of:
        new.as_of = new.given_day = wanted.as_of if wanted.as_of != today else None
    if wanted.title or wanted.track:
        _begin(new, wanted)
    _ask_next(new, today)
    return new


def _begin(memory: Memory, wanted: Change) -> None:
    """The pre-check of a title is under way from now on."""
    title = wanted.title or memory.check_title
    if title != memory.check_title:
        memory.track = None
    memory.track = wanted.track or memory.track
    memory.title = memory.check_title = title
    memory.checking, memory.checkup, memory.aside = True, False, 0
    memory.question = f"{FULL.get(title or '', title or '')}的条件"


def _ask_next(memory: Memory, today: date) -> None:
    """What a short answer in the conversation is taken to be about, once the facts have changed."""
    if not memory.checking:
        return
    try:
        verdict = verdict_of(memory, facts_of(memory), as_of=memory.as_of or today, place=memory.place)
    except BadInput:
        return
    memory.asked = asked_next(verdict) if verdict else memory.asked


def _take_out(memory: Memory, key: str) -> None:
    if key == BLANKET:
        memory.rest_affirmed = None
    elif key.startswith(BY_NAME):
        words = memory.affirmed.get(key.removeprefix(BY_NAME))
        memory.affirmed = {fact: said for fact, said in memory.affirmed.items() if said != words}
    elif key == UNREAD:
        memory.unread = []
    elif key.startswith("held:") and key.count(":") == 2:
        _, title, what = key.split(":")
        for name in (what, f"{what}_year"):
            memory.held.get(title, {}).pop(name, None)
        if not memory.held.get(title, {"": ""}):
            del memory.held[title]
    else:
        memory.facts.pop(key, None)


def _read(wanted: Change, today: date) -> tuple[dict[str, Value], dict[str, str]]:
    """The values to set, and the dates of titles. Raises EditErrors with everything that is wrong."""
    values: dict[str, Value] = {}
    days: dict[str, str] = {}
    errors: dict[str, str] = {}
    for key, raw in wanted.set.items():
        try:
            if key.startswith("held:"):
                days[key] = _day(key, str(raw))
            else:
                values[key] = read(key, raw, today)
        except BadInput as error:
            errors[key] = str(error)
    if wanted.title is not None and wanted.title not in (*TITLES, SIZE_TITLE):
        errors["title"] = f"没有“{wanted.title[:20]}”的预检，可以选：{'、'.join(TITLES)}。"
    if errors:
        raise EditErrors(errors)
    return values, days


def _day(key: str, raw: str) -> str:
    parts = key.split(":")
    if len(parts) != 3 or parts[1] not in HELD.values() or parts[2] not in DAYS:
        raise BadInput(f"没有编号为“{key[:60]}”的日期。")
    found = holding({"title": parts[1], parts[2]: raw.strip()})
    day = found.granted if parts[2] == "granted" else found.expires
    if day is None:
        raise BadInput("日期没有填。要去掉它请用删除。")
    return day.isoformat()


def _hold_against(memory: Memory, wanted: Change, setting: dict[str, Any]) -> None:
    """Raises EditConflict where a fact has been changed since the version that the person was looking at."""
    for key in (*setting, *wanted.remove):
        origin = memory.origins.get(key)
        if origin is not None and origin.version > wanted.version:
            raise EditConflict(_clash(memory, key, origin))


def _clash(memory: Memory, key: str, origin: Origin) -> str:
    if key.startswith("held:"):
        _, title, what = key.split(":")
        name, now = f"{title}{DAYS.get(what, '')}", memory.held.get(title, {}).get(what, "")
    elif whole := next((name for start, name in WHOLE.items() if key.startswith(start)), ""):
        name, now = whole, ""
    else:
        name = label(key)
        now = words_of(key, Value.model_validate(memory.facts[key])) if key in memory.facts else ""
    where = "对话里刚说过" if origin.by == "said" else "另一个页面刚改过"
    return f"“{name}”在{where}，{f'现在是{now}' if now else '已经去掉'}。这次的修改没有存，请看过再改。"
