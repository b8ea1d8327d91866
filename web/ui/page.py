"""The owner's chat: what Gradio does of the page. It carries the conversation (asking, streaming, showing it again); the
page around it, which stands before Gradio's scripts have come, is in ``owner/``. Gradio is imported in this folder only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
# Gradio would compute tables of its own run times after every event, which nobody looks at.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")

import gradio as gr
from fastapi import FastAPI

from assistant.store import new_id
from web.service import Service
from web.settings import Settings
from web.ui import chat
from web.ui.asked import Asked
from web.ui.render import announcement, exchange
from web.ui.theme import theme

HERE = Path(__file__).parent
THREAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST = 18_000
"""Characters that the input takes; the body of the request stays under the limit of 64 KB."""
SHUT = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/deep_link", "/gradio_api/runs")
STATUS = '<div role="status" aria-live="polite" class="tl-hidden">${value}</div>'
EMPTIED = "() => ['', '', '', '']"
"""Emptying the page is the browser's own work: an answer of the service could come after what is opened next."""
TITLE = "条理 · 政策问答与资格预检"


def mount(app: FastAPI, service: Service, settings: Settings) -> None:
    """Put the page at / of ``app``."""
    gr.mount_gradio_app(
        app,
        build(service, settings),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        theme=theme(),
        favicon_path=str(HERE / "favicon.svg"),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def build(service: Service, settings: Settings) -> gr.Blocks:
    """The conversation over a service, which may still be closed."""
    asked = Asked(partial(chat.is_stored, service))
    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        past = gr.HTML("", elem_id="tl-past", apply_default_css=False)
        live = gr.HTML("", elem_id="tl-live", apply_default_css=False)
        status = gr.HTML("", html_template=STATUS, elem_id="tl-status", apply_default_css=False)
        thread = gr.HTML("", elem_id="tl-thread", apply_default_css=False)
        bridge = gr.HTML("", elem_id="tl-bridge", js_on_load=(HERE / "bridge.js").read_text("utf-8"))
        shown = [past, live, status, thread]

        def ask(event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            sent = _sent(event)
            yield from _frames(chat.converse(service, asked, sent), sent)

        def show(event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            sent = _sent(event)
            yield from _frames(chat.show(service, asked, sent.thread, sent.key, sent.seen), sent)

        at_once: dict[str, Any] = {"concurrency_limit": settings.page_at_once, "trigger_mode": "multiple"}
        streams = [
            bridge.ask(ask, None, shown, concurrency_id="ask", **at_once, **hidden),
            bridge.show(show, None, shown, concurrency_id="show", **at_once, **hidden),
        ]
        bridge.clear(None, None, shown, js=EMPTIED, queue=False, cancels=streams, **hidden)
    return page


def _sent(event: gr.EventData) -> chat.Sent:
    """What the page's script sends, taken for no more than text."""

    def text(name: str) -> str:
        return str(getattr(event, name, None) or "")

    thread, seen = text("thread"), text("seen")
    return chat.Sent(
        thread=thread if THREAD.fullmatch(thread) else new_id(),
        key=text("key")[:64],
        text=text("text")[:LONGEST],
        place=text("place")[:40],
        day=text("day")[:10],
        round=text("round")[:10],
        seen=int(seen) if seen.isdigit() else 0,
    )


def _frames(frames: Iterator[chat.Frame], sent: chat.Sent) -> Iterator[tuple[Any, ...]]:
    """Updates of the page: past (once, and where it changed), live, status, and the word for the page's script."""
    past, said = None, None
    for frame in frames:
        earlier = [one.key for one in frame.earlier]
        new = earlier != past
        past = earlier
        one = frame.newest
        spoken = announcement(one) if one else ""
        yield (
            "".join(exchange(each) for each in frame.earlier) if new else gr.skip(),
            exchange(one) if one else "",
            spoken if spoken != said else gr.skip(),
            _marker(sent, frame),
        )
        said = spoken


def _marker(sent: chat.Sent, frame: chat.Frame) -> str:
    """What the page's script is told: which thread, how it stands, the place that its latest answer was for."""
    newest = frame.newest
    place = newest.answer.place if newest and newest.answer else ""
    count = len(frame.earlier) + (newest is not None)
    return (
        f'<span data-thread="{escape(sent.thread)}" data-round="{escape(sent.round)}" data-said="{escape(frame.said)}" data-count="{count}" '
        f'data-place="{escape(place)}"></span>'
    )
