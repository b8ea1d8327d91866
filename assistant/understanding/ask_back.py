"""Messages that leave open what decides their answer (ask_back.yaml), and replies to the choices put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.understanding.followup import POLITE
from assistant.understanding.titles import titles_in, without_titles
from corpus.load import read_yaml
from corpus.quantities import fold
from corpus.quantities import number as number_of
from indexing.grams import bigrams

TABLE = Path(__file__).with_name("ask_back.yaml")
TONE = re.compile(
    r"[,。.?!;:、\s]|请问|请教|问一下|问下|呢|吗|(?<![什怎])么|啊|吧|呀|哦|的|了|那|就|也|(?<!不)是(?!不|什)|都|还|我们?|咱们?|你们?|您|公司|大概"
)
ORDINAL = re.compile(
    r"(?:就|选|要|看|我选|我要|我问的是|是|问)?(?:第(?P<n>[一二两三四五六1-6])|(?P<bare>[1-6])|(?P<last>最后)一?|(?P<first>头一?|前一))"
    r"(?:个|条|项|种|款|号)?(?:吧|的|呢|啊|[,。!. ])*"
)
REPLY = re.compile(
    r"^(?:我(?:要|想)?(?:问|说|指)的是|我是|就是|就|是|选|要|看|问|指)|(?:的|吧|呢|啊|那个|这个|这一?种|[,。!?])+$"
)
SAID_BESIDES = 4
"""A reply that says more than this besides the title asks something of its own."""
SHORT = 14
"""A longer message is a question of its own, not the choice of one."""


class Row(BaseModel):
    """One row of the table; ``choices`` says where the choices come from."""

    model_config = ConfigDict(extra="forbid")

    reason: str
    why: str
    whole: str
    has: str
    choices: Literal["benefits", "titles"]
    examples: list[str] = []
    counter_examples: list[str] = []


class Table(BaseModel):
    """The rows in order."""

    model_config = ConfigDict(extra="forbid")

    rows: list[Row]


@cache
def table() -> Table:
    """The table as written. Raises CorpusError when the file does not hold to its form."""
    return read_yaml(TABLE, Table)  # type: ignore[no-any-return]


HOW = re.compile(r"怎么|如何|怎样|流程|步骤|程序|手续|办理")


def put_as_choice(title: str, question: str) -> str:
    """What ``question`` leaves open, asked of one title."""
    return f"{title}的申报流程是什么？" if HOW.search(question) else f"{title}的条件有哪些？"


def open_question(message: str) -> Row | None:
    """The row that a message fits; None where it says what it is about."""
    left = TONE.sub("", POLITE.sub("", fold(message)))
    return next((r for r in table().rows if re.fullmatch(r.whole, left) and re.search(r.has, left)), None)


def chosen(reply: str, choices: Sequence[str]) -> str | None:
    """The choice that a reply takes: by its place ("第二个"), by its words ("国家的"), by the title it names; None where it
    takes none or leaves open which."""
    if reply in choices:
        return reply
    shown = fold(reply).strip()
    if match := ORDINAL.fullmatch(shown):
        if match["last"]:
            return choices[-1] if choices else None
        place = 1 if match["first"] else int(number_of(match["n"] or match["bare"]))
        return choices[place - 1] if place <= len(choices) else None
    if len(shown) > SHORT:
        return None
    if (named := titles_in(shown)) and len(REPLY.sub("", without_titles(shown))) < SAID_BESIDES:
        fitting = [c for c in choices if titles_in(c) == named]
        if len(fitting) == 1:
            return fitting[0]
    said = REPLY.sub("", REPLY.sub("", shown))
    fitting = [c for c in choices if len(said) > 1 and said in fold(c)]
    if not fitting and (wanted := bigrams(said)):
        fitting = [c for c in choices if wanted <= bigrams(c)]
    return fitting[0] if len(fitting) == 1 else None
