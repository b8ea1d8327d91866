"""POST /check: the criteria checker on given facts. POST /extract: facts from words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from assistant.answer import Understood, Verdict
from web.api.examples import CHECK_EXAMPLES
from web.api.facts import as_facts
from web.api.inputs import Day, Place, Strict, Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["预检"])


class CheckRequest(Strict):
    """A company and the title to be checked."""

    title: Text = Field(min_length=1, description="查哪个称号：专精特新、小巨人，全称也可以。", examples=["专精特新"])
    facts: dict[str, Any] = Field(
        description="企业情况：事实名（编号或中文名）到值；分年度的写成 {年份: 值}，不清楚的写“不清楚”。",
        examples=[{"revenue": {"2025": "1480万元"}, "debt_ratio": "45%", "class_1_ip": 2, "is_sme": True}],
    )
    track: Literal["first", "review"] | None = Field(
        default=None, description="first 首次申报，review 到期复核；不写就都看。"
    )
    as_of: Day = None


class ExtractRequest(Strict):
    """Words about a company."""

    message: Text = Field(
        min_length=1, max_length=2000, description="一段企业情况。", examples=["去年营收1480万，研发80万"]
    )
    place: Place = None
    as_of: Day = None


class Extracted(BaseModel):
    """What was understood: facts for confirmation, and what has to be cleared up first."""

    facts: list[Understood]
    problems: list[str]
    title: str | None
    track: Literal["first", "review"] | None


@router.post(
    "/check",
    summary="按标准逐条预检",
    response_model=Verdict,
    responses=documented("malformed-body", "too-large", "unsupported-media-type", "invalid-request", "internal"),
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": CHECK_EXAMPLES}}}},
)
def check(body: CheckRequest, service: Annotated[Service, Depends(service_of)]) -> Verdict:
    """The verdict of the checker."""
    from assistant.criteria import StandardNotFound
    from assistant.criteria import check as run

    day = body.as_of or service.today()
    facts, problems = as_facts(body.facts, day)
    try:
        return run(body.title, facts, track=body.track, as_of=day, problems=problems)
    except StandardNotFound as error:
        raise Problem("invalid-request", str(error)) from error


@router.post(
    "/extract",
    summary="从一段话里读出企业情况",
    response_model=Extracted,
    responses=documented("malformed-body", "too-large", "unsupported-media-type", "invalid-request", "internal"),
)
def extract(body: ExtractRequest, service: Annotated[Service, Depends(service_of)]) -> Extracted:
    """Facts from words, as they were understood."""
    from assistant.facts.describe import describe
    from assistant.facts.extract import extract as run

    found = run(body.message, as_of=body.as_of or service.today())
    return Extracted(
        facts=[describe(s) for s in found.statements],
        problems=[p.sentence for p in found.problems],
        title=found.title,
        track=found.track,
    )
