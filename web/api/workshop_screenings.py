"""A class's companies: a table in, verdicts, charts and a table out, as a job with progress, deleted after a day."""

from __future__ import annotations

import os
from pathlib import Path as File
from tempfile import mkstemp
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Request, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from assistant.workshop.screening import Screenings, UnknownScreening
from assistant.workshop.screening_models import Screening
from web.api.inputs import Day
from web.api.workshop import Served, Trainer
from web.problems import Problem, documented
from web.security import Account

router = APIRouter(prefix="/workshop/screenings", tags=["培训"])
PROBLEMS = documented("unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable")
LARGEST = 10 * 2**20
BLOCK = 2**20
MOST_TITLES = 4
Job = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="核对的编号。")]
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "cells": "text/csv; charset=utf-8",
}  # fmt: skip


class ScreeningList(BaseModel):
    """A trainer's screenings of the last day, the newest first."""

    screenings: list[Screening]


def screenings_of(request: Request) -> Screenings:
    """The screenings of this application, made once."""
    if not hasattr(request.app.state, "screenings"):
        request.app.state.screenings = Screenings()
    found: Screenings = request.app.state.screenings
    return found


Kept = Annotated[Screenings, Depends(screenings_of)]


def _whose(account: Account) -> str | None:
    return None if "admin" in account.roles else account.id


@router.post(
    "", summary="上传班里企业的名单，逐家核对", status_code=202, response_model=Screening,
    responses={**PROBLEMS, **documented("too-large", "malformed-body")},
    description="收 .xlsx、.csv、.parquet，最大 10 MB、5000 家。马上返回任务，进度用编号查；结果一天后自动删掉。",
)  # fmt: skip
async def start(
    request: Request,
    response: Response,
    trainer: Trainer,
    service: Served,
    file: UploadFile,
    titles: Annotated[list[str] | None, Form(description="核对哪几个称号；不写就是专精特新和小巨人。")] = None,
    track: Annotated[
        Literal["first", "review"] | None, Form(description="first 首次，review 复核；不写两种都看。")
    ] = None,
    as_of: Annotated[Day, Form()] = None,
) -> Screening:
    """Keep the file and start the job."""
    jobs = screenings_of(request)
    chosen = list(dict.fromkeys(titles or ["zjtx", "xjr"]))
    if len(chosen) > MOST_TITLES:
        raise Problem("invalid-request", f"一次最多核对{MOST_TITLES}个称号。")
    handle, name = mkstemp(prefix="tiaoli-screening-")
    try:
        with os.fdopen(handle, "wb") as target:
            size = 0
            while block := await file.read(BLOCK):
                size += len(block)
                if size > LARGEST:
                    raise Problem("too-large", f"名单超过 {LARGEST // 2**20} MB，请分几次上传。")
                await run_in_threadpool(target.write, block)
        job = await run_in_threadpool(
            jobs.start, trainer.id, file.filename or "", File(name), titles=chosen, track=track,
            as_of=as_of or service.today(),
        )  # fmt: skip
    finally:
        File(name).unlink(missing_ok=True)
    response.headers["Location"] = f"/api/v1/workshop/screenings/{job.id}"
    return job


@router.get("", summary="我上传的名单", response_model=ScreeningList, responses=PROBLEMS)
def newest(trainer: Trainer, jobs: Kept) -> ScreeningList:
    """The trainer's own."""
    return ScreeningList(screenings=jobs.list(trainer.id))


@router.get("/{job}", summary="核对的进度和结果", response_model=Screening, responses=PROBLEMS)
def read(job: Job, trainer: Trainer, jobs: Kept) -> Screening:
    """One job as it stands."""
    try:
        return jobs.get(job, _whose(trainer))
    except UnknownScreening as error:
        raise Problem("unknown-item", str(error)) from error


@router.get(
    "/{job}/files/{name}", summary="下载核对结果", response_class=Response, responses=PROBLEMS,
    description="xlsx 是逐家的结论和理由，cells 是格子的读数报告（没有可说的就没有这份）。",
)  # fmt: skip
def download(job: Job, name: Literal["xlsx", "cells"], trainer: Trainer, jobs: Kept) -> FileResponse:
    """A file of the results."""
    try:
        path = jobs.file(job, _whose(trainer), name)
    except UnknownScreening as error:
        raise Problem("unknown-item", str(error)) from error
    return FileResponse(path, media_type=MEDIA[name], filename=path.name, headers={"Cache-Control": "no-store"})


@router.delete("/{job}", summary="删掉名单和结果", status_code=204, response_class=Response, responses=PROBLEMS)
def delete(job: Job, trainer: Trainer, jobs: Kept) -> None:
    """Delete everything of one job."""
    try:
        jobs.delete(job, _whose(trainer))
    except UnknownScreening as error:
        raise Problem("unknown-item", str(error)) from error
