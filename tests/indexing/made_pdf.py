"""PDF files made for tests: with a text layer, as a scan, with a broken character map; tables, columns, page numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
)
WIDTH, HEIGHT = A4
MARGIN, SIZE, LEADING = 72, 14, 24
ROWS = int((HEIGHT - 2 * MARGIN) // LEADING)


@cache
def font() -> str:
    """The name of a Chinese font that reportlab can embed; the test is skipped where the system has none."""
    path = next((p for p in FONTS if Path(p).is_file()), None)
    if path is None:
        pytest.skip("系统没有可嵌入的中文字体（装 fonts-wqy-microhei 或 fonts-droid-fallback）")
    pdfmetrics.registerFont(TTFont("chinese", path))
    return "chinese"


def wrapped(paragraphs: Iterable[str], columns: int = 32) -> list[str]:
    """Lines of at most so many characters, as an office program would break them; paragraphs are indented."""
    found = []
    for paragraph in paragraphs:
        text = paragraph
        while text:
            found.append(text[:columns])
            text = text[columns:]
    return found


def text_pdf(
    path: Path, lines: Sequence[str], *, header: str = "", numbered: bool = True, rows: int = ROWS
) -> Path:
    """A PDF with one string per line, a running header and page numbers."""
    name = font()
    canvas = Canvas(str(path), pagesize=A4)
    for page, start in enumerate(range(0, max(len(lines), 1), rows), start=1):
        canvas.setFont(name, SIZE)
        for row, line in enumerate(lines[start : start + rows]):
            canvas.drawString(MARGIN, HEIGHT - MARGIN - SIZE - row * LEADING, line)
        canvas.setFont(name, 9)
        if header:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 40, header)
        if numbered:
            canvas.drawCentredString(WIDTH / 2, 40, f"— {page} —")
        canvas.showPage()
    canvas.save()
    return path


def scan(path: Path, source: Path, *, dpi: int = 200) -> Path:
    """The same pages as images without any text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(source))
    canvas = Canvas(str(path), pagesize=A4)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    document.close()
    return path


def break_map(path: Path, source: Path, shift: int | None = 0x1357) -> Path:
    """The same pages with a character map that names other characters (``shift``), or with none (None)."""
    writer = PdfWriter(clone_from=PdfReader(source))
    for page in writer.pages:
        fonts = page["/Resources"]["/Font"]
        for entry in fonts.values():
            dictionary = entry.get_object()
            if "/ToUnicode" not in dictionary:
                continue
            if shift is None:
                del dictionary["/ToUnicode"]
            elif not dictionary.get("/Broken"):
                stream = StreamObject()
                stream.set_data(_shifted(dictionary["/ToUnicode"].get_data(), shift))
                dictionary[NameObject("/ToUnicode")] = writer._add_object(stream)
                dictionary[NameObject("/Broken")] = NameObject("/Yes")
    with path.open("wb") as out:
        writer.write(out)
    return path


