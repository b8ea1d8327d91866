"""A ticket's answer as the first wording of a curated one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.desk.curated_models import Wording
from assistant.desk.handoff import Package, package
from assistant.desk.ticket_models import TicketDetail
from assistant.desk.tickets import Tickets
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.house import House
    from assistant.store import Store

ABOUT_THE_DESK = ("handoff_offered", "handoff_made", "handoff_unavailable", "specialist_answered")


def wording_of(house: House, store: Store, ticket: str, today: date, questions: list[str] | None = None) -> Wording:
    """The last answer of a ticket with its clauses, the place of the conversation, and the question it answers
    (``questions``, where given). Raises KeyError for an unknown ticket, BadInput where there is no answer or no question."""
    found = Tickets(store).read(ticket)
    answers = [m for m in found.messages if m.kind == "answer"]
    if not answers:
        raise BadInput("这张工单还没有答复，先答复再整理。")
    asked = questions or question_of(found, package(house, store, found.ticket.thread))
    if not asked:
        raise BadInput("看不出这个答复是在答哪个问题，请写上问法。")
    last = answers[-1]
    return Wording(questions=asked, place=found.ticket.place, text=last.text, refs=last.refs, valid_from=today)


def question_of(found: TicketDetail, whole: Package) -> list[str]:
    """What the answer answers: what the owner wrote last before it, else the last question that found no answer, else the
    last one asked."""
    last = max(m.id for m in found.messages if m.kind == "answer")
    written = [m.text for m in found.messages if m.kind == "owner" and m.id < last]
    unanswered = [point.text for point in whole.open_points if point.kind == "unanswered"]
    asked = [line.message for line in whole.transcript if line.message and line.reason not in ABOUT_THE_DESK]
    for chosen in (written, unanswered, asked):
        if chosen:
            return chosen[-1:]
    return []
