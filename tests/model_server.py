"""A chat-completions endpoint on this machine that answers as it is told to: well, badly, or not at all."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Server(ThreadingHTTPServer):
    """``behaviour`` decides what a request gets, or that of ``by_model`` for the model it names; ``requests`` keeps the
    bodies that came, ``strayed`` the paths of requests that had no business here."""

    daemon_threads = True
    request_queue_size = 64
    behaviour: Behaviour
    by_model: dict[str, Behaviour]
    requests: list[dict[str, Any]]
    strayed: list[str]
    closing: threading.Event

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the game."""


class Handler(BaseHTTPRequestHandler):
    """Speaks the streaming protocol of OpenAI's chat completions, and Ollama's own at ``/api/chat``."""

    protocol_version = "HTTP/1.1"
    server: Server
    body: dict[str, Any]

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self.body = json.loads(self.rfile.read(length))
        self.close_connection = True
        if self.path not in ("/v1/chat/completions", "/api/chat"):
            self.server.strayed.append(self.path)
        self.server.requests.append(self.body)
        self.server.by_model.get(self.body["model"], self.server.behaviour)(self)

    def do_GET(self) -> None:
        self.server.strayed.append(self.path)
        self.close_connection = True
        self.start(404)

    @property
    def native(self) -> bool:
        """Whether the client speaks Ollama's own protocol."""
        return self.path == "/api/chat"

    def log_message(self, format: str, *args: Any) -> None:
        """No log."""

    @property
    def tokens(self) -> dict[str, str]:
        """Clause token → its text, as the prompt handed them out."""
        prompt = self.body["messages"][-1]["content"]
        return dict(re.findall(r"〔(c\d+)〕(.*)", prompt))

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Status line and headers."""
        if self.native and kind == "text/event-stream":
            kind = "application/x-ndjson"
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("connection", "close")
        self.end_headers()

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self.wfile.write(data)
        self.wfile.flush()

    def say(self, text: str) -> None:
        """One streamed piece."""
        if self.native:
            self.line({"message": {"role": "assistant", "content": text}, "done": False})
        else:
            self.delta({"role": "assistant", "content": text})

    def delta(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> None:
        """One event with this delta."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.event({"choices": [choice], **more})

    def event(self, what: dict[str, Any]) -> None:
        """One event of a stream."""
        chunk = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", **what}
        self.raw(f"data: {json.dumps(chunk)}\n\n".encode())

    def line(self, what: dict[str, Any]) -> None:
        """One line of Ollama's stream."""
        about = {"model": self.body["model"], "created_at": "2026-11-21T00:00:00Z", **what}
        self.raw(f"{json.dumps(about)}\n".encode())

    def end(self, finish: str = "stop", usage: dict[str, Any] | None = None) -> None:
        """The end of a good stream."""
        if self.native:
            counts = {"prompt_eval_count": 120, "eval_count": 34}
            self.line({"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": finish, **counts})
            return
        self.delta({}, finish)
        if usage is not None:
            self.event({"choices": [], "usage": usage})
        self.raw(b"data: [DONE]\n\n")

    def wait(self, seconds: float) -> bool:
        """Pause; False when the test is over."""
        return not self.server.closing.wait(seconds)


def says(text: str, *, pieces: int = 3) -> Behaviour:
    """Streams ``text`` in pieces of so many characters."""

    def behave(handler: Handler) -> None:
        handler.start()
        for start in range(0, len(text), pieces):
            handler.say(text[start : start + pieces])
        handler.end()

    return behave


def fails(status: int, **headers: str) -> Behaviour:
    """An error status."""

    def behave(handler: Handler) -> None:
        handler.start(status, "application/json", **headers)
        handler.raw(b'{"error": {"message": "no", "type": "x"}}')

    return behave


def sends(*parts: bytes) -> Behaviour:
    """Bytes in place of a good stream."""

    def behave(handler: Handler) -> None:
        handler.start()
        for part in parts:
            handler.raw(part)

    return behave


def endless(text: str = "", pause: float = 0.01) -> Behaviour:
    """Goes on for ever; without text it only keeps the line open."""

    def behave(handler: Handler) -> None:
        handler.start()
        while handler.wait(pause):
            handler.say(text) if text else handler.raw(b": still here\n\n")

    return behave


def silent(seconds: float = 60) -> Behaviour:
    """Takes the request and does not answer."""

    def behave(handler: Handler) -> None:
        handler.wait(seconds)

    return behave


def reset(handler: Handler) -> None:
    """Begins well and breaks the connection."""
    handler.start()
    handler.say("每年")
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


@contextmanager
def serving() -> Iterator[Server]:
    """A running server on a free port."""
    server = Server(("127.0.0.1", 0), Handler)
    server.requests, server.strayed, server.by_model = [], [], {}
    server.closing, server.behaviour = threading.Event(), says("")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def url(server: Server) -> str:
    """The base URL to configure."""
    host, port = server.server_address[:2]
    return f"http://{host!s}:{port}/v1"


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def elapsed(since: float) -> float:
    """Seconds since a monotonic moment."""
    return time.monotonic() - since
