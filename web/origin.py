"""Requests that change something have to come from our own pages, or from no page at all.

A page elsewhere can make a visitor's browser send a form with files here. Browsers say where a request comes from
(``Sec-Fetch-Site``, older ones ``Origin``); programs that are no browsers say neither.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from web.problems import Problem

SAFE = ("GET", "HEAD", "OPTIONS")


def own_site(request: Request) -> None:
    """Raises a 403 problem for a request that another site makes a browser send."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Problem("other-site")
        return
    origin = request.headers.get("origin")
    if origin is not None and not _ours(origin, request):
        raise Problem("other-site")


def same_origin(request: Request) -> None:
    """For requests with a session's cookie: one that changes something has to name our own origin. Raises a 403 problem."""
    if request.method not in SAFE and not _ours(request.headers.get("origin", ""), request):
        raise Problem("other-site")


def _ours(origin: str, request: Request) -> bool:
    return urlsplit(origin).netloc == request.headers.get("host")
