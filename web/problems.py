"""Errors as RFC 9457 problem details, in Chinese, with a stable ``type``; nothing of the inside is shown."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.params import Form
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from assistant.accounts.tries import TooManyTries
from assistant.errors import AssistantError, BadInput, Conflict
from assistant.library import SearchUnavailable
from web.wording import sentence

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
UPLOAD = "请用 multipart/form-data 上传，文件放在字段 files 里。"


@dataclass(frozen=True)
class Kind:
    """One type of problem: its HTTP status, its title, and what it says when there is nothing more to say."""

    status: int
    title: str
    detail: str


KINDS = {
    "malformed-body": Kind(400, "请求内容读不了", "请求内容不是完整的 UTF-8 JSON，请检查编码和格式。"),
    "unauthorised": Kind(401, "请先登录", "这里要先登录才能用。"),
    "forbidden": Kind(403, "没有权限", "您的账号没有这里需要的角色。"),
    "other-site": Kind(403, "不接受别的网站发来的请求", "这个操作只能从条理自己的页面或命令行发起，没有处理。"),
    "not-found": Kind(404, "没有这个地址", "请检查网址；接口说明在 /openapi.json。"),
    "unknown-item": Kind(404, "没有找到", "没有这个编号的内容，请检查编号。"),
    "method-not-allowed": Kind(405, "请求方法不对", "这个地址不支持这种请求方法，接口说明在 /openapi.json。"),
    "conflict": Kind(409, "别处先改了", "这里的内容刚在别的地方改过，请看过新的内容再改。"),
    "too-large": Kind(413, "内容太大", "请求内容太大了，没有处理。请缩短后再发。"),
    "unsupported-media-type": Kind(415, "内容类型不对", "请用 Content-Type: application/json 发送。"),
    "invalid-request": Kind(422, "请求内容不合要求", "有的字段不合要求，见 errors。"),
    "too-many": Kind(429, "试的次数太多", "请等一会儿再试。"),
    "unavailable": Kind(503, "暂时用不了", "服务暂时用不了，请稍后再试。"),
    "internal": Kind(500, "服务出了问题", "这次没有处理成功，请再试一次；还不行请联系管理员。"),
}
BY_STATUS = {kind.status: name for name, kind in KINDS.items() if name not in ("unknown-item", "other-site")}


class FieldError(BaseModel):
    """What is wrong with one field: a JSON pointer (or the parameter's name) and a sentence."""

    pointer: str
    detail: str


class ProblemDetails(BaseModel):
    """The body of an error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class Problem(Exception):
    """Ends a request with a problem of ``KINDS``."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


def details(kind: str, detail: str = "", errors: list[FieldError] | None = None) -> ProblemDetails:
    """The body for a problem of ``KINDS``."""
    known = KINDS[kind]
    return ProblemDetails(
        type=f"/problems/{kind}",
        title=known.title,
        status=known.status,
        detail=detail or known.detail,
        errors=errors or [],
    )


def response(
    kind: str, detail: str = "", errors: list[FieldError] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response for a problem of ``KINDS``."""
    body = details(kind, detail, errors).model_dump(exclude_defaults=True)
    return JSONResponse(body, KINDS[kind].status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def documented(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route for OpenAPI."""
    found: dict[int | str, dict[str, Any]] = {}
    for name in kinds:
        example = details(name).model_dump(exclude_defaults=True)
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}, "example": example}}
        if earlier := found.get(KINDS[name].status):
            earlier["description"] += f"；{KINDS[name].title}"
        else:
            found[KINDS[name].status] = {"model": ProblemDetails, "description": KINDS[name].title, "content": content}
    return found


def install(app: Starlette) -> None:
    """Every error that leaves ``app`` becomes a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(AssistantError, _assistant)
    if isinstance(app, FastAPI):
        app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


async def _problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return response(error.kind, error.detail)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind = BY_STATUS.get(error.status_code)
    if kind is None:
        kind = "malformed-body" if error.status_code < 500 else "internal"
        body = {**details(kind).model_dump(exclude_defaults=True), "status": error.status_code}
        return JSONResponse(body, error.status_code, media_type=MEDIA_TYPE)
    return response(kind, headers=error.headers)


async def _assistant(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, BadInput):
        return response("invalid-request", str(error))
    if isinstance(error, Conflict):
        return response("conflict", str(error))
    if isinstance(error, TooManyTries):
        return response("too-many", str(error), headers={"Retry-After": str(error.seconds)})
    if not isinstance(error, SearchUnavailable):
        log.warning("%s", error)
    return response("unavailable", str(error))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return response("malformed-body")
    if request.method == "POST" and not _is_of_type(request):
        return response("unsupported-media-type", UPLOAD if _takes_files(request) else "")
    errors = [FieldError(pointer=_pointer(e["loc"]), detail=sentence(e)) for e in found[:20]]
    return response("invalid-request", errors=errors)


def _is_of_type(request: Request) -> bool:
    """Whether the body is of the type that the route takes."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if _takes_files(request):
        return given == "multipart/form-data"
    return given == "application/json" or given.endswith("+json")


def _takes_files(request: Request) -> bool:
    field = getattr(request.scope.get("route"), "body_field", None)
    return isinstance(getattr(field, "field_info", None), Form)


def _pointer(where: tuple[int | str, ...]) -> str:
    """A JSON pointer into the body (RFC 6901), or the name of a query or path parameter."""
    kind, *rest = where
    if kind != "body":
        return "/".join(str(part) for part in rest)
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in rest)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return response("internal")
