"""Traditional characters (OpenCC) and slips of the hand (spelling.yaml) in the usual spelling."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from corpus.load import read_yaml

TABLE = Path(__file__).with_name("spelling.yaml")


class Spellings(BaseModel):
    """``slips``: pattern → what is meant, of the same length."""

    model_config = ConfigDict(extra="forbid")

    slips: dict[str, str]


@cache
def _slips() -> list[tuple[re.Pattern[str], str]]:
    written: Spellings = read_yaml(TABLE, Spellings)
    return [(re.compile(said), meant) for said, meant in written.slips.items()]


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def spelled(text: str) -> str:
    """``text`` in simplified characters, the names of titles as they are written. As long as before, so that positions
    hold.

    Raises CorpusError when the table cannot be read.
    """
    simplified = str(_converter().convert(text))
    text = simplified if len(simplified) == len(text) else text
    for said, meant in _slips():
        text = said.sub(meant, text)
    return text
