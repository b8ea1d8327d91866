"""The pages of a PDF with pypdf: lines with positions, and whether a page is a picture. Runs in the sandbox."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from indexing.clean import strip_invisible
from indexing.errors import DocumentError
from indexing.readers.layout import Piece, arranged, width
from indexing.readers.rulings import Matrix, Rulings, moved

MOST_PAGES = 3000
MOST_PIECES = 50_000
MOST_CHARACTERS = 200_000
LARGE_PICTURE = 0.4
MANY_PATHS = 200
PLACING = (b"BT", b"Td", b"TD", b"Tm", b"T*", b"'", b'"', b"Q", b"cm", b"Do")


def pages(path: Path, start: str, stop: str) -> Iterator[dict[str, Any]]:
    """First the number of pages, then the pages from ``start`` until before ``stop`` (from 0).

    Raises DocumentError for what cannot be opened.
    """
    logging.disable(logging.CRITICAL)
    reader, total = _opened(path)
    if total == 0:
        raise DocumentError("里面一页也没有，文件可能损坏。请用原来的软件打开另存一份再试。")
    if total > MOST_PAGES:
        raise DocumentError(f"有 {total} 页，超过 {MOST_PAGES} 页。请拆开后再导入。")
    yield {"pages": total}
    for number in range(int(start), min(int(stop), total)):
        yield {"page": number + 1, **page(reader.pages[number])}


def _opened(path: Path) -> tuple[PdfReader, int]:
    """The file and its number of pages."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise DocumentError("加了打开密码，读不了。请去掉密码另存一份再导入。")
        return reader, len(reader.pages)
    except DependencyError as error:
        raise DocumentError("的加密方式读不了。请去掉密码另存一份再导入。") from error
    except PyPdfError as error:
        raise DocumentError("不是完整的 PDF 文件，打不开。请重新下载，或用原来的软件打开另存一份再试。") from error


class _Page:
    """What the visitors of pypdf collect on one page.

    pypdf tells where the text matrix is, which a change of font in mid-line does not move: text that follows without an
    operator that places it (``placed``) goes on where the text before it ended.
    """

    def __init__(self) -> None:
        self.pieces, self.rulings = list[tuple[int, Piece]](), Rulings()
        self.pictured, self.paths, self.characters = 0.0, 0, 0
        self.placed, self.reached = True, 0.0

    def text(self, text: str, cm: Matrix, tm: Matrix, _font: object, size: float) -> None:
        """Some text, with the matrices at its beginning."""
        words = strip_invisible(text.replace("\n", " ")).rstrip(" " if self.placed else "")
        if not words or len(self.pieces) > MOST_PIECES:
            return
        self.characters += len(words)
        if self.characters > MOST_CHARACTERS:
            raise DocumentError("有一页的文字多得不像真的，文件可能损坏，没有导入。")
        a, b = moved(tm[0], tm[1], (*cm[:4], 0, 0))
        turned = math.degrees(math.atan2(b, a))
        quarter = round(turned / 90)
        if abs(turned - 90 * quarter) > 5:
            return  # written across the page: a watermark
        points = abs(size) * math.hypot(a, b) or 1.0
        along, across = _turn(*moved(tm[4], tm[5], cm), quarter % 4)
        along = along if self.placed else self.reached
        begin = along + width(words[: len(words) - len(words.lstrip())], points)
        self.placed, self.reached = False, along + width(words, points)
        words = words.strip()
        if words:
            self.pieces.append((quarter % 4, Piece(words, begin, across, points, begin + width(words, points))))

    def after(self, operator: bytes, _operands: object, _cm: Matrix, _tm: Matrix) -> None:
        """Whether the text that follows has a place of its own."""
        self.placed = self.placed or operator in PLACING

    def operand(self, operator: bytes, operands: Any, cm: Matrix, _tm: Matrix) -> None:
        """Pictures, drawings and lines."""
        if operator in (b"Do", b"INLINE IMAGE", b"BI"):
            self.pictured += abs(cm[0] * cm[3] - cm[1] * cm[2])
        elif operator in (b"f", b"F", b"f*", b"c"):
            self.paths += 1
        self.rulings.take(operator, operands, cm)


def page(source: PageObject) -> dict[str, Any]:
    """One page: ``size`` in points, ``lines`` as [text, left, bottom, right, top], ``picture`` (most of it is one),
    ``blank`` (nothing is drawn on it), ``problem`` where its content could not be read."""
    box = source.mediabox
    size = (float(box.width), float(box.height))
    found = _Page()
    problem = ""
    try:
        source.extract_text(
            visitor_text=found.text, visitor_operand_before=found.operand, visitor_operand_after=found.after
        )
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, IndexError, AssertionError) as error:
        problem = type(error).__name__
    turned = Counter(quarter for quarter, _ in found.pieces).most_common(1)
    quarter = turned[0][0] if turned else 0
    kept = [piece for q, piece in found.pieces if q == quarter]
    lines = arranged(kept, found.rulings if quarter == 0 else None)
    return {
        "size": size,
        "lines": [[line.text, *_back(line.box, quarter)] for line in lines],
        "picture": found.pictured >= LARGE_PICTURE * size[0] * size[1] or found.paths >= MANY_PATHS,
        "blank": not (found.pieces or found.pictured or found.paths),
        "problem": problem,
    }


def _turn(x: float, y: float, quarter: int) -> tuple[float, float]:
    """The position along the line and across it, for text that is turned by so many right angles."""
    return {0: (x, y), 1: (y, -x), 2: (-x, -y), 3: (-y, x)}[quarter]


def _back(box: tuple[float, float, float, float], quarter: int) -> tuple[float, float, float, float]:
    """A box of turned coordinates as one of the page."""
    x0, y0, x1, y1 = box
    turned = {
        0: (x0, y0, x1, y1),
        1: (-y1, x0, -y0, x1),
        2: (-x1, -y1, -x0, -y0),
        3: (y0, -x1, y1, -x0),
    }[quarter]
    left, bottom, right, top = (round(n, 1) for n in turned)
    return (left, bottom, right, top)
