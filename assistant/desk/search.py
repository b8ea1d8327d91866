"""Search as one types: half a word, a document number, an article, a whole question. The same ranking as the answers use.

What is found holds in the place and on the day. Documents that are named, and articles that are named by their number,
come first, whatever their status is, and say it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.answer import Validity
from assistant.desk.marks import Spans, marked
from assistant.desk.named import named_documents, named_labels
from assistant.desk.readout import printed_source, read_out, read_topic
from assistant.library import SearchUnavailable, clause, entry_of
from assistant.policy.answerable import answerable
from assistant.policy.question import Question
from assistant.policy.retrieve import retrieve
from assistant.searching import OVER, search
from assistant.understanding.titles import titles_in
from corpus.models import Gap, Topic, split_ref
from corpus.validity import LABELS, document_validity
from indexing.errors import IndexingError
from indexing.search import Hit

if TYPE_CHECKING:
    from assistant.house import House

LONGEST = 100
"""Signs of a query; what is longer is cut there."""
LOOKED_AT = 40
CLOSE = 0.4
"""What scores under this share of the best hit is not shown."""
KEPT = 1024
SAYS = 6
"""Signs of which a query says what is asked; fewer are a beginning, which anything may follow."""
MOST_DOCUMENTS = 3
Kind = Literal["clause", "topic", "gap", "document"]


class DeskHit(BaseModel):
    """One line of the list. ``question`` is the one that it answers best, ``answer`` what would be read out (of a gap: what
    to say instead), ``source`` the printed citation, ``read`` the whole sentence to read out, ``copied`` the text to copy.
    ``marks`` has, for ``title``, ``heading`` and ``answer``, the places of the query's words as positions in code points."""

    kind: Kind
    ref: str
    title: str
    label: str = ""
    heading: str = ""
    question: str = ""
    place: str = ""
    number: str | None = None
    answer: str = ""
    source: str = ""
    read: str = ""
    copied: str = ""
    validity: Validity | None = None
    validity_label: str = ""
    validity_note: str = ""
    marks: dict[str, Spans] = {}


class DeskFound(BaseModel):
    """What was found for ``q`` in ``place`` on ``as_of``, best first. ``near`` is false where nothing of it is near enough to
    answer from, as far as ``q`` says what is asked; ``elapsed_ms`` of the first time it was looked for."""

    q: str
    place: str
    as_of: date
    hits: list[DeskHit]
    near: bool = True
    elapsed_ms: float


@dataclass(frozen=True)
class _Asked:
    q: str
    place: str
    day: date
    limit: int
    today: date
    generation: str


class DeskSearch:
    """The search of one house. What was found is kept until the index changes. Safe to share between threads."""

    def __init__(self, house: Callable[[], House]) -> None:
        self._house = house
        self._found = lru_cache(maxsize=KEPT)(self._look)

    def search(self, q: str, *, place: str, as_of: date | None = None, limit: int = 8) -> DeskFound:
        """The best lines for what has been typed so far; none for nothing. Raises SearchUnavailable without an index."""
        house = self._house()
        house.refresh()
        if house.searcher is None:
            raise SearchUnavailable(house.why or "检索暂时用不了，索引还没有建好。请运行 tiaoli index build。")
        today = house.today()
        generation = str(house.searcher.generation)
        return self._found(_Asked(" ".join(q.split())[:LONGEST], place, as_of or today, limit, today, generation))

    def _look(self, asked: _Asked) -> DeskFound:
        started = time.perf_counter()
        hits, near = _hits(self._house(), asked) if asked.q else ([], True)
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        return DeskFound(q=asked.q, place=asked.place, as_of=asked.day, hits=hits, near=near, elapsed_ms=elapsed)


def _hits(house: House, asked: _Asked) -> tuple[list[DeskHit], bool]:
    documents, rest = named_documents(house, asked.q, asked.place)
    labels = named_labels(house, asked.q, asked.place, asked.day, documents)
    found = [hit for ref in labels if (hit := _clause_hit(house, ref, asked))]
    if documents and not labels:
        found += [_document_hit(house, one, asked) for one in documents[:MOST_DOCUMENTS]]
    near = bool(found)
    if rest or not found:
        ranked, answers = _ranked(house, asked)
        found, near = [*found, *ranked], near or answers
    unique = {hit.ref: hit for hit in reversed(found)}
    order = dict.fromkeys(hit.ref for hit in found)
    return [unique[ref] for ref in order][: asked.limit], near


def _ranked(house: House, asked: _Asked) -> tuple[list[DeskHit], bool]:
    """Digests, topics and gaps as an answer would rank them, then the wording of imported originals; and whether an answer
    would rest on them."""
    assert house.searcher is not None
    question = Question(asked.q, asked.place, asked.day, tuple(titles_in(asked.q)), "", past=asked.day != asked.today)
    try:
        ranking = retrieve(question, house.searcher, house.corpus, k=LOOKED_AT)
    except IndexingError as error:
        raise SearchUnavailable(str(error)) from error
    near = len(asked.q) < SAYS or answerable(question, ranking, house.corpus, degraded=house.searcher.degraded).yes
    lines: list[DeskHit] = []
    for hit in ranking.hits:
        if len(lines) >= asked.limit or hit.score < CLOSE * ranking.hits[0].score:
            break
        if line := _line(house, hit, first=not lines, asked=asked):
            lines.append(line)
    if house.searcher.manifest.originals:
        refs = {line.ref for line in lines}
        wording = search(house, asked.q, asked.limit, asked.place, asked.day)
        lines += [
            line
            for hit in wording
            if hit.ref not in refs and hit.kind == "clause" and (line := _clause_hit(house, hit.ref, asked))
        ]
    return lines, near


def _line(house: House, hit: Hit, *, first: bool, asked: _Asked) -> DeskHit | None:
    name = hit.target.partition(":")[2]
    if hit.kind == "gap":  # a gap says something only where it is the answer
        return _gap_hit(house.corpus.gaps[name], asked) if first else None
    if hit.kind == "topic":
        topic = house.corpus.topics[name]
        question = topic.questions[hit.question].ask[0] if hit.question >= 0 else ""
        return _topic_hit(house, topic, question, asked)
    known = house.corpus.clauses.get(hit.target)
    question = known.questions[hit.question].ask[0] if known and hit.question >= 0 else ""
    found = _clause_hit(house, hit.target, asked, question)
    return found if found and found.validity not in OVER else None


def _clause_hit(house: House, ref: str, asked: _Asked, question: str = "") -> DeskHit | None:
    try:
        info = clause(house, ref, asked.day)
    except KeyError:  # indexed, and removed since
        return None
    read = read_out(house, ref, asked.day, question)
    title = entry_of(house, info.document).short_title
    return _marked(
        DeskHit(
            kind="clause", ref=ref, title=title, label=info.clause, heading=info.heading, place=info.place,
            number=info.number, question=read.question, answer=read.answer, source=printed_source(info), read=read.text, copied=read.copied,
            validity=info.validity, validity_label=info.validity_label, validity_note=info.validity_note,
        ),
        asked.q,
    )  # fmt: skip


def _topic_hit(house: House, topic: Topic, question: str, asked: _Asked) -> DeskHit | None:
    """A topic tells what holds together; on a day on which one of its clauses does not, it is not shown."""
    read = read_topic(house, topic, asked.day, question)
    if read.warning:
        return None
    return _marked(
        DeskHit(
            kind="topic", ref=f"topic:{topic.id}", title="专题", heading=topic.title, place=topic.place or "",
            question=read.question, answer=read.answer, source=read.copied.rpartition("依据：")[2], read=read.text, copied=read.copied,
        ),
        asked.q,
    )  # fmt: skip


def _gap_hit(gap: Gap, asked: _Asked) -> DeskHit:
    said = (
        f"{gap.answer}可以{gap.whom}"
        if gap.whom.startswith(("向", "问", "到", "打"))
        else f"{gap.answer}可以问：{gap.whom}"
    )
    return _marked(
        DeskHit(kind="gap", ref=f"gap:{gap.id}", title="收录的文件里没有", answer=said, read=said, copied=said), asked.q
    )


def _document_hit(house: House, document_id: str, asked: _Asked) -> DeskHit:
    entry = entry_of(house, document_id)
    status = document_validity(entry, asked.day, house.corpus)
    first = next((ref for ref in house.corpus.clauses if split_ref(ref)[0] == document_id), document_id)
    number = f"（{entry.number}）" if entry.number else ""
    said = f"《{entry.title}》{number}，{status.label}" + (f"，{status.note}" if status.note else "")
    said = said.rstrip("。") + "。"
    return _marked(
        DeskHit.model_validate(
            {
                "kind": "document", "ref": first, "title": entry.short_title, "heading": entry.title, "place": entry.place,
                "number": entry.number, "answer": said, "read": said, "copied": said, "source": said,
                "validity": status.state, "validity_label": LABELS[status.state], "validity_note": status.note,
            }
        ),
        asked.q,
    )  # fmt: skip


def _marked(hit: DeskHit, q: str) -> DeskHit:
    fields: Sequence[str] = ("title", "heading", "answer")
    return hit.model_copy(update={"marks": {name: marked(q, getattr(hit, name)) for name in fields}})
