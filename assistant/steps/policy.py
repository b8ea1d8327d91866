"""The flow for policy questions: retrieve, decide whether anything is near enough, compose, let a model word it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.desk.curated_answer import curated_draft
from assistant.policy.answerable import Answerable, answerable, silent
from assistant.policy.beside import beside
from assistant.policy.compose import compose
from assistant.policy.of_last import first_of_matter, of_last, rests_on
from assistant.policy.question import Question
from assistant.policy.retrieve import Ranking, retrieve
from assistant.policy.wording import word
from assistant.statuses import Stop
from assistant.understanding.between_places import places_compared
from assistant.understanding.titles import titles_in
from corpus.places import chain
from indexing.search import Hit, Searcher

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House
    from assistant.policy.draft import Draft
    from assistant.policy.evidence import Evidence


def policy(turn: Turn, house: House) -> None:
    """Sets ``turn.draft``. Stops with ``not_found`` where no clause is near enough."""
    house.refresh()
    if house.searcher is None:
        raise Stop("index_unavailable", why=house.why)
    question = Question(
        turn.question, turn.place, turn.as_of, tuple(turn.titles), turn.context, past=turn.as_of != turn.today,
        alone=turn.memory.question is None or bool(turn.titles),
    )  # fmt: skip
    before = turn.memory.question
    turn.memory.question = turn.matter or turn.question
    asked = turn.extraction.title  # 创新型有的，想弄专精特新: the title that is held is not the one asked about
    turn.memory.title = asked if asked in turn.titles else turn.titles[0] if turn.titles else turn.memory.title
    if (curated := curated_draft(question, house.searcher, house)) is not None:
        turn.draft, by = curated
        turn.log("curated", answer=by)
        _note_place(turn, house)
        return
    if (table := _side_by_side(question, house.searcher, turn, house)) is not None:
        turn.draft = table
        return
    ranking, verdict = _found(question, house.searcher, turn, house)
    if not verdict.yes and turn.context and turn.question != turn.text:  # the thread's title may not belong to it
        alone = replace(question, text=turn.text, titles=tuple(titles_in(turn.text)))
        again, better = _found(alone, house.searcher, turn, house)
        if better.yes:
            question, ranking, verdict = alone, again, better
    if not verdict.yes and before and of_last(turn.text, turn.memory.cited, house.corpus):
        begun = first_of_matter(before, turn.memory.matters)
        joined = replace(question, text=f"{begun} {turn.text}", titles=tuple(titles_in(begun)), context="")
        again, better = _found(joined, house.searcher, turn, house)
        if better.yes and rests_on(again.hits[0].target, turn.memory.cited, house.corpus):
            question, ranking, verdict = joined, again, better
            turn.memory.question = before
    if not verdict.yes:
        nearest = verdict.nearest(house.library, turn.as_of)
        raise Stop(verdict.reason, nearest if verdict.reason == "nothing_near" else "", place=turn.place)
    if house.searcher.degraded:
        turn.notes.append("向量索引暂时用不了，这次只按字面检索。")
    turn.draft = compose(question, ranking, house.library)
    if turn.draft.reason == "answered" and silent(question, turn.draft):
        turn.draft.reason = "not_in_collection"
    _note_place(turn, house)
    _note_title(turn, house)
    if house.model is not None and not turn.part and turn.draft.reason == "answered":
        turn.draft = word(turn, house)


def _side_by_side(question: Question, searcher: Searcher, turn: Turn, house: House) -> Draft | None:
    """The table of the places that the question compares, where the collection has something of two of them."""
    places = places_compared(question.text)
    table = beside(question, places, searcher, house.library) if places else None
    if table is not None:
        refs = dict.fromkeys(ref for row in table.rows[1:] for ref in row.refs)
        turn.log("passages", hits=[{"target": ref, "score": 1.0} for ref in refs], sides=places)
    return table


def _found(question: Question, searcher: Searcher, turn: Turn, house: House) -> tuple[Ranking, Answerable]:
    """What search finds, and whether it answers; both go into the trace."""
    ranking = retrieve(question, searcher, house.corpus)
    turn.log("passages", hits=[passage(h) for h in ranking.hits], sides=[h.target for h in ranking.sides])
    verdict = answerable(question, ranking, house.corpus, degraded=searcher.degraded)
    turn.log("answerable", answer=verdict.yes, why=verdict.why)
    return ranking, verdict


def passage(hit: Hit) -> dict[str, object]:
    """A hit for the trace: target, score and features."""
    features = {name: round(value, 3) for name, value in hit.features.items()}
    return {"target": hit.target, "score": round(hit.score, 3), **features}


def _note_title(turn: Turn, house: House) -> None:
    """Say which title was assumed where none was named and the answer is that of one alone."""
    if turn.titles or turn.draft is None:
        return
    concluded = _concluded(turn, house)
    about = {e.document.titles.get(e.clause.eid.partition("__")[0]) for e in concluded}
    title = about.pop() if len(about) == 1 else None
    others = [t for t in concluded[0].document.titles.values() if t != title] if title else []
    if others:
        turn.notes.append(f"您没有说哪个称号，这里按{title}答；要看{others[0]}，说一声“{others[0]}呢”。")


def _concluded(turn: Turn, house: House) -> list[Evidence]:
    refs = dict.fromkeys(r for s in turn.draft.part("conclusion") for r in s.refs) if turn.draft else {}
    return [e for r in refs if (e := house.library.evidence(r, turn.as_of))]


def _note_place(turn: Turn, house: House) -> None:
    """Say so when the asked place has no document of its own that is in force."""
    now, then = house.corpus.places_now, house.corpus.places_then
    here = chain(turn.place)[:-1]
    missing = [p for p in here if p not in now]
    if not missing:
        return
    of_here = {e.document.place for e in _cited(turn, house)} & set(here)
    kept = [p for p in missing if p in then]
    if kept and of_here & set(kept):
        turn.notes.append(f"{'、'.join(kept)}收录的只有历史文件，现行的地方规定没有收录，请向当地主管部门核实。")
    else:
        wider = [p for p in chain(turn.place) if p in now]
        turn.notes.append(f"没有收录{'、'.join(missing)}自己的现行文件，以上按{'和'.join(reversed(wider))}的规定。")


def _cited(turn: Turn, house: House) -> list[Evidence]:
    refs = dict.fromkeys(r for s in turn.draft.sentences for r in s.refs) if turn.draft else {}
    return [e for r in refs if (e := house.library.evidence(r, turn.as_of))]
