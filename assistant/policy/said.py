"""A model's stream → its sentences with the numbers of the clauses that each names, as soon as each is complete.

Two forms are read, whichever the model chose: text with clause marks (``…。〔c1〕``), and JSON with sentences and clause
ids. Of half a JSON the sentences that are whole count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MARK = r"[〔\[【(（]\s*c\s*\d{1,4}(?:\s*[、,，]\s*c?\s*\d{1,4}){0,8}\s*[〕\]】)）]"
TOKEN = re.compile(MARK)
SENTENCE = re.compile(rf"[^。！？\n]*[。！？\n]+(?:[ \t]*{MARK})*")
MAY_GO_ON = re.compile(r"[ \t]*(?:[〔\[【(（]\s*(?:c[\d\s、,，c]*)?)?")
ENDED = re.compile(rf"(?:[。！？\n]|{MARK})\s*$")
CLAUSE = re.compile(r"\D{0,2}(\d{1,4})\D?")
JSON_BEGINS = re.compile(r"\s*(?:```\s*(?:json)?\s*)?(?:\{|\[\s*\{)", re.I)
FENCE = re.compile(r"\s*`{0,3}\s*(?:j|js|jso|json)?\s*\[?\s*", re.I)
DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Said:
    """One sentence as it came, without clause marks, and the clause numbers it names (1 for ``c1``)."""

    text: str
    clauses: tuple[int, ...]


def said(pieces: Iterable[str]) -> Iterator[Said]:
    """The sentences of a stream. What a cut stream leaves unfinished is left out."""
    buffer, reader = "", None
    for piece in pieces:
        buffer += piece
        if reader is None and (FENCE.fullmatch(buffer) is None or len(buffer) > 40):
            reader = _Json() if JSON_BEGINS.match(buffer) else _Text()
        if reader is not None:
            yield from reader.feed(buffer)
            buffer = ""
    yield from (reader or _Text()).end(buffer)


class _Text:
    """Text with clause marks after the end of each sentence."""

    def __init__(self) -> None:
        self.buffer = ""

    def feed(self, text: str) -> Iterator[Said]:
        self.buffer += text
        while match := SENTENCE.match(self.buffer):
            if MAY_GO_ON.fullmatch(self.buffer, match.end()):
                return
            yield _marked(match[0])
            self.buffer = self.buffer[match.end() :]

    def end(self, text: str) -> Iterator[Said]:
        yield from self.feed(text)
        if ENDED.search(self.buffer):
            yield _marked(self.buffer)


def _marked(text: str) -> Said:
    marks = "".join(m[0] for m in TOKEN.finditer(text))
    return Said(TOKEN.sub("", text).strip(), tuple(int(n) for n in re.findall(r"\d+", marks)))


class _Json:
    """``{"sentences": [{"text": …, "clauses": […]}, …]}``, or the list alone; every item counts once it is closed."""

    def __init__(self) -> None:
        self.buffer = ""
        self.at = 0
        self.broken = False

    def feed(self, text: str) -> Iterator[Said]:
        self.buffer += text
        if self.at == 0:
            self.at = self.buffer.find("[") + 1
        while self.at and not self.broken:
            while self.at < len(self.buffer) and self.buffer[self.at] in ", \t\r\n":
                self.at += 1
            if self.at == len(self.buffer):
                return
            if self.buffer[self.at] != "{":
                self.broken = True
                return
            try:
                item, self.at = DECODER.raw_decode(self.buffer, self.at)
            except ValueError:
                return  # not whole yet
            except RecursionError:
                self.broken = True
                return
            yield from _of_item(item)

    def end(self, text: str) -> Iterator[Said]:
        yield from self.feed(text)


def _of_item(item: dict[str, Any]) -> Iterator[Said]:
    """The sentences of one item; all of them rest on its clauses."""
    text, ids = item.get("text"), item.get("clauses")
    if not isinstance(text, str) or not isinstance(ids, list):
        return
    found = [CLAUSE.fullmatch(str(one)) for one in ids]
    clauses = tuple(int(m[1]) for m in found if m)
    for sentence in re.findall(r"[^。！？\n]+[。！？\n]*", TOKEN.sub("", text)):
        if sentence.strip():
            yield Said(sentence, clauses)
