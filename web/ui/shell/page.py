"""Serves pages of our own with their style sheets and scripts. Nothing comes from elsewhere, no inline script runs.

A page is a template that extends ``shell.html.j2`` and fills its block ``content``. All its assets, the shell's
among them, lie in one folder whose name changes with their content, so that modules import each other by ``./name.js``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from web.problems import Problem
from web.security import COOKIE, account_of, lacking

HERE = Path(__file__).parent
STYLES = (HERE.parent / "base.css", HERE / "shell.css")
SCRIPTS = tuple(HERE / name for name in ("theme.js", "dom.js", "shell.js"))
NAVIGATION = {"问答": "/", "文件": "/documents", "坐席": "/console", "培训": "/workshop"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
Context = Mapping[str, Any] | Callable[[Request], Mapping[str, Any]]


def serve_page(
    app: FastAPI,
    path: str,
    *,
    template: Path,
    title: str,
    description: str = "",
    styles: Sequence[Path] = (),
    scripts: Sequence[Path] = (),
    start: Sequence[str] = ("main.js",),
    current: str | None = None,
    context: Context | None = None,
    roles: Sequence[str] | None = None,
) -> None:
    """Put a page at ``path`` of ``app`` (``/room/{code}`` takes parts of the address).

    ``styles`` and ``scripts`` are the page's own files beside the shell's; the scripts named in ``start`` run, others are
    imported by them. ``current`` is the entry of the navigation that is marked (``path`` without it). ``context`` is what the
    template gets, or a function of the request that gives it. With ``roles``, who is not signed in goes to /sign-in and
    comes back, and who has none of them (an empty list: any account will do) reads that they are needed.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", path.split("{", maxsplit=1)[0].strip("/")) or "page"
    assets = serve_assets(app, slug, styles, scripts)
    environment = Environment(
        loader=FileSystemLoader([template.parent, HERE]), autoescape=select_autoescape(default=True)
    )
    shared = {
        "assets": assets, "title": title, "description": description or title, "modules": start if scripts else (),
        "navigation": NAVIGATION, "current": current or path,
    }  # fmt: skip

    def page(request: Request) -> Response:
        account = _signed_in(request)
        if roles is not None and account is None:
            return _to_sign_in(request)
        if roles and account is not None and not account.may(*roles):
            name, status = "refused.html.j2", 403
            more: Mapping[str, Any] = {"modules": (), "why": lacking(account, roles)}
        else:
            name, status, more = template.name, 200, context(request) if callable(context) else (context or {})
        html = environment.get_template(name).render(shared | {"account": account} | dict(more))
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return Response(html, status, headers, "text/html; charset=utf-8")

    app.add_api_route(path, page, include_in_schema=False, response_model=None)


def serve_assets(app: FastAPI, slug: str, styles: Sequence[Path] = (), scripts: Sequence[Path] = ()) -> str:
    """Serve the shell's and a page's own style sheets (as one, page.css) and scripts; the folder's address."""
    style = b"\n".join(path.read_bytes() for path in (*STYLES, *styles))
    parts = {"page.css": (style, "text/css")}
    parts |= {path.name: (path.read_bytes(), "text/javascript") for path in (*SCRIPTS, *scripts)}
    content = b"".join(name.encode() + text for name, (text, _) in sorted(parts.items()))
    folder = f"/assets/{slug}-{hashlib.sha256(content).hexdigest()[:12]}"
    for name, (text, kind) in parts.items():
        app.add_api_route(
            f"{folder}/{name}", partial(_served, text, f"{kind}; charset=utf-8"), include_in_schema=False,
            response_model=None,
        )  # fmt: skip
    return folder


async def _served(content: bytes, kind: str) -> Response:
    return Response(content, media_type=kind, headers=FOREVER)


def _signed_in(request: Request) -> Any:
    """Who is signed in; nobody while the store cannot be read, so that pages for everybody still open."""
    try:
        return account_of(request)
    except Problem:
        return None


def _to_sign_in(request: Request) -> Response:
    """To the sign-in page, which leads back here and says when a session has expired."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    why = "&why=expired" if COOKIE in request.cookies else ""
    return RedirectResponse(f"/sign-in?next={quote(here, safe='')}{why}", 303, headers={"Cache-Control": "no-store"})
