"""Several questions in one message, taken apart (parts.yaml). Where it is not clear, a message is one question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.understanding.titles import titles_in
from corpus.load import read_yaml
from corpus.quantities import fold

TABLE = Path(__file__).with_name("parts.yaml")
SENTENCE = re.compile(r"[^?。!;\n]+[?。!;\n]*")
EDGES = ",，。.;；:：、 \n"
TONE = re.compile(r"[,。?!;:、\s]|请问|呢|吗|啊|吧|呀|的|了|那|就|也|都|又|再|我们?|公司|企业")
ORDER = "一二三四五六"
CIRCLED = "①②③④⑤⑥"


class Words(BaseModel):
    """The patterns as written; ``most``: parts of one message, ``shortest``: characters of a part's content."""

    model_config = ConfigDict(extra="forbid")

    joins: str
    afresh: str
    numbers: list[str]
    lead: str
    asks: str
    matters: str
    aside: str
    most: int
    shortest: int


@dataclass(frozen=True)
class Part:
    """One question of a message, standing as it was typed. ``announced``: a word or a number says that a question of
    its own begins here; otherwise only its form does."""

    text: str
    announced: bool = True


@dataclass(frozen=True)
class _Compiled:
    joined: re.Pattern[str]
    afresh: re.Pattern[str]
    numbers: list[re.Pattern[str]]
    lead: re.Pattern[str]
    asks: re.Pattern[str]
    matters: re.Pattern[str]
    aside: re.Pattern[str]
    most: int
    shortest: int


@cache
def words() -> Words:
    """The table as written. Raises CorpusError when the file does not hold to its form."""
    return read_yaml(TABLE, Words)  # type: ignore[no-any-return]


@cache
def _compiled() -> _Compiled:
    written = words()

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text.replace(" |", "|"))

    return _Compiled(
        joined=pattern(written.joins), afresh=pattern(written.afresh),
        numbers=[pattern(number) for number in written.numbers],
        lead=pattern(written.lead), asks=pattern(written.asks), matters=pattern(written.matters),
        aside=pattern(written.aside), most=written.most, shortest=written.shortest,
    )  # fmt: skip


def parts(message: str) -> list[Part]:
    """The questions of a message in their order; a single one where it holds no more. Statements belong to the
    question after them, at the end to the one before."""
    shown = fold(message)
    found = _listed(message, shown) or _sentences(message, shown)
    return found if len(found) > 1 else [Part(message)]


def announced_only(found: list[Part]) -> list[Part]:
    """The parts with those joined to the one before that no word announces."""
    kept: list[Part] = []
    for part in found:
        if kept and not part.announced:
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}{part.text}")
        else:
            kept.append(part)
    return kept


def asks(text: str) -> bool:
    """Whether a clause is a question."""
    return bool(_compiled().asks.search(fold(text).lower()))


def _content(text: str) -> str:
    return TONE.sub("", text)


def _listed(message: str, shown: str) -> list[Part]:
    """The items of a numbered list: one, two, three… in their order, at least one of them a question."""
    rules = _compiled()
    for number in rules.numbers:
        marks = list(number.finditer(shown)) or list(number.finditer(message))  # folding makes ① a plain 1
        if len(marks) < 2 or [_value(m[1]) for m in marks] != list(range(1, len(marks) + 1)):
            continue
        ends = [*(m.start() for m in marks[1:]), len(shown)]
        items = [message[m.end() : end].strip(EDGES) for m, end in zip(marks, ends, strict=True)]
        lead = shown[: marks[0].start()].strip()
        question = any(asks(item) for item in items) or bool(rules.lead.search(lead))
        if question and all(len(_content(item)) >= rules.shortest for item in items) and not asks(lead):
            subject = titles_in(lead)
            about = subject[0] if len(subject) == 1 else ""
            return [Part(item if not about or titles_in(item) else f"{about}{item}") for item in items]
    return []


def _value(sign: str) -> int:
    return ORDER.find(sign) + 1 or CIRCLED.find(sign) + 1 or int(sign)


def _sentences(message: str, shown: str) -> list[Part]:
    rules = _compiled()
    found: list[Part] = []
    waiting = ""
    for start, end, announced, said_from in _clauses(shown):
        text, bare = message[start:end], shown[said_from:end].lower()
        if found and not waiting and not _own_question(bare, announced, shown[:start]):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        elif not asks(bare):
            waiting += text
        else:
            own = message[said_from:end] if announced else text
            found.append(Part((waiting + own).strip(EDGES), announced or not found))
            waiting = ""
    if waiting and found:
        found[-1] = replace(found[-1], text=found[-1].text + waiting)
    return found if len(found) <= rules.most else []


def _own_question(bare: str, announced: bool, before: str) -> bool:
    rules = _compiled()
    content = _content(bare)
    if not asks(bare) or len(content) < rules.shortest or rules.aside.fullmatch(bare.strip(EDGES + "?!")):
        return False
    new = [word for word in rules.matters.findall(bare) if word not in before]
    return announced or bool(new)


def _clauses(shown: str) -> list[tuple[int, int, bool, int]]:
    """(start, end, announced, where the clause begins after the announcing words) of every clause that may be a
    question of its own: sentences, cut again where a comma is followed by words that announce another."""
    rules = _compiled()
    found: list[tuple[int, int, bool, int]] = []
    for sentence in SENTENCE.finditer(shown):
        starts = [sentence.start()]
        for comma in re.finditer("[,、]", sentence[0]):
            at = sentence.start() + comma.end()
            if rules.joined.match(shown, at):
                starts.append(at)
        for start, end in zip(starts, [*starts[1:], sentence.end()], strict=True):
            begins = start + len(shown[start:end]) - len(shown[start:end].lstrip())
            join = rules.joined.match(shown, begins, end)
            if join is None and start == sentence.start() and start:
                join = rules.afresh.match(shown, begins, end)
            found.append((start, end, bool(join and start), join.end() if join else begins))
    return found
