"""PDF files made for tests: with a text layer, as a scan, with a broken character map."""

from __future__ import annotations

import hashlib
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from made_font import source, truetype
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN, SIZE, LEADING = 66, 12, 21
ROWS = int((HEIGHT - 2 * MARGIN) // LEADING)
COLUMNS = int((WIDTH - 2 * MARGIN) // SIZE)
WORD = re.compile(r"(?:[!-~]{1,60}|.)[，。、；：！？）》〕”’]*", re.S)
NAMED = re.compile(rb"(<[0-9A-F]{2,4}> )<([0-9A-F]{4})>")
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "—–“”‘’…·（）《》〔〕，。；：、"
FOLDER = Path(tempfile.mkdtemp(prefix="fonts"))


def font(text: str) -> str:
    """The name of a font with these characters; the test is skipped where the system has no Chinese font."""
    return _font("".join(sorted(set(text + ALWAYS))))


@cache
def _font(characters: str) -> str:
    source()
    name = hashlib.sha256(characters.encode()).hexdigest()[:8]
    pdfmetrics.registerFont(TTFont(name, truetype(characters, FOLDER / f"{name}.ttf")))
    return name


def wrapped(lines: Iterable[str], columns: int = 2 * COLUMNS) -> list[str]:
    """The same text in lines of at most so many columns, as an office program breaks them: words stay whole, and no
    line begins with a sign that closes."""
    found = []
    for line in lines:
        now = ""
        for word in WORD.findall(line):
            if now and _columns(now + word) > columns:
                found.append(now)
                now = ""
            now += word
        found.append(now)
    return found


def _columns(text: str) -> int:
    return sum(1 if sign < "\u0100" else 2 for sign in text)


def canvas_of(path: Path) -> Canvas:
    return Canvas(str(path), pagesize=A4)


def text_pdf(path: Path, lines: Sequence[str], *, header: str = "", numbered: bool = True, rows: int = ROWS) -> Path:
    """One string per line, with a running header and page numbers."""
    name = font("".join(lines) + header)
    canvas = canvas_of(path)
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


def scan(path: Path, of: Path, *, dpi: int = 200, words: str = "") -> Path:
    """The same pages as images; ``words`` is a short text layer on top, as scanners add one."""
    pdfium = pytest.importorskip("pypdfium2", reason="没有装可选的 ocr")
    document = pdfium.PdfDocument(str(of))
    canvas = canvas_of(path)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
        if words:
            canvas.setFont(font(words), 9)
            canvas.drawString(MARGIN, HEIGHT - 20, words)
        canvas.showPage()
    canvas.save()
    document.close()
    return path


def broken(path: Path, of: Path) -> Path:
    """The same pages, with a character map that names characters far away."""
    return _with_maps(path, of, _shifted)


def swapped(path: Path, of: Path) -> Path:
    """The same pages, with a character map that swaps the characters in use among themselves."""
    return _with_maps(path, of, _swapped)


def without_map(path: Path, of: Path) -> Path:
    """The same pages with no character map at all."""
    return _with_maps(path, of, None)


def _with_maps(path: Path, of: Path, damaged: Callable[[bytes], bytes] | None) -> Path:
    writer = PdfWriter(clone_from=PdfReader(of))
    for entry in {id(f): f for page in writer.pages for f in _fonts(page) if "/ToUnicode" in f}.values():
        if damaged is None:
            del entry["/ToUnicode"]
            continue
        stream = StreamObject()
        stream.set_data(damaged(entry["/ToUnicode"].get_data()))
        entry[NameObject("/ToUnicode")] = writer._add_object(stream)
    with path.open("wb") as out:
        writer.write(out)
    return path


def _fonts(page: object) -> list[object]:
    return [entry.get_object() for entry in page["/Resources"]["/Font"].values()]


def _shifted(data: bytes, shift: int = 0x1357) -> bytes:
    return _renamed(data, lambda code: code + shift if code > 0x3000 else code)


def _swapped(data: bytes) -> bytes:
    used = sorted({code for match in NAMED.finditer(data) if 0x4E00 <= (code := int(match[2], 16)) <= 0x9FFF})
    other = dict(zip(used, random.Random(1).sample(used, len(used)), strict=True))
    return _renamed(data, lambda code: other.get(code, code))


def _renamed(data: bytes, name: Callable[[int], int]) -> bytes:
    return NAMED.sub(lambda match: match[1] + b"<%04X>" % name(int(match[2], 16)), data)


def share_right(wanted: str, got: str) -> float:
    """1 minus the character error rate (edit distance over the length wanted), blanks aside."""
    a, b = (np.array([ord(c) for c in re.sub(r"\s", "", text)]) for text in (wanted, got))
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for i, character in enumerate(a, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (b != character))
        row = np.minimum.accumulate(np.concatenate([[i], best]) - steps) + steps
    return 1 - int(row[-1]) / max(len(a), 1)
