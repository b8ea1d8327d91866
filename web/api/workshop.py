"""The trainer's workshop: standards side by side, made companies with their solutions, quizzes."""

from __future__ import annotations

from secrets import randbelow
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from assistant.workshop.compare import compare, infos
from assistant.workshop.models import (
    SAMPLE_KINDS,
    TOPICS,
    Comparison,
    Quiz,
    SampleCompany,
    SampleKind,
    SizeComparison,
    Solution,
    StandardInfo,
    Topic,
)
from assistant.workshop.scores import compare_sizes, trades
from web.api.inputs import Day, Place, Strict, service_of
from web.problems import documented
from web.security import Account, require
from web.service import Service

router = APIRouter(prefix="/workshop", tags=["培训"])
Trainer = Annotated[Account, Depends(require("trainer"))]
Reader = Annotated[Account, Depends(require("trainer", "specialist"))]
Served = Annotated[Service, Depends(service_of)]
PROBLEMS = documented("unauthorised", "forbidden", "invalid-request", "unavailable")
SEEDS = 10**6


class StandardList(BaseModel):
    """Every standard, those in force first."""

    standards: list[StandardInfo]


class Choice(BaseModel):
    """One thing to choose, with its name."""

    id: str
    label: str


class Choices(BaseModel):
    """What the pages offer to choose from."""

    topics: list[Choice]
    kinds: list[Choice]
    trades: list[str]


class Kinds(BaseModel):
    """The kinds of made company that a standard allows."""

    kinds: list[Choice]


class SampleRequest(Strict):
    """Which company is to be made."""

    standard: str = Field(max_length=32, description="标准编号，见 /workshop/standards。", examples=["zjtx-2026"])
    kind: SampleKind = Field(description="哪一种情况。")
    seed: int | None = Field(default=None, ge=0, lt=SEEDS, description="同一个数做出同一家企业；不写就随机。")
    place: Place = None


class QuizRequest(Strict):
    """Which questions are to be made."""

    topics: list[Topic] = Field(default=[], max_length=len(TOPICS), description="题型；不写就各种都出。")
    level: Literal[1, 2, 3] | None = Field(default=None, description="难度：1 易，2 中，3 难；不写就都有。")
    number: int = Field(default=10, ge=1, le=50, description="出几题。")
    seed: int | None = Field(default=None, ge=0, lt=SEEDS, description="同一个数出同样的题；不写就随机。")
    place: Place = None
    as_of: Day = None


@router.get(
    "/standards", summary="有哪些认定标准（现行的和已经废止的）", response_model=StandardList, responses=PROBLEMS
)
def standards(_: Reader, service: Served, as_of: Annotated[Day, Query()] = None) -> StandardList:
    """The standards that can be put side by side."""
    return StandardList(standards=infos(service.house.corpus, as_of or service.today()))


@router.get("/choices", summary="题型、示例企业的种类、行业", response_model=Choices, responses=PROBLEMS)
def choices(_: Reader) -> Choices:
    """What can be chosen."""
    return Choices(
        topics=[Choice(id=name, label=label) for name, label in TOPICS.items()],
        kinds=[Choice(id=name, label=label) for name, label in SAMPLE_KINDS.items()],
        trades=trades(),
    )


@router.get(
    "/compare", summary="两三份标准逐项对照", response_model=Comparison, responses=PROBLEMS,
    description="更严还是更宽由规则推出；推不出来的只说不同。第一份是基准，一般放旧的。",
)  # fmt: skip
def side_by_side(
    _: Reader,
    service: Served,
    standard: Annotated[
        list[str],
        Query(description="标准编号；要指明按哪里的地方条件就写成 cxx-2022@天津市。", min_length=2, max_length=3),
    ],
    track: Annotated[Literal["first", "review"], Query(description="first 首次申报，review 到期复核。")] = "first",
    as_of: Annotated[Day, Query()] = None,
) -> Comparison:
    """Two or three standards, each as it holds in its place."""
    from assistant.library import full_place

    chosen = []
    for text in standard:
        name, _at, place = text.partition("@")
        chosen.append((name, full_place(place) if place else None))
    return compare(chosen, service.house.corpus, as_of=as_of or service.today(), track=track)


@router.get("/sizes", summary="几个行业的划型标准对照", response_model=SizeComparison, responses=PROBLEMS)
def sizes(
    _: Reader,
    trade: Annotated[list[str], Query(description="行业，见 /workshop/choices。", min_length=1, max_length=4)],
) -> SizeComparison:
    """The size classes of trades."""
    return compare_sizes(trade)


@router.get("/samples/kinds", summary="这份标准能做哪几种示例企业", response_model=Kinds, responses=PROBLEMS)
def kinds(_: Reader, standard: Annotated[str, Query(max_length=32)], place: Annotated[Place, Query()] = None) -> Kinds:
    """The kinds that come out for a standard."""
    from assistant.workshop.samples import kinds_of

    return Kinds(kinds=[Choice(id=kind, label=SAMPLE_KINDS[kind]) for kind in kinds_of(standard, place)])


@router.post("/samples", summary="做一家虚构的示例企业", response_model=SampleCompany, responses=PROBLEMS)
def new_sample(body: SampleRequest, _: Reader) -> SampleCompany:
    """A made company; its id is enough to see it again."""
    from assistant.workshop.samples import sample

    seed = randbelow(SEEDS) if body.seed is None else body.seed
    return sample(body.standard, body.kind, seed, body.place).company


@router.get("/samples/{company}", summary="再看一家示例企业", response_model=SampleCompany, responses=PROBLEMS)
def read_sample(company: Annotated[str, Path(max_length=100)], _: Reader) -> SampleCompany:
    """The same company again."""
    from assistant.workshop.samples import made

    return made(company).company


@router.get(
    "/samples/{company}/steps", summary="示例企业的解法，一步一步看", response_model=Solution, responses=PROBLEMS
)
def sample_steps(
    company: Annotated[str, Path(max_length=100)],
    _: Reader,
    upto: Annotated[int, Query(ge=0, le=100, description="看到第几步；看完最后一步才有结论。")] = 0,
) -> Solution:
    """The first steps of the solution."""
    from assistant.workshop.steps import solution

    return solution(company, upto)


@router.post(
    "/quizzes", summary="出一份测验（带答案，给讲师看）", response_model=Quiz, responses=PROBLEMS,
    description="题目由规则和条款生成，答案由核对程序得出；同一组选项和同一个 seed 总是同样的题。",
)  # fmt: skip
def new_quiz(body: QuizRequest, _: Trainer, service: Served) -> Quiz:
    """A quiz with its keys."""
    return quiz_of(body, service)


def quiz_of(body: QuizRequest, service: Service) -> Quiz:
    """The quiz that a request describes."""
    from assistant.workshop.quiz import make_quiz

    return make_quiz(
        service.house.corpus, as_of=body.as_of or service.today(), number=body.number, place=body.place,
        seed=randbelow(SEEDS) if body.seed is None else body.seed, topics=body.topics, level=body.level,
    )  # fmt: skip
