"""Quiz rooms for their trainer: make one, open and close questions, live results, the code as a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.workshop.models import QuizQuestion
from assistant.workshop.room_codes import clean_code
from assistant.workshop.room_models import Action, RoomInfo, TrainerView
from assistant.workshop.rooms import Rooms, UnknownRoom
from web.api.inputs import Strict, Text
from web.api.workshop import QuizRequest, Served, Trainer, quiz_of
from web.api.workshop_events import VERSION, Hub, stream
from web.problems import Problem, documented
from web.security import Account

router = APIRouter(prefix="/workshop/rooms", tags=["培训"])
PROBLEMS = documented("unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable")
Code = Annotated[str, Path(max_length=24, description="房间号。")]
NOT_YOURS = "没有这个房间，或者它是别的讲师开的。请在“我的房间”里选。"


class RoomRequest(Strict):
    """A room with its questions: those of a quiz, all or the chosen ones."""

    title: Text = Field(default="", max_length=80, description="房间的名字，学员看得到。")
    quiz: QuizRequest = Field(description="出题的选项；写上预览时返回的 seed，就是同样的题。")
    only: list[int] = Field(default=[], max_length=50, description="只要第几题，按这个顺序；不写就全部。")
    may_change: bool = Field(default=False, description="收卷以前可不可以改答案。")


class StepRequest(Strict):
    """One step of the trainer's."""

    action: Action = Field(description="open 打开一题，close 收卷并公布答案，end 结束测验。")
    question: int = Field(default=0, ge=0, le=50, description="第几题（从1数）；结束时不用写。")


class RoomList(BaseModel):
    """A trainer's rooms, the newest first."""

    rooms: list[RoomInfo]


def rooms_of(service: Served) -> Rooms:
    """The rooms of this service."""
    return Rooms(service.store)


def hub_of(request: Request) -> Hub:
    """The watched rooms of this application, made once."""
    if not hasattr(request.app.state, "rooms_hub"):
        request.app.state.rooms_hub = Hub()
    found: Hub = request.app.state.rooms_hub
    return found


Kept = Annotated[Rooms, Depends(rooms_of)]


def _whose(account: Account) -> str | None:
    """Whose rooms an account may steer: its own; an administrator everybody's."""
    return None if "admin" in account.roles else account.id


def chosen(questions: Sequence[QuizQuestion], only: Sequence[int]) -> list[QuizQuestion]:
    """The questions with these numbers, in this order. Raises a 422 problem for a number that is not there."""
    by_number = {one.number: one for one in questions}
    missing = [number for number in only if number not in by_number]
    if missing:
        raise Problem("invalid-request", f"没有第{missing[0]}题，这份测验一共{len(questions)}题。")
    return [by_number[number] for number in dict.fromkeys(only)]


@router.post("", summary="开一个测验房间", response_model=TrainerView, status_code=201, responses=PROBLEMS)
def create(body: RoomRequest, trainer: Trainer, service: Served, rooms: Kept) -> TrainerView:
    """A room before its first question."""
    questions = quiz_of(body.quiz, service).questions
    if body.only:
        questions = chosen(questions, body.only)
    code = rooms.create(trainer.id, body.title, questions, may_change=body.may_change)
    return rooms.trainer_view(code, trainer.id)


@router.get("", summary="我的测验房间", response_model=RoomList, responses=PROBLEMS)
def newest(trainer: Trainer, rooms: Kept) -> RoomList:
    """The trainer's rooms."""
    return RoomList(rooms=rooms.list(trainer.id))


@router.get(
    "/{code}", summary="房间的现场结果（讲师）", response_model=TrainerView,
    responses={204: {"description": "没有变化"}, **PROBLEMS},
    description="since 写上次看到的 version，没有变化就返回 204，供不能用事件流的时候轮询。",
)  # fmt: skip
def read(
    code: Code, trainer: Trainer, rooms: Kept, since: Annotated[int | None, Query(ge=0)] = None
) -> TrainerView | Response:
    """The room with live counts."""
    try:
        stamp = rooms.stamp(clean_code(code)) if since is not None else None
        if stamp is not None and stamp[0] == since:
            rooms.check_owner(code, _whose(trainer))
            return Response(status_code=204)
        return rooms.trainer_view(code, _whose(trainer))
    except UnknownRoom as error:
        raise Problem("unknown-item", NOT_YOURS) from error


@router.post(
    "/{code}/steps", summary="打开一题、收卷、结束", response_model=TrainerView,
    responses={**PROBLEMS, **documented("conflict")},
    description="点两次只算一次；别的窗口已经往下走了，会说明现在是第几题。收卷时答案按规则和条款重新得出再判分。",
)  # fmt: skip
def step(code: Code, body: StepRequest, trainer: Trainer, service: Served, rooms: Kept) -> TrainerView:
    """Take one step."""
    try:
        return rooms.step(code, _whose(trainer), body.action, body.question, service.house.corpus)
    except UnknownRoom as error:
        raise Problem("unknown-item", NOT_YOURS) from error


@router.get(
    "/{code}/events", summary="房间的现场结果，事件流（讲师）", response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}, **PROBLEMS},
    description="event: room，data 是整个房间的现状，id 是 version；断线后重连就拿到最新的现状。",
)  # fmt: skip
def events(code: Code, trainer: Trainer, rooms: Kept, hub: Annotated[Hub, Depends(hub_of)]) -> Response:
    """The room whenever something changes."""
    whose, clean = _whose(trainer), clean_code(code)
    try:
        rooms.check_owner(clean, whose)
    except UnknownRoom as error:
        raise Problem("unknown-item", NOT_YOURS) from error
    return stream(hub, clean, lambda: rooms.stamp(clean), VERSION, lambda: rooms.trainer_view(clean, whose))


@router.delete("/{code}", summary="删掉房间和里面的作答", status_code=204, response_class=Response, responses=PROBLEMS)
def delete(code: Code, trainer: Trainer, rooms: Kept) -> None:
    """Delete the room with everything in it."""
    try:
        rooms.delete(code, _whose(trainer))
    except UnknownRoom as error:
        raise Problem("unknown-item", NOT_YOURS) from error


@router.get(
    "/{code}/qr.svg", summary="加入房间的二维码", response_class=Response,
    responses={200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}}, **PROBLEMS},
)  # fmt: skip
def picture(code: Code, request: Request, trainer: Trainer, rooms: Kept) -> Response:
    """The address of the room's page as a QR code, black on white so that every phone reads it."""
    import segno

    clean = clean_code(code)
    try:
        rooms.check_owner(clean, _whose(trainer))
    except UnknownRoom as error:
        raise Problem("unknown-item", NOT_YOURS) from error
    drawn = io.BytesIO()
    address = f"{request.base_url}room/{clean}"
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, light="#ffffff", title=f"加入房间 {clean}", svgclass=None, lineclass=None
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
