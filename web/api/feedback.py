"""POST /feedback: what a person thought of an answer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, StringConstraints

from web.api.inputs import Strict, Text, service_of
from web.feedback import keep
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["对话"])


class FeedbackRequest(Strict):
    """A thumb for one answer."""

    turn: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] = Field(description="回答里的 turn。")
    verdict: Literal["up", "down"] = Field(description="up 有用，down 没用。")
    comment: Text = Field(default="", max_length=1000, description="想说的话，可以不写；个人信息会先遮住再保存。")


class Kept(BaseModel):
    """The feedback was stored."""

    kept: bool = True


@router.post(
    "/feedback",
    summary="评价一次回答",
    status_code=201,
    response_model=Kept,
    responses=documented("malformed-body", "unknown-item", "invalid-request", "unavailable"),
)
def feedback(body: FeedbackRequest, service: Annotated[Service, Depends(service_of)]) -> Kept:
    """Store it beside the turn."""
    if not keep(service, body.turn, body.verdict, body.comment):
        raise Problem("unknown-item", "没有这次回答的记录，评价没有保存。")
    return Kept()
