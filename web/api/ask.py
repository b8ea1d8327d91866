"""POST /ask: one question, one answer; as server-sent events for clients that accept them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from pydantic import Field
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer
from web.api.examples import ASK_EXAMPLES, ask_answer
from web.api.facts import as_facts
from web.api.inputs import Day, Place, Strict, Text, Thread, service_of
from web.problems import details, documented
from web.service import Service

log = logging.getLogger(__name__)
router = APIRouter(tags=["问答"])
EVENT_STREAM = "text/event-stream"
Event = tuple[str, str]


class AskRequest(Strict):
    """One message of a conversation."""

    message: Text = Field(description="问题，用自己的话写，最多2000字。", examples=["上海第一次上规模，市里能奖多少？"])
    thread: Thread | None = Field(default=None, description="接着哪个对话问：上一次回答里的 thread；不写就新开一个。")
    place: Place = None
    as_of: Day = None
    profile: dict[str, Any] | None = Field(
        default=None,
        description="已知的企业情况，写法和 /check 的 facts 一样。",
        examples=[{"revenue": {"2025": "3000万元"}, "class_1_ip": 2}],
    )


@router.post(
    "/ask",
    summary="问一个问题",
    description=(
        "回答带条款出处；资格问题带逐条预检结果。请求头 Accept: text/event-stream 时改为事件流："
        "delta 是回答的一段文字，answer 是完整的回答对象，error 是问题详情。"
    ),
    response_model=Answer,
    responses={
        200: {"content": {"application/json": {"example": ask_answer()}, EVENT_STREAM: {"schema": {"type": "string"}}}},
        **documented(
            "malformed-body", "too-large", "unsupported-media-type", "invalid-request", "unavailable", "internal"
        ),
    },
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": ASK_EXAMPLES}}}},
)
async def ask(
    body: AskRequest,
    service: Annotated[Service, Depends(service_of)],
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response | Answer:
    """Answer in the thread pool; stream where the client accepts events."""
    profile = as_facts(body.profile, body.as_of or service.today())[0] if body.profile else None
    turn = partial(
        service.assistant.ask, body.message, thread=body.thread, place=body.place, as_of=body.as_of, profile=profile
    )
    if EVENT_STREAM in accept.lower():
        return EventSourceResponse(_events(turn), headers={"Cache-Control": "no-store"})
    return await run_in_threadpool(turn)


async def _events(turn: Callable[..., Answer]) -> AsyncIterator[ServerSentEvent]:
    """Events of one turn. When the client goes away the generator is closed; the turn itself runs to its end and is
    recorded, so the conversation has it when the client comes back."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def put(event: Event | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(queue.put_nowait, event)

    def run() -> None:
        try:
            answer = turn(emit=lambda piece: put(("delta", _json({"text": piece}))))
            put(("answer", answer.model_dump_json()))
        except Exception:
            log.exception("a streamed turn failed")
            put(("error", details("internal").model_dump_json(exclude_defaults=True)))
        finally:
            put(None)

    running = loop.run_in_executor(None, run)
    while (event := await queue.get()) is not None:
        yield ServerSentEvent(event=event[0], data=event[1])
    await running


def _json(data: dict[str, str]) -> str:
    return json.dumps(data, ensure_ascii=False)
