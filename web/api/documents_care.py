"""/documents/timeline, /versions, /changes and /care: how the collection came about, and what of it needs a look."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from assistant.desk.curated_lint import Linted, lint_curated
from assistant.documents.care import SOON, Care, care
from assistant.documents.changes import Changes, changes
from assistant.documents.timeline import Timeline, timeline
from assistant.documents.unanswered import Unanswered, unanswered
from assistant.documents.versions import Version, versions
from web.api.documents import UNKNOWN, AsOf
from web.api.inputs import Place, Text, service_of
from web.problems import Problem, documented
from web.security import Account, require
from web.service import Service

router = APIRouter(tags=["文件"])
Opened = Annotated[Service, Depends(service_of)]
OfPlace = Annotated[
    Place, Query(description="和哪里有关：那里的、上一级的和下一级的文件；不写就是全部，国家只看全国文件。")
]
Id = Annotated[Text, Query(max_length=200, examples=["cn/miit/2026/2"])]
Staff = Annotated[Account, Depends(require("specialist", "trainer"))]


class VersionList(BaseModel):
    """Pairs of documents of which one came in the place of the other."""

    versions: list[Version]


class Questions(BaseModel):
    """What people asked in vain in the last ``days`` days, and reviewed answers that are shown no more."""

    as_of: date
    days: int
    unanswered: list[Unanswered]
    curated: list[Linted]


@router.get(
    "/documents/timeline",
    summary="时间线：什么替代了什么",
    response_model=Timeline,
    responses=documented("invalid-request"),
)
def read_timeline(
    service: Opened,
    place: OfPlace = None,
    as_of: AsOf = None,
    endings: Annotated[bool, Query(description="只要到期和被替代的。")] = False,
) -> Timeline:
    """Issued, in force, replaced, ended, with what clauses have ends of their own, in time's order."""
    return timeline(service.house, as_of or service.today(), place, endings=endings)


@router.get("/documents/versions", summary="哪份文件替代了哪份", response_model=VersionList)
def list_versions(service: Opened) -> VersionList:
    """As the catalogue's relations say it."""
    return VersionList(versions=versions(service.house))


@router.get(
    "/documents/changes",
    summary="两份文件逐条对照",
    response_model=Changes,
    responses=documented("unknown-item", "invalid-request"),
)
def read_changes(
    service: Opened,
    earlier: Annotated[Id, Query(description="先前那份的编号。")],
    later: Annotated[Id, Query(description="后来那份的编号。")],
    as_of: AsOf = None,
) -> Changes:
    """Clauses that belong together, with the words that differ."""
    try:
        return changes(service.house, earlier, later, as_of or service.today())
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


@router.get("/documents/care", summary="收录里要留意的", response_model=Care, responses=documented("invalid-request"))
def read_care(
    service: Opened,
    place: OfPlace = None,
    as_of: AsOf = None,
    soon: Annotated[int, Query(ge=1, le=1000, description="多少天以内算快到期。")] = SOON,
) -> Care:
    """What ends soon, has ended, was replaced, is old, or lacks digest or original."""
    return care(service.house, as_of or service.today(), place, soon)


@router.get(
    "/documents/care/questions",
    summary="没有答上的问题，和不能再用的整理好的回答",
    response_model=Questions,
    responses=documented("unauthorised", "forbidden", "invalid-request", "unavailable"),
)
def read_questions(
    service: Opened,
    account: Staff,
    days: Annotated[int, Query(ge=1, le=730, description="最近多少天的提问。")] = 90,
) -> Questions:
    """For specialists and trainers: these are the questions of people, though without any personal data."""
    day = service.today()
    return Questions(
        as_of=day, days=days, unanswered=unanswered(service.store, days),
        curated=lint_curated(service.house, service.store, day),
    )  # fmt: skip
