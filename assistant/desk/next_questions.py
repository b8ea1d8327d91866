"""What to ask the caller next, in the checker's own order (``assistant.criteria.ask``), in words to say on the telephone."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel

from assistant.answer import Missing, Verdict
from assistant.desk.caller import TITLES, Told
from corpus.facts_models import load_dictionary, split_key

BRACKETS = re.compile(r"（([^（）]*)）")
UNSURE = "不清楚"
MOST_CHOICES = 8
TRACKS = ["首次申报", "到期复核"]
Kind = Literal["title", "clash", "unclear", "choice", "yes_no", "figure"]


class NextQuestion(BaseModel):
    """``say`` is what to say, ``hint`` what to explain when asked back; ``why`` names the clauses that need the answer.
    ``fact`` is the key that the answer fills (``title``, ``track``, ``clash`` and ``unread`` are none); ``answers`` are
    the usual ones, to be pressed."""

    fact: str
    kind: Kind
    say: str
    hint: str = ""
    why: list[str] = []
    answers: list[str] = []


def next_questions(told: Told, verdict: Verdict | None) -> list[NextQuestion]:
    """Every open question, the one to put now first: what contradicts, then what the checker misses. Without a verdict the
    only question is which title the caller is after. Empty when the verdict is settled."""
    if verdict is None:
        say = "请问您想申报哪个称号，还是想查政策？"
        return [NextQuestion(fact="title", kind="title", say=say, answers=TITLES)]
    if verdict.outcome in ("eligible", "not_eligible"):
        return []
    clashes = [NextQuestion(fact="clash", kind="clash", say=f"有一处要先核对：{one}") for one in verdict.conflicts]
    return [*clashes, *(_question(one, verdict) for one in verdict.missing)]


def _question(missing: Missing, verdict: Verdict) -> NextQuestion:
    labels = {c.id: c.clause for c in verdict.criteria}
    why = list(dict.fromkeys(labels[i] for i in missing.criteria if i in labels))
    say, hint = spoken(missing.question)
    kind, answers = _kind(missing.fact)
    return NextQuestion(fact=missing.fact, kind=kind, say=say, hint=hint, why=why, answers=answers)


def spoken(question: str) -> tuple[str, str]:
    """A written question as one says it, and what stood in brackets: nobody speaks brackets.

    >>> spoken("2025年末（或全年平均）从业人员有多少人？")
    ('请问2025年末从业人员有多少人？', '或全年平均')
    """
    hint = "；".join(BRACKETS.findall(question))
    return f"请问{BRACKETS.sub('', question).removeprefix('请问')}", hint


def _kind(fact: str) -> tuple[Kind, list[str]]:
    if fact == "track":
        return "choice", TRACKS
    if fact == "unread":
        return "unclear", []
    known = load_dictionary()
    name = split_key(fact)[0]
    if name not in known:
        return "figure", [UNSURE]
    entry = known[name]
    if entry.type == "flag":
        return "yes_no", ["是", "不是", UNSURE]
    if entry.type == "choice" and len(entry.choices) <= MOST_CHOICES:
        return "choice", [*(entry.choice_labels.get(c, c) for c in entry.choices), UNSURE]
    return "figure", [UNSURE]
