"""Quiz rooms for those in them: join with a nickname, see the question at hand, answer it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Query, Request, Response
from pydantic import Field

from assistant.workshop.room_codes import SHORTEST_TOKEN, Misses, clean_code
from assistant.workshop.room_models import ParticipantView
from assistant.workshop.rooms import NotInRoom, Rooms, UnknownRoom
from web.api.inputs import Strict, Text
from web.api.workshop import Served
from web.api.workshop_events import STAGE, Hub, stream
from web.api.workshop_rooms import Code, Kept, hub_of
from web.origin import own_site
from web.problems import Problem, documented

router = APIRouter(prefix="/workshop/rooms", tags=["培训"])
COOKIE = "tiaoli_room"
DAY = 24 * 3600
PROBLEMS = documented("unauthorised", "unknown-item", "invalid-request", "other-site", "too-many", "unavailable")
Token = Annotated[str, Cookie(alias=COOKIE, include_in_schema=False)]


class JoinRequest(Strict):
    """Who comes in."""

    nickname: Text = Field(max_length=40, description="昵称，别人看得到；不要写真名、电话。")
    key: str = Field(
        default="", max_length=64, pattern=rf"^(?:[A-Za-z0-9_-]{{{SHORTEST_TOKEN},}})?$",
        description="页面自己生成的随机串（22位以上）。同一个串再来一次还是同一个人，点两次不会变成两个人。",
    )  # fmt: skip


class AnswerRequest(Strict):
    """What is chosen."""

    option: str = Field(pattern="^[a-d]$", description="选项的编号。")


@contextmanager
def _guarded(request: Request, service: Served) -> Iterator[None]:
    """Wrong codes count against the address they come from; after too many of them nothing is looked up for a while."""
    misses, address = Misses(service.store), request.client.host if request.client else ""
    misses.check(address)
    try:
        yield
    except UnknownRoom as error:
        misses.count(address)
        raise Problem("unknown-item", str(error)) from error
    except NotInRoom as error:
        raise Problem("unauthorised", str(error)) from error


@router.post(
    "/{code}/participants", summary="加入房间", response_model=ParticipantView, status_code=201, responses=PROBLEMS,
    dependencies=[Depends(own_site)],
)  # fmt: skip
def join(
    code: Code, body: JoinRequest, request: Request, response: Response, service: Served, rooms: Kept, token: Token = ""
) -> ParticipantView:
    """Come in, or come back; a cookie of this room remembers who it is."""
    with _guarded(request, service):
        kept, view = rooms.join(code, body.nickname, _own(rooms, code, token) or body.key)
    response.set_cookie(
        COOKIE, kept, max_age=DAY, path=f"/api/v1/workshop/rooms/{view.room.code}", httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return view


def _own(rooms: Rooms, code: str, token: str) -> str:
    """The token of the cookie, where it is of this room."""
    if not token:
        return ""
    try:
        rooms.me(code, token)
    except NotInRoom:
        return ""
    return token


@router.get(
    "/{code}/me", summary="我在房间里看到的", response_model=ParticipantView,
    responses={204: {"description": "没有变化"}, **PROBLEMS},
    description="since 写上次看到的 stage，没有变化就返回 204，供不能用事件流的时候轮询。",
)  # fmt: skip
def me(
    code: Code, request: Request, service: Served, rooms: Kept, token: Token = "",
    since: Annotated[int | None, Query(ge=0)] = None,
) -> ParticipantView | Response:  # fmt: skip
    """The question at hand and how it goes."""
    with _guarded(request, service):
        stamp = rooms.stamp(clean_code(code)) if since is not None and token else None
        if stamp is not None and stamp[1] == since:
            return Response(status_code=204)
        return rooms.me(code, token)


@router.put(
    "/{code}/answers/{question}", summary="答一题", response_model=ParticipantView, responses=PROBLEMS,
    dependencies=[Depends(own_site)],
    description="每题答一次，再点不变；房间允许改的，收卷以前可以改。返回里的 chosen 是记下来的选择。",
)  # fmt: skip
def answer(
    code: Code, question: int, body: AnswerRequest, request: Request, service: Served, rooms: Kept, token: Token = ""
) -> ParticipantView:
    """Choose an option."""
    with _guarded(request, service):
        return rooms.answer(code, token, question, body.option)


@router.get(
    "/{code}/me/events", summary="我在房间里看到的，事件流", response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}, **PROBLEMS},
    description="event: room，data 是我看到的现状，id 是 stage；断线后重连就拿到最新的现状。",
)  # fmt: skip
def events(
    code: Code, request: Request, service: Served, rooms: Kept, hub: Annotated[Hub, Depends(hub_of)], token: Token = ""
) -> Response:
    """The room whenever the trainer takes a step."""
    clean = clean_code(code)
    with _guarded(request, service):
        rooms.me(clean, token)
    view: Callable[[], ParticipantView] = lambda: rooms.me(clean, token)  # noqa: E731 - a name for its type
    return stream(hub, clean, lambda: rooms.stamp(clean), STAGE, view)
