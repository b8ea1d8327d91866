"""Two hundred scripted exchanges: a way to misbehave × a gold question, over HTTP, streamed through ``Assistant.ask``.

Whatever the model does: no figure and no citation that the clauses do not back, no instruction, key or invention shown, an
answer within the limit, never empty, and the streamed text is the answer.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from misbehaviours import KEY, MISBEHAVIOURS, NEVER, PROMPT, Misbehaviour
from model_server import Server, serving, url

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.house import House
from assistant.llm import ChatModel, Settings
from assistant.policy.evidence import Library
from assistant.store import Store
from corpus.support import unsupported
from eval.questions_model import load_questions

EXCHANGES = 200
QUESTIONS = 40
AT_ONCE = 8
LIMIT, FIRST = 3.0, 2.5
SLOW = 10
"""What a busy machine may add: seconds. Servers that hang here hang for twenty, or for ever."""
SHOWN = Path(__file__).parents[1] / "artifacts" / "model-exchanges.md"
SENTENCE = re.compile(r"([^。！？\n]+[。！？]?)((?:\[\d+\])+)")


@dataclass
class Outcome:
    """One exchange as it went."""

    misbehaviour: Misbehaviour
    answer: Answer
    streamed: str
    seconds: float
    worded: dict[str, object]
    wrong: list[str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    kept = Store(f"sqlite:///{tmp_path_factory.mktemp('exchanges') / 'turns.db'}")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def questions(house: House) -> list[tuple[str, str | None, Answer]]:
    """Gold questions that are answered from clauses, with their place and what is answered without a model. Several
    questions in one message are answered without a model."""
    silent = Assistant(replace(house, store=None, model=None))
    gold = [q for q in load_questions() if q.route == "policy" and len(q.turns) == 1 and not q.parts]
    random.Random(20261121).shuffle(gold)
    found = []
    for q in gold:
        answer = silent.ask(q.turns[0], place=q.place)
        in_parts = answer.answer.startswith("**1. ")
        if answer.reason == "answered" and answer.route == "policy" and answer.citations and not in_parts:
            found.append((q.turns[0], q.place, answer))
        if len(found) == QUESTIONS:
            return found
    raise AssertionError("too few gold questions are answered")


@pytest.fixture(scope="module")
def outcomes(
    house: House, server: Server, store: Store, questions: list[tuple[str, str | None, Answer]]
) -> list[Outcome]:
    """All exchanges, several at once."""
    rng = random.Random(5)
    plan = [(n, MISBEHAVIOURS[n % len(MISBEHAVIOURS)], rng.choice(questions)) for n in range(EXCHANGES)]

    def exchange(planned: tuple[int, Misbehaviour, tuple[str, str | None, Answer]]) -> Outcome:
        number, misbehaviour, (question, place, composed) = planned
        name = f"model-{number}"
        server.by_model[name] = misbehaviour.behaviour
        mode = "json" if "JSON" in misbehaviour.name or "schema" in misbehaviour.name else "tokens"
        settings = Settings(url(server), name, KEY, mode=mode, limit=LIMIT, first=FIRST, connect=1.0, retries=1)
        own = Assistant(replace(house, store=store, model=ChatModel(settings)))
        pieces: list[str] = []
        began = time.monotonic()
        answer = own.ask(question, place=place, emit=pieces.append)
        seconds = time.monotonic() - began
        worded = [entry for entry in own.trace(answer) if entry["step"] == "worded"]
        outcome = Outcome(misbehaviour, answer, "".join(pieces), seconds, worded[0] if worded else {}, [])
        outcome.wrong = faults(outcome, composed, [*misbehaviour.never, *NEVER.get(name, ())], house.library)
        return outcome

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(exchange, plan))
    SHOWN.parent.mkdir(exist_ok=True)
    SHOWN.write_text(table(done), "utf-8")
    print(table(done))
    return done


def faults(outcome: Outcome, composed: Answer, never: list[str], library: Library) -> list[str]:
    """What is wrong with an answer; the composed one is what it may fall back on."""
    answer, shown = outcome.answer, outcome.answer.answer + "".join(outcome.answer.notes)
    bare = composed.answer + "".join(composed.notes) + "".join(c.text for c in composed.citations)
    found = [f"shows {text!r}" for text in [*never, KEY, *PROMPT] if text in shown and text not in bare]
    if outcome.streamed != answer.answer:
        found.append("streamed text differs from the answer")
    if not answer.answer.strip() or answer.status != composed.status:
        found.append(f"empty or of another status: {answer.status}")
    if outcome.seconds > LIMIT + SLOW:
        found.append(f"took {outcome.seconds:.0f} s")
    if not outcome.worded:
        found.append("the model was not asked")
    handed = {c.ref for c in composed.citations}
    found += [f"cites {c.ref}, which was not handed out" for c in answer.citations if c.ref not in handed]
    texts = {}
    for cited in answer.citations:
        evidence = library.evidence(cited.ref, date.fromisoformat(answer.as_of))
        texts[cited.n] = evidence.text if evidence else ""
    for sentence, marks in SENTENCE.findall(answer.answer):
        own = [texts.get(int(n), "") for n in re.findall(r"\d+", marks)]
        found += [f"{q.text} is in no clause that is cited for it" for q in unsupported(sentence, own)]
    if answer.model is None and answer.answer != composed.answer:
        found.append("neither the model's answer nor the composed one")
    return found


def table(outcomes: list[Outcome]) -> str:
    """The summary, a row for each way to misbehave."""
    head = "| behaviour | exchanges | worded by the model | sentences kept | dropped | longest s | wrong |\n|---|--:|--:|--:|--:|--:|--:|\n"
    rows = []
    for one in MISBEHAVIOURS:
        own = [o for o in outcomes if o.misbehaviour is one]
        kept = sum(int(str(o.worded.get("kept", 0))) for o in own)
        dropped = sum(len(o.worded.get("dropped", [])) for o in own)  # type: ignore[arg-type]
        by_model = sum(o.answer.model is not None for o in own)
        longest = max((o.seconds for o in own), default=0.0)
        wrong = sum(bool(o.wrong) for o in own)
        rows.append(f"| {one.name} | {len(own)} | {by_model} | {kept} | {dropped} | {longest:.1f} | {wrong} |")
    wrong = sum(bool(o.wrong) for o in outcomes)
    return f"{head}" + "\n".join(rows) + f"\n\n{len(outcomes)} exchanges, {wrong} with something wrong.\n"


def test_nothing_wrong_is_shown_in_any_exchange(outcomes: list[Outcome]) -> None:
    wrong = [f"{o.misbehaviour.name}: {w}\n{o.answer.answer}" for o in outcomes for w in o.wrong]
    assert len(outcomes) == EXCHANGES
    assert wrong == []


def test_what_is_honest_comes_through(outcomes: list[Outcome]) -> None:
    """Checks that drop everything would pass the test above."""
    honest = [o for o in outcomes if o.misbehaviour.honest]
    through = [o for o in honest if o.answer.model is not None]
    assert len(through) >= 0.9 * len(honest), [o.misbehaviour.name for o in honest if o.answer.model is None]


def test_the_key_goes_nowhere_else(outcomes: list[Outcome], server: Server) -> None:
    assert server.strayed == []
    assert all(KEY not in str(request) for request in server.requests)


def test_every_exchange_leaves_its_figures_in_the_trace(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert {"kept", "dropped", "first_ms", "total_ms", "retries", "prompt_tokens", "counted"} <= set(outcome.worded)
        assert float(str(outcome.worded["total_ms"])) > 0
        assert KEY not in str(outcome.worded["model"])
    retried = [o for o in outcomes if o.misbehaviour.name in ("429 once", "503 once") and o.answer.model]
    assert retried
    assert all(o.worded["retries"] == 1 for o in retried)
