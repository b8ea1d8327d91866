"""Step 3: which flow answers. The table is assistant/understanding/routes.yaml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.answer import Route
from assistant.statuses import Stop
from assistant.steps.duties import ABOUT as DUTIES
from assistant.understanding.routing import Routed, route
from corpus.facts_models import load_dictionary

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

WON_OR_ENDS = r"认定|评|公告|公布|拿|获|取得|入库|到期|有效期|期满|认的"
SHORT_DATE = 40
BENEFITS = {fact for fact, entry in load_dictionary().entries.items() if "zjtx-measures" in (entry.definition or "")}
ANOTHER = re.compile(r"怎么|如何|流程|材料|什么时候|几号|哪里|哪个|在哪|找谁|是什么|什么是|条款")
CONTINUES = {"check_answer", "check_facts", "check_self_answered", "check_words"}
"""Rows by which a message goes on with what is under way: in the middle of a check-up, the check-up."""
BY_ACT: dict[str, Route] = {
    "courtesy": "about", "leave": "about", "resume": "eligibility", "source": "policy", "why": "policy", "detail": "policy",
}  # fmt: skip
"""Acts that say by themselves which flow answers."""
FORGOTTEN = 2
"""After so many turns of something else, a bare word is no answer to the pre-check any more; facts still are."""


def choose_route(turn: Turn, house: House) -> None:
    """Sets ``turn.route``. Stops what is declined or out of scope."""
    memory = turn.memory
    if turn.act is not None and turn.act.kind in BY_ACT:
        turn.route = BY_ACT[turn.act.kind]
        turn.continues = turn.act.kind == "resume"
        turn.log("routed", route=turn.route, rule=f"act_{turn.act.kind}", reason=None)
        return
    under_way = memory.checking or memory.checkup
    if memory.aside >= FORGOTTEN and not turn.extraction.statements:
        under_way = False
    routed = route(turn.text, extraction=turn.extraction, in_check=under_way, titles=turn.titles)
    turn.route = "checkup" if memory.checkup and goes_on(turn, routed) else routed.route
    if turn.route == "policy" and names_a_date(turn):
        turn.route = "duties"
    turn.continues = memory.checking and (routed.rule in CONTINUES or (routed.rule == "check_rest" and not turn.titles))
    if turn.route in ("checkup", "eligibility"):
        memory.checkup = turn.route == "checkup"
        memory.checking = not memory.checkup
    turn.log("routed", route=turn.route, rule=routed.rule, reason=routed.reason)
    if routed.reason:
        raise Stop(routed.reason)


def names_a_date(turn: Turn) -> bool:
    """Whether a short message goes on with the list of duties: a date of a title, or its correction."""
    dated = re.search(r"\d{1,2}月|20\d\d年|去年|前年|今年|明年", turn.text) and re.search(WON_OR_ENDS, turn.text)
    asks = re.search(r"[?？吗]|什么|哪|多少|怎么|要不要|能不能", turn.text)
    return turn.memory.question == DUTIES and bool(dated) and not asks and len(turn.text) <= SHORT_DATE


def goes_on(turn: Turn, routed: Routed) -> bool:
    """Whether a message belongs to the check-up under way: an answer, or something that a benefit looks at (a loan, a
    contract), even where it asks how much there is for it."""
    said = {statement.key.partition("@")[0] for statement in turn.extraction.statements}
    tells = routed.route == "policy" and bool(said & BENEFITS) and not ANOTHER.search(turn.text)
    return routed.rule in CONTINUES or tells
