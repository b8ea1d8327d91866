"""Plain texts set as PDF with a text layer, so that readers of PDF can be measured without files of anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FONT = "STSong-Light"
SIZE, LEADING, MARGIN = 12, 20, 72


class SetterMissing(Exception):
    """reportlab is not installed."""


def set_pdf(lines: Iterable[tuple[int, str]], target: Path) -> int:
    """Write lines with their page numbers to a PDF of A4 pages, each page of its own; the number of pages.

    A page that is too long for one goes on on the next. Raises SetterMissing without reportlab.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise SetterMissing("没有安装 reportlab，没有做成 PDF 来测。") from error
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(target), pagesize=A4)
    top = A4[1] - MARGIN
    at, current, pages = top, 0, 0
    for page, text in lines:
        if page != current or at < MARGIN:
            if pages:
                canvas.showPage()
            canvas.setFont(FONT, SIZE)
            at, current, pages = top, page, pages + 1
        canvas.drawString(MARGIN, at, text)
        at -= LEADING
    canvas.save()
    return pages
