"""The flow for handing a conversation over to a specialist: say what will be passed on and ask; on a clear yes, do it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.errors import StoreUnavailable
from assistant.facts.describe import label, words_of
from assistant.policy.draft import Draft, Part, Sentence
from assistant.statuses import Stop

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.desk.owner_tickets import OwnTicket
    from assistant.house import House

log = logging.getLogger(__name__)
YES, NO = "好，转吧", "不用了"
MOST_FACTS = 6


def handoff(turn: Turn, house: House) -> None:
    """Sets ``turn.draft``. Stops where conversations are not kept: without one there is nothing to hand over."""
    if house.store is None:
        raise Stop("handoff_unavailable")
    try:
        there = _open_ticket(turn, house)
        if there is not None:
            turn.draft = _said(_of_open(there), reason="handoff_made")
        elif turn.act is not None and turn.act.kind == "agree":
            turn.draft = _said(_made(_hand_over(turn, house)), reason="handoff_made")
        else:
            turn.memory.offered = turn.text
            turn.draft = _said(_offer(turn), reason="handoff_offered")
            turn.draft.follow_ups = [YES, NO]
    except (StoreUnavailable, KeyError) as error:
        log.warning("hand-over failed: %s", type(error).__name__)
        raise Stop("handoff_unavailable") from error


def _open_ticket(turn: Turn, house: House) -> OwnTicket | None:
    """The ticket of the thread that is open already."""
    from assistant.desk.owner_tickets import OwnTickets

    assert house.store is not None
    try:
        found = OwnTickets(house.store).of(turn.thread)
    except KeyError:
        return None
    return found if found.ticket.state != "closed" else None


def _hand_over(turn: Turn, house: House) -> OwnTicket:
    from assistant.desk.handoff import hand_over

    assert house.store is not None
    return hand_over(house, house.store, turn.thread, wish=turn.wish)


def _said(lines: list[tuple[Part, str]], reason: str) -> Draft:
    return Draft(sentences=[Sentence(text, (), part, own=True) for part, text in lines], reason=reason)


def _offer(turn: Turn) -> list[tuple[Part, str]]:
    """What goes along, then the question."""
    facts = [f"{label(key)}{words_of(key, value)}" for key, value in turn.facts.items()]
    named = "、".join(facts[:MOST_FACTS]) + (f"等{len(facts)}项" if len(facts) > MOST_FACTS else "")
    lines: list[tuple[Part, str]] = [
        ("conclusion", "可以转给服务专员，由专员来答；答复会出现在这个对话里，不用守着等。"),
        ("point", "一起转过去的有：这里的全部问答（手机号、身份证号这些已经遮住）、给您看过的条款、没答上的问题。"),
    ]
    if facts:
        lines.append(("point", f"还有您说过的情况：{named}。"))
    if turn.memory.check_title:
        lines.append(("point", f"还有{turn.memory.check_title}预检做到哪一步、还差什么。"))
    lines.append(("next", f"要转的话回复“{YES}”，或者点“转人工”，在那里还能留联系方式。您不答应，什么都不会转。"))
    return lines


def _made(own: OwnTicket) -> list[tuple[Part, str]]:
    from assistant.desk.ticket_states import in_words

    ticket = own.ticket
    return [
        ("conclusion", f"已经转给服务专员，编号{ticket.number}，计划{in_words(ticket.due)}前答复。"),
        ("point", "答复会出现在这个对话里；您前面说过的不用再说一遍。"),
        ("next", "等的时候可以接着问我别的。要补充给专员的话、要留联系方式，点“转人工”写进去。"),
    ]


def _of_open(own: OwnTicket) -> list[tuple[Part, str]]:
    from assistant.desk.ticket_states import in_words

    ticket = own.ticket
    who = f"，由服务专员{ticket.assignee_name}处理" if ticket.assignee_name else ""
    when = "答复就在上面" if ticket.state == "answered" else f"计划{in_words(ticket.due)}前答复"
    return [
        ("conclusion", f"这个对话已经转过了，编号{ticket.number}，现在{ticket.state_name}{who}，{when}。"),
        ("next", "还有要说的，点“转人工”写给专员，不用另外再转。"),
    ]
