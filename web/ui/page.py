"""The chat page: a Gradio Blocks page mounted at /. Gradio is imported in this folder only."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
# Gradio would compute tables of its own run times after every event, which nobody looks at.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")

import gradio as gr
from fastapi import FastAPI

from assistant.conversation import DEFAULT_PLACE
from web.service import Service
from web.settings import Settings
from web.ui import chat
from web.ui.fields import day_field, place_field
from web.ui.render import announcement, exchange, welcome
from web.ui.session import Exchange, Session
from web.ui.theme import theme

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
LONGEST = 18_000
"""Characters that the input takes; the body of the request stays under the limit of 64 KB."""
SHUT = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/deep_link", "/gradio_api/runs")
HEADER = (
    '<header class="tl-header"><div class="tl-brand"><span class="tl-mark" aria-hidden="true">条</span>'
    "<div><h1>条理</h1><p>优质中小企业政策问答与资格预检</p></div></div>"
    '<nav aria-label="页面"><a href="/documents">文件</a></nav></header>'
)
FOOTER = "预检不代替主管部门认定。请不要输入身份证号等个人信息。"
PANEL = (
    '<dialog id="tl-panel" aria-label="条款"><button type="button" class="tl-close" aria-label="关闭条款">✕</button>'
    '<div class="tl-panel-content"></div></dialog>'
)


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
    """The Blocks page over a service, which may still be closed."""
    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with gr.Blocks(title="条理 · 政策问答与资格预检", analytics_enabled=False, fill_width=True) as page:
        session = gr.State(Session())
        with gr.Column(elem_id="tl-page"):
            with gr.Row(elem_id="tl-top"):
                gr.HTML(HEADER, apply_default_css=False)
                place = place_field(DEFAULT_PLACE, elem_id="tl-place")
                day = day_field(lambda: service.today().isoformat(), elem_id="tl-day")
                new = gr.Button("新对话", elem_id="tl-new", size="sm", min_width=80)
            past = gr.HTML("", elem_id="tl-past", apply_default_css=False)
            live = gr.HTML(welcome(), elem_id="tl-live", apply_default_css=False)
            status = gr.HTML("", html_template=STATUS, elem_id="tl-status", apply_default_css=False)
            with gr.Column(elem_id="tl-composer"):
                message = gr.Textbox(
                    label="您的问题", elem_id="tl-message", lines=1, max_lines=6, max_length=LONGEST,
                    placeholder="问政策，或说说企业情况", submit_btn="发送",
                )  # fmt: skip
                gr.HTML(f'<p class="tl-footer">{FOOTER}</p>', apply_default_css=False)
        thread = gr.HTML("", elem_id="tl-thread", apply_default_css=False)
        gr.HTML(PANEL, apply_default_css=False, elem_id="tl-panel-box")
        bridge = gr.HTML("", elem_id="tl-bridge", js_on_load=(HERE / "bridge.js").read_text("utf-8"))

        shown = [session, past, live, status, message, place, thread]

        def ask(text: str, where: str, when: str, state: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            chosen = str(getattr(event, "text", "")) if event.target is bridge else text
            yield from _show(service, state or Session(), chosen[:LONGEST], where, when)

        for listen in (message.submit, bridge.ask):
            listen(
                ask, [message, place, day, session], shown,
                concurrency_limit=settings.page_at_once, concurrency_id="ask", trigger_mode="once", **hidden,
            )  # fmt: skip

        def fill(event: gr.EventData) -> str:
            return str(event.text)[:200]

        bridge.fill(fill, None, message, queue=False, **hidden)

        def rate(state: Session, event: gr.EventData) -> tuple[Any, ...]:
            one = state.find(str(event.key))
            if one:
                chat.rate(service, one, str(event.verdict))
            return state, *_frames(state)

        bridge.rate(rate, session, [session, past, live], queue=False, **hidden)

        def resume(event: gr.EventData) -> tuple[Any, ...]:
            state = chat.resume(service, str(event.thread)[:64])
            return state, *_frames(state), _thread(state)

        bridge.resume(resume, None, [session, past, live, thread], queue=False, **hidden)

        def start_over() -> tuple[Any, ...]:
            state = Session()
            return state, *_frames(state), _status(""), "", DEFAULT_PLACE, service.today().isoformat(), _thread(state)

        new.click(start_over, None, [session, past, live, status, message, place, day, thread], queue=False, **hidden)
    return page


STATUS = '<div role="status" aria-live="polite" class="tl-hidden">${value}</div>'


def _show(service: Service, state: Session, text: str, where: str, when: str) -> Iterator[tuple[Any, ...]]:
    """Updates of the page during one exchange: session, past, live, status, message, place, thread."""
    earlier = "".join(exchange(one) for one in state.exchanges)
    one: Exchange | None = None
    first = True
    for one in chat.converse(service, state, text, where, when):
        past = earlier if first else gr.skip()
        cleared: Any = "" if first else gr.skip()
        yield gr.skip(), past, exchange(one), announcement(one) if first else gr.skip(), cleared, gr.skip(), gr.skip()
        first = False
    if one is None:
        return
    failed = one.answer is None or one.answer.status == "failed"
    back: Any = text if failed else gr.skip()
    moved = one.answer.place if one.answer and one.answer.place else where
    yield state, gr.skip(), exchange(one), announcement(one), back, moved, _thread(state)


def _frames(state: Session) -> tuple[str, str]:
    """The earlier exchanges, and the newest one (the welcome when there is none)."""
    if not state.exchanges:
        return "", welcome()
    return "".join(exchange(one) for one in state.exchanges[:-1]), exchange(state.exchanges[-1])


def _status(text: str) -> str:
    return text


def _thread(state: Session) -> str:
    return f'<span data-thread="{state.thread or ""}"></span>'
