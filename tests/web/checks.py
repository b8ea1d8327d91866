"""What holds for every page: it is accessible, quiet, and looks right at every width, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import errors_of

ARTIFACTS = Path(__file__).parents[1] / "artifacts"
SIZES = {360: 740, 768: 1024, 1440: 900}
"""Widths that are looked at, each with its height."""
SCHEMES = ("light", "dark")
LEVELS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def shots(page: Any, name: str) -> None:
    """Keep pictures of the page as it is now, at every width, light and dark; nothing may stick out at any width.
    Afterwards the page has its size and colours again."""
    ARTIFACTS.mkdir(exist_ok=True)
    before = page.viewport_size
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=ARTIFACTS / f"{name}-{width}-{scheme}.png")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} px stick out at {width} px"
    page.emulate_media(color_scheme="null")
    page.set_viewport_size(before)


def accessible(page: Any) -> None:
    """Neither light nor dark does axe find anything serious or critical on the page as it is now."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page, options=LEVELS).response["violations"]
        bad = [
            (rule["id"], rule["help"], [node["html"][:160] for node in rule["nodes"][:4]])
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
        assert bad == [], f"{page.url} {scheme}: {bad}"
    page.emulate_media(color_scheme="null")


@contextmanager
def quiet(page: Any, address: str) -> Iterator[None]:
    """While this lasts, the page's console says no error, and the page asks no other host for anything."""
    wrong: list[str] = []
    host = urlsplit(address).netloc
    errors_of(page, wrong)
    page.on(
        "request",
        lambda r: (
            None if urlsplit(r.url).netloc == host or r.url.startswith(("data:", "blob:")) else wrong.append(r.url)
        ),
    )
    yield
    assert wrong == []
