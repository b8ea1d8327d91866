"""What the desk holds in the demo state: a ticket in each state, a curated answer that was reviewed, a call. Each function
takes only the steps that are still missing, and says whether there were any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.conversation import DEFAULT_PLACE
from assistant.demo.story import CallPlan, TicketPlan
from assistant.desk.answering import prepared
from assistant.desk.call_models import Call, Draft, Promise
from assistant.desk.caller import Told, hear, verdict_of
from assistant.desk.calls import Calls
from assistant.desk.curated import Curated
from assistant.desk.curated_from_ticket import wording_of
from assistant.desk.handoff import hand_over
from assistant.desk.owner_tickets import OwnTickets
from assistant.desk.tickets import Tickets

if TYPE_CHECKING:
    from assistant.accounts.model import Account
    from assistant.house import House
    from assistant.store import Store

HALF_A_YEAR = timedelta(days=182)


def make_ticket(house: House, store: Store, thread: str, plan: TicketPlan, by: Account) -> bool:
    """Hand a conversation over and take its ticket to the state of the plan."""
    tickets = Tickets(store)
    try:
        ticket = OwnTickets(store).of(thread).ticket
    except KeyError:
        ticket = hand_over(house, store, thread, wish=plan.wish, contact=plan.contact).ticket
    before = ticket.version
    if ticket.state == "waiting":
        ticket = tickets.change(ticket.id, by, priority=plan.priority, tags=list(plan.tags))
    if ticket.state == "waiting" and plan.state != "waiting":
        ticket = tickets.claim(ticket.id, by)
    if plan.note:
        tickets.note(ticket.id, by, plan.note, key="demo-note")
    if ticket.state == "claimed" and plan.state == "answered":
        text = plan.answer
        made, refs, warnings = prepared(house, thread, ticket.place, house.today(), text, plan.refs, by.name)
        ticket, _ = tickets.answer(ticket.id, by, made, text, refs, warnings, "demo-answer")
    if ticket.state == "claimed" and plan.state == "closed":
        ticket = tickets.close(ticket.id, by, plan.why)
    return ticket.version != before or ticket.version == 1


def make_curated(
    house: House, store: Store, thread: str, questions: Sequence[str], author: Account, reviewer: Account
) -> bool:
    """Keep the answer of a conversation's ticket for everybody, reviewed by another person."""
    shelf, today, asked = Curated(store), house.today(), list(questions)
    if any(entry.questions == asked for entry in shelf.list(state="reviewed")):
        return False
    ticket = OwnTickets(store).of(thread).ticket.id
    made = shelf.create(wording_of(house, store, ticket, today, asked), author, ticket)
    shelf.review(made.id, reviewer, made.version, house, today, today + HALF_A_YEAR)
    return True


def make_call(house: House, store: Store, name: str, plan: CallPlan, by: Account) -> bool:
    """A call that has ended: what was said, the verdict so far, what was promised. ``name`` is its id."""
    calls, today = Calls(store), house.today()
    draft = Draft(
        caller=plan.caller, company=plan.company, place=DEFAULT_PLACE, title=plan.title, notes=plan.notes,
        promises=[Promise(text=plan.promise.text, due=today + timedelta(days=plan.promise.days))],
    )  # fmt: skip
    try:
        call = calls.read(name, specialist=by.id)
    except KeyError:
        call = calls.save(name, draft, version=0, specialist=by.id)
    if call.finished is not None:
        return False

    def told(before: Call) -> Told:
        known = before.told
        for words in plan.said:
            known, _ = hear(known, words, as_of=today, place=DEFAULT_PLACE, title=plan.title, track=None, asked=[])
        return known

    call = calls.tell(name, told, specialist=by.id)
    verdict = verdict_of(call.told, title=plan.title, track=None, as_of=today, place=DEFAULT_PLACE)
    calls.note_outcome(name, verdict.outcome if verdict else None)
    calls.finish(name, specialist=by.id)
    return True
