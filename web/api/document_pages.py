"""The pages of imported originals: what stands where, and their pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from assistant.documents.pages import NoPicture, PageInfo, page_info, page_png
from web.api.inputs import Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["文件"])
Number = Annotated[int, Path(ge=1, le=100_000, description="原件的第几页。")]
PROBLEMS = documented("unknown-item", "invalid-request")
NOT_IMPORTED = "没有导入过这份文件的原文。"


@router.get(
    "/documents/{document_id:path}/pages/{page}",
    summary="原件的一页：大小，以及条款在哪里",
    responses=PROBLEMS,
    response_model=PageInfo,
)
def read_page(
    document_id: str,
    page: Number,
    service: Annotated[Service, Depends(service_of)],
    eid: Annotated[Text, Query(max_length=100, description="条款号；给了就标出它在这一页的每一行。")] = "",
) -> PageInfo:
    """Where the lines of a clause stand, as shares of the page's width and height."""
    try:
        return page_info(service.house, document_id, page, eid)
    except KeyError as error:
        raise Problem("unknown-item", NOT_IMPORTED) from error
    except NoPicture as error:
        raise Problem("unknown-item", str(error)) from error


@router.get(
    "/documents/{document_id:path}/pages/{page}/picture",
    summary="原件的一页：图片",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "页面图片"}, **PROBLEMS},
)
def read_picture(document_id: str, page: Number, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The page as PNG, personal data painted over."""
    try:
        png = page_png(service.house, document_id, page)
    except KeyError as error:
        raise Problem("unknown-item", NOT_IMPORTED) from error
    except NoPicture as error:
        raise Problem("unknown-item", str(error)) from error
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=60"})
