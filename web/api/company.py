"""POST /checkup: one company against every benefit and title. POST /duties: what its titles oblige it to, and when."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from assistant.checkup.models import CheckUp
from assistant.duties.model import DutyList
from assistant.errors import BadInput
from web.api.facts import as_facts
from web.api.inputs import Day, Place, Strict, Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["体检和期限"])
DEFAULT_PLACE = "上海市"
PROBLEMS = documented("malformed-body", "too-large", "unsupported-media-type", "invalid-request", "internal")
CALENDAR = {200: {"content": {"text/calendar": {}}, "description": "日历文件（iCalendar）"}, **PROBLEMS}


class CheckUpRequest(Strict):
    """A company."""

    facts: dict[str, Any] = Field(
        description="企业情况，写法同 /check。", examples=[{"revenue": {"2025": "6200万元"}, "holds_zjtx": True}]
    )
    name: Text = Field(default="", max_length=100, description="企业名称，写进报告抬头。")
    place: Place = None
    as_of: Day = None


class DutiesRequest(Strict):
    """A company's titles and what happened to it."""

    titles: list[dict[str, Any]] = Field(
        default=[], max_length=20, description="手里的称号和起止日期。",
        examples=[[{"title": "专精特新", "granted": "2024-03-01"}]],
    )  # fmt: skip
    events: list[dict[str, Any]] = Field(
        default=[], max_length=100, description="变化和事件。", examples=[[{"kind": "更名", "date": "2026-10-20"}]]
    )
    place: Place = None
    as_of: Day = None


@router.post("/checkup", summary="政策体检", response_model=CheckUp, responses=PROBLEMS)
def checkup(body: CheckUpRequest, service: Annotated[Service, Depends(service_of)]) -> CheckUp:
    """Benefits and titles, each with its state, its clause and what is still to be asked."""
    from assistant.checkup.run import checkup as run

    day = body.as_of or service.today()
    facts, problems = as_facts(body.facts, day)
    return run(facts, as_of=day, place=body.place or DEFAULT_PLACE, company=body.name, problems=problems)


@router.post("/duties", summary="称号的期限和事项", response_model=DutyList, responses=PROBLEMS)
def duties(body: DutiesRequest, service: Annotated[Service, Depends(service_of)]) -> DutyList:
    """The dated list."""
    return _duties(body, service)


@router.post("/duties/calendar", summary="期限的日历文件", response_class=Response, responses=CALENDAR)
def calendar(body: DutiesRequest, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The same list as an iCalendar file."""
    from assistant.duties.calendar import calendar as written

    headers = {"Content-Disposition": 'attachment; filename="tiaoli-duties.ics"'}
    return Response(written(_duties(body, service)), media_type="text/calendar; charset=utf-8", headers=headers)


def _duties(body: DutiesRequest, service: Service) -> DutyList:
    from assistant.duties.evaluate import duties as run
    from assistant.duties.profile import profile_from_mapping

    day = body.as_of or service.today()
    try:
        data = {"titles": body.titles, "events": body.events}
        return run(profile_from_mapping(data, as_of=day, place=body.place or DEFAULT_PLACE), as_of=day)
    except BadInput as error:
        raise Problem("invalid-request", str(error)) from error
