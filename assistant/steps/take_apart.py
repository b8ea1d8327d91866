"""Several questions in one message: each is answered by itself, in its order, and the answers are joined.

A message is taken apart only where that is plain. Where a word announces each question the cut stands; where only its
form says so, it is taken back when a part finds nothing or all parts rest on the clauses of the first; where no more
than a comma does, also when two parts rest on the same clauses.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.facts.extract import extract
from assistant.facts.values import Extraction
from assistant.steps.answering import ANSWERING
from assistant.steps.finish import complete
from assistant.steps.join import join
from assistant.steps.remember import remember
from assistant.steps.run import run
from assistant.understanding.honest import DROPPED, honest_part
from assistant.understanding.papers import frame_of
from assistant.understanding.parts import Part, announced_only, parts, sentences_only
from assistant.understanding.routing import Routed, route
from assistant.understanding.titles import titles_in

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

ATTACKS = ("declined_secrets", "declined_injection")


def take_apart(turn: Turn, house: House) -> None:
    """Sets ``turn.answer`` where the message holds several questions; else leaves the turn as it is."""
    _drop_attack(turn)
    found = parts(turn.text)
    if len(found) < 2:
        return
    for cut in _cuts(found, turn):
        answered = [turn]
        for number, part in enumerate(cut, 1):
            answered.append(_answered(part, number, answered[-1], turn, house))
        done = answered[1:]
        if _holds(cut, done):
            turn.log("taken_apart", parts=[part.text for part in cut])
            join(turn, done)
            return


def _drop_attack(turn: Turn) -> None:
    """Leave only the policy question of a message that also tries to change the assistant or to get at its insides."""
    if (
        route(turn.text, extraction=Extraction()).reason not in ATTACKS
        or _routed(turn.text, turn).reason not in ATTACKS
    ):
        return  # what a message tells of a company is only looked for in one that may be an attack
    honest = honest_part(turn.text, lambda text: _routed(text, turn).route == "declined")
    if honest and _routed(honest, turn).route == "policy":
        turn.log("attack_dropped")
        turn.text = honest
        turn.notes.append(DROPPED)


def _cuts(found: list[Part], turn: Turn) -> list[list[Part]]:
    """The ways to take the message apart, the finer one first; none where it belongs together: what is said of a company
    stays in one piece, and a message that is declined is declined as a whole."""
    if _route(turn.text, turn) == "declined":
        return []
    announced = announced_only(found)
    tells = _tells(_extraction(turn.text, turn))
    checks = any(titles_in(part.text) and _route(part.text, turn) == "eligibility" for part in found)
    turn.of_rules = tells and not checks and not turn.memory.checking and _route(turn.text, turn) == "policy"
    if turn.memory.checking or (tells and not turn.of_rules):
        announced = _facts_together(announced, turn)
        return [announced] if len(announced) > 1 else []
    ways: list[list[Part]] = []
    for cut in (found, sentences_only(found), announced):
        if len(cut) > 1 and cut not in ways:
            ways.append(cut)
    return ways


def _routed(text: str, turn: Turn) -> Routed:
    return route(text, extraction=_extraction(text, turn), in_check=False, titles=titles_in(text))


def _route(text: str, turn: Turn) -> str:
    return _routed(text, turn).route


def _extraction(text: str, turn: Turn) -> Extraction:
    return extract(text, as_of=turn.as_of, title=turn.memory.title, place=turn.place)


def _tells(extraction: Extraction) -> bool:
    """Whether a text says something of a company besides the titles that it holds and where it is registered."""
    said = {s.key for s in extraction.statements if not s.key.startswith(("holds_", "place_registered_sh"))}
    return bool(said) or extraction.rest_affirmed is not None


def _facts_together(found: list[Part], turn: Turn) -> list[Part]:
    """The parts with everything up to the last one that tells of the company in one piece."""
    last = max((n for n, part in enumerate(found) if _tells(_extraction(part.text, turn))), default=0)
    first = Part("".join(part.text for part in found[: last + 1]))
    return [first, *found[last + 1 :]]


def _answered(part: Part, number: int, before: Turn, whole: Turn, house: House) -> Turn:
    """A turn of its own for one part, with what the part before left behind."""
    named = titles_in(whole.text)
    turn = replace(
        before if number > 1 else whole,
        text=part.text, part=number, subject=named[0] if len(named) == 1 else None,
        frame=frame_of(whole.text) if number > 1 else "", memory=before.memory.model_copy(deep=True), facts=deepcopy(before.facts), emit=None,
        trace=[], notes=[], masked=[], understood=[], evidence={}, draft=None, verdict=None, answer=None, act=None,
        route="policy", continues=False,
    )  # fmt: skip
    run(turn, house, ANSWERING)
    turn.answer = complete(turn)
    remember(turn)
    return turn


def _holds(cut: list[Part], done: list[Turn]) -> bool:
    """Whether the parts were questions of their own."""
    answers = [turn.answer for turn in done if turn.answer]
    concluded = [
        {r for s in turn.draft.sentences if s.part == "conclusion" for r in s.refs} if turn.draft else set()
        for turn in done
    ]
    same = all(refs and refs == concluded[0] for refs in concluded)
    if same or all(answer.status not in ("answered", "needs_info") for answer in answers):
        return False
    if all(part.announced for part in cut):
        return True
    if any(part.paused and concluded[n] in concluded[:n] for n, part in enumerate(cut)):
        return False
    first = {r for s in done[0].draft.sentences for r in s.refs} if done[0].draft else set()
    return all(answer.status == "answered" for answer in answers) and not all(refs <= first for refs in concluded)
