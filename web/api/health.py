"""/healthz: the process lives. /readyz: it can answer and keep conversations."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from web.api.inputs import service_of
from web.problems import Problem
from web.service import Service

router = APIRouter(tags=["运行"])
State = Literal["ok", "degraded", "down"]


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Part(BaseModel):
    """One part of the service and what to do when it is not ok."""

    state: State
    detail: str = ""


class Readiness(BaseModel):
    """``ready`` when questions can be answered; conversations that cannot be kept only degrade."""

    ready: bool
    index: Part
    store: Part
    model: str | None = None


@router.get("/healthz", summary="进程是否活着", response_model=Health)
def healthz() -> Health:
    """Always ok while the process answers."""
    return Health()


@router.get("/readyz", summary="能不能回答问题", response_model=Readiness, responses={503: {"model": Readiness}})
def readyz(response: Response, service: Annotated[Service, Depends(service_of)]) -> Readiness:
    """Look at the index and the store; 503 while the index cannot be used."""
    try:
        house = service.house
    except Problem as problem:
        response.status_code = 503
        return Readiness(ready=False, index=Part(state="down", detail=problem.detail), store=Part(state="down"))
    house.refresh()
    ready = house.searcher is not None
    response.status_code = 200 if ready else 503
    return Readiness(
        ready=ready, index=_index(service), store=_store(service), model=getattr(house.model, "name", None)
    )


def _index(service: Service) -> Part:
    searcher = service.house.searcher
    if searcher is None:
        return Part(state="down", detail=service.house.why or "索引还没有建好，请运行 tiaoli index build。")
    if searcher.degraded:
        return Part(state="degraded", detail="向量索引用不了，正在按字面检索。请运行 tiaoli index build --full。")
    return Part(state="ok")


def _store(service: Service) -> Part:
    store = service.house.store
    if store is None:
        return Part(state="degraded", detail="对话数据库打不开，对话不会保存。请检查 TIAOLI_HOME 或 TIAOLI_DATABASE。")
    try:
        with store.engine.connect() as connection:
            connection.execute(text("select 1"))
    except SQLAlchemyError:
        return Part(state="degraded", detail="对话数据库连不上，对话不会保存。请检查 TIAOLI_HOME 或 TIAOLI_DATABASE。")
    return Part(state="ok")
