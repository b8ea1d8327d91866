"""A paper as the bytes of a file; the format says which."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from assistant.export.paper import Paper, printable

Format = Literal["docx", "pdf", "xlsx", "pptx"]
MEDIA_TYPE: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
NOT_IN_NAMES = re.compile(r'[\s\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 60


def write(paper: Paper, format: Format) -> bytes:
    """The file's bytes. Raises FontMissing for a PDF where the system has no Chinese font."""
    return _writer(format)(paper)


def _writer(format: Format) -> Callable[[Paper], bytes]:
    """The writer of a format; its library is loaded when it is first needed."""
    if format == "docx":
        from assistant.export.docx import to_docx

        return to_docx
    if format == "pdf":
        from assistant.export.pdf import to_pdf

        return to_pdf
    if format == "xlsx":
        from assistant.export.xlsx import to_xlsx

        return to_xlsx
    from assistant.export.pptx import to_pptx

    return to_pptx


def file_name(paper: Paper, format: Format) -> str:
    """A name that every system takes: title, day and ending."""
    title = NOT_IN_NAMES.sub("-", printable(paper.title)).strip(".-")[:LONGEST_NAME].strip(".-") or "导出"
    return f"{title}-{paper.day.isoformat()}.{format}"
