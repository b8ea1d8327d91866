"""GET and POST /search: clauses and topics for a query."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from assistant.searching import SearchHit
from assistant.searching import search as run
from web.api.inputs import Day, Place, Strict, Text, service_of
from web.problems import documented
from web.service import Service

router = APIRouter(tags=["检索"])
LONGEST = 500


class SearchRequest(Strict):
    """A query with its filters."""

    query: Text = Field(min_length=1, max_length=LONGEST, description="要找的内容。", examples=["首次上规模 奖励"])
    k: int = Field(default=10, ge=1, le=50, description="最多几条。")
    place: Place = Field(default=None, description="只看在这里适用的（含更大范围的规定）；不写就全部看。")
    as_of: Day = Field(default=None, description="只看这一天有效的；不写就全部看，并标明今天的效力。")


class SearchResult(BaseModel):
    """What was found, best first; ``total`` hits."""

    query: str
    total: int
    hits: list[SearchHit]


@router.get(
    "/search",
    summary="检索条款",
    responses=documented("invalid-request", "unavailable", "internal"),
    response_model=SearchResult,
)
def search_get(
    service: Annotated[Service, Depends(service_of)],
    q: Annotated[
        Text, Query(min_length=1, max_length=LONGEST, description="要找的内容。", examples=["首次上规模 奖励"])
    ],
    k: Annotated[int, Query(ge=1, le=50, description="最多几条。")] = 10,
    place: Annotated[Place, Query(description="只看在这里适用的（含更大范围的规定）。")] = None,
    as_of: Annotated[Day, Query(description="只看这一天有效的。")] = None,
) -> SearchResult:
    """The search of the query parameters."""
    return _search(service, SearchRequest(query=q, k=k, place=place, as_of=as_of))


@router.post(
    "/search",
    summary="检索条款",
    responses=documented("malformed-body", "too-large", "invalid-request", "unavailable", "internal"),
    response_model=SearchResult,
)
def search_post(body: SearchRequest, service: Annotated[Service, Depends(service_of)]) -> SearchResult:
    """The search of a JSON body."""
    return _search(service, body)


def _search(service: Service, request: SearchRequest) -> SearchResult:
    hits = run(service.house, request.query, request.k, request.place, request.as_of)
    return SearchResult(query=request.query, total=len(hits), hits=hits)
