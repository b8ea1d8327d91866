"""Do citations support what they stand behind? Precision and recall after ALCE (arXiv 2305.14627), without a model.

Support is decided by the product's own check (``assistant/policy/ground.py``): figures, numbers, titles, bodies,
negations and most words of a sentence occur in the cited clauses. Nothing here looks at whether the answer is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from assistant.answer import Answer
from assistant.policy.evidence import Evidence, Library
from assistant.policy.ground import TITLE, faults
from corpus.support import document_numbers, unsupported

MARKS = re.compile(r"(?:\[\d{1,3}\])+")
SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")
DRESSING = re.compile(r"^(?:[-*>]|#+|\d+[.、])\s*")
RULER = re.compile(r"^\|[\s:|-]+\|$")

OWN_PART = 0.1


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer and the numbers of the citations behind it."""

    text: str
    marks: tuple[int, ...]


class Cited(BaseModel):
    """Counts over one answer.

    ``sentences`` have to be supported: those with citations, and in an answer that gives one (status ``answered``) those
    without any that state a figure, a document number or a title. ``supported`` of them are;
    ``citations`` stand behind sentences, ``needed`` of them are right.
    ``faults`` says in words what is not.
    """

    sentences: int = 0
    supported: int = 0
    citations: int = 0
    needed: int = 0
    faults: list[str] = []


def cited(answer: Answer, library: Library, day: date, asked: str = "") -> Cited:
    """Judge the citations of one answer by the clauses as they stand on ``day``.

    What a sentence without citation merely repeats of what was ``asked`` needs none.
    """
    found = {c.n: library.evidence(c.ref, day) for c in answer.citations}
    counts = Cited()
    for statement in statements(answer.answer):
        if not statement.marks:
            if answer.status == "answered" and _checkable(statement.text, asked):
                counts.sentences += 1
                counts.faults.append(f"没有引用：{statement.text}")
            continue
        behind = [e for n in statement.marks if (e := found.get(n)) is not None]
        wrong = faults(statement.text, behind, library)
        counts.sentences += 1
        counts.citations += len(statement.marks)
        if wrong:
            counts.faults.append(f"{statement.text}（{'；'.join(wrong)}）")
            continue
        counts.supported += 1
        counts.needed += sum(_needed(e, behind, statement.text, library) for e in behind)
    return counts


def _needed(one: Evidence, behind: Sequence[Evidence], sentence: str, library: Library) -> bool:
    """A citation is right when it supports the sentence alone, when the others do not without it, or when it alone
    holds a part of the sentence: at least ``OWN_PART`` of its terms."""
    if len(behind) == 1 or not faults(sentence, [one], library):
        return True
    others = [e for e in behind if e is not one]
    if faults(sentence, others, library):
        return True
    without = "\n".join(e.text for e in others)
    adds = library.overlap(sentence, f"{without}\n{one.text}") - library.overlap(sentence, without)
    return adds >= OWN_PART


def statements(markdown: str) -> Iterator[Statement]:
    """The sentences of an answer. Marks count for every sentence since the marks before them; a row of a table is one."""
    lines = [line.strip() for line in markdown.splitlines()]
    for number, line in enumerate(lines):
        if not line or RULER.match(line) or (number + 1 < len(lines) and RULER.match(lines[number + 1])):
            continue
        if line.startswith("|"):
            yield _row(line)
        else:
            yield from _sentences(line)


def _row(line: str) -> Statement:
    text = MARKS.sub("", line).strip("| ")
    return Statement("，".join(cell.strip() for cell in text.split("|")), _numbers("".join(MARKS.findall(line))))


def _sentences(line: str) -> Iterator[Statement]:
    begins = 0
    for match in MARKS.finditer(line):
        yield from _split(line[begins : match.start()], _numbers(match[0]))
        begins = match.end()
    yield from _split(line[begins:], ())


def _split(text: str, marks: tuple[int, ...]) -> Iterator[Statement]:
    for sentence in SENTENCE.findall(DRESSING.sub("", text.replace("**", ""))):
        if sum(c.isalnum() for c in sentence) > 1:
            yield Statement(sentence.strip(), marks)


def _numbers(marks: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", marks)))


def _checkable(text: str, asked: str) -> bool:
    """Whether a sentence states a figure, a document number or a title that the question did not."""
    titles = set(TITLE.findall(text)) - set(TITLE.findall(asked))
    return bool(unsupported(text, [asked]) or document_numbers(text) - document_numbers(asked) or titles)
