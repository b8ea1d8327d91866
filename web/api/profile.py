"""GET and PATCH /conversations/{thread}/profile: what the thread knows of the company, and correcting it by hand.
GET /conversations/{thread}/checkup, /duties and /calendar: what follows from it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from assistant.checkup.models import CheckUp
from assistant.duties.model import DutyList
from assistant.profile.edit import Change, EditConflict, EditErrors, ThreadGone, change
from assistant.profile.follows import checkup_of, duties_of
from assistant.profile.view import Profile, profile
from web.api.inputs import Day, Place, Strict, Text, Thread, service_of
from web.origin import own_site
from web.problems import FieldError, Problem, documented, response
from web.service import Service

router = APIRouter(tags=["企业情况"])
PROBLEMS = documented("invalid-request", "unavailable")
CALENDAR = {200: {"content": {"text/calendar": {}}, "description": "日历文件（iCalendar）"}, **PROBLEMS}


class ProfileChange(Strict):
    """What is to be changed. All of it is done, or nothing."""

    version: int = Field(ge=0, description="看到的版本号（上一次取到的 version），新对话写 0。")
    set: dict[str, Any] = Field(
        default={}, max_length=100, description="要填的：事实编号到值；分年度的写成 编号@年份。只写数字按万元、百分之几算。",
        examples=[{"revenue@2025": "4800", "is_sme": "是"}],
    )  # fmt: skip
    remove: list[Text] = Field(default=[], max_length=100, description="要去掉的事实编号。")
    title: Text | None = Field(
        default=None, max_length=20, description="要预检的称号：创新型、专精特新、小巨人、科技型。"
    )
    track: Literal["first", "review"] | None = Field(default=None, description="first 首次申报，review 到期复核。")
    place: Place = None
    as_of: Day = None


@router.get(
    "/conversations/{thread}/profile", summary="对话里记下的企业情况和预检", response_model=Profile, responses=PROBLEMS
)
def read(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> Profile:
    """Facts with their source, and the pre-check under way; empty for a thread that is new."""
    return profile(service.assistant, thread)


@router.patch(
    "/conversations/{thread}/profile",
    summary="填写、更正、去掉企业情况",
    response_model=Profile,
    responses=documented(
        "malformed-body", "other-site", "unknown-item", "conflict", "too-large", "invalid-request", "unavailable"
    ),
)
def edit(
    thread: Thread, body: ProfileChange, request: Request, service: Annotated[Service, Depends(service_of)]
) -> Profile | Response:
    """Set, correct or take out single facts; choose the title to pre-check."""
    own_site(request)
    try:
        return change(service.assistant, thread, Change.model_validate(body.model_dump()))
    except EditErrors as error:
        errors = [FieldError(pointer=_pointer(key), detail=text) for key, text in error.errors.items()]
        return response("invalid-request", str(error), errors)
    except EditConflict as error:
        raise Problem("conflict", str(error)) from error
    except ThreadGone as error:
        raise Problem("unknown-item", str(error)) from error


@router.get(
    "/conversations/{thread}/checkup",
    summary="按对话里的企业情况做政策体检",
    response_model=CheckUp,
    responses=PROBLEMS,
)
def checkup(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> CheckUp:
    """Every benefit and title for the company of a thread."""
    return checkup_of(service.assistant, thread)


@router.get(
    "/conversations/{thread}/duties", summary="对话里的称号的期限和事项", response_model=DutyList, responses=PROBLEMS
)
def duties(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> DutyList:
    """The dated list of the titles that the company of a thread holds."""
    return duties_of(service.assistant, thread)


@router.get(
    "/conversations/{thread}/calendar", summary="对话里的期限的日历文件", response_class=Response, responses=CALENDAR
)
def calendar(thread: Thread, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The dated list as an iCalendar file, which a phone opens in its calendar."""
    from assistant.duties.calendar import calendar as written

    headers = {"Content-Disposition": 'attachment; filename="tiaoli-duties.ics"', "Cache-Control": "no-store"}
    found = duties_of(service.assistant, thread)
    return Response(written(found), media_type="text/calendar; charset=utf-8", headers=headers)


def _pointer(key: str) -> str:
    if key == "title":
        return "/title"
    return "/set" + ("/" + key.replace("~", "~0").replace("/", "~1") if key else "")
