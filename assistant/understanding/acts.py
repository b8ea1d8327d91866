"""What a message does within its thread: a courtesy, a correction, a question about the last answer (acts.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.understanding.routing import plain
from corpus.load import read_yaml
from corpus.quantities import number as number_of

TABLE = Path(__file__).with_name("acts.yaml")
REFERENCE = re.compile(r"\{([a-z_]+)\}")
Kind = Literal["agree", "courtesy", "resume", "leave", "source", "why", "detail", "more", "doubt", "correct", "return"]
LAST = -1
LONGEST = 120
"""A longer message says something of its own."""


class Row(BaseModel):
    """One row of the table."""

    model_config = ConfigDict(extra="forbid")

    act: Kind
    why: str
    any: list[str]
    under_way: bool | None = None
    offered: bool = False
    sentence: str = ""
    examples: list[str] = []
    counter_examples: list[str] = []


class Table(BaseModel):
    """``words``: named patterns; ``rows``: the table in order."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, str]
    rows: list[Row]


@dataclass(frozen=True)
class Act:
    """``rest`` is what the message says besides the act, ``number`` the point it names (1 is the first, ``LAST`` the
    last), ``what`` the kind of thing asked for more of, ``sentence`` the reply of a courtesy."""

    kind: Kind
    rest: str = ""
    number: int | None = None
    what: str = ""
    sentence: str = ""


@cache
def table() -> Table:
    """The table as written. Raises CorpusError when the file does not hold to its form."""
    return read_yaml(TABLE, Table)  # type: ignore[no-any-return]


@cache
def _compiled() -> list[tuple[Row, list[re.Pattern[str]]]]:
    written = table()

    def filled(pattern: str) -> re.Pattern[str]:
        return re.compile(REFERENCE.sub(lambda m: f"(?:{written.words[m[1]]})", pattern))

    return [(row, [filled(pattern) for pattern in row.any]) for row in written.rows]


def act_of(message: str, *, under_way: bool = False, offered: bool = False) -> Act | None:
    """What ``message`` does within its thread; None where it asks or answers something of its own. ``under_way``: a
    pre-check or a check-up is waiting for facts; ``offered``: the message before it offered to hand over."""
    if len(message) > LONGEST:
        return None
    shown = plain(message)
    for row, patterns in _compiled():
        if (row.under_way is not None and row.under_way != under_way) or (row.offered and not offered):
            continue
        for pattern in patterns:
            if match := pattern.fullmatch(shown):
                return _act(row, match.groupdict())
    return None


def _act(row: Row, found: dict[str, str | None]) -> Act:
    named = found.get("n")
    number = int(number_of(named)) if named else LAST if found.get("last") else None
    return Act(
        row.act,
        rest=(found.get("rest") or "").strip(",。.;:、 "),
        number=number,
        what=found.get("what") or "",
        sentence=row.sentence,
    )
