"""Several questions in one message, taken apart (parts.yaml). Where it is not clear, a message is one question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.understanding.titles import titles_in
from corpus.load import read_yaml
from corpus.quantities import fold

TABLE = Path(__file__).with_name("parts.yaml")
SENTENCE = re.compile(r"[^?。!;\n]+[?。!;\n]*")
TYPED = re.compile(r"[^？?。！!；;\n]+[？?。！!；;\n]*")
"""A sentence as typed, before the message is folded."""
PAUSE = re.compile(r"[,、]|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
EDGES = ",，。.;；:：、 \n"
TONE = re.compile(r"[,。?!;:、\s]|请问|呢|吗|啊|吧|呀|的|了|那|就|也|都|又|再|我们?|公司|企业")
PROCEDURE = re.compile(r"复核|认定|申报|申请|评价|到期|有效期?|期限")
LONG, FEW = 120, 4
"""A message of so many characters and sentences may hold more than its question."""
ORDER = "一二三四五六"
CIRCLED = "①②③④⑤⑥"


class Words(BaseModel):
    """The patterns as written; ``most``: parts of one message, ``shortest``: characters of a part's content,
    ``shortest_alone``: after no more than a comma, in a message that names no title."""

    model_config = ConfigDict(extra="forbid")

    joins: str
    afresh: str
    numbers: list[str]
    lead: str
    asks: str
    several: str
    matters: str
    aside: str
    things: str
    leans: str
    any_case: str
    meta: str
    most: int
    shortest: int
    shortest_alone: int


@dataclass(frozen=True)
class Part:
    """One question of a message, standing as it was typed. ``announced``: a word or a number says that a question of
    its own begins here; otherwise only its form does. ``paused``: no more than a comma stands before it."""

    text: str
    announced: bool = True
    paused: bool = False


@dataclass(frozen=True)
class _Compiled:
    joined: re.Pattern[str]
    afresh: re.Pattern[str]
    numbers: list[re.Pattern[str]]
    lead: re.Pattern[str]
    asks: re.Pattern[str]
    several: re.Pattern[str]
    matters: re.Pattern[str]
    aside: re.Pattern[str]
    things: re.Pattern[str]
    leans: re.Pattern[str]
    any_case: re.Pattern[str]
    meta: re.Pattern[str]
    most: int
    shortest: int
    shortest_alone: int


@dataclass(frozen=True)
class _Clause:
    """A stretch of a message that may be a question of its own; ``said_from`` is where it begins after the words that
    announce it."""

    start: int
    end: int
    said_from: int
    announced: bool
    paused: bool


@cache
def words() -> Words:
    """The table as written. Raises CorpusError when the file does not hold to its form."""
    return read_yaml(TABLE, Words)  # type: ignore[no-any-return]


@cache
def _compiled() -> _Compiled:
    written = words()

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text.replace("{things}", written.things).replace(" |", "|"))

    return _Compiled(
        joined=pattern(written.joins), afresh=pattern(written.afresh),
        numbers=[pattern(number) for number in written.numbers],
        lead=pattern(written.lead), asks=pattern(written.asks), several=pattern(written.several), matters=pattern(written.matters),
        aside=pattern(written.aside), things=pattern(written.things), leans=pattern(written.leans), any_case=pattern(written.any_case),
        meta=pattern(written.meta), most=written.most, shortest=written.shortest,
        shortest_alone=written.shortest_alone,
    )  # fmt: skip


def parts(message: str) -> list[Part]:
    """The questions of a message in their order; a single one where it holds no more. Statements belong to the
    question after them, at the end to the one before."""
    shown = fold(message)
    found = _listed(message, shown) or _sentences(message, shown)
    return found if len(found) > 1 else [Part(message)]


def announced_only(found: list[Part]) -> list[Part]:
    """The parts with those joined to the one before that no word announces."""
    return _joined(found, [not part.announced for part in found])


def sentences_only(found: list[Part]) -> list[Part]:
    """The parts with those joined to the one before that only a comma sets apart."""
    return _joined(found, [part.paused for part in found])


def _joined(found: list[Part], again: list[bool]) -> list[Part]:
    kept: list[Part] = []
    for part, joined in zip(found, again, strict=True):
        if kept and joined:
            pause = "，" if part.paused else ""
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}{pause}{part.text}")
        else:
            kept.append(part)
    return kept


def asks(text: str) -> bool:
    """Whether a clause is a question."""
    return bool(_compiled().asks.search(fold(text).lower()))


def names_matter(text: str) -> bool:
    """Whether a text names a matter of its own, besides titles, documents and the procedure."""
    return bool(_compiled().things.search(PROCEDURE.sub("", fold(text).lower())))


def essence(message: str) -> str:
    """Of a long message the sentences that ask, each with the one before it; the rest is told for company. The whole
    message where it is short, asks nothing or names its title elsewhere."""
    sentences = [m[0] for m in TYPED.finditer(message)]
    asking = [n for n, sentence in enumerate(sentences) if asks(sentence)]
    if len(message) <= LONG or len(sentences) < FEW or not asking:
        return message
    kept = "".join(sentences[n] for n in sorted({max(n - step, 0) for n in asking for step in (0, 1)})).strip()
    return kept if titles_in(kept) == titles_in(message) else message


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
    each = bool(rules.several.search(shown))
    for clause in _clauses(shown):
        announced_here = clause.announced or (each and clause.start > 0 and not clause.paused)
        text, bare = message[clause.start : clause.end], shown[clause.said_from : clause.end].lower()
        if found and rules.meta.fullmatch(bare.strip(EDGES + "?!")):
            continue
        if found and not waiting and not _own_question(bare, announced_here, shown[: clause.start]):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        elif not asks(bare):
            waiting += text
        else:
            own = message[clause.said_from : clause.end] if found or announced_here else text
            announced = announced_here or not found
            found.append(Part((waiting + own).strip(EDGES), announced, clause.paused and not announced))
            waiting = ""
    if waiting and found:
        found[-1] = replace(found[-1], text=found[-1].text + waiting)
    return found if len(found) <= rules.most else []


def _own_question(bare: str, announced: bool, before: str, matters: re.Pattern[str] | None = None) -> bool:
    rules = _compiled()
    content = _content(bare)
    if not asks(bare) or len(content) < rules.shortest or rules.aside.fullmatch(bare.strip(EDGES + "?!")):
        return False
    new = [word for word in (matters or rules.matters).findall(bare) if word not in before]
    return announced or bool(new)


def _clauses(shown: str) -> list[_Clause]:
    """Every stretch that may be a question of its own: sentences, cut again where a pause is followed by words that
    announce another, or where a question stands on either side of it."""
    rules = _compiled()
    found: list[_Clause] = []
    for sentence in SENTENCE.finditer(shown):
        cuts = [(sentence.start(), False), *_pauses(shown, sentence.start(), sentence.end())]
        ends = [*(start for start, _ in cuts[1:]), sentence.end()]
        for (start, paused), end in zip(cuts, ends, strict=True):
            begins = start + len(shown[start:end]) - len(shown[start:end].lstrip())
            joined = rules.joined.match(shown, begins, end)
            join = joined or (rules.afresh.match(shown, begins, end) if start else None)
            announced = bool(start and (joined or (join and not paused)))
            found.append(_Clause(start, end, join.end() if join else begins, announced, paused and not announced))
    return found


def _pauses(shown: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Where a sentence is cut again, and whether only a pause says so. What is stated between two questions goes with
    the second."""
    rules = _compiled()
    pieces = [*(pause.end() for pause in PAUSE.finditer(shown, start, end)), end]
    found: list[tuple[int, bool]] = []
    shortest = rules.shortest if titles_in(shown) else rules.shortest_alone
    begun, since = start, None
    for at, until in pairwise(pieces):
        piece = shown[at:until].lower()
        if rules.joined.match(shown, at):
            found.append((at, False))
            begun, since = at, None
        elif rules.meta.fullmatch(piece.strip(EDGES + "?!")):
            found.append((at, True))
            begun, since = until, None
        elif not _asks_plainly(shown[begun:at]) or rules.leans.match(piece):
            since = None
        elif not asks(piece):
            since = at if since is None else since
        elif len(_content(piece)) >= shortest and _own_question(piece, False, shown[:at].lower(), rules.things):
            found.append((at if since is None else since, True))
            begun, since = found[-1][0], None
        else:
            since = None
    return found


def _asks_plainly(text: str) -> bool:
    """Whether a text is a question that says what it is about, not one of the cases that it names ("不管有没有专利")."""
    rules = _compiled()
    plain = rules.any_case.sub("", text.lower())
    return asks(plain) and bool(rules.matters.search(plain)) and len(_content(plain)) >= rules.shortest
