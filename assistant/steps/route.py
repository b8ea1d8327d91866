"""Step 3: which flow answers. The table is assistant/understanding/routes.yaml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.answer import Route
from assistant.facts.values import Value
from assistant.statuses import Stop
from assistant.steps.duties import ABOUT as DUTIES
from assistant.understanding.followup import is_variant
from assistant.understanding.routing import Routed, of_own, route
from assistant.understanding.titles import titles_in
from assistant.understanding.where import place_at
from corpus.criteria_models import load_standards
from corpus.facts_models import load_dictionary

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

WON_OR_ENDS = r"认定|评|公告|公布|拿|获|取得|入库|到期|有效期|期满|认的"
APPLIED = re.compile(
    r"(20\d\d)[)）]?年?度?(?:那[年次批会]|当年|当时|来|要|去|想|[\u4e00-\u9fff]{2,4}(?:省|市|自治区)级?|[省市]里?级?){0,3}"
    r"(?:的?那[次批轮]|申报|申请|报(?!告|表)|评(?!上|的|为|价|分|得|审))"
)
YEAR = re.compile(r"(20\d\d)[)）]?年?度?(?:的|那年|当年|在)?")
ROUND = re.compile(r"(?:省|市)?里?级?的?(?:那[次批轮年]|认定|评(?!上|的|为)|申报|推荐|遴选|组织|专精特新|小巨人)")
PRESENT = re.compile(r"今年|现在|目前|明年|这次|复核|到期|还有效")
SHORT_DATE = 40
DEFINED = {fact: entry.definition or "" for fact, entry in load_dictionary().entries.items()}
BENEFITS = {fact for fact, entry in load_dictionary().entries.items() if "zjtx-measures" in (entry.definition or "")}
ASKS = re.compile(r"[?？吗]|能不能|能否|可不可以|行不行|怎么|什么|多少")
ANOTHER = re.compile(r"怎么|如何|流程|材料|什么时候|几号|哪里|哪个|在哪|找谁|是什么|什么是|条款")
CONTINUES = {"check_answer", "check_facts", "check_only_told", "check_self_answered", "check_words"}
"""Rows by which a message goes on with what is under way: in the middle of a check-up, the check-up."""
BY_ACT: dict[str, Route] = {
    "agree": "handoff", "courtesy": "about", "leave": "about", "resume": "eligibility", "source": "policy", "why": "policy", "detail": "policy",
    "doubt": "policy",
}  # fmt: skip
"""Acts that say by themselves which flow answers."""
OF_RIGHTS = "#annex_3__item_7"
"""How property rights are counted."""
RANKED, COUNTED = {"market_rank", "ip_transferred_in"}, {"market_rank", "ip_transferred_in", "class_1_ip"}
"""What a variant of the way of counting may be taken to tell, and what else beside it."""
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
    of_rules = (turn.part and turn.of_rules) or tells_of_last(turn) or varies_last(turn) or of_earlier_round(turn)
    if turn.route == "eligibility" and of_rules:
        turn.route = "policy"
    if turn.route == "policy" and names_a_date(turn):
        turn.route = "duties"
    turn.continues = memory.checking and (routed.rule in CONTINUES or (routed.rule == "check_rest" and not turn.titles))
    if turn.route in ("checkup", "eligibility"):
        memory.checkup = turn.route == "checkup"
        memory.checking = not memory.checkup
    if routed.rule == "standard_then_now":  # what sufficed in those days is told of no company
        memory.told = {}
    else:
        pass_on(turn)
    turn.log("routed", route=turn.route, rule=routed.rule, reason=routed.reason)
    if routed.reason:
        raise Stop(routed.reason)


def pass_on(turn: Turn) -> None:
    """What a policy question tells of the company counts in a pre-check or check-up that follows at once, and so does
    whether it is the first application or a review."""
    memory, said = turn.memory, turn.extraction
    before, memory.told = memory.told, {}
    if turn.route in ("checkup", "eligibility"):
        for fact, told in before.items():
            value = Value.model_validate(told)
            if fact not in turn.facts or value.state == "uncertain":  # a later doubt takes back what was told before
                turn.facts[fact] = value
    elif turn.route == "policy" and said.statements and turn.titles and of_own(turn.text):
        memory.told = {s.key: s.value.model_dump(mode="json") for s in said.statements}
        memory.track = said.track or memory.track


def of_earlier_round(turn: Turn) -> bool:
    """Whether the message asks about applying in a year for which no standard of the title can be checked: the documents of
    that time answer it."""
    of = turn.titles[:1] or ["专精特新", "小巨人"]
    starts = [s.in_force.from_ for s in load_standards() if s.title in of]
    years = {int(m[1]) for m in APPLIED.finditer(turn.text)} | _of_a_place(turn.text)
    return bool(years and starts) and all(start is not None and max(years) < start.year for start in starts)


def _of_a_place(text: str) -> set[int]:
    """The years of rounds that a place held: 2021年河南认定专精特新."""
    if PRESENT.search(text):
        return set()
    named = ((m, place_at(text, m.end())) for m in YEAR.finditer(text))
    return {int(m[1]) for m, end in named if end and ROUND.match(text, end)}


def names_a_date(turn: Turn) -> bool:
    """Whether a short message goes on with the list of duties: a date of a title, or its correction."""
    dated = re.search(r"\d{1,2}月|20\d\d年|去年|前年|今年|明年", turn.text) and re.search(WON_OR_ENDS, turn.text)
    asks = re.search(r"[?？吗]|什么|哪|多少|怎么|要不要|能不能", turn.text)
    return turn.memory.question == DUTIES and bool(dated) and not asks and len(turn.text) <= SHORT_DATE


def tells_of_last(turn: Turn) -> bool:
    """Whether a statement without figures is a circumstance of the rule just asked about: it tells what an article cited
    in the last answer looks at, names no title, and no pre-check is under way."""
    memory, said = turn.memory, turn.extraction
    if memory.checking or memory.checkup or not memory.matters or titles_in(turn.text) or said.rest_affirmed:
        return False
    if any(s.value.lo is not None or s.value.hi is not None for s in said.statements) or ASKS.search(turn.text):
        return False
    told = {DEFINED.get(s.key.partition("@")[0], "") for s in said.statements}
    return any("#art_" in ref and ref in memory.matters[-1].refs for ref in told)


def varies_last(turn: Turn) -> bool:
    """Whether a message puts a variant of the way in which rights are counted, just asked about: ranks, transfers. It names
    no title, tells nothing else, and no pre-check is under way."""
    memory, said = turn.memory, turn.extraction
    if memory.checking or memory.checkup or not memory.matters or titles_in(turn.text) or said.rest_affirmed:
        return False
    if not is_variant(turn.text) or not any(OF_RIGHTS in ref for ref in memory.matters[-1].refs):
        return False
    told = {s.key.partition("@")[0] for s in said.statements}
    return bool(told & RANKED) and told <= COUNTED


def goes_on(turn: Turn, routed: Routed) -> bool:
    """Whether a message belongs to the check-up under way: an answer, or something that a benefit looks at (a loan, a
    contract), even where it asks how much there is for it."""
    said = {statement.key.partition("@")[0] for statement in turn.extraction.statements}
    tells = routed.route == "policy" and bool(said & BENEFITS) and not ANOTHER.search(turn.text)
    return routed.rule in CONTINUES or tells
