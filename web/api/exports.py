"""GET /conversations/{thread}/export: a conversation, or one answer of it, as a file to keep and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from web.api.files_out import FILE, as_file
from web.api.inputs import Thread, service_of
from web.problems import Problem, documented
from web.service import Service

if TYPE_CHECKING:
    from assistant.export.write import Format

router = APIRouter(tags=["对话"])
PROBLEMS = documented("unknown-item", "invalid-request", "unavailable", "internal")


@router.get(
    "/conversations/{thread}/export",
    summary="把一个对话（或其中一次回答）导出成文件",
    description=(
        "企业情况、预检结果、体检、期限、全部问答和依据的条文，按导出当天的收录整理。"
        "format：pdf 或 docx；turn：只要哪一次回答，是回答里的 turn，不写就是整个对话。"
    ),
    response_class=Response,
    responses={200: FILE, **PROBLEMS},
)
def export(
    thread: Thread,
    service: Annotated[Service, Depends(service_of)],
    format: Annotated[Literal["pdf", "docx"], Query(description="文件格式。")] = "pdf",
    turn: Annotated[str | None, Query(description="只导出这一次回答。", pattern=r"^[A-Za-z0-9_-]{1,64}$")] = None,
) -> Response:
    """The file."""
    from assistant.export.conversation import UnknownConversation, conversation_paper

    wanted: Format = format
    try:
        return as_file(conversation_paper(service.assistant, thread, turn), wanted)
    except UnknownConversation as error:
        raise Problem("unknown-item", str(error)) from error
