"""What the places asked for a title, side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from assistant.library import full_place
from assistant.workshop.places import TITLES, PlaceTable, compare_places, places_with
from web.api.inputs import Day, service_of
from web.problems import documented
from web.security import Account, require
from web.service import Service

router = APIRouter(prefix="/workshop/places", tags=["培训"])
Reader = Annotated[Account, Depends(require("trainer", "specialist"))]
Served = Annotated[Service, Depends(service_of)]
PROBLEMS = documented("unauthorised", "forbidden", "invalid-request", "unavailable")


class PlaceChoices(BaseModel):
    """Title → the places whose conditions are in the collection."""

    titles: dict[str, list[str]]


@router.get("/choices", summary="哪些地区有自己的条件可以对照", response_model=PlaceChoices, responses=PROBLEMS)
def choices(_: Reader, service: Served) -> PlaceChoices:
    """What can be chosen."""
    return PlaceChoices(titles={title: places_with(service.house, title, service.today()) for title in TITLES})


@router.get(
    "", summary="两三个地区的认定条件对照", response_model=PlaceTable, responses=PROBLEMS,
    description="各地文件的年份和批次不同，只并排写出，不判断谁严谁宽；最后一栏是现在全国统一的标准。",
)  # fmt: skip
def side_by_side(
    _: Reader,
    service: Served,
    title: Annotated[str, Query(max_length=16, description="专精特新或小巨人。")],
    place: Annotated[list[str], Query(description="地区，见 /workshop/places/choices。", min_length=2, max_length=3)],
    as_of: Annotated[Day, Query()] = None,
) -> PlaceTable:
    """The table."""
    return compare_places(service.house, title, [full_place(one) for one in place], as_of or service.today())
