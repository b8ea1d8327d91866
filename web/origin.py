"""Requests that change something have to come from our own pages, or from no page at all.

A page elsewhere can make a visitor's browser send a form with files here. Browsers say where a request comes from
(``Sec-Fetch-Site``, older ones ``Origin``); programs that are no browsers say neither.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from web.problems import Problem


def own_site(request: Request) -> None:
    """Raises a 403 problem for a request that another site makes a browser send."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Problem("other-site")
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem("other-site")
