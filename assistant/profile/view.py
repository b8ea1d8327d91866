"""The profile of a thread as the page shows it: facts as chips with their source, and the pre-check under way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from assistant.checkup.run import checkup
from assistant.conversation import DEFAULT_PLACE, Assistant, Memory
from assistant.duties.profile import HELD
from assistant.errors import StoreUnavailable
from assistant.facts.describe import label, words_of
from assistant.facts.values import Facts, Value
from assistant.profile.origins import Origin
from assistant.profile.precheck import Choice, Field, PreCheck, evidence_of, field, kind_of, precheck, titles
from assistant.profile.values import hint, order_of, unit_of, written
from assistant.store import Store
from corpus.facts_models import load_dictionary
from corpus.load import Corpus
from corpus.models import Title

SAID_LENGTH = 60
MOST_MORE = 8
PARTS = re.compile(r"[，。；！？,;!?\n]+")
Messages = Mapping[str, tuple[int, str]]
"""Turn → number and words of its message."""
DAYS = {"granted": "认定日", "expires": "到期日"}
BY_FORM = "表单填写"
DAY_HINT = "日期，例如 2024-03-01"
BLANKET, BY_NAME, UNREAD = "rest_affirmed", "affirmed:", "unread"
"""Keys of what is no fact but counts in the verdict, and can be taken out like one; what was called met by name has the fact
behind it."""


class FactChip(BaseModel):
    """One thing known of the company. ``value`` is in words, ``written`` as it stands in a field, ``source`` says where it
    comes from (您说：去年营收4800万; 表单填写), ``turn`` is the number of the message (from 1), ``said`` its words.
    ``editable``: it can be set to another value, otherwise only taken out."""

    key: str
    label: str
    value: str
    written: str
    state: Literal["known", "uncertain", "not_applicable"] = "known"
    by: Literal["said", "form"]
    source: str
    said: str = ""
    turn: int | None = None
    editable: bool = True
    kind: Literal["number", "flag", "choice", "date"] = "flag"
    unit: str = ""
    hint: str = ""
    choices: list[Choice] = []
    evidence: str = ""


class Profile(BaseModel):
    """What a thread knows of the company. ``version`` counts the changes and goes back with a change; 0 for a new thread.
    ``check`` is the pre-check under way, ``titles`` those that can be checked, ``more`` what a check-up under way has to
    know next, ``dates`` the days of the titles held, from which the deadlines are worked out."""

    thread: str
    version: int
    place: str
    as_of: str
    facts: list[FactChip]
    check: PreCheck | None
    titles: list[Choice]
    checkup: bool = False
    more: list[Field] = []
    dates: list[Field] = []
    turns: int = 0


def profile(assistant: Assistant, thread: str) -> Profile:
    """The profile of a thread, which may be new. Raises StoreUnavailable."""
    store = store_of(assistant)
    return seen(assistant, thread, memory_of(store, thread))


def memory_of(store: Store, thread: str) -> Memory:
    """What a thread remembers; an empty memory for a new one. Raises StoreUnavailable."""
    state = store.state(thread)
    return Memory.model_validate(state) if state else Memory()


def store_of(assistant: Assistant) -> Store:
    """The store. Raises StoreUnavailable where conversations are not kept."""
    if assistant.house.store is None:
        raise StoreUnavailable("对话数据库打不开，企业情况没有地方存。请联系管理员。")
    return assistant.house.store


def facts_of(memory: Memory) -> Facts:
    """The facts of a memory."""
    return {key: Value.model_validate(value) for key, value in memory.facts.items()}


def seen(assistant: Assistant, thread: str, memory: Memory) -> Profile:
    """The memory of a thread as a profile. Raises StoreUnavailable."""
    messages: Messages = store_of(assistant).messages(thread)
    facts, as_of = facts_of(memory), memory.as_of or assistant.house.today()
    chips = [chip(key, value, memory.origins.get(key), messages) for key, value in sorted(facts.items(), key=_order)]
    return Profile(
        thread=thread,
        version=memory.version,
        place=memory.place or DEFAULT_PLACE,
        as_of=as_of.isoformat(),
        facts=[*chips, *_dates(memory, messages), *_words(memory)],
        check=precheck(memory, facts, as_of=as_of, place=memory.place),
        titles=titles(),
        checkup=memory.checkup,
        more=_more(memory, facts, as_of, assistant.house.corpus) if memory.checkup else [],
        dates=_days_wanted(memory, facts),
        turns=len(messages),
    )


def _more(memory: Memory, facts: Facts, as_of: date, corpus: Corpus) -> list[Field]:
    found = checkup(
        facts,
        as_of=as_of,
        place=memory.place,
        problems=memory.problems,
        assumed_years=memory.assumed_years,
        corpus=corpus,
    )
    asked = {m.fact: m.question for m in found.questions if m.fact.partition("@")[0] in load_dictionary()}
    return [field(key, facts.get(key), asked) for key in list(asked)[:MOST_MORE]]


def chip(key: str, value: Value, origin: Origin | None, messages: Messages) -> FactChip:
    """One fact with its source."""
    entry = load_dictionary().of_key(key)
    return FactChip(
        key=key,
        label=label(key),
        value=words_of(key, value),
        written=written(key, value),
        state=value.state,
        kind=kind_of(entry),
        unit=unit_of(entry),
        hint=hint(entry),
        choices=[Choice(value=choice, label=entry.choice_labels.get(choice, choice)) for choice in entry.choices],
        evidence=evidence_of(key, entry),
        **_source(value.source, origin, messages),
    )


def _source(said: str, origin: Origin | None, messages: Messages) -> dict[str, Any]:
    if origin is not None and origin.by == "form":
        return {"by": "form", "source": BY_FORM, "said": ""}
    turn, message = messages.get(origin.turn, (None, "")) if origin else (None, "")
    words = said_in(said.strip(), message)
    words = words if len(words) <= SAID_LENGTH else words[:SAID_LENGTH] + "…"
    return {"by": "said", "source": f"您说：{words}" if words else "您说过的", "said": words, "turn": turn}


def said_in(words: str, message: str) -> str:
    """The part of a message, between its commas, in which the words stand; the words alone where they are not in it."""
    return next((part.strip() for part in PARTS.split(message) if words and words in part), words)


def _order(item: tuple[str, Value]) -> tuple[int, int]:
    return order_of(item[0])


def _dates(memory: Memory, messages: Messages) -> list[FactChip]:
    """The dates of the titles held, which the duties are worked out from."""
    found = []
    for title, known in memory.held.items():
        for what, name in DAYS.items():
            if day := known.get(what):
                key = date_key(title, what)
                year, month, date_ = day.split("-") if day.count("-") == 2 else (*day.split("-"), "")[:3]
                value = f"{year}年{int(month)}月" + (f"{int(date_)}日" if date_ else "")
                found.append(
                    FactChip(
                        key=key, label=f"{title}{name}", value=value, written=day, kind="date", hint=DAY_HINT,
                        **_source("", memory.origins.get(key), messages),
                    )
                )  # fmt: skip
    return found


def _days_wanted(memory: Memory, facts: Facts) -> list[Field]:
    """A field for the day on which each title held was granted, unless its last day was told instead."""
    held = [raw for raw in titles_held(memory, facts) if "expires" not in raw]
    return [
        Field(
            key=date_key(raw["title"], "granted"),
            label=f"{raw['title']}{DAYS['granted']}",
            question=f"{raw['title']}是哪年哪月认定的？",
            kind="date",
            hint=DAY_HINT,
            evidence="认定公告或证书",
            written=raw.get("granted", ""),
            open="granted" not in raw,
        )
        for raw in held
    ]


def _words(memory: Memory) -> list[FactChip]:
    """What was said of everything at once or of matters by name, and what was not understood: all change the verdict, so all
    are shown."""
    by_words = {words: fact for fact, words in reversed(memory.affirmed.items())}
    found = [
        FactChip(
            key=f"{BY_NAME}{fact}", label="点名说到的", value="按达标算", written="", by="said", editable=False,
            source=f"您说：{words}", said=words,
        )
        for words, fact in reversed(by_words.items())
    ]  # fmt: skip
    if memory.rest_affirmed:
        found.append(
            FactChip(
                key=BLANKET, label="其余各项", value="按达标算", written="", by="said", editable=False,
                source=f"您说：{memory.rest_affirmed}", said=memory.rest_affirmed,
            )
        )  # fmt: skip
    if memory.unread:
        said = "；".join(memory.unread)
        found.append(
            FactChip(
                key=UNREAD, label="没听懂的话", value=said[:SAID_LENGTH], written="", by="said", editable=False,
                state="uncertain", source=f"您说：{said[:SAID_LENGTH]}", said=said[:SAID_LENGTH],
            )
        )  # fmt: skip
    return found


def date_key(title: str, what: str) -> str:
    """The key of a title's date: ``held:专精特新:granted``."""
    return f"held:{title}:{what}"


def titles_held(memory: Memory, facts: Facts) -> list[dict[str, str]]:
    """The titles that the company holds with their dates, as the duties take them."""
    flags: dict[Title, bool | None] = {title: v.flag for fact, title in HELD.items() if (v := facts.get(fact))}
    named = [
        title for title in HELD.values() if flags.get(title) or (title in memory.held and flags.get(title) is not False)
    ]
    return [{"title": t, **{w: d for w, d in memory.held.get(t, {}).items() if w in DAYS}} for t in named]
