"""What a specialist looks up on a call: search as one types, one clause with its sentences to read out, side by side."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from assistant.conversation import DEFAULT_PLACE
from assistant.desk.comparing import Comparison, Counterpart, counterparts
from assistant.desk.comparing import compare as compared
from assistant.desk.readout import ReadOut, printed_source, read_outs, read_topic
from assistant.desk.search import LONGEST, DeskFound, DeskSearch
from assistant.library import ClauseInfo, clause
from web.api.inputs import Day, Place, Text, service_of
from web.problems import Problem, documented
from web.security import Account, require
from web.service import Service

router = APIRouter(tags=["坐席"])
Specialist = Annotated[Account, Depends(require("specialist"))]
PROBLEMS = documented("unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable")
UNKNOWN = "没有这个编号的条款；写法是 文件编号#条款号。"


class DeskClause(BaseModel):
    """A clause or a topic: its ``clause`` (None for a topic), what can be read out, what can be laid beside it."""

    ref: str
    title: str
    clause: ClauseInfo | None
    source: str
    read_outs: list[ReadOut]
    beside: list[Counterpart] = []
    clauses: list[ClauseInfo] = []


def desk_search(request: Request, service: Annotated[Service, Depends(service_of)]) -> DeskSearch:
    """The search of this application, made once."""
    if not hasattr(request.app.state, "desk_search"):
        request.app.state.desk_search = DeskSearch(lambda: service.house)
    found: DeskSearch = request.app.state.desk_search
    return found


@router.get(
    "/desk/search", summary="边打字边找条款", response_model=DeskFound,
    responses=documented("unauthorised", "forbidden", "invalid-request", "unavailable"),
)  # fmt: skip
def search(
    _: Specialist,
    desk: Annotated[DeskSearch, Depends(desk_search)],
    q: Annotated[Text, Query(max_length=10 * LONGEST, description="打到一半的字、文号、条款号或整句话。")] = "",
    place: Annotated[Place, Query(description="客户在哪里；不写就是上海市。")] = None,
    as_of: Annotated[Day, Query(description="按哪一天的规定；不写就是今天。")] = None,
    limit: Annotated[int, Query(ge=1, le=20, description="最多几条。")] = 8,
) -> DeskFound:
    """Lines with the sentence to read out, citation, status, and where the words stand."""
    return desk.search(q, place=place or DEFAULT_PLACE, as_of=as_of, limit=limit)


@router.get("/desk/clause", summary="一个条款和可以念的话", response_model=DeskClause, responses=PROBLEMS)
def read_clause(
    _: Specialist,
    service: Annotated[Service, Depends(service_of)],
    ref: Annotated[
        Text, Query(max_length=200, description="条款编号，或 topic:编号。", examples=["cn/miit/2026/2#art_17"])
    ],
    place: Annotated[Place, Query(description="客户在哪里；不写就是上海市。")] = None,
    as_of: Day = None,
) -> DeskClause:
    """The clause behind a line."""
    house, day = service.house, as_of or service.today()
    try:
        if ref.startswith("topic:"):
            return _topic(service, ref.partition(":")[2], day)
        info = clause(house, ref, day)
        return DeskClause(
            ref=ref, title=info.document_title, clause=info, source=printed_source(info),
            read_outs=read_outs(house, ref, day), beside=counterparts(house, ref, day, place or DEFAULT_PLACE),
        )  # fmt: skip
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


@router.get("/desk/compare", summary="两个条款并排看", response_model=Comparison, responses=PROBLEMS)
def compare(
    _: Specialist,
    service: Annotated[Service, Depends(service_of)],
    left: Annotated[Text, Query(max_length=200, description="左边的条款编号。")],
    right: Annotated[Text, Query(max_length=200, description="右边的条款编号；可以和左边一样，只换日期。")],
    left_as_of: Day = None,
    right_as_of: Day = None,
) -> Comparison:
    """Both clauses, with what differs marked."""
    today = service.today()
    try:
        return compared(service.house, left, right, left_as_of or today, right_as_of or today)
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


def _topic(service: Service, name: str, day: date) -> DeskClause:
    house = service.house
    topic = house.corpus.topics[name]
    reads = [read_topic(house, topic, day, qa.ask[0]) for qa in topic.questions]
    cited = [clause(house, ref, day) for ref in topic.refs if ref in house.corpus.clauses]
    source = "；".join(printed_source(info) for info in cited)
    return DeskClause(
        ref=f"topic:{name}", title=topic.title, clause=None, source=source, read_outs=reads, clauses=cited
    )
