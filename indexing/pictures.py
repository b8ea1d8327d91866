"""A page of an imported PDF as a picture, personal data painted over. Needs pypdfium2, which comes with the extra
``ocr``; the page is drawn in the sandbox, as files may be broken or built to break their reader."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indexing.errors import DocumentError
from indexing.readers.quality import is_broken_page
from indexing.readers.sandbox import messages
from indexing.redact import secrets

SECONDS = 30
MOST_PIXELS = 8_000_000
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """One page as PNG. ``size`` is its width and height in points as drawn; ``corner`` the lower left corner of what is
    drawn, from that of the page; ``turned`` by how many degrees it is drawn clockwise. ``covered`` passages were painted
    over; ``readable``: the page has a text layer, without which personal data cannot be found on it."""

    png: bytes
    size: tuple[float, float]
    corner: tuple[float, float]
    turned: int
    covered: int
    readable: bool

    def fraction(self, box: Box) -> Box:
        """A box in points of the page (left, bottom, right, top) → left, top, width and height as shares of the
        picture."""
        left, bottom, right, top = (v - self.corner[n % 2] for n, v in enumerate(box))
        wide, high = self.size if self.turned % 180 == 0 else (self.size[1], self.size[0])
        corners = [self._drawn(x, y, wide, high) for x, y in ((left, bottom), (right, top))]
        (x0, x1), (y0, y1) = (sorted(v) for v in zip(*corners, strict=True))
        return (x0 / self.size[0], y0 / self.size[1], (x1 - x0) / self.size[0], (y1 - y0) / self.size[1])

    def _drawn(self, x: float, y: float, wide: float, high: float) -> tuple[float, float]:
        """A point of the page (from its lower left corner) as one of the picture (from its upper left corner)."""
        return {0: (x, high - y), 90: (y, x), 180: (wide - x, y), 270: (high - y, wide - x)}[self.turned]


def unavailable() -> str:
    """Why no page can be drawn; empty where pypdfium2 is there."""
    if find_spec("pypdfium2") and find_spec("PIL"):
        return ""
    return "要看原件的页面，请安装可选的 ocr（pip install 'tiaoli[ocr]'）。"


def picture(path: Path, page: int, width: int) -> Picture:
    """A page (from 1) of a PDF, about ``width`` pixels wide.

    Raises DocumentError with a sentence where it cannot be drawn within the limits.
    """
    if said := unavailable():
        raise DocumentError(said)
    message = next(iter(messages("picture", path, str(page), str(width), seconds=SECONDS)))
    return Picture(
        base64.b64decode(message["png"]), (message["size"][0], message["size"][1]),
        (message["corner"][0], message["corner"][1]), message["turned"], message["covered"], message["readable"],
    )  # fmt: skip


def pages(path: Path, number: str, width: str) -> Iterator[dict[str, Any]]:
    """The same inside the sandbox."""
    import io

    import pypdfium2
    from PIL import ImageDraw

    document = pypdfium2.PdfDocument(path)
    if not 1 <= int(number) <= len(document):
        raise DocumentError(f"没有第 {number} 页，一共 {len(document)} 页。")
    page = document[int(number) - 1]
    text_page = page.get_textpage()
    wide, high = page.get_size()
    crop, media = page.get_cropbox(), page.get_mediabox()
    scale = min(int(width) / max(wide, 1.0), (MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
    text, characters = _characters(text_page)
    bitmap = page.render(scale=scale)
    drawing = bitmap.to_pil().convert("RGB")
    pen = ImageDraw.Draw(drawing)
    covered = secrets(text)
    for begin, end, _ in covered:
        for index in characters[begin:end]:
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            corners = [bitmap.get_posconv(page).to_bitmap(x, y) for x, y in ((left, bottom), (right, top))]
            (x0, x1), (y0, y1) = (sorted(v) for v in zip(*corners, strict=True))
            pen.rectangle((x0 - 2, y0 - 1, x1 + 2, y1 + 1), fill=(90, 98, 110))
    buffer = io.BytesIO()
    drawing.save(buffer, "PNG", optimize=False)
    yield {
        "png": base64.b64encode(buffer.getvalue()).decode(),
        "size": [wide, high],
        "corner": [crop[0] - media[0], crop[1] - media[1]],
        "turned": page.get_rotation(),
        "covered": len(covered),
        "readable": bool(text.strip()) and not is_broken_page(text),
    }


def _characters(text_page: Any) -> tuple[str, list[int]]:
    """The page's text without breaks, so that what is wrapped is one again, and the index of each character."""
    found = [(text_page.get_text_range(n, 1, errors="ignore"), n) for n in range(text_page.count_chars())]
    kept = [(character[:1], n) for character, n in found if character and character not in "\r\n\x02\ufffe"]
    return "".join(character for character, _ in kept), [n for _, n in kept]
