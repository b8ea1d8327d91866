"""Ask every gold question, each in a fresh thread, and judge the answers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.conversation import DEFAULT_PLACE, Assistant
from assistant.house import House, open_house
from assistant.policy.question import Question
from assistant.policy.retrieve import retrieve
from assistant.store import Store
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from eval.alike import matters
from eval.cited import Cited, cited
from eval.gate import Threshold, gates
from eval.listed import listed
from eval.metrics import Judgement, judge
from eval.questions_model import JUDGED_ON, ROOT, Gold, load_questions, unknown_references
from eval.report import Report, Setting
from eval.summary import breakdowns, rates, retrieval, rows
from indexing.errors import IndexMissing

Progress = Callable[[int, int], None]
WARM_UP = "专精特新的条件有哪些？"
DEPTH = 10


class Asks(Protocol):
    """Whatever answers messages as ``Assistant.ask`` does."""

    def ask(
        self, message: str, *, thread: str | None = None, place: str | None = None, as_of: date | None = None
    ) -> Answer:
        """The answer to one message of a thread."""


def run(
    sets: Sequence[str] = (),
    *,
    root: Path = ROOT,
    thresholds: dict[str, Threshold] | None = None,
    progress: Progress = lambda done, of: None,
) -> Report:
    """Ask the questions of these sets in the folder ``root`` (all when none is named) and judge them.

    The index in use is measured; conversations go to a store that is thrown away. Raises QuestionsError or
    CorpusError when questions or corpus cannot be read.
    """
    return ask_all(load_questions(sets, root), thresholds=thresholds, progress=progress)


def ask_all(
    questions: Sequence[Gold],
    *,
    thresholds: dict[str, Threshold] | None = None,
    progress: Progress = lambda done, of: None,
) -> Report:
    """Ask these questions and judge them, as ``run`` does."""
    with evaluation_house() as house:
        assistant = Assistant(house)
        assistant.ask(WARM_UP)
        judgements = []
        for done, question in enumerate(questions):
            progress(done, len(questions))
            judgements.append(judged(question, assistant, house))
        progress(len(questions), len(questions))
        return Report(
            judged_on=JUDGED_ON,
            setting=_setting(house),
            rows=rows(judgements),
            breakdowns=breakdowns(judgements),
            rates=rates(judgements),
            retrieval=retrieval(judgements),
            gates=gates(judgements, thresholds),
            matters=matters(judgements),
            questions=judgements,
            unknown_references=unknown_references(questions, house.corpus),
        )


@contextmanager
def evaluation_house(store: str | None = None) -> Iterator[House]:
    """The product as it is installed, on the day of the gold questions, with conversations that are forgotten, or kept
    in the database of the URL ``store``.

    Raises CorpusError, IndexMissing or StoreUnavailable where nothing could be measured.
    """
    house = open_house(today=lambda: JUDGED_ON, keep=False)
    if house.searcher is None:
        raise IndexMissing(house.why)
    with tempfile.TemporaryDirectory(prefix="tiaoli-eval-") as folder:
        house.store = Store(store or f"sqlite:///{Path(folder) / 'eval.db'}")
        try:
            yield house
        finally:
            house.store.close()


def judged(question: Gold, assistant: Asks, house: House) -> Judgement:
    """Ask one question and judge its last answer."""
    answer, times = converse(question, assistant)
    ranks, trace = ranking(question, answer, house), trace_of(answer, house)
    return judge(question, answer, ranks, times, listed(trace), citations(question, answer, house))


def citations(question: Gold, answer: Answer, house: House) -> Cited | None:
    """The counts of a policy answer's citations; None for other routes, whose sentences the rules make."""
    if answer.route != "policy" or not answer.citations:
        return None
    return cited(answer, house.library, question.as_of or JUDGED_ON, "\n".join(question.turns))


def converse(question: Gold, assistant: Asks) -> tuple[Answer, list[float]]:
    """The last answer and the milliseconds of every turn. The place is set once; then the thread keeps it."""
    times: list[float] = []
    thread: str | None = None
    for number, message in enumerate(question.turns):
        started = time.perf_counter()
        answer = assistant.ask(message, thread=thread, place=None if number else question.place, as_of=question.as_of)
        times.append(round((time.perf_counter() - started) * 1000, 2))
        thread = answer.thread
    return answer, times


def ranking(question: Gold, answer: Answer, house: House) -> list[list[str]]:
    """What search found, best first: the turn's own ranking, or a search for the last message where the turn made none.

    A topic leads to all clauses that it rests on.
    """
    if not question.groups:
        return []
    targets = _traced(answer, house, several=bool(question.parts))
    if targets is None and house.searcher is not None:
        text = question.turns[-1]
        asked = Question(text, question.place or DEFAULT_PLACE, question.as_of or JUDGED_ON, tuple(titles_in(text)))
        targets = [hit.target for hit in retrieve(asked, house.searcher, house.corpus, k=DEPTH).hits]
    return [_leads_to(target, house.corpus) for target in (targets or [])[:DEPTH]]


def trace_of(answer: Answer, house: House) -> list[dict[str, Any]]:
    """What the steps of the answered turn recorded; empty where it was not kept."""
    record = house.store.turn(answer.turn) if house.store and answer.turn else None
    return record.trace if record else []


def _traced(answer: Answer, house: House, *, several: bool) -> list[str] | None:
    """The targets of the turn's last search; where it asked ``several`` things, those of all searches rank by rank."""
    passages = [entry["hits"] for entry in trace_of(answer, house) if entry["step"] == "passages"]
    if not passages:
        return None
    searches = passages if several else passages[-1:]
    return list(dict.fromkeys(hit["target"] for rank in zip_longest(*searches) for hit in rank if hit))


def _leads_to(target: str, corpus: Corpus) -> list[str]:
    kind, _, name = target.partition(":")
    if kind == "topic":
        return corpus.topics[name].refs if name in corpus.topics else []
    return [] if kind == "gap" else [target]


def _setting(house: House) -> Setting:
    manifest = house.searcher.manifest if house.searcher else None
    return Setting(
        documents=sum(d.included for d in house.corpus.documents.values()),
        clauses=len(house.corpus.clauses),
        topics=len(house.corpus.topics),
        entries=len(manifest.entries) if manifest else 0,
        embedding=manifest.model if manifest else "",
        originals=sum(house.library.originals.text(ref) is not None for ref in house.corpus.clauses),
        model=str(getattr(house.model, "name", "有")) if house.model is not None else None,
    )
