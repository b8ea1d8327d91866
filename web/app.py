"""The FastAPI application: API under /api/v1, health checks, and the chat page at /."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Mount, compile_path

from assistant.house import House
from web import problems
from web.api import (
    accounts,
    ask,
    calls,
    check,
    company,
    conversations,
    curated,
    desk,
    document_imports,
    document_pages,
    documents,
    documents_care,
    exports,
    feedback,
    handouts,
    health,
    own_ticket,
    profile,
    search,
    tickets,
    workshop,
    workshop_join,
    workshop_places,
    workshop_rooms,
    workshop_screenings,
)
from web.middleware import BodyLimit, NoUploads, SecurityHeaders
from web.service import Service
from web.settings import Settings
from web.ui.account.page import serve_account
from web.ui.console.page import serve_console
from web.ui.document import serve_owner
from web.ui.files.page import serve_files
from web.ui.page import SHUT, mount
from web.ui.room.page import serve_room
from web.ui.workshop.page import serve_workshop

ABOUT = (
    "优质中小企业政策问答与资格预检。回答逐句带条款出处；预检结论由确定的规则得出，不由语言模型得出，"
    "最终以主管部门认定为准。出错时返回 RFC 9457 问题详情（application/problem+json），type 固定不变。"
)
UPLOADS = ("/api/v1/documents/imports", "/api/v1/workshop/screenings")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(house: House | None = None, settings: Settings | None = None) -> FastAPI:
    """The application. ``house``: an open house to use; without one, the lifespan opens it and closes it again."""
    settings = settings or Settings()
    service = Service(house)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.open)
        try:
            yield
        finally:
            service.close()

    # The interactive API pages of FastAPI load their scripts from elsewhere, so they are not served.
    app = FastAPI(title="条理 Tiaoli", version="1", description=ABOUT, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.service, app.state.settings = service, settings
    problems.install(app)
    api = APIRouter(prefix="/api/v1")
    # The routes of one document take its id, which holds slashes, so the narrower ones come first.
    for module in (
        accounts,
        ask,
        calls,
        check,
        company,
        desk,
        search,
        document_imports,
        document_pages,
        documents_care,
        documents,
        exports,
        feedback,
        handouts,
        conversations,
        own_ticket,
        tickets,
        curated,
        profile,
        workshop,
        workshop_join,
        workshop_places,
        workshop_rooms,
        workshop_screenings,
    ):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(health.router)
    app.add_api_route("/problems/{kind}", _problem_page, include_in_schema=False)
    app.add_api_route("/api/{rest:path}", _no_such_route, methods=METHODS, include_in_schema=False)
    page = serve_owner(app, service)
    serve_account(app)
    serve_files(app, settings)
    serve_console(app)
    serve_workshop(app)
    serve_room(app)
    mount(app, service, settings)
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            problems.install(route.app)
    app.add_middleware(SecurityHeaders, edit=page)
    app.add_middleware(NoUploads, shut=SHUT)
    app.add_middleware(BodyLimit, limit=settings.max_body, uploads=UPLOADS, upload_limit=settings.max_upload)
    return app


async def _no_such_route(request: Request) -> None:
    """For what no route of the API takes: 405 where another method would be taken, else 404."""
    allowed: set[str] = set()
    for path, operations in request.app.openapi()["paths"].items():
        if compile_path(path)[0].match(request.url.path):
            allowed |= {method.upper() for method in operations}
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
    raise problems.Problem("not-found")


async def _problem_page(kind: str) -> PlainTextResponse:
    """What a problem ``type`` means, for people who open it."""
    known = problems.KINDS.get(kind)
    if known is None:
        raise problems.Problem("not-found")
    return PlainTextResponse(f"{known.title}（HTTP {known.status}）\n{known.detail}\n")
