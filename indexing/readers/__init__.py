"""Files of any usual format → lines with page and position. ``read`` is the only door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexing.errors import DocumentError
from indexing.readers.office import read_office
from indexing.readers.pdf import read_pdf
from indexing.readers.reading import Reading
from indexing.readers.text import read_text_file

__all__ = ["Reading", "kind_of", "read"]

HEAD = 2048
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
MARKDOWN_NAMES = (".md", ".markdown")
PICTURES = {b"\x89PNG": "PNG 图片", b"\xff\xd8\xff": "JPEG 图片", b"II*\x00": "TIFF 图片", b"MM\x00*": "TIFF 图片"}


def kind_of(path: Path) -> str:
    """The format of a file: text, pdf, docx, html or markdown; by what it holds, and only between text formats by its
    name. Raises DocumentError for what cannot be read."""
    if not path.is_file():
        raise DocumentError(f"找不到文件 {path.name}，请检查路径。")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise DocumentError(f"{path.name} 读不出来（{error.strerror}）。请检查文件和权限。") from error
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith(OLD_OFFICE):
        raise DocumentError(f"{path.name} 是旧版 Office 文件。请用 Word 或 WPS 另存为 .docx 再导入。")
    if head.startswith(b"{\\rtf"):
        raise DocumentError(f"{path.name} 是 RTF 文件。请用 Word 或 WPS 另存为 .docx 再导入。")
    for mark, name in PICTURES.items():
        if head.startswith(mark):
            raise DocumentError(f"{path.name} 是{name}。请先存成 PDF 再导入。")
    name = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if name in HTML_NAMES or start.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "markdown" if name in MARKDOWN_NAMES else "text"


def read(path: Path, progress: Callable[[int, int], None] | None = None) -> Reading:
    """The lines of a file in reading order, with their pages and, for PDF, their positions.

    ``progress`` is called with pages done and pages in all while images are read. Raises DocumentError with a sentence;
    reading takes at most 60 seconds (for each 150 pages of a long PDF; 120 for a page read from its image, on a machine
    that is busy with other work) and 2 GB of memory.
    """
    kind = kind_of(path)
    if kind == "text":
        return read_text_file(path)
    found = read_pdf(path, progress) if kind == "pdf" else read_office(path, kind)
    if not found.lines and not found.doubts:
        raise DocumentError(f"{path.name} 里没有文字，没有可导入的内容。")
    return found
