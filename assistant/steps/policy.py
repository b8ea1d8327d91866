"""The flow for policy questions: retrieve, decide whether anything is near enough, compose, let a model word it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.policy.answerable import answerable, silent
from assistant.policy.compose import compose
from assistant.policy.retrieve import Question, retrieve
from assistant.policy.wording import word
from assistant.statuses import Stop
from corpus.places import chain
from indexing.search import Hit

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House


def policy(turn: Turn, house: House) -> None:
    """Sets ``turn.draft``. Stops with ``not_found`` where no clause is near enough."""
    house.refresh()
    if house.searcher is None:
        raise Stop("index_unavailable", why=house.why)
    question = Question(
        turn.question, turn.place, turn.as_of, tuple(turn.titles), turn.context, past=turn.as_of != turn.today
    )
    ranking = retrieve(question, house.searcher, house.corpus)
    hits = ranking.hits
    turn.log("passages", hits=[passage(h) for h in hits], sides=[h.target for h in ranking.sides])
    turn.memory.question, turn.memory.title = turn.question, turn.titles[0] if turn.titles else turn.memory.title
    verdict = answerable(question, ranking, house.corpus, degraded=house.searcher.degraded)
    turn.log("answerable", answer=verdict.yes, why=verdict.why)
    if not verdict.yes:
        nearest = verdict.nearest(house.library, turn.as_of)
        raise Stop(verdict.reason, nearest if verdict.reason == "nothing_near" else "", place=turn.place)
    if house.searcher.degraded:
        turn.notes.append("向量索引暂时用不了，这次只按字面检索。")
    turn.draft = compose(question, ranking, house.library)
    if turn.draft.reason == "answered" and silent(question, turn.draft):
        turn.draft.reason = "not_in_collection"
    _note_place(turn, house)
    if house.model is not None and turn.draft.reason == "answered":
        turn.draft = word(turn, house)


def passage(hit: Hit) -> dict[str, object]:
    """A hit for the trace: target, score and features."""
    features = {name: round(value, 3) for name, value in hit.features.items()}
    return {"target": hit.target, "score": round(hit.score, 3), **features}


def _note_place(turn: Turn, house: House) -> None:
    """Say so when the asked place has no document of its own."""
    covered = {d.place for d in house.corpus.documents.values() if d.included}
    missing = [p for p in chain(turn.place)[:-1] if p not in covered]
    if missing:
        wider = [p for p in chain(turn.place) if p in covered]
        turn.notes.append(f"没有收录{'、'.join(missing)}自己的文件，以上按{'和'.join(reversed(wider))}的规定。")
