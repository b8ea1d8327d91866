"""Handouts of the workshop as files to print and to show: comparison, made companies, quiz, its results, a class screened."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from assistant.workshop.models import TOPICS, Topic
from web.api.files_out import FILE, as_file
from web.api.inputs import Day, Place
from web.api.workshop import SEEDS, Reader, Served, Trainer, side_by_side
from web.api.workshop_rooms import Code, Kept, chosen, read
from web.api.workshop_screenings import Job
from web.api.workshop_screenings import Kept as Jobs
from web.api.workshop_screenings import read as read_screening
from web.problems import Problem, documented

router = APIRouter(prefix="/workshop/handouts", tags=["培训"])
RESPONSES = {200: FILE, **documented("unauthorised", "forbidden", "invalid-request", "unavailable", "internal")}
Formats = Literal["docx", "pdf", "xlsx", "pptx"]
Format = Annotated[Formats, Query(description="文件格式：Word、PDF、表格或幻灯片。")]
MOST_COMPANIES = 30


@router.get("/comparison", summary="标准对照表，打印或放映用", response_class=Response, responses=RESPONSES)
def comparison(
    reader: Reader,
    service: Served,
    standard: Annotated[list[str], Query(description="同 /workshop/compare。", min_length=2, max_length=3)],
    track: Annotated[Literal["first", "review"], Query(description="first 首次申报，review 到期复核。")] = "first",
    as_of: Annotated[Day, Query()] = None,
    format: Format = "pdf",
) -> Response:
    """Two or three standards side by side; slides have one matter each."""
    from assistant.export.handouts.comparison import comparison_paper

    found, day = side_by_side(reader, service, standard, track, as_of), as_of or service.today()
    return as_file(comparison_paper(found, service.house.library, as_of=day, slides=format == "pptx"), format)


@router.get("/samples", summary="示例企业的练习或答案，打印用", response_class=Response, responses=RESPONSES)
def samples(
    _: Reader,
    service: Served,
    company: Annotated[
        list[str], Query(description="示例企业的编号，一家一个。", min_length=1, max_length=MOST_COMPANIES)
    ],
    solved: Annotated[bool, Query(description="true 带答案，false 是练习。")] = False,
    format: Format = "pdf",
) -> Response:
    """Made companies, to be worked through or with their solution."""
    from assistant.export.handouts.samples import samples_paper

    return as_file(samples_paper(company, service.house.library, as_of=service.today(), solved=solved), format)


@router.get("/quiz", summary="测验题或答案，打印或放映用", response_class=Response, responses=RESPONSES)
def quiz(
    _: Trainer,
    service: Served,
    seed: Annotated[int, Query(ge=0, lt=SEEDS, description="同一个数出同样的题。")],
    number: Annotated[int, Query(ge=1, le=50, description="出几题。")] = 10,
    level: Annotated[Literal[1, 2, 3] | None, Query(description="难度；不写就都有。")] = None,
    topics: Annotated[list[Topic] | None, Query(max_length=len(TOPICS), description="题型；不写就各种都出。")] = None,
    place: Annotated[Place, Query()] = None,
    as_of: Annotated[Day, Query()] = None,
    key: Annotated[bool, Query(description="true 带答案、条款和讲解，false 只有题目。")] = False,
    only: Annotated[list[int] | None, Query(max_length=50, description="只要第几题，按这个顺序；不写就全部。")] = None,
    format: Format = "pdf",
) -> Response:
    """The same quiz as ``POST /workshop/quizzes`` makes with this seed, with or without its key."""
    from assistant.export.handouts.quiz import quiz_paper
    from web.api.workshop import QuizRequest, quiz_of

    wanted = QuizRequest(topics=topics or [], level=level, number=number, seed=seed, place=place, as_of=as_of)
    made = quiz_of(wanted, service)
    if only:
        made = made.model_copy(update={"questions": chosen(made.questions, only)})
    paper = quiz_paper(made, service.house.library, with_key=key, slides=format == "pptx")
    return as_file(paper, format)


@router.get(
    "/rooms/{code}", summary="测验房间的结果，打印用", response_class=Response,
    responses={**RESPONSES, **documented("unknown-item")},
)  # fmt: skip
def room(code: Code, trainer: Trainer, service: Served, rooms: Kept, format: Format = "pdf") -> Response:
    """Scores and questions of a room of one's own."""
    from assistant.export.handouts.room import room_paper
    from assistant.workshop.room_models import TrainerView

    view = read(code, trainer, rooms)
    assert isinstance(view, TrainerView)
    return as_file(room_paper(view, service.house.library, as_of=service.today()), format)


@router.get(
    "/screenings/{job}", summary="一批企业的预检汇总，打印用", response_class=Response,
    responses={**RESPONSES, **documented("unknown-item")},
    description="先用 POST /workshop/screenings 上传名单，做好了再来拿汇总。",
)  # fmt: skip
def screening(job: Job, trainer: Trainer, jobs: Jobs, format: Format = "pdf") -> Response:
    """The summary of one's own screening."""
    from assistant.export.handouts.screening import screening_paper

    found = read_screening(job, trainer, jobs)
    if found.result is None:
        raise Problem("invalid-request", "这张表还没有核对好，等进度走完再下载。")
    return as_file(screening_paper(found), format)
