"""Pure ASGI middleware: bodies of limited size, security headers, no uploads through the page's own door."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import response

INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S | re.I)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class BodyLimit:
    """Refuses bodies of more than ``limit`` bytes: by their announced length, and by counting what really comes.

    ``uploads`` are the paths to which files are sent, with a limit of their own; such a body is not held in memory here.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: tuple[str, ...], upload_limit: int) -> None:
        self.app, self.limit, self.uploads, self.upload_limit = app, limit, uploads, upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        uploaded = scope["method"] == "POST" and scope["path"] in self.uploads
        limit = self.upload_limit if uploaded else self.limit
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            return await self._refuse(scope, receive, send, limit)
        if uploaded:
            return await self.app(scope, _counted(receive, limit), send)
        # Small bodies are read whole before anything else happens, so that a route never sees half of one.
        body = bytearray()
        if scope["method"] in ("POST", "PUT", "PATCH", "DELETE"):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += message.get("body", b"")
                if len(body) > self.limit:
                    return await self._refuse(scope, receive, send, limit)
                more = message.get("more_body", False)
            receive = _replay(bytes(body), receive)
        return await self.app(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        size = f"{limit // 1024} KB" if limit < 2**20 else f"{limit // 2**20} MB"
        advice = "请缩短后再发。" if limit == self.limit else "请分几次导入。"
        detail = f"请求内容超过 {size}，没有处理。{advice}"
        await response("too-large", detail, headers={"Connection": "close"})(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that hands out the body that was read, then goes on with the connection's own."""
    handed = False

    async def replayed() -> Message:
        nonlocal handed
        if handed:
            return await receive()
        handed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _counted(receive: Receive, limit: int) -> Receive:
    """A ``receive`` that ends the request when more comes than ``limit`` bytes."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise HTTPException(413)
        return message

    return counted


class NoUploads:
    """The chat page takes no files, so the doors through which it could are shut."""

    def __init__(self, app: ASGIApp, shut: tuple[str, ...]) -> None:
        self.app, self.shut = app, shut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and scope["path"].startswith(self.shut):
            return await response("not-found")(scope, receive, send)
        return await self.app(scope, receive, send)


class SecurityHeaders:
    """Security headers on every response. An HTML page without a policy of its own is read whole first: ``edit``, which
    gets the scope of the request too, may change it, and its policy names the hash of each inline script in it, so that no other inline script can run."""

    def __init__(self, app: ASGIApp, edit: Callable[[bytes, Scope], Awaitable[bytes]]) -> None:
        self.app, self.edit = app, edit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start: Message | None = None
        page = bytearray()

        async def guarded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page and "content-security-policy" not in headers:
                    start = message
                    return
                headers.setdefault("Content-Security-Policy", API_POLICY)
            elif message["type"] == "http.response.body" and start is not None:
                page.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                html = await self.edit(bytes(page), scope)
                headers = MutableHeaders(scope=start)
                headers["Content-Length"] = str(len(html))
                headers["Content-Security-Policy"] = page_policy(html)
                headers["Cache-Control"] = "no-store"
                await send(start)
                message = {"type": "http.response.body", "body": html}
            await send(message)

        await self.app(scope, receive, guarded)


def page_policy(html: bytes) -> str:
    """The Content-Security-Policy of a page. Everything comes from here; inline scripts run by their hash alone.

    ``unsafe-eval`` stays because Gradio compiles the templates of its HTML component in the browser;
    ``unsafe-inline`` for styles because it writes style attributes.
    """
    hashes = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in INLINE_SCRIPT.findall(html)]
    scripts = " ".join(["'self'", "'unsafe-eval'", *(f"'sha256-{h}'" for h in dict.fromkeys(hashes))])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
