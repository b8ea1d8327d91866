"""/curated for specialists: answers written once, reviewed by another person, and shown before composed ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from assistant.conversation import DEFAULT_PLACE
from assistant.desk.curated import Curated
from assistant.desk.curated_faults import faults_of
from assistant.desk.curated_from_ticket import wording_of
from assistant.desk.curated_lint import Linted, lint_curated
from assistant.desk.curated_models import CuratedAnswer, Fault, State, Wording
from assistant.desk.words import masked
from web.api.desk import Specialist
from web.api.inputs import Day, Place, Strict, Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["坐席"])
READ = documented("unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable")
WRITE = READ | documented("malformed-body", "conflict")
UNKNOWN = "没有这条整理好的回答。"
HALF_A_YEAR = timedelta(days=182)
CuratedId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="编号。")]
Opened = Annotated[Service, Depends(service_of)]
Question = Annotated[Text, Field(min_length=2, max_length=200)]


class WordingIn(Strict):
    """A curated answer as it is written."""

    questions: list[Question] = Field(min_length=1, max_length=20, description="同一个问题的几种问法。")
    place: Place = Field(default=None, description="管哪里；不写就是上海市。")
    text: Text = Field(min_length=1, max_length=2000, description="回答，第一句是结论。")
    refs: list[Text] = Field(default=[], max_length=20, description="依据的条款，文件编号#条款编号。")
    valid_from: Day = Field(default=None, description="从哪天起用；不写就是今天。")
    valid_until: Day = Field(default=None, description="用到哪天；不写就一直用。")


class Edit(WordingIn):
    """Another wording of the version that was read."""

    version: int = Field(ge=1)


class FromTicket(Strict):
    """What to take otherwise than it stands in the ticket."""

    questions: list[Question] | None = Field(default=None, max_length=20)


class Review(Strict):
    """Approval of the version that was read."""

    version: int = Field(ge=1)
    next_review: Day = Field(default=None, description="下次复核的日子；不写就是半年以后。")


class Withdraw(Strict):
    """Why it is shown no more."""

    version: int = Field(ge=1)
    why: Text = Field(default="", max_length=300)


class CuratedView(BaseModel):
    """A curated answer, whether people see it today, and what keeps it from being shown."""

    answer: CuratedAnswer
    shown: bool
    faults: list[Fault]


@contextmanager
def known(sentence: str = UNKNOWN) -> Iterator[None]:
    """What is not there is a 404 problem."""
    try:
        yield
    except KeyError as error:
        raise Problem("unknown-item", sentence) from error


@router.get("/curated", summary="整理好的回答", response_model=list[CuratedView], responses=READ)
def listing(
    account: Specialist,
    service: Opened,
    text: Annotated[str, Query(max_length=100, description="问法和回答里的字，空格隔开的都要有。")] = "",
    place: Annotated[Place, Query()] = None,
    state: Annotated[State | None, Query(description="draft 待复核，reviewed 已复核，withdrawn 已撤下。")] = None,
) -> list[CuratedView]:
    """The newest change first."""
    found = Curated(service.store).list(text=text, place=place, state=state)
    return [_view(answer, service) for answer in found]


@router.get("/curated/lint", summary="哪些整理好的回答不能再用", response_model=list[Linted], responses=READ)
def lint(account: Specialist, service: Opened) -> list[Linted]:
    """Reviewed ones whose clause changed or ended, or whose review is due."""
    return lint_curated(service.house, service.store, service.today())


@router.post("/curated", summary="写一条整理好的回答", status_code=201, response_model=CuratedView, responses=WRITE)
def create(body: WordingIn, account: Specialist, service: Opened) -> CuratedView:
    """A new draft; another person has to review it."""
    return _view(Curated(service.store).create(_wording(body, service), account), service)


@router.post(
    "/curated/from-ticket/{ticket}",
    summary="把工单的答复整理成回答",
    status_code=201,
    response_model=CuratedView,
    responses=WRITE,
)
def from_ticket(
    ticket: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="工单编号。")],
    account: Specialist,
    service: Opened,
    body: FromTicket | None = None,
) -> CuratedView:
    """A draft from the ticket's last answer, its clauses and the question behind it; twice gives the same draft."""
    with known("没有这张工单，可能已经随对话删除。"):
        wording = wording_of(service.house, service.store, ticket, service.today(), body.questions if body else None)
    return _view(Curated(service.store).create(wording, account, ticket), service)


@router.get("/curated/{curated}", summary="一条整理好的回答", response_model=CuratedView, responses=READ)
def read(curated: CuratedId, account: Specialist, service: Opened) -> CuratedView:
    """One of them, with its history."""
    with known():
        return _view(Curated(service.store).get(curated), service)


@router.put("/curated/{curated}", summary="改一条整理好的回答", response_model=CuratedView, responses=WRITE)
def edit(curated: CuratedId, body: Edit, account: Specialist, service: Opened) -> CuratedView:
    """It is a draft again afterwards."""
    with known():
        changed = Curated(service.store).edit(curated, _wording(body, service), account, body.version)
    return _view(changed, service)


@router.post("/curated/{curated}/review", summary="复核通过", response_model=CuratedView, responses=WRITE)
def review(curated: CuratedId, body: Review, account: Specialist, service: Opened) -> CuratedView:
    """By another person than the author, and only where every sentence stands on its clauses."""
    today: date = service.today()
    with known():
        changed = Curated(service.store).review(
            curated, account, body.version, service.house, today, body.next_review or today + HALF_A_YEAR
        )
    return _view(changed, service)


@router.post("/curated/{curated}/withdraw", summary="撤下", response_model=CuratedView, responses=WRITE)
def withdraw(curated: CuratedId, body: Withdraw, account: Specialist, service: Opened) -> CuratedView:
    """It is shown no more."""
    with known():
        changed = Curated(service.store).withdraw(curated, account, body.version, masked(body.why)[0])
    return _view(changed, service)


def _wording(body: WordingIn, service: Service) -> Wording:
    return Wording(
        questions=list(dict.fromkeys(masked(q)[0] for q in body.questions)),
        place=body.place or DEFAULT_PLACE,
        text=masked(body.text)[0],
        refs=body.refs,
        valid_from=body.valid_from or service.today(),
        valid_until=body.valid_until,
    )


def _view(answer: CuratedAnswer, service: Service) -> CuratedView:
    faults = faults_of(answer, service.house, service.today())
    return CuratedView(answer=answer, shown=answer.state == "reviewed" and not faults, faults=faults)
