"""The story of the demo state, as it stands in story.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from assistant.accounts.model import Role
from assistant.desk.ticket_models import Contact, Priority
from corpus.load import read_yaml
from corpus.models import Model

STORY = Path(__file__).with_name("story.yaml")


class Person(Model):
    """Somebody who may sign in."""

    name: str
    roles: list[Role]


class TicketPlan(Model):
    """What becomes of a conversation that is handed over: every step up to ``state`` is taken."""

    state: Literal["waiting", "claimed", "answered", "closed"]
    wish: str
    priority: Priority = "normal"
    tags: tuple[str, ...] = ()
    contact: Contact | None = None
    note: str = ""
    answer: str = ""
    refs: tuple[str, ...] = ()
    why: str = ""


class Company(Model):
    """A made company with what it asks. ``liked``: the answer that it found good, from 1. ``curated``: wordings of the
    question that its ticket's answer is kept for."""

    company: str
    about: str
    messages: list[str]
    liked: int | None = None
    ticket: TicketPlan | None = None
    curated: tuple[str, ...] = ()


class PromisePlan(Model):
    """What the specialist promised, to be done in so many days."""

    text: str
    days: int


class CallPlan(Model):
    """A call: what the caller said, and what was noted."""

    company: str
    caller: str
    title: str
    notes: str
    said: list[str]
    promise: PromisePlan


class RoomPlan(Model):
    """A quiz room that has ended."""

    title: str
    seed: int
    questions: int
    participants: list[str]


class Story(Model):
    """All of it. ``people`` by their part."""

    people: dict[Literal["specialist", "reviewer", "trainer", "admin"], Person]
    companies: list[Company]
    call: CallPlan
    room: RoomPlan


@cache
def story() -> Story:
    """The story as it ships."""
    found: Story = read_yaml(STORY, Story)
    return found
