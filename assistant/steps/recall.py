"""What the message does within its thread: takes a choice, puts a pre-check aside or takes it up again, asks about the
last answer, takes something back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.acts import LAST, Act, act_of
from assistant.understanding.ask_back import chosen
from assistant.understanding.followup import content
from assistant.understanding.parts import names_matter
from assistant.understanding.titles import titles_in
from assistant.understanding.where import without_places
from corpus.support import figures, unsupported
from indexing.grams import bigrams

if TYPE_CHECKING:
    from assistant.conversation import Memory, Turn
    from assistant.house import House
    from assistant.understanding.matters import Matter

RETOLD = ("source", "why", "detail")
"""Acts that speak of the last answer and are answered from its clauses."""
OWN = re.compile("我|咱|俺|本公司|本厂")
SAME_FIGURE = 3
"""A figure that returns counts as much as so many pairs of characters."""


def recall(turn: Turn, house: House) -> None:
    """Sets ``turn.act``; changes ``turn.text`` to what is left to answer, and in the thread's memory whether a
    pre-check is under way."""
    memory = turn.memory
    if memory.choices and (choice := chosen(turn.text, memory.choices)):
        turn.log("chosen", choice=choice)
        turn.text = choice
    act = act_of(turn.text, under_way=memory.checking or memory.checkup, offered=memory.offered is not None)
    if act is not None and act.kind == "leave":
        memory.checking = memory.checkup = False
        if act.rest:
            turn.text = act.rest
            act = act_of(act.rest)
    turn.act = act if act is None or _possible(act, memory) else None
    turn.wish, memory.offered = memory.offered or "", None
    if turn.act is not None:
        turn.log("act", kind=turn.act.kind)
        _carry_out(turn, turn.act, house)


def _possible(act: Act, memory: Memory) -> bool:
    """Whether the thread holds what the message speaks of."""
    if act.kind == "resume":
        return memory.checking or memory.check_title is not None
    if act.kind in ("correct", "more"):
        return memory.question is not None
    if act.kind == "doubt":
        return _of_last(act.rest, memory)
    if act.kind == "return":  # "回到上海呢" puts the same question for another place
        return bool(memory.matters) and bool(content(without_places(act.rest)))
    if act.kind == "detail" and act.number is not None:
        return bool(memory.points) and act.number <= len(memory.points)
    return act.kind not in RETOLD or bool(memory.cited)


def _of_last(heard: str, memory: Memory) -> bool:
    """Whether what somebody heard is about the last answer: it names no other title and no other matter, and tells nothing
    of the asker's own company."""
    if not memory.matters or memory.matters[-1].question != memory.question or OWN.search(heard):
        return False
    last = memory.matters[-1]
    other = set(titles_in(heard)) - {*titles_in(last.question), last.title}
    return not other and (not names_matter(heard) or bool(bigrams(heard) & bigrams(last.question)))


def _carry_out(turn: Turn, act: Act, house: House) -> None:
    memory = turn.memory
    if act.kind == "resume" or (act.kind == "why" and memory.checking and not memory.aside):
        turn.act = Act("resume", act.rest)
        memory.checking, turn.text = True, act.rest
    elif act.kind == "doubt":
        turn.notes.append(looked_again(act.rest, memory, house))
    elif act.kind == "return" and (matter := matter_meant(act.rest, memory, house)):
        memory.question, memory.title = matter.question, matter.title


def looked_again(heard: str, memory: Memory, house: House) -> str:
    """What to say of a figure that was heard elsewhere, beside the same answer once more."""
    clauses = house.corpus.clauses
    other = unsupported(heard, [clauses[ref].digest for ref in memory.cited if ref in clauses])
    if not other:
        return "又核对了一遍收录的文件，还是这样写的。"
    named = "、".join(f"“{q.text}”" for q in other)
    return (
        f"又核对了一遍：引用的条款里没有{named}这个说法，以条款写的为准。要是另有文件这样写，请把文件名或文号告诉我。"
    )


def matter_meant(rest: str, memory: Memory, house: House) -> Matter | None:
    """The earlier matter that shares most with ``rest``: words of its question and of its clauses, and figures. The
    later one of two that share the same."""
    wanted, sums = bigrams(rest), {q.value for q in figures(rest)}

    def shared(matter: Matter) -> tuple[int, int]:
        said = " ".join(house.corpus.clauses[ref].digest for ref in matter.refs if ref in house.corpus.clauses)
        same = {q.value for q in figures(said)} & sums
        return len(wanted & bigrams(matter.question)) + SAME_FIGURE * len(same), len(wanted & bigrams(said))

    best = max(reversed(memory.matters), key=shared, default=None)
    return best if best and shared(best) > (0, 0) else None


def points_meant(act: Act, memory: Memory) -> list[str]:
    """The clauses of the point that a message names, or of the whole last answer."""
    if act.number is None:
        return memory.cited
    return memory.points[LAST if act.number == LAST else act.number - 1]
