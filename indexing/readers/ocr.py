"""Text recognition of page images: pypdfium2 renders, rapidocr reads. Both come with the extra ``ocr``."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indexing.readers.layout import Piece, arranged
from indexing.readers.sandbox import messages

DPI = 150
MOST_PIXELS = 12_000_000
MOST_PAGES = 300
SECONDS_A_PAGE = 120
SURE = 0.8
NEEDED = ("rapidocr", "onnxruntime", "pypdfium2")


@dataclass(frozen=True)
class Recognised:
    """One page: lines with boxes in PDF points, and how many of them were read with little confidence."""

    number: int
    lines: list[tuple[str, tuple[float, float, float, float]]]
    unsure: int


def unavailable() -> str:
    """Why no image can be read; empty where the extra is there."""
    if all(find_spec(name) for name in NEEDED):
        return ""
    return "要从图片识别文字，请安装可选的 ocr（pip install 'tiaoli[ocr]'）后再导入一次。"


def recognised(path: Path, numbers: Sequence[int]) -> Iterator[Recognised]:
    """These pages (from 1) of a PDF, one after the other. Raises DocumentError where a page takes too long or too much
    memory; the pages before it have been given."""
    wanted = ",".join(map(str, numbers))
    for message in messages("ocr", path, wanted, seconds=SECONDS_A_PAGE, each=True):
        lines = [(str(text), (x0, y0, x1, y1)) for text, x0, y0, x1, y1 in message["lines"]]
        yield Recognised(message["page"], lines, message["unsure"])


def pages(path: Path, numbers: str) -> Iterator[dict[str, Any]]:
    """The same inside the sandbox."""
    import pypdfium2

    logging.disable(logging.CRITICAL)
    document = pypdfium2.PdfDocument(path)
    engine = _engine()
    for number in map(int, numbers.split(",")):
        page = document[number - 1]
        scale = _scale(*page.get_size())
        found = engine(page.render(scale=scale, rev_byteorder=False).to_numpy())
        pieces, unsure = _pieces(found, scale, page.get_size()[1])
        lines = [[line.text, *(round(n, 1) for n in line.box)] for line in arranged(pieces)]
        yield {"page": number, "lines": lines, "unsure": unsure}


def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _scale(width: float, height: float) -> float:
    """Pixels per point: the usual resolution, less for a page as large as a wall."""
    area = max(width * height, 1.0)
    return float(min(DPI / 72, (MOST_PIXELS / area) ** 0.5))


def _pieces(found: Any, scale: float, height: float) -> tuple[list[Piece], int]:
    if found is None or found.boxes is None or found.txts is None:
        return [], 0
    pieces = []
    for corners, text in zip(found.boxes, found.txts, strict=True):
        left, top = (float(v) for v in corners.min(axis=0) / scale)
        right, bottom = (float(v) for v in corners.max(axis=0) / scale)
        size = bottom - top
        if str(text).strip():
            pieces.append(Piece(str(text).strip(), left, height - bottom + 0.2 * size, size, right))
    return pieces, sum(score < SURE for score in found.scores)
